"""The fit that comes with the package, and how a question gets its fit: ready, kept, or made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from votewire.positions import headed
from votewire.positions.making import (
    borrows,
    check_settings,
    fit,
    needs_extra,
    one_thread_each,
    settings_of,
)
from votewire.positions.result import Fit, Texts
from votewire.positions.store import FORMAT, Recipe, kept_or_made, load, read, write
from votewire.record import Record, Selection
from votewire.record.beneath import rows_above

__all__ = ["READY", "build", "fit_for", "ready", "ready_beneath"]

READY = Path(__file__).parent / "data" / "ready.npz"

Note = Callable[[str], None]


def ready(record: Record, *, note: Note | None = None, path: Path = READY) -> Fit | None:
    """The fit of the whole record with default settings that comes with votewire, without fitting.

    None where it is of another record (an older or newer one, or one with your additions). Where
    the file is damaged, None with a note. Its method says how it was made.
    """
    try:
        if headed.head_of(path)["record"] != record.hash:
            return None
        return read(path, _head(record.hash))
    except FileNotFoundError:
        return None
    except headed.BROKEN as error:
        if note is not None:
            note(f"the fit that comes with votewire is not used: {error}.")
        return None


def ready_beneath(record: Record, *, note: Note | None = None) -> Fit | None:
    """The fit that comes with votewire of the record that a user's additions lie over.

    Its texts are in rows of `record`, its record_hash is that of the record beneath. None where
    there are no additions, or no fit comes with that record.
    """
    found = None if record.base is None else ready(record.base, note=note)
    if found is None:
        return None
    rows = rows_above(record)[found.texts.rows]
    kept = rows >= 0
    texts = Texts(rows=rows[kept], beta=found.texts.beta[kept], cut=found.texts.cut[kept])
    return replace(found, texts=texts)


def build(
    record: Record,
    folder: Path = READY.parent,
    *,
    draws: int = 0,
    seed: int = 0,
    on_sweep: Callable[[int, float], None] | None = None,
    on_draw: Callable[[int, int], None] | None = None,
) -> tuple[Path, Fit]:
    """Fits the whole record and writes it to a folder as the fit that comes with votewire.

    draws: of the posterior; 0 for its normal approximation. How often a move is found with dates
    shuffled is measured too, and kept with it. Raises as `fit` does.
    """
    made = fit(record, draws=draws, seed=seed, on_sweep=on_sweep, on_draw=on_draw)
    made = replace(made, facts={**made.facts, "placebo": false_moves(record)})
    return write(made, folder / READY.name, _head(record.hash)), made


def false_moves(record: Record) -> dict[str, float]:
    """rate, real: the shares of `placebo`. Raises MissingExtra without numba or scipy."""
    with needs_extra(), one_thread_each():
        from votewire.positions.placebo import placebo

        found = placebo(record)
    return {"rate": found.rate, "real": found.real}


def fit_for(
    record: Record,
    folder: Path,
    *,
    version: str,
    within: Selection = Selection(),
    anew: bool = False,
    note: Note | None = None,
    on_sweep: Callable[[int, float], None] | None = None,
    on_draw: Callable[[int, int], None] | None = None,
    **settings: Any,
) -> Fit:
    """The fit that a question asks: the ready one, else the one kept in a folder, else made now.

    Of a record with a user's additions none is made unless it is asked for (anew): where none is
    kept, the ready one of the record beneath them answers. settings: prior, dims, draws, seed as
    `fit` takes them. version: votewire's; what another one kept is not used. anew: not the ready
    one. A fit made now is kept in the folder. Raises as `fit` does.
    """
    recipe = Recipe(
        record_hash=record.hash, version=version, settings=settings_of(within, **settings)
    )
    if not anew and recipe.settings == settings_of(Selection()):
        found = _at_once(record, folder, recipe, note)
        if found is not None:
            return found

    def make() -> Fit:
        check_settings(within, **settings)
        wider = None
        if borrows(within):
            # What is made of a record borrows from a fit of that record, with the additions.
            own = record.base is not None
            wider = fit_for(record, folder, version=version, anew=own, note=note, on_sweep=on_sweep)
        told: dict[str, Any] = {"on_sweep": on_sweep, "on_draw": on_draw, "general": wider}
        return fit(record, within=within, **told, **settings)

    return kept_or_made(folder, recipe, make, note=note)


def _at_once(record: Record, folder: Path, recipe: Recipe, note: Note | None) -> Fit | None:
    """The fit with default settings that answers without fitting; None where there is none."""
    found = ready(record, note=note)
    if found is None and record.base is not None:
        found = load(folder, recipe) or ready_beneath(record, note=note)
    return found


def _head(record_hash: str) -> dict[str, Any]:
    return {"format": FORMAT, "record": record_hash}
