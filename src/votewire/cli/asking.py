"""What the questions share: options, the states and rollcalls typed, how an answer is printed.

A question is a function `(asked, ...) -> Answer`, or `Listed` where it prints a part of one;
`question` adds the options that all of them have and prints what comes back.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from votewire.cli import screen
from votewire.cli.output import (
    CsvFlag,
    JsonFlag,
    OutFile,
    ParquetFlag,
    RecordPath,
    as_json,
    formats,
    print_data,
    print_frame,
    print_text,
)
from votewire.cli.rows import Listed, Top, few
from votewire.cli.terminal import note, tell
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer, Record, Rollcall, Selection

__all__ = [
    "Asked",
    "By",
    "FirstDay",
    "GroupName",
    "LastDay",
    "OnTopic",
    "StateName",
    "Symbol",
    "WholeTexts",
    "days_typed",
    "question",
    "state_code",
]

FirstDay = Annotated[
    str | None, typer.Option("--since", help="First day, month or year: 2022-02-24.")
]
LastDay = Annotated[
    str | None, typer.Option("--until", help="Last day, month or year, counted too.")
]
OnTopic = Annotated[str | None, typer.Option("--topic", help="On a topic; see `votewire topics`.")]
WholeTexts = Annotated[
    bool,
    typer.Option("--whole-texts", help="Without votes on paragraphs, amendments and procedure."),
]
StateName = Annotated[str, typer.Argument(help="A state: USA, Russia, Côte d'Ivoire.")]
GroupName = Annotated[str, typer.Argument(help="A group: EU, NATO, BRICS; see `votewire groups`.")]
Symbol = Annotated[
    str, typer.Argument(help="A symbol, alias or id: A/RES/ES-11/7, 2774, S/2025/115.")
]
By = Annotated[str | None, typer.Option("--by", help="One row for each year or session.")]

_ROWS = 250  # a chamber of states fits; the pairs of one do not
_BY = ("year", "session")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What every question is asked with: the record's folder and the rollcalls chosen."""

    folder: Path | None
    chamber: str = "GA"
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    text: str | None = None
    whole_texts: bool = False

    @cached_property
    def record(self) -> Record:
        """The record in force, with the user's own additions."""
        from votewire.config import load
        from votewire.pipeline import open_with_layer

        return open_with_layer(load(record=self.folder))

    @cached_property
    def within(self) -> Selection:
        """The rollcalls that the options choose."""
        from votewire.record import Selection

        return Selection(
            chamber=self.chamber,
            since=self.since,
            until=self.until,
            topic=self.topic,
            text=self.text,
            whole_texts=self.whole_texts,
        )

    def state(self, typed: str) -> str:
        """The code of the state meant over the days asked about; notes on it go to stderr."""
        last = self.until or self.record.complete_to[self.chamber]
        return state_code(typed, self.since, last)

    def rollcall(self, symbol: str) -> Rollcall:
        """The rollcall that a symbol names; what else answers to it is noted on stderr."""
        found = self.record.find(symbol)
        if found.note:
            note(found.note)
        return found.rollcall


Ask = Callable[..., "Answer | Listed"]


def question(*, selects: bool) -> Callable[[Ask], Callable[..., None]]:
    """Makes a command of a question: adds the options all have, prints the answer.

    selects: whether the question counts over rollcalls that the user may choose.
    """

    def decorate(ask: Ask) -> Callable[..., None]:
        hints = get_type_hints(ask, localns={"Answer": object}, include_extras=True)
        own = list(inspect.signature(ask).parameters.values())[1:]
        parameters = [p.replace(annotation=hints[p.name]) for p in own]
        counts = "top" in hints  # a question that ranks counts its rows itself
        parameters += [*(_SELECTING if selects else ()), *(() if counts else (_TOP,)), *_PRINTING]

        @wraps(ask)
        def command(**given: Any) -> None:
            printing = {p.name: given.pop(p.name) for p in _PRINTING if p.name != "record"}
            asked = _asked(given, given.pop("record"), selects=selects)
            if given.get("by") is not None and given["by"] not in _BY:
                raise UsageError(f"--by {given['by']!r}: give year or session.")
            top = None if counts else given.pop("top")
            most = None if counts else top or _ROWS
            _printed(few(ask(asked, **given), top), most, **printing)

        del command.__wrapped__
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        return command

    return decorate


