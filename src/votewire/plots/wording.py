"""The words of a chart: figures, lines broken to a width, lists, the source line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isnan
from textwrap import shorten, wrap
from typing import Any

from votewire.record import Answer

__all__ = [
    "counted",
    "figure",
    "known",
    "listed",
    "measure",
    "origin",
    "printable",
    "shortened",
    "source_line",
    "word_of_choice",
    "wrapped",
]

# Mean width of a letter of Liberation Sans in English text, in parts of the font size.
_PLAIN, _BOLD = 0.5, 0.55
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS = {
    "non_voting": "not voting",
    "not_member": "no member",
    "not_recorded": "not in the record",
}
_SOURCE = "Source: "
_HASH = 12  # as many letters of the record's hash as the command line prints


def figure(value: Any) -> str:
    """A value as charts, pages and tables for people write it: three decimals, nothing for NaN."""
    if not known(value):
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def known(value: Any) -> bool:
    """Whether there is a value: neither null nor NaN."""
    return value is not None and not (isinstance(value, float) and isnan(value))


def measure(answer: Answer) -> str:
    """What an answer of agreement, balance or cohesion measures, and in which range."""
    if answer.question == "balance":
        return "balance, −1 to 1"
    if answer.question == "cohesion":
        return "cohesion, 0 to 1"
    for name in ("kappa", "pi"):
        if f"'s {name} " in answer.definition:
            return f"{name}, 1 at most, 0 by chance"
    return "agreement, 0 to 1"


def wrapped(text: str, width: int, size: int, *, bold: bool = False) -> list[str]:
    """The text in lines of at most about `width` pixels in a font of `size` pixels."""
    letters = int(width / (size * (_BOLD if bold else _PLAIN)))
    return wrap(printable(text), letters, break_on_hyphens=False)


def printable(text: str) -> str:
    """The text without characters that XML cannot hold, such as NUL and lone surrogates."""
    return _UNPRINTABLE.sub("", text)


def shortened(text: str, letters: int) -> str:
    """The text cut at a word to at most so many letters, with a sign that it goes on."""
    return shorten(text, letters, placeholder=" …")


def counted(n: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 state`, `12 states`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: `France`, `France and Italy`, `France, Italy and Spain`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def word_of_choice(choice: str) -> str:
    """The word for a choice in a legend or a sentence: `non_voting` is `not voting`."""
    return _WORDS.get(choice, choice)


def source_line(answer: Answer, *, defined: bool = True) -> str:
    """Where the figures come from and how they are made, in one paragraph for under a chart.

    defined: with the definition, for which a phone has no room; a page has it below.
    """
    definition = _sentence(answer.definition) if defined else ""
    said = "" if not defined or definition.startswith("Definition") else "Definition: "
    basis = "" if answer.basis.startswith(_SOURCE) else f"{_sentence(answer.basis)} "
    return (
        f"{_SOURCE}{origin(answer)}; votewire record complete to {answer.complete_to}, "
        f"hash {answer.record_hash[:_HASH]}. {basis}{said}{definition}"
    ).strip()


def origin(answer: Answer) -> str:
    """Who published what the answer rests on: the votes, or the memberships of groups."""
    if answer.basis.startswith(_SOURCE):
        return answer.basis.removeprefix(_SOURCE).strip().rstrip(".")
    if answer.question in ("group", "groups"):
        return "treaties, declarations and lists of the groups"
    return "UN Digital Library and others"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
