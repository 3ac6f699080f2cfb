"""What the commands on positions share: options of a fit, the fit itself, its progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire import __version__
from votewire.cli.terminal import note

if TYPE_CHECKING:
    from votewire.cli.asking import Asked
    from votewire.positions import Fit

__all__ = ["DimsOption", "DrawsOption", "PriorOption", "SeedOption", "fit_asked", "progress"]

PriorOption = Annotated[
    str,
    typer.Option(
        "--prior",
        help="rw (sessions before and after count) or bsv (the published one, looks back).",
    ),
]
DimsOption = Annotated[int, typer.Option("--dims", help="Dimensions: 1, 2 or 3.")]
DrawsOption = Annotated[
    int,
    typer.Option(
        "--draws",
        min=0,
        help="Draws of the posterior; 0 for its normal approximation (with bsv, 400 draws).",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")]

OnSweep = Callable[[int, float], None]
OnDraw = Callable[[int, int], None]


def fit_asked(asked: Asked, *, anew: bool = False, **settings: Any) -> Fit:
    """The fit to the rollcalls chosen: the ready one (unless anew), else kept, else made now."""
    from votewire.config import load
    from votewire.positions.ready import fit_for

    folder = load().fits_dir
    with progress() as (on_sweep, on_draw):
        return fit_for(
            asked.record,
            folder,
            version=__version__,
            within=asked.within,
            anew=anew,
            note=note,
            on_sweep=on_sweep,
            on_draw=on_draw,
            **settings,
        )


@contextmanager
def progress() -> Iterator[tuple[OnSweep, OnDraw]]:
    """What is told of sweeps and draws, on a terminal alone; the line is cleared at the end."""
    terminal = sys.stderr.isatty()

    def tell(text: str) -> None:
        if terminal:
            typer.echo(f"\r\x1b[K{text} ", nl=False, err=True)

    def on_sweep(sweep: int, change: float) -> None:
        tell(f"fitting: sweep {sweep}, largest move {change:.4f}")

    def on_draw(done: int, total: int) -> None:
        filled = 30 * done // max(total, 1)
        tell(f"drawing: [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,}")

    try:
        yield on_sweep, on_draw
    finally:
        tell("")
