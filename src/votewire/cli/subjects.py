"""`votewire topics`, `chain` and `chains`: the rollcalls on a subject, and texts that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.asking import Asked, Symbol, question

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["chain", "chains", "register", "topics"]

_Name = Annotated[
    str | None, typer.Argument(help="A topic: ukraine, 'human rights'; all of them if not given.")
]
_Matter = Annotated[
    bool, typer.Option("--matter", help="All votes on the same matter, not only on the same text.")
]
_Least = Annotated[int, typer.Option("--min", min=2, help="How many votes a text must have had.")]


@question(selects=True)
def topics(asked: Asked, name: _Name = None) -> Answer:
    """The topics and what they cover; with NAME, the votes on one, newest last."""
    from votewire.record import subjects

    if name is None:
        return subjects.all_topics(asked.record, within=asked.within)
    return subjects.one_topic(asked.record, name, within=asked.within)


@question(selects=False)
def chain(asked: Asked, symbol: Symbol, matter: _Matter = False) -> Answer:
    """The same text year after year, with its tallies."""
    from votewire.record import subjects

    return subjects.one_chain(asked.record, asked.rollcall(symbol), matter=matter)


@question(selects=True)
def chains(asked: Asked, least: _Least = 3) -> Answer:
    """The texts that come back, the most often voted first."""
    from votewire.record import subjects

    return subjects.all_chains(asked.record, least=least, within=asked.within)


def register(app: typer.Typer) -> None:
    """Adds the commands about subjects to an app."""
    app.command("topics", epilog="Example: votewire topics ukraine --since 2022")(topics)
    app.command("chain", epilog="Example: votewire chain A/RES/79/7")(chain)
    app.command("chains", epilog="Example: votewire chains --topic nuclear --min 20")(chains)
