"""`votewire record ...`: asking the record, and its upkeep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.cli import upkeep
from votewire.cli.asking import (
    FirstDay,
    LastDay,
    OnTopic,
    WholeTexts,
    days_typed,
    state_code,
)
from votewire.cli.bare import help_if_bare
from votewire.cli.output import (
    CsvFlag,
    JsonFlag,
    OutFile,
    ParquetFlag,
    RecordPath,
    plain,
    print_frame,
    print_json,
    print_lines,
)
from votewire.cli.rows import Top, few_rows
from votewire.cli.terminal import tell

if TYPE_CHECKING:
    from votewire.record import Record

__all__ = ["app"]

app = typer.Typer(
    name="record",
    help="The voting record: look things up, verify, export, add your own.",
    callback=help_if_bare,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Symbol = Annotated[
    str, typer.Argument(help="A symbol, alias or id: A/RES/ES-11/7, 2774, S/2025/115.")
]

_LISTED = ("date", "chamber", "symbol", "kind", "outcome", "yes", "no", "abstain", "title")


def _open(path: Path | None) -> Record:
    from votewire.config import load
    from votewire.pipeline import open_with_layer

    return open_with_layer(load(record=path))


@app.command(epilog="Example: votewire record info")
def info(json: JsonFlag = False, record: RecordPath = None) -> None:
    """What the record holds, how far it reaches, and where it comes from."""
    from votewire.record.verify import census

    opened = _open(record)
    held = census(opened)
    if json:
        print_json({"hash": opened.hash, "chambers": held, **_about(opened)})
        return
    for part in held:
        print_lines(
            f"{part.chamber}: {part.rollcalls:,} rollcalls ({part.full:,} with every state's "
            f"choice, {part.partial:,} with some, {part.without_vote:,} adopted without a vote), "
            f"{part.casts:,} casts, {part.first} to {part.last}, complete to {part.complete_to}"
        )
    print_lines(f"hash {opened.hash}")
    for source in opened.manifest["sources"]:
        print_lines(f"source {source['id']}: {source['publisher']}, {source['title']}")
    for gap in opened.manifest.get("gaps", []):
        print_lines(f"gap: {gap}")


@app.command(epilog="Example: votewire record show A/RES/ES-11/7")
def show(symbol: Symbol, json: JsonFlag = False, record: RecordPath = None) -> None:
    """One rollcall: outcome, tally, every state's choice, sources."""
    from votewire.cli.showing import lines
    from votewire.record.shown import shown

    opened = _open(record)
    found = opened.find(symbol)
    if json:
        print_json(shown(found, opened))
    else:
        print_lines(*lines(found, opened))


@app.command("list", epilog="Example: votewire record list --state USA --choice no --since 2025")
def list_rollcalls(
    state: Annotated[str | None, typer.Option(help="A state: USA, Russia, Côte d'Ivoire.")] = None,
    choice: Annotated[
        str | None, typer.Option(help="With --state: yes, no, abstain or non_voting.")
    ] = None,
    chamber: Annotated[str | None, typer.Option(help="GA or SC.")] = None,
    outcome: Annotated[
        str | None, typer.Option(help="adopted, rejected, vetoed or unstated.")
    ] = None,
    since: FirstDay = None,
    until: LastDay = None,
    topic: OnTopic = None,
    text: Annotated[
        str | None, typer.Option(help="Words of the title, agenda or symbol, or how they begin.")
    ] = None,
    whole_texts: WholeTexts = False,
    top: Top = None,
    json: JsonFlag = False,
    csv: CsvFlag = False,
    parquet: ParquetFlag = False,
    out: OutFile = None,
    record: RecordPath = None,
) -> None:
    """Rollcalls that fit every condition given, oldest first."""
    from votewire.record.listing import Asked, fitting

    opened = _open(record)
    first, last = days_typed(since, until)
    asked = Asked(
        state=state and state_code(state, first, last or max(opened.complete_to.values())),
        choice=_one_of(choice, ("yes", "no", "abstain", "non_voting"), "--choice", needs=state),
        chamber=_one_of(chamber and chamber.upper(), ("GA", "SC"), "--chamber"),
        outcome=_one_of(outcome, ("adopted", "rejected", "vetoed", "unstated"), "--outcome"),
        since=first,
        until=last,
        topic=topic,
        text=text,
        whole_texts=whole_texts,
    )
    found = fitting(opened, asked)
    frame, note = few_rows(found, top)
    columns = (*_LISTED[:-1], *(("choice",) if state else ()), _LISTED[-1])
    print_frame(frame, json=json, csv=csv, parquet=parquet, out=out, columns=columns)
    number = f"{found.height} rollcall{'' if found.height == 1 else 's'}."
    told = (number, note, f"Record complete to {opened.completeness}.")
    tell(" ".join(filter(None, told)))


