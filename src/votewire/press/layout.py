"""Roles that only the place on the page shows: headline, dek, the body and where it begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from votewire.press.furniture import Fragment, Piece, split_crumbs
from votewire.press.patterns import PatternSet
from votewire.press.sheet import (
    HEADLINE_WORDS,
    Sheet,
    count_breaks,
    first_prose,
    is_closed,
    is_prose,
    is_title,
    letters,
    split_site,
)
from votewire.press.surroundings import name_surroundings, split_captions

__all__ = ["Known", "find_pieces"]

_DEK_WORDS = (6, 60)
_LONG_TITLE = 5
# What may part a headline and its dek.
_BETWEEN = frozenset({"advert", "breadcrumb", "notice", "repeat"})
_TICKER = re.compile(
    r"(?:live|live updates?|trending|breaking(?: news)?|just in)\b\s*[:|]", re.IGNORECASE
)
# What stands between a headline and the body.
_HEAD_ROLES = frozenset(
    {"byline", "clock", "published", "updated", "read_time", "listen", "credit", "picture_alt"}
)
# Credits that stand at the end of a story, not between its headline and its body.
_END_CREDITS = frozenset(
    {"agency_tail", "with_inputs", "with_inputs_line", "reporting_line", "reporting_inline"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a page's HTML has settled: spans of the text with their role, in order."""

    spans: tuple[tuple[str, int, int], ...] = ()
    headline: str | None = None


def find_pieces(
    folded: str,
    fragments: Sequence[Fragment],
    *,
    lang: str,
    cued: Mapping[str, PatternSet],
    known: Known | None = None,
) -> list[Piece]:
    """Every fragment with its role, in page order, never overlapping; prose is body by default.

    cued: `patterns.patterns_within` of the page. known: what the page's HTML has settled.
    """
    sheet = Sheet(folded=folded, lang=lang, cued=cued, fragments=list(fragments))
    sheet.pieces = [fragment.pieces or None for fragment in fragments]
    known = known or Known()
    _take_known(sheet, known)
    split_captions(sheet)
    _find_headline(sheet, known.headline)
    _reopen_above_headline(sheet)
    _find_dek_and_body(sheet)
    name_surroundings(sheet)
    for index in range(len(sheet.pieces)):
        if sheet.open(index):
            sheet.give(index, "body", "default")
    return [piece for pieces in sheet.pieces for piece in pieces or ()]


def _take_known(sheet: Sheet, known: Known) -> None:
    """Gives the roles that the page's HTML has settled."""
    spans = list(reversed(known.spans))
    for index, fragment in enumerate(sheet.fragments):
        while spans and spans[-1][2] <= fragment.start:
            spans.pop()
        if not spans or fragment.start < spans[-1][1] or spans[-1][2] < fragment.end:
            continue
        sheet.give(index, spans[-1][0], "html")
        if spans[-1][0] == "headline" and sheet.headline is None:
            sheet.headline = index


def _find_headline(sheet: Sheet, known: str | None) -> None:
    """The line that the breadcrumb or the HTML repeats, else the first title above the prose."""
    if sheet.headline is not None:
        return
    announced = _announced(sheet, known)
    first = first_prose(sheet)
    above = [i for i in range(first) if sheet.open(i) and is_title(sheet.line(i))]
    for index in [*above, *range(first, min(first + 12, len(sheet.fragments)))]:
        if announced and sheet.open(index) and letters(sheet.line(index)[:300]) in announced:
            sheet.headline = index
            break
    else:
        sheet.headline = _likeliest(sheet, above)
        if sheet.headline is not None:
            sheet.headline = _plain_title(sheet, sheet.headline, above)
    if sheet.headline is not None:
        sheet.give(sheet.headline, "headline", "headline")


def _likeliest(sheet: Sheet, above: Sequence[int]) -> int | None:
    """Of the titles above the prose: one that is repeated, else the first of five words or more.

    A running ticker ("Live updates: ...") is one only where there is no other.
    """
    keys = Counter(letters(sheet.line(index)) for index in above)
    still = [index for index in above if not _TICKER.match(sheet.line(index))] or above
    long = [index for index in still if len(sheet.line(index).split()) >= _LONG_TITLE]
    repeated = [index for index in long if keys[letters(sheet.line(index))] > 1]
    return next(iter([*repeated, *long, *still]), None)


def _announced(sheet: Sheet, known: str | None) -> frozenset[str]:
    """The headline as the HTML or a breadcrumb gives it, as keys."""
    names = [known] if known else []
    for fragment, pieces in zip(sheet.fragments, sheet.pieces, strict=True):
        if pieces and pieces[0].role == "breadcrumb":
            steps = split_crumbs(sheet.folded[fragment.start : fragment.end])
            names += [step for step in steps[-1:] if len(step.split()) >= HEADLINE_WORDS[0]]
    return frozenset(letters(name) for name in names)


def _plain_title(sheet: Sheet, index: int, above: Sequence[int]) -> int:
    """The headline itself where the line at `index` only repeats it with the site's name."""
    parts = split_site(sheet.line(index))
    if parts is None:
        return index
    plain = letters(parts[0])
    return next((other for other in above if letters(sheet.line(other)) == plain), index)


def _reopen_above_headline(sheet: Sheet) -> None:
    """Takes back furniture that is furniture only below a headline: "WATCH | Envoys clash"."""
    for index, fragment in enumerate(sheet.fragments):
        if sheet.headline is not None and index > sheet.headline:
            return
        if fragment.below and sheet.headline is None and first_prose(sheet) > index:
            sheet.headline = index
            sheet.give(index, "headline", "headline")


def _find_dek_and_body(sheet: Sheet) -> None:
    """The dek right under the headline, and where the body begins."""
    sheet.body = first_prose(sheet)
    if sheet.headline is None:
        return
    under = sheet.headline + 1
    while under < len(sheet.fragments) and sheet.roles(under) & _BETWEEN:
        under += 1
    if not sheet.open(under) or not _may_be_dek(sheet, under):
        return
    sheet.give(under, "dek", "dek")
    sheet.body = first_prose(sheet)


def _may_be_dek(sheet: Sheet, index: int) -> bool:
    line = sheet.line(index)
    low, high = _DEK_WORDS
    if not low <= len(line.split()) <= high or count_breaks(line) > 1:
        return False
    if sheet.roles(index + 1) == {"credit"}:  # a caption, with its credit below
        return False
    if any(lead.regex.match(line) for lead in sheet.cued["lead"].patterns):
        return False
    if not is_prose(line):
        return first_prose(sheet) < len(sheet.fragments)
    return _head_follows(sheet, index)


def _head_follows(sheet: Sheet, index: int) -> bool:
    """Whether byline, date or picture stand between this line and the next prose."""
    for after in range(index + 1, min(index + 4, len(sheet.fragments))):
        pieces = sheet.pieces[after] or ()
        if any(piece.rule in _END_CREDITS for piece in pieces):
            return False
        if sheet.roles(after) & (_HEAD_ROLES | {"caption"}):
            return True
        if not sheet.open(after) or is_closed(sheet.line(after)):
            return False
    return False
