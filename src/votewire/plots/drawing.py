"""An answer drawn to a file."""

from __future__ import annotations

from pathlib import Path

from votewire.errors import UsageError
from votewire.record import Answer

__all__ = ["draw"]


def draw(answer: Answer, path: Path) -> None:
    """Draws an answer to an .svg, .png or .html file."""
    raise UsageError(f"{path}: no chart of {answer.question} yet.")
