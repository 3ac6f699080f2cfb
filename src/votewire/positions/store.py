"""Fits kept on disk: two files for each record and settings, checked when they are read.

`NAME.npz` holds the fit (`packing`), `NAME.json` says what it is: format, votewire's version, the
record's hash, the settings, and the SHA-256 of the other file. NAME is made of the hash and the
settings, so that another record or other settings never meet it. Whatever is wrong with the files,
the fit is made anew: a kept fit saves time and is never needed. Draws are not kept: they are
hundreds of times as large, and the same seed gives them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from votewire.positions import headed
from votewire.positions.packing import packed, unpacked
from votewire.positions.result import Fit

__all__ = ["FORMAT", "Recipe", "kept_or_made", "load", "read", "save", "write"]

FORMAT = 2  # raised whenever the arrays, or the figures that the same settings give, change

_LETTERS = 16  # of each hash in a file's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a fit is made of.

    record_hash: of the record. settings: every setting, as plain JSON values. version: votewire's,
    since another one may give other figures for the same settings.
    """

    record_hash: str
    version: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The files' name, without ending; the same recipe has the same name in any process."""
        text = json.dumps(self._told(), sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f"{self.record_hash[:_LETTERS]}-{digest[:_LETTERS]}"

    def head(self) -> dict[str, Any]:
        """What the files say of themselves."""
        return {"format": FORMAT, "version": self.version, **self._told()}

    def _told(self) -> dict[str, Any]:
        return {"record": self.record_hash, "settings": dict(self.settings)}


def kept_or_made(
    folder: Path,
    recipe: Recipe,
    make: Callable[[], Fit],
    *,
    note: Callable[[str], None] | None = None,
) -> Fit:
    """The fit kept in a folder; made and kept where there is none that can be used.

    Its figures are rounded as they are on disk, so that the first answer is that of all later ones.
    note: told in a sentence why a file was not used, or why the fit could not be kept.
    """
    found = load(folder, recipe, note=note)
    if found is None:
        made = make()
        try:
            save(made, folder, recipe)
        except OSError as error:
            _tell(note, f"the fit is not kept: {folder} cannot be written to ({error.strerror}).")
        found = replace(unpacked(packed(made)), sample=made.sample)
    return found


def save(fit: Fit, folder: Path, recipe: Recipe) -> Path:
    """Writes a fit without its draws and returns its path; a reader finds all of it or nothing.

    Same fit, same bytes. Raises OSError where the folder cannot be written to.
    """
    return write(fit, folder / f"{recipe.name}.npz", recipe.head())


def write(fit: Fit, path: Path, head: Mapping[str, Any]) -> Path:
    """Writes a fit to a path that ends in .npz, and beside it what it is (head, SHA-256)."""
    return headed.write(path, packed(fit), head)


def load(folder: Path, recipe: Recipe, *, note: Callable[[str], None] | None = None) -> Fit | None:
    """The fit kept for a recipe; None, with a note, where it is damaged or of another version."""
    path = folder / f"{recipe.name}.npz"
    try:
        return read(path, recipe.head())
    except FileNotFoundError:
        return None
    except headed.BROKEN as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        _tell(note, f"{path} is not used and the fit is made anew: {reason}.")
        return None


def read(path: Path, expected: Mapping[str, Any]) -> Fit:
    """The fit in a file; raises one of `headed.BROKEN` where it is not what is expected of it."""
    head = headed.head_of(path)
    for name, value in expected.items():
        if head[name] != value:
            raise ValueError(f"it states the {name} {head[name]!r}, and should {value!r}")
    return unpacked(headed.content_of(path, head))


def _tell(note: Callable[[str], None] | None, text: str) -> None:
    if note is not None:
        note(text)
