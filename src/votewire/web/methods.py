"""The terms of the site and what explains which answer: methods.toml, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Term", "method_of", "terms"]

_FILE = Path(__file__).with_name("methods.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term or figure of the site.

    says: its definition. formula, interval, source: how it is computed, how sure it is and whose
    method it is, where that applies. cannot: what it does not say. command: what prints the same.
    questions: the answers that it explains; with `*` all whose name begins so.
    """

    id: str
    name: str
    says: str
    cannot: str
    questions: tuple[str, ...]
    formula: str = ""
    interval: str = ""
    source: str = ""
    command: str = ""


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the page."""
    with _FILE.open("rb") as file:
        rows = tomllib.load(file)["term"]
    return tuple(Term(**{**row, "questions": tuple(row["questions"])}) for row in rows)


@cache
def method_of(question: str) -> str | None:
    """The id of the term that explains an answer; None where there is none."""
    for term in terms():
        for name in term.questions:
            if question == name or (name.endswith("*") and question.startswith(name[:-1])):
                return term.id
    return None
