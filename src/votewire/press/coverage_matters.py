"""What a vote in meetings coverage was on, and what became of it: symbols, title, kind, outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from votewire.press.coverage_words import any_of, coverage_words, first_said

__all__ = ["Matter", "matter_of"]

# A draft of the Assembly or its committees, or a document of the Council's year.
_DRAFT = re.compile(
    r"\bA/(?:[A-Z\d][\w.-]{0,20}/){1,6}L\.\d+(?:/(?:Rev|Add|Corr)\.\d+)*"
    r"|\bS/(?:\d{4}/)?\d{2,5}(?:/Rev\.\d+)?\b(?![./]\w)"
)
_NUMBERED = re.compile(r"\b(?:resolution|S/RES/)\s*(?P<number>\d{1,4}) ?\((?P<year>\d{4})\)", re.I)
_SYMBOL = re.compile(r"\bA/(?:RES|DEC)/(?:(?:ES-|S-)?\d+/\d+[A-Z]?)\b")
_QUOTES = {"“": "”", '"': '"', "«": "»"}
_CUT = re.compile(
    r"[(“\"]|,? (?:was|were|by (?:a|an|which|\d)|with \d|contained|as (?:orally|a whole))\b"
    r"|[.;]\s|\n|\Z"
)
_MOST = 300  # characters of a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What was voted on, as far as the words say. "" or None where they do not.

    draft: the draft's symbol. symbol: the resolution's. kind and outcome: as the record names them.
    verb: the word that says the outcome, such as "approved".
    """

    draft: str | None = None
    symbol: str | None = None
    title: str | None = None
    kind: str = ""
    outcome: str = ""
    verb: str = ""


def matter_of(before: str, after: str, *, year: int | None) -> Matter:
    """What the words before a tally, or else those after it, say of the text voted on.

    year: of the meeting; a resolution of another year is one that the text recalls. Where words
    name two drafts or two resolutions none is taken: which is meant would be a guess.
    """
    words = before if first_said(coverage_words()["outcomes"], before) else f"{before} {after}"
    outcome = first_said(coverage_words()["outcomes"], words) or ""
    return Matter(
        draft=_only(_DRAFT.findall(words)),
        symbol=_symbol(words, year),
        title=_title(words),
        kind=_kind(words, outcome),
        outcome=outcome,
        verb=_verb(words, outcome),
    )


def _verb(words: str, outcome: str) -> str:
    """The first word that says the outcome; "" where none does."""
    found = (
        any_of(coverage_words()["outcomes"].get(outcome, ("",))).search(words) if outcome else None
    )
    return found[0].lower() if found else ""


def _only(found: list[str]) -> str | None:
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else None


def _symbol(words: str, year: int | None) -> str | None:
    numbered = [
        f"S/RES/{found['number']}({found['year']})"
        for found in _NUMBERED.finditer(words)
        if year is None or int(found["year"]) == year
    ]
    return _only(numbered + _SYMBOL.findall(words))


def _kind(words: str, outcome: str) -> str:
    """The kind of what was voted on; a text adopted that is nothing else is a resolution."""
    kinds = coverage_words()["kinds"]
    whole = any_of(kinds["whole"]).search(words)
    said = first_said({key: kinds[key] for key in kinds if key != "whole"}, words)
    if said and not (whole and said == "paragraph"):
        return said
    return {"adopted": "resolution", "": ""}.get(outcome, "draft")


def _title(words: str) -> str | None:
    """What stands in quotes, else follows "draft resolution on", else "Vote on" in a heading."""
    quoted = _quoted(words)
    if quoted:
        return _clean(quoted)
    about = _about().search(words)
    if about is not None:
        end = _CUT.search(words, about.end())
        return _clean(words[about.end() : end.start() if end else None])
    heading = _heading().search(words)
    return _clean(heading["title"]) if heading is not None else None


def _quoted(words: str) -> str:
    for mark in _quote_lead().finditer(words):
        end = words.find(_QUOTES[mark[1]], mark.end())
        if end > 0:
            return words[mark.end() : end]
    return ""


def _clean(title: str) -> str | None:
    plain = " ".join(title.split()).strip(' .,;:*_“”"')
    return plain if 0 < len(plain) <= _MOST else None


@cache
def _heading() -> re.Pattern[str]:
    starts = "|".join(map(re.escape, coverage_words()["headings"]["vote"]))
    return re.compile(rf"^[^\S\n*_]*[*_]*(?:{starts})\s+(?P<title>\S[^\n]*)$", re.I | re.MULTILINE)


@cache
def _quote_lead() -> re.Pattern[str]:
    words = "|".join(map(re.escape, coverage_words()["titles"]["quoted"]))
    return re.compile(rf"\b(?:{words}),?\s*([{''.join(_QUOTES)}])", re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    phrases = (_numbered(words) for words in coverage_words()["titles"]["about"])
    return re.compile(
        "|".join(rf"\b{words}\s+" for words in phrases),
        re.IGNORECASE,
    )


def _numbered(words: str) -> str:
    """A pattern for "draft resolution on" that allows "draft resolution XII on"."""
    noun, last = words.rsplit(" ", 1)
    return rf"{re.escape(noun)}(?:\s+[IVXL]{{1,7}})?\s+{re.escape(last)}"
