"""`votewire check` and `votewire config`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.cli.output import JsonFlag, RecordPath, plain, print_json, read_input

if TYPE_CHECKING:
    from datetime import datetime

    from votewire.check import Checked, Figure, Report

__all__ = ["check", "config"]

Page = Annotated[Path, typer.Argument(help="A news page, text or HTML; - for standard input.")]

_MARKS = {
    "supported": "✓",
    "contradicted": "✗",
    "partly": "±",
    "measured": "≈",
    "not_in_record": "?",
    "not_checkable": "·",
}
_MANNERS = {"": "", "unanimous": " unanimously", "consensus": " without a vote"}
_WIDTH = 100


def check(page: Page, json: JsonFlag = False, record: RecordPath = None) -> None:
    """Check the vote claims of a news page against the record.

    Exit status 0 where nothing is contradicted, 1 where something is.
    """
    from votewire.config import load
    from votewire.pipeline import check_page, open_with_layer
    from votewire.press import MAX_BYTES

    settings = load(record=record)
    source = read_input(page, MAX_BYTES)
    name = "standard input" if str(page) == "-" else str(page)
    report = check_page(source, open_with_layer(settings), name=name)
    if json:
        print_json(as_json(report))
    else:
        typer.echo(as_text(report))
    raise typer.Exit(1 if report.contradicted else 0)


def config(json: JsonFlag = False) -> None:
    """Print the settings in force, where each comes from and what it means."""
    from votewire.config import described, load

    rows = described(load())
    if json:
        print_json({name: value for name, value, _, _ in rows})
        return
    for name, value, variable, meaning in rows:
        typer.echo(f"{name} = {value or '(not set)'}\n    {meaning}; {variable} sets it")


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object; offsets count characters of the page's text."""
    return {
        "metadata": plain(report.article.metadata),
        "lang": report.article.lang,
        "claims": [_claim(item) for item in report.checked],
        "summary": report.summary,
        "contradicted": report.contradicted,
        "warnings": list(report.article.warnings),
        "record": {"hash": report.record_hash, "complete_to": report.complete_to},
    }


def as_text(report: Report) -> str:
    """The report for people: the page's own data, each claim with its verdict, a summary."""
    lines = [*_heading(report), ""]
    for number, items in enumerate(_alike(report), start=1):
        lines += [*_told(number, items), ""]
    lines += [f"note: {warning}" for warning in report.article.warnings]
    return "\n".join([*lines, report.summary, f"Record {report.record_hash[:12]}."])


def _claim(item: Checked) -> dict[str, Any]:
    claim, reference = item.claim, item.claim.reference
    return {
        "actor": claim.actor,
        "action": claim.action,
        "chamber": reference.chamber,
        "rollcall": item.rollcall,
        "verdict": item.verdict.value,
        "reason": item.reason,
        "span": claim.span,
        "start": claim.start,
        "where": claim.where,
        "quoted": claim.quoted,
        "date": plain(reference.date),
        "tally": plain(claim.tally),
        "manner": claim.manner,
        "others": list(claim.others),
        "rule": claim.rule,
        "evidence": [plain(evidence) for evidence in item.evidence],
        "figures": [plain(figure) for figure in item.figures],
        "votes": list(item.votes),
        "candidates": list(item.candidates),
    }


def _heading(report: Report) -> list[str]:
    data = report.article.metadata
    source = " via ".join(name for name in (data.agency, data.publisher) if name)
    stamps = [
        f"{word} {_stamp(moment)}"
        for word, moment in (("published", data.published), ("updated", data.updated))
        if moment is not None
    ]
    return [data.headline or "(no headline found)", " · ".join([*filter(None, [source]), *stamps])]


def _stamp(moment: datetime) -> str:
    # Midnight without a zone is how the reader gives a page that states a day and no time.
    if moment.tzinfo is None and not (moment.hour or moment.minute):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}{_zone(moment)}"


def _zone(moment: datetime) -> str:
    written = moment.strftime("%z")  # %:z came with Python 3.12
    return f" {written[:3]}:{written[3:]}" if written else " (no zone given)"


def _alike(report: Report) -> list[list[Checked]]:
    """Claims that the page repeats, such as in a caption, together; in order of the first."""
    groups: dict[tuple[str | None, ...], list[Checked]] = {}
    for item in report.checked:
        claim = item.claim
        key = (claim.actor, claim.action, item.verdict, item.rollcall, item.reason)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _told(number: int, items: list[Checked]) -> list[str]:
    from textwrap import wrap

    item = items[0]
    claim = item.claim
    head = f"{number:>2} {_MARKS[item.verdict]} {item.verdict.replace('_', ' ').upper():<13} "
    head += f"{_actor(claim.actor)} {claim.action.replace('_', ' ')}{_MANNERS[claim.manner]}"
    head += f" [{item.rollcall}]" if item.rollcall else ""
    urls = dict.fromkeys(e.url for e in item.evidence if e.url)
    body = [*_spans(items), *(_figures(item) or [item.reason]), *urls]
    return [head, *(f"     {part}" for text in body for part in wrap(text, _WIDTH))]


def _spans(items: list[Checked]) -> list[str]:
    """Each wording once, with the parts of the page that have it."""
    places: dict[str, list[str]] = {}
    for item in items:
        where = places.setdefault(" ".join(item.claim.span.split()), [])
        if item.claim.where not in where:
            where.append(item.claim.where)
    return [f"“{span}” ({', '.join(where)})" for span, where in places.items()]


def _figures(item: Checked) -> list[str]:
    """Each measured figure before and after on a line, then the periods and the definition."""
    pairs = list(zip(item.figures[::2], item.figures[1::2], strict=True))
    if not pairs:
        return []
    told = [f"{before.name}: {_figure(before)}, then {_figure(after)}" for before, after in pairs]
    before, after = pairs[0]
    return [
        *item.votes,
        *told,
        f"({before.period}, then {after.period}; 90 % intervals; {before.definition})",
    ]


def _figure(figure: Figure) -> str:
    return f"{figure.value:.2f} [{figure.interval}]"


def _actor(code: str) -> str:
    from votewire import states

    if code in states.codes():
        return states.name_of(code)
    bodies = {"GA": "General Assembly", "SC": "Security Council"}
    return bodies.get(code, code.removeprefix("G:").replace("_", " ").title())
