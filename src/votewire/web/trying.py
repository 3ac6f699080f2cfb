"""Short articles of our own to try a check with; each has one thing wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from votewire.errors import UsageError
from votewire.web.pasting import Pasted

__all__ = ["Example", "example", "examples"]

_FOLDER = Path(__file__).with_name("examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A short article to try. id: its name in the form."""

    id: str
    title: str
    lang: str


@cache
def examples() -> tuple[Example, ...]:
    """The articles, by name; a name ends in the language."""
    return tuple(
        Example(
            id=path.stem,
            title=path.read_text(encoding="utf-8").partition("\n")[0],
            lang=path.stem.rpartition(".")[2],
        )
        for path in sorted(_FOLDER.glob("*.txt"))
    )


def example(name: str) -> Pasted:
    """The article of a name. Raises UsageError where there is none."""
    if name not in {each.id for each in examples()}:
        raise UsageError("There is no such example.")
    return Pasted(source=(_FOLDER / f"{name}.txt").read_bytes())
