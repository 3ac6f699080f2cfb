"""Page furniture found by its words alone: what a line, or a piece of one, is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from votewire.press.article import Block
from votewire.press.clocks import Stamp, match_stamp
from votewire.press.lines import find_paragraphs, trim
from votewire.press.patterns import Pattern, PatternSet, words

__all__ = ["PROSE", "Fragment", "Piece", "find_fragments", "split_crumbs"]

PROSE = frozenset({"headline", "dek", "caption", "body"})

_PART_REACH = 300  # longer lines are no list of furniture pieces
_SENTENCE_REACH = 120  # a longer line that ends as a sentence does is no list of them either
_LINE_REACH = 700  # the longest syndication notices stay below
_SEPARATOR = re.compile(r"[\s|·•,;/>»\u2013\u2014_*-]*")
_LABEL_GAP = re.compile(r"[\s:|·.\u2013\u2014-]*")
_CRUMB = re.compile(r"[>»›→|]|(?<=\s)/(?=\s)|::")
_CRUMB_SIGN = re.compile(r"[>»›→|/]|::")
_NAMES = re.compile(
    r"[A-ZÀ-Þ][\w.'&-]{0,60}(?: (?:[A-ZÀ-Þ][\w.'&-]{0,60}|of|the|and|for|de)){0,4}"
    r"(?=\s*(?:[|·•,:\u2013\u2014-]|\Z))"
)
_LOOSE = 60
_DATED_REACH = 160
_TIME_LIKE = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_CAPITAL_OR_FIGURE = re.compile(r"[A-ZÀ-Þ]|(?<!\d)\d")
_TITLE_END = re.compile(r"\s\s|\s(?=[\"“](?:[^\"”]{60}|[^\"”]{0,59}[.,][\"”]))")
_TITLE = 200
_BREAK = re.compile(r"[.!?][\"”')]*\s+(?=[\"“A-ZÀ-Þ])")
_MAY_CUT = re.compile(r"(?:[.!?…।:;\"”')\]|(\[]\s{0,8}|\s\s)\Z")
_FIGURE = re.compile(r"\d")
_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch with one role, as `Block`, with how it was found and what it says.

    rule: id of the pattern, or of the rule of layout. value: what the pattern settles, such as
    a language code, or the words that matter. stamp: the date that stands in it.
    """

    start: int
    end: int
    role: str
    rule: str = ""
    value: str | None = None
    stamp: Stamp | None = None

    def block(self) -> Block:
        """The piece as a block of the article."""
        return Block(
            role=self.role, start=self.start, end=self.end, furniture=self.role not in PROSE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A paragraph, or a part of one; `pieces` covers it where it is furniture, else is empty.

    heading: whether it stands above a list of related links. below: whether it is furniture only
    below the headline.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...] = ()
    heading: bool = False
    below: bool = False


def find_fragments(folded: str, *, lang: str, cued: Mapping[str, PatternSet]) -> list[Fragment]:
    """The page in fragments, in order, never overlapping; together they hold every word of it.

    folded: the page as `lines.fold_page` gives it. cued: `patterns.patterns_within` of it. Time
    linear in the length.
    """
    found: list[Fragment] = []
    cuts = _inline_cuts(folded, cued["inline"].with_cues())
    page = _Page(folded=folded, lang=lang, patterns=cued)
    at = 0
    for start, end in find_paragraphs(folded):
        while at < len(cuts) and cuts[at].end <= start:
            at += 1
        within = at
        while within < len(cuts) and cuts[within].start < end:
            within += 1
        found += _cut(page, start, end, cuts[at:within])
    return found


