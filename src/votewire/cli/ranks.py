"""What counts inside groups and over time: cohesion, splits, communities, precedents, leavers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, By, GroupName, Symbol, question, state_code
from votewire.cli.rows import Listed, few, listed
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["register"]

Index = Annotated[
    str, typer.Option("--index", help="agreement (three choices) or rice (Yes and No alone).")
]
Minimum = Annotated[
    int, typer.Option("--minimum", help="Members that must vote for a rollcall to count.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the bootstrap.")]
Seeds = Annotated[int, typer.Option("--seeds", min=2, help="Runs, each with a seed of its own.")]
Session = Annotated[str | None, typer.Option("--session", help="A session: 79, ES-11; SC: 2024.")]
Resolution = Annotated[
    float, typer.Option("--resolution", help="Above 1: more communities; below 1: fewer.")
]
Split = Annotated[
    str | None, typer.Argument(help="One rollcall's symbol; without it, the most split ones.")
]
Choosing = Annotated[str, typer.Argument(help='A state and a choice: "USA no", "India abstained".')]
Like = Annotated[
    str | None, typer.Option("--like", help="The vote in question: earlier ones on its item count.")
]
SameText = Annotated[
    bool, typer.Option("--same-text", help="Only the same text, as it comes back each session.")
]
Everyone = Annotated[bool, typer.Option("--all", help="Also those that chose the same.")]
Members = Annotated[bool, typer.Option("--all", help="With a SYMBOL: every member of the group.")]
Most = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=1,
        help="How many rows to show; without it the members that broke ranks, or 20 rollcalls.",
    ),
]


@question(selects=True)
def cohesion(
    asked: Asked,
    group: GroupName,
    by: By = None,
    index: Index = "agreement",
    minimum: Minimum = 3,
    seed: Seed = 0,
) -> Answer:
    """How united a group votes, beside how united the whole chamber is."""
    from votewire.blocs.cohesion import cohesion as answer
    from votewire.states import resolve_group

    of, within = resolve_group(group), asked.within
    return answer(asked.record, of, within=within, by=by, index=index, minimum=minimum, seed=seed)


@question(selects=True)
def splits(
    asked: Asked,
    group: GroupName,
    symbol: Split = None,
    everyone: Members = False,
    top: Most = None,
    minimum: Minimum = 3,
) -> Answer | Listed:
    """Who broke ranks on a vote, or the votes that split a group most.

    With a SYMBOL, the options on days, topic and text choose the earlier votes to compare with.
    """
    from votewire.blocs.splits import splits as one
    from votewire.blocs.splits import top_splits
    from votewire.states import resolve_group

    of, within = resolve_group(group), asked.within
    if symbol is None:
        if everyone:
            raise UsageError("--all is of a group's members on one vote: give its symbol too.")
        most = 20 if top is None else top
        return top_splits(asked.record, of, within=within, top=most, minimum=minimum)
    found = one(asked.record, of, asked.rollcall(symbol), within=within, minimum=minimum)
    return few(found, top) if everyone or top is not None else _breakers(found)


def _breakers(answer: Answer) -> Listed:
    """The members that broke ranks, of all members of a group."""
    broke = answer.table.filter(with_group=False)
    rest = answer.table.height - broke.height
    return listed(answer, broke, f"--all lists the other {rest} members too." if rest else "")


@question(selects=True)
def communities(
    asked: Asked, session: Session = None, resolution: Resolution = 1.0, seeds: Seeds = 20
) -> Answer:
    """Blocs found in the votes; of the last 365 days if no period, topic or text is given."""
    from votewire.blocs.communities import communities as answer

    within = asked.within
    return answer(asked.record, within=within, session=session, resolution=resolution, seeds=seeds)


@question(selects=True)
def first(
    asked: Asked, choosing: Choosing, like: Like = None, same_text: SameText = False
) -> Answer:
    """Is it unprecedented? A state's choices on the earlier votes of the same item."""
    from votewire.blocs.precedent import first as answer
    from votewire.blocs.precedent import state_and_choice

    typed, choice = state_and_choice(choosing)
    vote = asked.rollcall(like) if like else None
    state = state_code(typed, vote.date, vote.date) if vote else asked.state(typed)
    return answer(asked.record, state, choice, like=vote, strict=same_text, within=asked.within)


@question(selects=False)
def left(asked: Asked, before: Symbol, after: Symbol, everyone: Everyone = False) -> Answer:
    """Who changed between two votes, from what to what."""
    from votewire.blocs.leaving import left as answer

    votes = asked.rollcall(before), asked.rollcall(after)
    return answer(asked.record, *votes, everyone=everyone)


def register(app: typer.Typer) -> None:
    """Adds the commands of this file to the app."""
    app.command("cohesion", epilog="Example: votewire cohesion EU --by year --since 2004")(cohesion)
    app.command("splits", epilog="Example: votewire splits EU A/RES/ES-11/7")(splits)
    app.command("communities", epilog="Example: votewire communities --session 79")(communities)
    app.command("first", epilog='Example: votewire first "USA no" --like ES-11/7')(first)
    app.command("left", epilog="Example: votewire left ES-11/6 ES-11/7")(left)