@app.command(epilog="Example: votewire record verify")
def verify(json: JsonFlag = False, record: RecordPath = None) -> None:
    """Recount every roll, check every invariant, take the hash anew. Exit 1 if anything fails."""
    from votewire.config import load
    from votewire.pipeline.records import user_layer
    from votewire.record import open_record
    from votewire.record.verify import verify as recount

    settings = load(record=record)
    # A user's own additions are no part of what the record's hash names; they are to be whole.
    user_layer(settings).load()
    result = recount(open_record(settings.record))
    if json:
        print_json(result)
    else:
        for part in result.census:
            print_lines(
                f"{part.chamber}: {part.rollcalls:,} rollcalls, {part.casts:,} casts, "
                f"{part.first} to {part.last}"
            )
        print_lines(
            f"recounted {result.recounted:,} casts; {result.quarantined} rollcalls quarantined; "
            f"{result.disagreements:,} disagreements between sources, "
            f"{result.unresolved} unresolved"
        )
        print_lines(f"hash {result.hash}")
        for failure in result.failures:
            print_lines(f"FAILED {failure}")
        print_lines("FAILED" if result.failures else "everything adds up")
    raise typer.Exit(1 if result.failures else 0)


@app.command(epilog="Example: votewire record problems --kind quarantine")
def problems(
    kind: Annotated[
        str, typer.Option(help="disagreements (default) or quarantine.")
    ] = "disagreements",
    symbol: Annotated[str | None, typer.Option(help="Only those of one rollcall.")] = None,
    top: Top = None,
    json: JsonFlag = False,
    csv: CsvFlag = False,
    parquet: ParquetFlag = False,
    out: OutFile = None,
    record: RecordPath = None,
) -> None:
    """Where sources disagree, with the rule that chose; and rollcalls that broke an invariant."""
    import polars as pl

    opened = _open(record)
    chosen = _one_of(kind, ("disagreements", "quarantine"), "--kind")
    frame = opened.quarantine if chosen == "quarantine" else opened.disagreements
    if symbol is not None and chosen == "disagreements":
        frame = frame.filter(pl.col("rollcall") == opened.rollcall(symbol).id)
    shown, note = few_rows(frame, top)
    print_frame(shown, json=json, csv=csv, parquet=parquet, out=out)
    tell(" ".join(filter(None, [f"{frame.height} {chosen}.", note])))


@app.command(
    epilog='Example: votewire record sql "SELECT chamber, count(*) FROM rollcalls GROUP BY 1"'
)
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT (DuckDB's SQL).")],
    json: JsonFlag = False,
    csv: CsvFlag = False,
    parquet: ParquetFlag = False,
    out: OutFile = None,
    record: RecordPath = None,
) -> None:
    """SQL over rollcalls, casts, sources, disagreements and quarantine; read-only."""
    from votewire.config import load
    from votewire.record.sql import query as run_query

    frame = run_query(_open(record), query, seconds=load().sql_seconds or None)
    print_frame(frame, json=json, csv=csv, parquet=parquet, out=out)


@app.command(epilog="Example: votewire record export un-votes/")
def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made if it is not there.")],
    json: JsonFlag = False,
    record: RecordPath = None,
) -> None:
    """Every table as Parquet and CSV, with a datapackage.json that explains each column."""
    from votewire.errors import UsageError
    from votewire.record.export import export as write

    try:
        written = write(_open(record), folder)
    except OSError as error:
        place = error.filename or folder
        raise UsageError(f"{place}: cannot be written ({error.strerror}).") from None
    if json:
        print_json([str(path) for path in written])
    else:
        print_lines(*map(str, written))


def _one_of(
    given: str | None, allowed: tuple[str, ...], option: str, *, needs: str | None = "given"
) -> str | None:
    from votewire.errors import UsageError

    if given is None:
        return None
    if given not in allowed:
        raise UsageError(f"{option} {given!r}: give one of {', '.join(allowed)}.")
    if needs is None:
        raise UsageError(f"{option} is a state's choice: name the state with --state.")
    return given


def _about(record: Record) -> dict[str, Any]:
    named = ("sources", "gaps", "failed_complete_to")
    return {"complete_to": plain(record.complete_to)} | {
        name: record.manifest[name] for name in named if name in record.manifest
    }


upkeep.register(app)