def split_crumbs(line: str) -> tuple[str, ...]:
    """The steps of a breadcrumb line such as "Home / World News / A headline"."""
    return tuple(step for step in (part.strip() for part in _CRUMB.split(line)) if step)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page under reading: its folded text and the patterns whose cues it holds."""

    folded: str
    lang: str
    patterns: Mapping[str, PatternSet]


def _cut(page: _Page, start: int, end: int, cuts: Sequence[Piece]) -> Iterator[Fragment]:
    """A paragraph as fragments, around the furniture that stands inside it."""
    for cut in cuts:
        yield from _fragment(page, start, max(start, cut.start))
        inside = replace(cut, start=max(start, cut.start), end=min(end, cut.end))
        if inside.start < inside.end:
            yield Fragment(start=inside.start, end=inside.end, pieces=(inside,))
            start = inside.end
    yield from _fragment(page, start, end)


def _fragment(page: _Page, start: int, end: int) -> Iterator[Fragment]:
    folded = page.folded
    start, end = trim(folded, start, end)
    if not _HAS_WORD.search(folded, start, end):
        return
    if end - start > _LINE_REACH:
        yield Fragment(start=start, end=end)
        return
    line = folded[start:end].replace("\n", " ")
    lowered = line.lower()
    closed = line[-1] in ".!?" and len(line) > _SENTENCE_REACH
    pieces = [] if closed or len(line) > _PART_REACH else _tile(line, lowered, page)
    pieces = pieces or _dated_end(line, lowered, page)
    if pieces:
        yield Fragment(start=start, end=end, pieces=tuple(_moved(each, start) for each in pieces))
        return
    rule = _whole_line(line, lowered, page)
    if rule is None:
        yield Fragment(start=start, end=end)
        return
    piece = Piece(start=start, end=end, role=rule.role, rule=rule.id, value=rule.value)
    yield Fragment(
        start=start, end=end, pieces=(piece,), heading=rule.kind == "heading", below=rule.below
    )


def _moved(piece: Piece, by: int) -> Piece:
    return replace(piece, start=piece.start + by, end=piece.end + by)


def _whole_line(line: str, lowered: str, page: _Page) -> Pattern | None:
    """The pattern that the whole line is, if any."""
    known = page.patterns
    for pattern in (*known["line"].cued(lowered), *known["heading"].cued(lowered)):
        if pattern.regex.fullmatch(line):
            return pattern
    if _is_breadcrumb(line, page.lang):
        return _BREADCRUMB
    return None


_BREADCRUMB = Pattern(
    id="breadcrumb", kind="line", role="breadcrumb", cues=(), pattern="", hit="", miss=""
)


def _is_breadcrumb(line: str, lang: str) -> bool:
    """Whether the line leads from a home page to this one: "Home / World News / A headline"."""
    if len(line) > _PART_REACH or not _CRUMB_SIGN.search(line):
        return False
    steps = split_crumbs(line)
    if len(steps) < 2:
        return False
    if steps[0].casefold() in words("home", lang):
        return True
    return len(steps) >= 3 and all(len(step.split()) <= 3 for step in steps)


def _tile(line: str, lowered: str, page: _Page) -> list[Piece]:
    """The line as furniture pieces side by side; empty where anything else stands in it."""
    known = page.patterns
    parts = known["part"].cued(lowered)
    dated = _FIGURE.search(lowered) is not None
    if not parts and not dated:
        return []
    labels = known["label"].cued(lowered)
    pieces: list[Piece] = []
    loose = 0
    at = _skip(_SEPARATOR, line, 0)
    while at < len(line):
        piece = _longest(line, at, parts, labels, page.lang)
        if piece is None:
            piece = _names(line, at)
            if piece is None:
                return []
            loose += piece.end - piece.start
        pieces.append(piece)
        at = _skip(_SEPARATOR, line, piece.end)
    return pieces if not loose or _may_be_loose(line, pieces, loose) else []


def _dated_end(line: str, lowered: str, page: _Page) -> list[Piece]:
    """A short line that ends in a date with a time, whatever is glued before it."""
    if len(line) > _DATED_REACH or line[-1] in ".!?" or not _TIME_LIKE.search(line):
        return []
    labels = page.patterns["label"].cued(lowered)
    for start in _CAPITAL_OR_FIGURE.finditer(line):
        piece = _longest(line, start.start(), [], labels, page.lang)
        if piece is None or piece.stamp is None or piece.stamp.clock is None:
            continue
        if _skip(_SEPARATOR, line, piece.end) < len(line):
            return []
        before = line[: piece.start].rstrip()
        names = [Piece(start=0, end=len(before), role="byline", rule="place")] if before else []
        return [*names, piece]
    return []


def _skip(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def _longest(
    line: str, at: int, parts: Iterable[Pattern], labels: Iterable[Pattern], lang: str
) -> Piece | None:
    """The longest furniture piece that begins at `at`."""
    found = [
        Piece(start=at, end=match.end(), role=part.role, rule=part.id, value=part.value)
        for part in parts
        if (match := part.regex.match(line, at)) and _whole_words(line, match.end())
    ]
    found += [piece for label in labels if (piece := _labelled(line, at, label, parts, lang))]
    stamp = match_stamp(line, at, lang=lang)
    if stamp is not None and _whole_words(line, stamp.end):
        found.append(Piece(start=at, end=stamp.end, role="clock", rule="stamp", stamp=stamp))
    return max(found, key=lambda piece: piece.end, default=None)


def _labelled(
    line: str, at: int, label: Pattern, parts: Iterable[Pattern], lang: str
) -> Piece | None:
    """A label with the date after it, absolute or such as "2 hours ago"."""
    match = label.regex.match(line, at)
    if match is None:
        return None
    after = _skip(_LABEL_GAP, line, match.end())
    stamp = match_stamp(line, after, lang=lang)
    if stamp is not None:
        return Piece(start=at, end=stamp.end, role=label.role, rule=label.id, stamp=stamp)
    for part in parts:
        ago = part.regex.match(line, after) if part.id.startswith("time_ago") else None
        if ago:
            return Piece(start=at, end=ago.end(), role=label.role, rule=label.id)
    return None


def _whole_words(line: str, end: int) -> bool:
    """Whether a piece that ends here splits no word; a change of script ends a word too."""
    if end >= len(line):
        return True
    after = line[end]
    if not after.isalnum() and not unicodedata.category(after).startswith("M"):
        return True
    before = line[end - 1]
    return (
        not before.isalnum()
        or after.isascii() != before.isascii()
        or (before.islower() and after.isupper())  # glued: "TwitterWhatsApp"
    )


def _names(line: str, at: int) -> Piece | None:
    """A few capitalised words that may stand beside a date: a place, an agency, a person."""
    found = _NAMES.match(line, at)
    return Piece(start=at, end=found.end(), role="byline", rule="names") if found else None


def _may_be_loose(line: str, pieces: Sequence[Piece], loose: int) -> bool:
    """Whether names may count as furniture: beside a date or a read time, in a line of no prose."""
    dated = any(piece.stamp is not None or piece.role == "read_time" for piece in pieces)
    return dated and loose <= _LOOSE and line[-1] not in ".!?"


def _inline_cuts(folded: str, inline: Iterable[Pattern]) -> list[Piece]:
    """Furniture inside paragraphs, in page order, never overlapping."""
    found = [piece for pattern in inline for piece in _cuts_of(folded, pattern)]
    found.sort(key=lambda piece: (piece.start, -piece.end))
    cuts: list[Piece] = []
    for piece in found:
        if not cuts or piece.start >= cuts[-1].end:
            cuts.append(piece)
    return cuts


def _cuts_of(folded: str, pattern: Pattern) -> Iterator[Piece]:
    for match in pattern.regex.finditer(folded):
        start, end = match.span()
        if pattern.role == "related":
            if not _stands_free(folded, start):
                continue
            end = _title_end(folded, end)
        yield Piece(start=start, end=end, role=pattern.role, rule=pattern.id)


def _stands_free(folded: str, start: int) -> bool:
    """Whether a label at `start` begins a line, or follows a sentence or a gap."""
    before = folded[max(0, start - 8) : start]
    return not before.strip() or "\n" in before[-2:] or _MAY_CUT.search(before) is not None


def _title_end(folded: str, at: int) -> int:
    """Where the title of a related link ends: at the line's end, a gap, or before a quote."""
    end = folded.find("\n", at, at + _LINE_REACH)
    line_end = min(len(folded), at + _LINE_REACH) if end < 0 else end
    _, line_end = trim(folded, at, line_end)
    gap = _TITLE_END.search(folded, at, line_end)
    if gap:
        return gap.start()
    if line_end - at <= _TITLE:
        return line_end
    sentence = _BREAK.search(folded, at, line_end)
    if sentence:
        return sentence.start() + 1
    return max(folded.rfind(" ", at, at + _TITLE), at)
