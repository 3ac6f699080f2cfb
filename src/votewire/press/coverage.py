"""Pages of the UN's own meetings coverage as plain rolls: who is listed on which side, and counts.

A roll is what one vote's annex, or the brackets in one sentence, say. Names stay as written; whose
they are, and whether there are as many as counted, is for whoever knows the members of that day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from votewire.press.coverage_annexes import Annex, find_annexes, is_heading
from votewire.press.coverage_bodies import committee_in
from votewire.press.coverage_counts import Counted, Side, find_counted
from votewire.press.coverage_heads import Head, read_head, release_in
from votewire.press.coverage_matters import Matter, matter_of
from votewire.press.coverage_words import any_of, coverage_words
from votewire.press.page import read_page

__all__ = ["Coverage", "PlainRoll", "is_coverage", "read_coverage"]

_LOOKED_AT = 20_000
_REACH = 2_000  # characters from a tally to its annex
_HEAD_LINES = 2  # that may stand between a tally and the lists it announces: "as follows:"
_HEADINGS = 3  # lines above a tally that may say what an annex is: "ANNEX IV", "Vote on Syria"
_HTML = re.compile(
    r"\A\ufeff?\s*+(?:<\?xml[^>]{0,200}>\s*+)?<(?:!doctype\s++html|html|head|body)\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRoll:
    """One vote of the page: text[start:end] tells it.

    sides: yes, no, abstain, non_voting -> how many and who; only sides that are spoken of. annex:
    whether lists under labels give it. twice: sides with two lists, which one vote cannot have.
    committee: the one that its sentence says to vote, C1 to C6 or C; None where it says none.
    corrects: whether its sentence says what a count should have been, and so tells two.
    """

    matter: Matter
    sides: Mapping[str, Side]
    start: int
    end: int
    annex: bool = False
    twice: Sequence[str] = field(default=())
    committee: str | None = None
    corrects: bool = False

    @property
    def lists(self) -> dict[str, str]:
        """Side -> the words of its list, for the sides that have one."""
        return {name: side.listed for name, side in self.sides.items() if side.listed is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A page of meetings coverage: its head, its text, and its votes in page order.

    Votes with a count but no list are among them: `PlainRoll.lists` is empty.
    """

    head: Head
    text: str
    rolls: tuple[PlainRoll, ...]


def is_coverage(source: bytes) -> bool:
    """Whether the bytes are a page of meetings coverage: HTML, or text with a release's reference.

    Any web page counts: what else it is shows once it has no roll.
    """
    beginning = source[:_LOOKED_AT].decode(errors="replace")
    return _HTML.match(beginning) is not None or release_in(beginning)[0] is not None


def read_coverage(source: bytes, *, name: str = "page") -> Coverage:
    """The votes on a page of meetings coverage, as text or HTML in UTF-8.

    name: what errors call it. Raises UnreadablePage. Time is linear in the length.
    """
    article = read_page(source, name=name)
    head = read_head(article, source.decode(errors="replace"))
    return Coverage(head=head, text=article.text, rolls=_rolls(article.text, head))


def _rolls(text: str, head: Head) -> tuple[PlainRoll, ...]:
    """Annexes with the tally above each, and the other tallies."""
    votes = find_counted(text)
    year = head.day.year if head.day else None
    rolls: list[PlainRoll] = []
    taken: set[int] = set()
    past = 0
    for annex in find_annexes(text):
        above = _announcing(text, votes, annex)
        if above is not None:
            taken.add(id(above))
        rolls.append(_annexed(text, annex, above, past, year))
        past = annex.end
    rolls += [_counted(text, votes, at, year) for at, v in enumerate(votes) if id(v) not in taken]
    return tuple(sorted(rolls, key=lambda roll: roll.start))


def _announcing(text: str, votes: Sequence[Counted], annex: Annex) -> Counted | None:
    """The tally right above an annex; None where more than a line or two stands between."""
    above = bisect_right(votes, annex.start, key=lambda vote: vote.end) - 1
    if above < 0 or annex.start - votes[above].end > _REACH:
        return None
    between = text[votes[above].end : annex.start].split("\n")[1:]
    return votes[above] if sum(bool(line.strip()) for line in between) <= _HEAD_LINES else None


def _annexed(
    text: str, annex: Annex, above: Counted | None, past: int, year: int | None
) -> PlainRoll:
    """The roll of an annex; the count above its lists is the one announced, else its labels'."""
    sides = dict(above.sides) if above else {}
    for side, words in annex.lists.items():
        stated = sides[side].number if side in sides else None
        sides[side] = Side(number=stated, listed=words)
    for side, number in annex.counts.items():
        stated = sides[side].number
        sides[side] = replace(sides[side], number=number if stated is None else stated)
    start = above.start if above else annex.start
    heading = _heading(text, past, above.first if above else start)
    heading += _plain(text[above.first : start]) if above else ""
    announced = _plain(text[start : annex.start])
    return PlainRoll(
        matter=matter_of(heading, announced, year=year),
        sides=sides,
        start=start,
        end=annex.end,
        annex=True,
        twice=tuple(annex.twice),
        committee=committee_in(heading) or committee_in(announced),
    )


def _heading(text: str, past: int, at: int) -> str:
    """The headings on the lines above `at`, and what its own line has before it."""
    begins = max(past, text.rfind("\n", 0, at) + 1)
    lines = [text[begins:at]]
    while begins > past and len(lines) <= _HEADINGS:
        above = max(past, text.rfind("\n", 0, begins - 1) + 1)
        line = text[above:begins]
        if line.strip() and not is_heading(line.strip()):
            break
        lines += [line] if line.strip() else []
        begins = above
    return "".join(reversed(lines))


def _plain(words: str) -> str:
    """The words with single spaces, as lines that a page wraps have none of their own."""
    return " ".join(words.split()) + " "


def _counted(text: str, votes: Sequence[Counted], at: int, year: int | None) -> PlainRoll:
    """The roll that a sentence tells; its words reach to the tallies before and after it."""
    vote = votes[at]
    first = max([vote.first, *(other.end for other in votes[max(0, at - 1) : at])])
    last = min([vote.last, *(other.start for other in votes[at + 1 : at + 2])])
    before, after = _plain(text[first : vote.start]), _plain(text[vote.end : max(last, vote.end)])
    return PlainRoll(
        matter=matter_of(before, after, year=year),
        sides=vote.sides,
        start=vote.start,
        end=vote.end,
        committee=committee_in(before) or committee_in(after),
        corrects=_corrections().search(text, vote.first, vote.last) is not None,
    )


@cache
def _corrections() -> re.Pattern[str]:
    return any_of(coverage_words()["corrections"]["words"])
