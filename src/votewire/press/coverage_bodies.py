"""Whose vote a sentence of meetings coverage tells, where it says that it is a committee's.

The Assembly's pages recall how a committee voted: "The text had been approved in the Third
Committee by a recorded vote of ...". Such a vote is none of the Assembly's.
"""

from __future__ import annotations

import re
from functools import cache

from votewire.press.coverage_words import any_of, coverage_words

__all__ = ["committee_in"]


def committee_in(words: str) -> str | None:
    """The committee that votes in these words: C1 to C6, "C" where only "the Committee" is said.

    None where no committee is said to vote: one that recommends or reports does not.
    """
    found = _voting().search(words)
    if found is None:
        return None
    said = found[0].lower()
    names = {code: name for code, name in coverage_words()["bodies"].items() if code[0] == "C"}
    return next((code for code, name in names.items() if any_of([name]).search(said)), "C")


@cache
def _voting() -> re.Pattern[str]:
    """ "The Third Committee then approved ..." and "... approved by the Committee"."""
    tables = coverage_words()["committees"]
    verbs, between = (_any(tables[name]) for name in ("verbs", "between"))
    which = _any(tables["which"])
    committee = rf"(?:the|its)\s+(?:(?:{which})\s+)?committee"
    return re.compile(
        rf"\b{committee}(?:\s*\([^()]{{0,80}}\))?,?\s+(?:(?:{between})\s+){{0,3}}(?:{verbs})\b"
        rf"|\b(?:{verbs})\s+(?:(?:{between})\s+){{0,2}}(?:in|by)\s+{committee}\b",
        re.IGNORECASE,
    )


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
