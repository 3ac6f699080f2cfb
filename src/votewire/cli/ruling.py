"""What decides: `votewire rule`, `whatif`, `power` and `vetoes`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, Symbol, days_typed, question, state_code
from votewire.cli.terminal import note
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["register"]

OneSymbol = Annotated[
    str | None, typer.Argument(help="A symbol, alias or id; none with --all or --unexplained.")
]
AllFlag = Annotated[bool, typer.Option("--all", help="How many outcomes each rule explains.")]
UnexplainedFlag = Annotated[
    bool, typer.Option("--unexplained", help="Those that the ordinary rule does not explain.")
]
SetVotes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Another vote: GBR=no, 'South Korea=abstain', abstainers=no; may be repeated.",
    ),
]
TwoThirds = Annotated[
    bool, typer.Option("--two-thirds", help="General Assembly: the rule on important questions.")
]
Procedural = Annotated[
    bool, typer.Option("--procedural", help="Security Council: on procedure there is no veto.")
]
FlipFlag = Annotated[
    bool, typer.Option("--flip", help="The fewest changed votes that turn the outcome over.")
]
ChamberName = Annotated[str, typer.Argument(help="SC (Security Council) or GA (Assembly).")]
Year = Annotated[
    int | None, typer.Option("--year", help="With the members on 1 July of that year; else today.")
]
ByState = Annotated[str | None, typer.Option("--state", help="Only the vetoes of this state.")]
Since = Annotated[str | None, typer.Option("--since", help="First day, month or year.")]
Until = Annotated[str | None, typer.Option("--until", help="Last day, month or year.")]
Counted = Annotated[str | None, typer.Option("--by", help="How many: by year or by state.")]


@question(selects=False)
def rule(
    asked: Asked,
    symbol: OneSymbol = None,
    every: AllFlag = False,
    unexplained: UnexplainedFlag = False,
) -> Answer:
    """Under which rule a text was adopted, rejected or vetoed, and by what margin."""
    from votewire.check import explaining

    if (symbol is not None) + every + unexplained != 1:
        raise UsageError("rule: give one symbol, or --all, or --unexplained.")
    if symbol is not None:
        return explaining.rule(asked.record, asked.rollcall(symbol))
    return (explaining.all_rules if every else explaining.unexplained)(asked.record)


@question(selects=False)
def whatif(
    asked: Asked,
    symbol: Symbol,
    votes: SetVotes = None,
    two_thirds: TwoThirds = False,
    procedural: Procedural = False,
    flip: FlipFlag = False,
) -> Answer:
    """What other votes or another majority would have made of a text."""
    from votewire.check.whatif import smallest_flip
    from votewire.check.whatif import whatif as ask
    from votewire.pipeline.typed import votes_typed

    rollcall = asked.rollcall(symbol)
    typed = votes_typed(votes or [], rollcall, "--set")
    for told in typed.notes:
        note(told)
    by = smallest_flip if flip else ask
    return by(asked.record, rollcall, typed.changes, two_thirds=two_thirds, procedural=procedural)


@question(selects=False)
def power(
    asked: Asked, chamber: ChamberName, year: Year = None, two_thirds: TwoThirds = False
) -> Answer:
    """How much each member's vote weighs: Shapley-Shubik and Banzhaf indices, exactly."""
    from votewire.check.power import power as ask

    name, today = chamber.upper(), date.today()
    if name not in ("GA", "SC"):
        raise UsageError(f"power {chamber!r}: give SC or GA.")
    if two_thirds and name == "SC":
        raise UsageError("--two-thirds is a majority of the General Assembly's: ask for GA.")
    if year is not None and not 1946 <= year <= today.year:
        raise UsageError(f"--year {year}: give a year from 1946 to {today.year}.")
    on = today if year is None else date(year, 7, 1)
    return ask(asked.record, name, on, two_thirds=two_thirds)


@question(selects=False)
def vetoes(
    asked: Asked,
    state: ByState = None,
    since: Since = None,
    until: Until = None,
    counted: Counted = None,
) -> Answer:
    """Every veto in the Security Council: who vetoed what, with which tally."""
    from votewire.check.vetoes import vetoes as ask

    if counted not in (None, "year", "state"):
        raise UsageError(f"--by {counted!r}: give year or state.")
    first, last = days_typed(since, until)
    code = state_code(state, first, last or asked.record.complete_to["SC"]) if state else None
    return ask(asked.record, state=code, since=first, until=last, by=counted)


def register(app: typer.Typer) -> None:
    """Adds the commands about rules to the app."""
    app.command("rule", epilog="Example: votewire rule S/RES/2774")(rule)
    app.command("whatif", epilog="Example: votewire whatif S/RES/2774 --set GBR=no")(whatif)
    app.command("power", epilog="Example: votewire power SC --year 1960")(power)
    app.command("vetoes", epilog="Example: votewire vetoes --state USA --since 2000")(vetoes)
