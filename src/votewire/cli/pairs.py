"""What counts over pairs of states: agreement, friends, the matrix of all pairs, balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from votewire.cli.asking import Asked, By, StateName, question
from votewire.cli.terminal import note
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.blocs import Side
    from votewire.record import Answer

__all__ = ["register"]

Kind = TypeVar("Kind", bound=StrEnum)

Party = Annotated[str, typer.Argument(help="A state, or a group for one of the two: EU, NATO.")]
DefinitionName = Annotated[
    str,
    typer.Option(
        "--definition",
        help="half (an abstention is half-way), strict, yes-no (without abstentions), kappa or pi "
        "(corrected for chance).",
    ),
]
ShareName = Annotated[str, typer.Option("--definition", help="half, strict or yes-no.")]
IntervalName = Annotated[
    str | None,
    typer.Option("--interval", help="wilson (the default for shares of two states) or bootstrap."),
]
WithConsensus = Annotated[
    bool,
    typer.Option("--with-consensus", help="Count texts adopted without a vote as agreement."),
]
WithPredecessor = Annotated[
    bool,
    typer.Option("--with-predecessor", help="Count the Soviet Union's choices for Russia's."),
]
Between = Annotated[
    tuple[str, str],
    typer.Option("--between", help="The two states or groups that it stands between."),
]
Ends = Annotated[
    int, typer.Option("--top", min=1, help="How many of the closest, and of the furthest, to show.")
]
MinN = Annotated[
    int | None,
    typer.Option("--min-n", min=1, help="Rollcalls that a state must share to be ranked."),
]
Former = Annotated[
    bool, typer.Option("--former", help="Rank states too that have ended, such as South Yemen.")
]
Members = Annotated[str | None, typer.Option("--group", help="Only pairs of a group's members.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the bootstrap.")]


@question(selects=True)
def agree(
    asked: Asked,
    a: Party,
    b: Party,
    by: By = None,
    definition: DefinitionName = "half",
    interval: IntervalName = None,
    with_consensus: WithConsensus = False,
    with_predecessor: WithPredecessor = False,
    seed: Seed = 0,
) -> Answer:
    """How often two states choose alike, or a state and the members of a group."""
    from votewire import blocs

    # Who held the seat before is part of the answer then, and needs no note.
    asking = replace(asked, since=date.max) if with_predecessor else asked
    return blocs.agree(
        asked.record,
        _side(asking, a),
        _side(asking, b),
        within=asked.within,
        by=by,
        definition=_chosen(blocs.Definition, definition, "--definition"),
        interval=_chosen(blocs.Interval, interval, "--interval") if interval else None,
        with_consensus=with_consensus,
        with_predecessor=with_predecessor,
        seed=seed,
    )


@question(selects=True)
def friends(
    asked: Asked,
    state: StateName,
    top: Ends = 10,
    min_n: MinN = None,
    former: Former = False,
    definition: DefinitionName = "half",
) -> Answer:
    """The states that agree most with a state, and those that agree least."""
    from votewire import blocs

    return blocs.friends(
        asked.record,
        asked.state(state),
        within=asked.within,
        definition=_chosen(blocs.Definition, definition, "--definition"),
        top=top,
        min_n=min_n,
        former=former,
    )


@question(selects=True)
def matrix(asked: Asked, group: Members = None, definition: DefinitionName = "half") -> Answer:
    """Agreement of every pair of states, or of a group's members; best with --csv."""
    from votewire import blocs
    from votewire.states import resolve_group

    return blocs.matrix(
        asked.record,
        within=asked.within,
        definition=_chosen(blocs.Definition, definition, "--definition"),
        group=resolve_group(group) if group else None,
    )


@question(selects=True)
def balance(
    asked: Asked,
    state: StateName,
    between: Between,
    by: By = None,
    definition: ShareName = "half",
    seed: Seed = 0,
) -> Answer:
    """Whom a state votes nearer to, of two others."""
    from votewire import blocs

    return blocs.balance(
        asked.record,
        asked.state(state),
        (_side(asked, between[0]), _side(asked, between[1])),
        within=asked.within,
        by=by,
        definition=_chosen(blocs.Definition, definition, "--definition"),
        seed=seed,
    )


def register(app: typer.Typer) -> None:
    """Adds the commands of this file to the app."""
    app.command("agree", epilog="Example: votewire agree USA RUS --since 2020")(agree)
    app.command("friends", epilog="Example: votewire friends USA --since 2024")(friends)
    app.command("matrix", epilog="Example: votewire matrix --group EU --since 2020 --csv")(matrix)
    app.command(
        "balance", epilog="Example: votewire balance USA --between RUS UKR --topic ukraine"
    )(balance)


def _side(asked: Asked, typed: str) -> Side:
    """The state meant, else the group; a name that is both, such as NAM, is the state's."""
    from votewire.pipeline.typed_sides import side_typed

    last = asked.until or asked.record.complete_to[asked.chamber]
    found = side_typed(typed, asked.since, last)
    for told in found.notes:
        note(told)
    return found.side


def _chosen(kinds: type[Kind], typed: str, option: str) -> Kind:
    try:
        return kinds(typed.lower())
    except ValueError:
        known = ", ".join(kinds)
        raise UsageError(f"{option} {typed!r}: give one of {known}.") from None
