"""`votewire positions ...`: where states stand, fitted to the Assembly's votes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli import house
from votewire.cli.asking import Asked, question
from votewire.cli.bare import help_if_bare
from votewire.cli.fits import DimsOption, DrawsOption, PriorOption, SeedOption, fit_asked, progress
from votewire.cli.output import RecordPath, print_lines, read_input
from votewire.errors import UsageError
from votewire.files import make_folder

if TYPE_CHECKING:
    from votewire.record import Answer

__all__ = ["app"]

app = typer.Typer(
    name="positions",
    help="Where states stand: ideal points with intervals, fitted to the Assembly's votes.",
    callback=help_if_bare,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

States = Annotated[list[str] | None, typer.Argument(help="States: USA, Russia, 'South Africa'.")]
Everyone = Annotated[bool, typer.Option("--all", help="Every state.")]
FromYear = Annotated[
    int | None,
    typer.Option("--since", min=1946, help="Sessions that opened in this year or later."),
]
Topic = Annotated[str | None, typer.Option("--topic", help="Fitted to votes on this topic alone.")]
Session = Annotated[
    str | None, typer.Option("--session", help="A regular session: 79; the last if not given.")
]
Published = Annotated[
    Path, typer.Argument(help="CSV of Bailey, Strezhnev and Voeten's estimates, or - for stdin.")
]
ReadyFolder = Annotated[
    Path | None, typer.Option("--out", help="Folder to write to; the package's own if not given.")
]

_LARGEST = 64 * 1024 * 1024  # bytes; the file of 2020 has 1.2 million
_DIGITS = 4  # of the number of a session


@question(selects=True)
def fit(
    asked: Asked,
    prior: PriorOption = "rw",
    dims: DimsOption = 1,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """Fit positions to the rollcalls chosen, and keep them for the other commands."""
    found = fit_asked(asked, anew=True, prior=prior, dims=dims, draws=draws, seed=seed)
    from votewire.positions import answers

    return answers.fitted(found, record=asked.record, within=asked.within)


@question(selects=False)
def show(
    asked: Asked,
    states: States = None,
    everyone: Everyone = False,
    since: FromYear = None,
    topic: Topic = None,
    prior: PriorOption = "rw",
    dims: DimsOption = 1,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """Positions of states session by session, with their 90 % intervals."""
    if bool(states) == everyone:
        raise UsageError("name one state or more, or give --all: votewire positions show USA.")
    asked = replace(asked, topic=topic)
    codes = None if states is None or everyone else [asked.state(typed) for typed in states]
    found = fit_asked(asked, prior=prior, dims=dims, draws=draws, seed=seed)
    from votewire.positions import answers

    return answers.show(found, codes, since, record=asked.record, within=asked.within)


@question(selects=True)
def rank(
    asked: Asked,
    session: Session = None,
    prior: PriorOption = "rw",
    dims: DimsOption = 1,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """The states of one session in order, from the United States' side to the other."""
    number = session_number(session)
    found = fit_asked(asked, prior=prior, dims=dims, draws=draws, seed=seed)
    from votewire.positions import answers

    chosen = int(found.periods[-1]) if number is None else number
    return answers.rank(found, chosen, record=asked.record, within=asked.within)


@question(selects=True)
def compare(
    asked: Asked,
    file: Published,
    prior: PriorOption = "rw",
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """Positions beside the published estimates: correlation overall and within each session."""
    from votewire.positions.published import read_published

    source = read_input(file, _LARGEST)
    if len(source) > _LARGEST:
        raise UsageError(f"{file}: over {_LARGEST >> 20} MiB: give a file of published estimates.")
    published = read_published(source)
    found = fit_asked(asked, prior=prior, draws=draws, seed=seed)
    from votewire.positions import comparing

    return comparing.compare(found, published, record=asked.record, within=asked.within)


@question(selects=True)
def diagnose(
    asked: Asked,
    prior: PriorOption = "rw",
    dims: DimsOption = 1,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
) -> Answer:
    """Whether a fit can be trusted: convergence, connected sessions, mixing of draws."""
    found = fit_asked(asked, prior=prior, dims=dims, draws=draws, seed=seed)
    from votewire.positions.diagnosing import diagnose

    return diagnose(found, record=asked.record, within=asked.within)


def build(
    out: ReadyFolder = None,
    draws: DrawsOption = 0,
    seed: SeedOption = 0,
    record: RecordPath = None,
) -> None:
    """Fit the whole record and write what comes with votewire: the fit, and every surprise."""
    from votewire.config import load
    from votewire.pipeline import open_with_layer
    from votewire.positions.expected import build_surprises
    from votewire.positions.ready import READY, build

    told = open_with_layer(load(record=record))
    folder = out or READY.parent
    try:
        make_folder(folder)
    except OSError as error:
        raise UsageError(f"{folder}: nothing can be written there ({error.strerror}).") from None
    with progress() as (on_sweep, on_draw):
        path, made = build(told, folder, draws=draws, seed=seed, on_sweep=on_sweep, on_draw=on_draw)
    surprises = build_surprises(told, folder)
    print_lines(
        f"{path}: {path.stat().st_size:,} bytes, {made.method}, {len(made.state):,} positions of "
        f"{made.casts:,} casts; record {made.record_hash[:12]}"
    )
    print_lines(f"{surprises}: {surprises.stat().st_size:,} bytes")


def session_number(session: str | None) -> int | None:
    """The number of a regular session as typed; raises UsageError for anything else."""
    if session is None:
        return None
    typed = session.strip()
    if not typed.isdecimal() or len(typed) > _DIGITS:
        raise UsageError(
            f"--session {session[:40]!r}: give the number of a regular session, such as 79. "
            "Special sessions count to the regular one in whose year they fall."
        )
    return int(typed)


house.register(app)
app.command("fit", epilog="Example: votewire positions fit --topic ukraine")(fit)
app.command("show", epilog="Example: votewire positions show USA Russia --since 2010")(show)
app.command("rank", epilog="Example: votewire positions rank --session 79")(rank)
app.command(
    "compare", epilog="Example: votewire positions compare IdealpointestimatesAll_Apr2020.csv"
)(compare)
app.command("diagnose", epilog="Example: votewire positions diagnose --since 2015")(diagnose)
app.command("build", epilog="Example: votewire positions build --out fit/ --draws 1000")(build)
