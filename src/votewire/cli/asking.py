"""What the questions share: options, the states and rollcalls typed, how an answer is printed.

A question is a function `(asked, ...) -> Answer`; `question` adds the options that all of them have
and prints what comes back.
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

from votewire.cli.output import (
    CsvFlag,
    JsonFlag,
    OutFile,
    ParquetFlag,
    RecordPath,
    as_json,
    as_table,
    print_data,
    print_frame,
    print_text,
)
from votewire.cli.terminal import tell
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer, Record, Rollcall, Selection

__all__ = [
    "Asked",
    "By",
    "GroupName",
    "StateName",
    "Symbol",
    "Top",
    "day_typed",
    "question",
    "state_code",
]

StateName = Annotated[str, typer.Argument(help="A state: USA, Russia, Côte d'Ivoire.")]
GroupName = Annotated[str, typer.Argument(help="A group: EU, NATO, BRICS; see `votewire groups`.")]
Symbol = Annotated[
    str, typer.Argument(help="A symbol, alias or id: A/RES/ES-11/7, 2774, S/2025/115.")
]
By = Annotated[str | None, typer.Option("--by", help="One row for each year or session.")]
Top = Annotated[int, typer.Option("--top", min=1, help="How many rows to show.")]

_WRAP = 100
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
        """The code of the state meant on the last day asked about; notes on it go to stderr."""
        last = self.until or self.record.complete_to[self.chamber]
        return state_code(typed, self.since, last)

    def rollcall(self, symbol: str) -> Rollcall:
        """The rollcall that a symbol names; what else answers to it is noted on stderr."""
        found = self.record.find(symbol)
        if found.note:
            tell(f"note: {found.note}")
        return found.rollcall


def question(*, selects: bool) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Makes a command of a question: adds the options all have, prints the answer.

    selects: whether the question counts over rollcalls that the user may choose.
    """

    def decorate(ask: Callable[..., Answer]) -> Callable[..., None]:
        hints = get_type_hints(ask, localns={"Answer": object}, include_extras=True)
        own = list(inspect.signature(ask).parameters.values())[1:]
        parameters = [p.replace(annotation=hints[p.name]) for p in own]
        parameters += [*(_SELECTING if selects else ()), *_PRINTING]

        @wraps(ask)
        def command(**given: Any) -> None:
            printing = {p.name: given.pop(p.name) for p in _PRINTING if p.name != "record"}
            asked = _asked(given, given.pop("record"), selects=selects)
            if given.get("by") is not None and given["by"] not in _BY:
                raise UsageError(f"--by {given['by']!r}: give year or session.")
            _printed(ask(asked, **given), **printing)

        del command.__wrapped__
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        return command

    return decorate


def state_code(typed: str, first: date | None, last: date) -> str:
    """The code of the state meant, on the last day asked about; what to know goes to stderr."""
    from votewire import states
    from votewire.pipeline.typed_sides import seat_before

    resolved = states.resolve(typed, last)
    for note in filter(None, (resolved.note, seat_before(resolved.code, first))):
        tell(f"note: {note}")
    return resolved.code


def _asked(given: dict[str, Any], folder: Path | None, *, selects: bool) -> Asked:
    if not selects:
        return Asked(folder=folder)
    chosen = {p.name: given.pop(p.name) for p in _SELECTING}
    chamber = chosen["chamber"].upper()
    if chamber not in ("GA", "SC"):
        raise UsageError(f"--chamber {chosen['chamber']!r}: give GA or SC.")
    since = day_typed(chosen["since"], "--since", last=False)
    until = day_typed(chosen["until"], "--until", last=True)
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {since} is after --until {until}: give the earlier day first.")
    return Asked(folder=folder, **(chosen | {"chamber": chamber, "since": since, "until": until}))


def day_typed(typed: str | None, option: str, *, last: bool) -> date | None:
    """A day, or the first or last day of a month or year."""
    if typed is None:
        return None
    from votewire.pipeline import typed_days

    return typed_days.day_typed(typed, option, last=last)


def _printed(
    answer: Answer,
    *,
    json: bool,
    csv: bool,
    parquet: bool,
    out: Path | None,
    chart: Path | None,
) -> None:
    if chart is not None:
        from votewire.plots import draw

        for written in draw(answer, chart):
            tell(f"drawn: {written}")
    if csv or parquet:
        print_frame(answer.table, json=json, csv=csv, parquet=parquet, out=out)
        tell(f"{answer.basis}. Record complete to {answer.complete_to}.")
    elif json:
        from votewire.record.plain import answer_object

        print_data(as_json(answer_object(answer)) + "\n", out)
    else:
        print_text(_as_text(answer), out)


def _as_text(answer: Answer) -> str:
    shown = answer.table.select(answer.columns or answer.table.columns)
    foot = f"Record complete to {answer.complete_to}; hash {answer.record_hash[:12]}."
    below = _wrapped(answer.basis, answer.definition, foot)
    table = ["", as_table(shown.head(_ROWS)).rstrip("\n")] if shown.height else []
    if shown.height > _ROWS:
        table += [f"... and {shown.height - _ROWS:,} rows more: --csv gives them all."]
    return "\n".join([answer.title, *_wrapped(*answer.told), *table, "", *below]) + "\n"


def _wrapped(*texts: str) -> list[str]:
    """Lines of text; a number stays beside its per cent sign, and words keep their hyphens."""
    from textwrap import TextWrapper

    wrapper = TextWrapper(_WRAP, break_on_hyphens=False)
    lines = [line for text in texts for line in wrapper.wrap(text.replace(" %", "\u00a0%"))]
    return [line.replace("\u00a0%", " %") for line in lines]


def _option(name: str, kind: Any, default: Any, *flags: str, text: str) -> inspect.Parameter:
    annotation = Annotated[kind, typer.Option(*flags, help=text)]
    only = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, only, default=default, annotation=annotation)


_SELECTING = (
    _option("chamber", str, "GA", "--chamber", text="GA (General Assembly) or SC (Council)."),
    _option("since", str | None, None, "--since", text="First day, month or year: 2022-02-24."),
    _option("until", str | None, None, "--until", text="Last day, month or year, counted too."),
    _option("topic", str | None, None, "--topic", text="On a topic; see `votewire topics`."),
    _option("text", str | None, None, "--text", text="With these words in title or agenda."),
    _option(
        "whole_texts",
        bool,
        False,
        "--whole-texts",
        text="Without votes on paragraphs, amendments and procedure.",
    ),
)
_PRINTING = (
    _option(
        "chart",
        Path | None,
        None,
        "--chart",
        text="Draw it to this .svg, .png or .html file.",
    ),
    *(
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, default, annotation in (
            ("json", False, JsonFlag),
            ("csv", False, CsvFlag),
            ("parquet", False, ParquetFlag),
            ("out", None, OutFile),
            ("record", None, RecordPath),
        )
    ),
)
