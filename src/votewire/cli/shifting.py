"""`votewire shifts`: how far states moved from one session to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, question
from votewire.cli.fits import DimsOption, DrawsOption, PriorOption, SeedOption, fit_asked
from votewire.cli.positions import FromYear, Topic, session_number
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["register"]

OneSession = Annotated[
    str | None, typer.Option("--session", help="A regular session: 79; all if not given.")
]

StateOption = Annotated[
    str | None, typer.Option("--state", help="A state: USA, Russia; all if not given.")
]
Largest = Annotated[int, typer.Option("--top", min=1, help="How many of the largest to show.")]
UntilYear = Annotated[
    int | None,
    typer.Option("--until", min=1946, help="Sessions that opened in this year or earlier."),
]
Drivers = Annotated[
    bool, typer.Option("--drivers", help="The rollcalls that drove the largest, as the table.")
]


@question(selects=False)
def shifts(
    asked: Asked,
    state: StateOption = None,
    since: FromYear = None,
    until: UntilYear = None,
    session: OneSession = None,
    top: Largest = 10,
    drivers: Drivers = False,
    topic: Topic = None,
    prior: PriorOption = "rw",
    dims: DimsOption = 1,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """The largest moves of states from session to session, and the votes that drove them."""
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {since} is after --until {until}: give the earlier year first.")
    asked = replace(asked, topic=topic)
    code = None if state is None else asked.state(state)
    number = session_number(session)
    found = fit_asked(asked, prior=prior, dims=dims, draws=draws, seed=seed)
    from votewire.positions import shifts as moves

    which = moves.Asked(state=code, since=since, until=until, session=number)
    answer = moves.shift_drivers if drivers else moves.shifts
    return answer(found, which, top, record=asked.record, within=asked.within)


def register(app: typer.Typer) -> None:
    """Adds the command of this file to the app."""
    app.command("shifts", epilog="Example: votewire shifts --state USA --since 2000")(shifts)