def state_code(typed: str, first: date | None, last: date) -> str:
    """The code of the state meant over the days asked about; what to know goes to stderr."""
    from votewire.pipeline.typed_sides import seat_before, state_typed

    resolved = state_typed(typed, first, last)
    for told in filter(None, (resolved.note, seat_before(resolved.code, first))):
        note(told)
    return resolved.code


def _asked(given: dict[str, Any], folder: Path | None, *, selects: bool) -> Asked:
    if not selects:
        return Asked(folder=folder)
    chosen = {p.name: given.pop(p.name) for p in _SELECTING}
    chamber = chosen["chamber"].upper()
    if chamber not in ("GA", "SC"):
        raise UsageError(f"--chamber {chosen['chamber']!r}: give GA or SC.")
    since, until = days_typed(chosen["since"], chosen["until"])
    return Asked(folder=folder, **(chosen | {"chamber": chamber, "since": since, "until": until}))


def days_typed(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first day and the last, out of days, months or years; UsageError where they cross."""
    from votewire.pipeline.typed_days import day_typed

    first = day_typed(since, "--since", last=False)
    last = day_typed(until, "--until", last=True)
    if first is not None and last is not None and first > last:
        raise UsageError(f"--since {first} is after --until {last}: give the earlier day first.")
    return first, last


def _printed(
    found: Listed,
    most: int | None,
    *,
    json: bool,
    csv: bool,
    parquet: bool,
    out: Path | None,
    chart: Path | None,
) -> None:
    answer = found.shown
    json, csv, parquet = formats(json=json, csv=csv, parquet=parquet, out=out)
    if chart is not None:
        from votewire.plots import draw

        for written in draw(found.whole, chart):
            tell(f"drawn: {written}")
    if csv or parquet:
        print_frame(answer.table, json=json, csv=csv, parquet=parquet, out=out)
        tell(f"{answer.basis}. Record complete to {answer.complete_to}.")
    elif json:
        from votewire.record.plain import answer_object

        print_data(as_json(answer_object(answer)) + "\n", out)
    else:
        print_text(_as_text(found, most, None if out else screen.columns()), out)


def _as_text(found: Listed, most: int | None, room: int | None) -> str:
    """The answer for people; most: rows of its table, room: columns of the terminal, if any."""
    from votewire.cli.tables import as_table

    answer, left_out = found.shown, found.note
    shown = answer.table.select(answer.columns or answer.table.columns)
    if most is not None and shown.height > most:
        left_out = f"... and {shown.height - most:,} rows more: --csv gives them all."
        shown = shown.head(most)
    foot = f"Record complete to {answer.complete_to}; hash {answer.record_hash[:12]}."
    title = [answer.title] if room is None else screen.wrapped(answer.title, room)
    above, below = (
        [line for text in texts for line in screen.wrapped(text, room)]
        for texts in (answer.told, (answer.basis, answer.definition, foot))
    )
    table = ["", *as_table(shown, room).splitlines()] if shown.height else []
    return "\n".join([*title, *above, *table, *screen.wrapped(left_out, room), "", *below]) + "\n"


def _parameter(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    only = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, only, default=default, annotation=annotation)


_SELECTING = (
    _parameter(
        "chamber",
        Annotated[str, typer.Option("--chamber", help="GA (General Assembly) or SC (Council).")],
        "GA",
    ),
    _parameter("since", FirstDay),
    _parameter("until", LastDay),
    _parameter("topic", OnTopic),
    _parameter(
        "text",
        Annotated[str | None, typer.Option("--text", help="With these words in title or agenda.")],
    ),
    _parameter("whole_texts", WholeTexts, False),
)
_TOP = _parameter("top", Top)
_PRINTING = (
    _parameter(
        "chart",
        Annotated[
            Path | None, typer.Option("--chart", help="Draw it to this .svg, .png or .html file.")
        ],
    ),
    _parameter("json", JsonFlag, False),
    _parameter("csv", CsvFlag, False),
    _parameter("parquet", ParquetFlag, False),
    _parameter("out", OutFile),
    _parameter("record", RecordPath),
)
