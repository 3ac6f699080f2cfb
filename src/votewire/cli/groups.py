"""`votewire groups`: which groups there are, who is in one, and which a state is in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, question, state_code
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["register"]

Group = Annotated[str | None, typer.Argument(help="A group: EU, Group of 77; all if not given.")]
Day = Annotated[str | None, typer.Option("--on", help="The day: 2019-06-01; today if not given.")]
History = Annotated[bool, typer.Option("--history", help="Every membership, past ones too.")]
Member = Annotated[str | None, typer.Option("--state", help="The groups that this state is in.")]


@question(selects=False)
def groups(
    asked: Asked,
    group: Group = None,
    state: Member = None,
    on: Day = None,
    history: History = False,
) -> Answer:
    """Groups of states by day: all of them, the members of one, or those that a state is in."""
    from votewire import states
    from votewire.record import grouped

    _check(group, state, on, history=history)
    day = _day(on)
    if group is not None:
        group_id = states.resolve_group(group)
        return grouped.members_of(asked.record, group_id, None if history else day)
    if state is not None:
        code = state_code(state, None if history else day, day)
        return grouped.groups_with(asked.record, code, None if history else day)
    return grouped.groups_on(asked.record, day)


def register(app: typer.Typer) -> None:
    """Puts the command into the app."""
    app.command("groups", epilog="Example: votewire groups EU --on 2019-06-01")(groups)


def _check(group: str | None, state: str | None, on: str | None, *, history: bool) -> None:
    if group is not None and state is not None:
        raise UsageError("a group and --state exclude each other: ask for one.")
    if history and on is not None:
        raise UsageError("--history and --on exclude each other: a history is of all days.")
    if history and group is None and state is None:
        raise UsageError("--history needs a group or --state: votewire groups EU --history.")


def _day(typed: str | None) -> date:
    """The day typed, today without one."""
    if typed is None:
        return date.today()
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise UsageError(f"--on {typed!r}: give a day, such as 2019-06-01.") from None
