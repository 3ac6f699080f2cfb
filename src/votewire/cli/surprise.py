"""surprise and forecast: what a model expected of a vote, and what it expects of one now."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, question, state_code
from votewire.cli.rows import Listed, few, listed
from votewire.cli.terminal import note
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.positions.expecting import Surprises
    from votewire.record import Answer

__all__ = ["register"]

MaybeSymbol = Annotated[
    str | None, typer.Argument(help="A symbol, alias or id: A/RES/ES-11/7, 2774.")
]
OfState = Annotated[str | None, typer.Option("--state", help="The casts of this state.")]
Most = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=1,
        help="How many casts to show, the most surprising; without it all on a rollcall, else 20.",
    ),
]
Dims = Annotated[int, typer.Option("--dims", help="Dimensions: 1 (the usual line) or 3.")]
Like = Annotated[str | None, typer.Option("--like", help="A text such as this one.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the simulation.")]


@question(selects=True)
def surprise(
    asked: Asked,
    symbol: MaybeSymbol = None,
    state: OfState = None,
    top: Most = None,
    dims: Dims = 1,
) -> Answer | Listed:
    """How surprising casts were, in bits: those on one rollcall, or the most surprising."""
    from votewire.positions import surprise as bits
    from votewire.positions.expecting import KEPT

    if dims not in KEPT:
        raise UsageError(f"--dims {dims}: give 1 (the general line of division) or 3.")
    if symbol is not None:
        return few(_on_rollcall(asked, symbol, state, dims), top)
    code = asked.state(state) if state is not None else None
    most = 20 if top is None else top
    found = _surprises(asked)
    return bits.most_surprising(found, asked.record, code, most, within=asked.within, dims=dims)


def _on_rollcall(asked: Asked, symbol: str, state: str | None, dims: int) -> Answer | Listed:
    """The casts on one rollcall; of a state its own alone, for a chart all of them."""
    from votewire.positions.surprise import of_rollcall

    rollcall = asked.rollcall(symbol)
    code = None if state is None else state_code(state, rollcall.date, rollcall.date)
    found = _surprises(asked, rollcall.id)
    answer = of_rollcall(found, asked.record, rollcall, dims, code)
    return answer if code is None else listed(answer, answer.table.filter(state=code))


@question(selects=False)
def forecast(asked: Asked, symbol: MaybeSymbol = None, like: Like = None, seed: Seed = 0) -> Answer:
    """The tally to expect if such a text were put to the vote now, with its interval."""
    from votewire.config import load
    from votewire.positions.forecast import forecast_of

    if (symbol is None) == (like is None):
        raise UsageError("give a symbol, or a text like it: votewire forecast --like A/RES/77/229.")
    rollcall = asked.rollcall(symbol or like or "")
    told, done = _progress()
    try:
        folder = load().fits_dir
        return forecast_of(
            asked.record, rollcall, folder, same=like is None, seed=seed, on_day=told
        )
    finally:
        done()


def _surprises(asked: Asked, vote: str | None = None) -> Surprises:
    from votewire.config import load
    from votewire.positions.expected import surprises

    told, done = _progress()
    try:
        folder = load().fits_dir
        return surprises(asked.record, folder, vote=vote, note=note, on_day=told)
    finally:
        done()


def _progress() -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """What is told of each day, and how that line is ended: on a terminal alone."""
    terminal = sys.stderr.isatty()

    def told(done: int, days: int) -> None:
        if terminal and done % 20 == 0:
            typer.echo(f"\rgoing forward: day {done:,} of {days:,} ", nl=False, err=True)

    def ended() -> None:
        if terminal:
            typer.echo("\r\x1b[K", nl=False, err=True)

    return told, ended


def register(app: typer.Typer) -> None:
    """Adds the commands of this file."""
    app.command("surprise", epilog="Example: votewire surprise A/RES/ES-11/7")(surprise)
    app.command("forecast", epilog="Example: votewire forecast A/RES/77/229")(forecast)
