"""What stands around a claim and says what it is about, filled in from the page once.

Its sentence, the days and the chamber that this names, of which vote it speaks, and what its
numbers count. Whoever judges a claim reads no text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice, takewhile
from operator import attrgetter

from votewire.press.article import (
    Article,
    Claim,
    ClaimTime,
    Counted,
    Counts,
    Unread,
    When,
)
from votewire.press.bearing_words import (
    BearingPattern,
    BearingWords,
    bearing_words,
    symbol_at,
    with_groups,
)
from votewire.press.dates import DayMention
from votewire.press.grammar.words import folded
from votewire.press.metadata import article_date
from votewire.states import Mention, codes

__all__ = ["Surroundings", "with_bearings"]

_CASTS = frozenset(("voted_yes", "voted_no", "abstained", "absent", "vetoed", "backed", "opposed"))
_DECIDED = _CASTS | {"adopted", "rejected", "tally"}
_NEAR = 30  # letters between a claim and a bare year or stretch that follows it
_LEAD = 60  # letters before a claim in which its counts' group stands


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What was found on the page beside its claims.

    sentences: where each stands, in page order, with the number of its block. texts: the starts of
    those that name a UN text. names, days: what is named, in page order.
    """

    article: Article
    sentences: Sequence[tuple[int, int, int]]
    texts: frozenset[int]
    names: Sequence[Mention]
    days: Sequence[DayMention]

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences start."""
        return [start for start, _, _ in self.sentences]

    @cached_property
    def low(self) -> str:
        """The page's text folded; as long as the text."""
        return folded(self.article.text)

    def at(self, offset: int) -> int | None:
        """The number of the sentence at an offset, None between sentences."""
        number = bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset < self.sentences[number][1] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    """A stretch of days that words at start:end name."""

    start: int
    end: int
    first: date
    last: date


def with_bearings(claims: Sequence[Claim], around: Surroundings) -> Article:
    """The article with its claims, each with what stands around it, and with what gave no claim.

    Time is linear in the length for sentences of ordinary length.
    """
    article, words = around.article, bearing_words(around.article.lang)
    if words is None:
        return replace(article, claims=tuple(claims))
    placed = _Filler(around, words).filled(claims)
    unread, voting = _unread(placed, around, words)
    chambers = tuple(code for code, word in words.chambers.items() if word.search(around.low))
    days = tuple(dict.fromkeys(each.day for each in around.days if each.day is not None))
    return replace(
        article,
        claims=tuple(placed),
        chambers=chambers,
        unread=unread,
        voting=voting,
        days=days,
    )


class _Filler:
    """Fills the claims of one page; keeps what it has found of each sentence."""

    def __init__(self, around: Surroundings, words: BearingWords) -> None:
        self._around, self._words = around, words
        self._published = article_date(around.article.metadata)
        self._groups = [m for m in around.names if m.kind == "group"]
        self._times: dict[int, list[_Time]] = {}

    def filled(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims with their bearings, in the same order."""
        counted: dict[int, list[Claim]] = {}
        for claim in claims:
            number = self._around.at(claim.start)
            if number is not None:
                counted.setdefault(number, []).append(claim)
        placed = [self._placed(claim, counted) for claim in claims]
        return _carried(self._repointed(placed))

    def _placed(self, claim: Claim, counted: dict[int, list[Claim]]) -> Claim:
        number = self._around.at(claim.start)
        if number is None:
            start, end = claim.start, claim.end
        else:
            start, end, _ = self._around.sentences[number]
        end = max(end, claim.end)
        sentence, reference = self._around.article.text[start:end], claim.reference
        chamber = self._words.chambers.get(reference.chamber or "")
        lead = self._around.low[self._part(claim, start) : claim.end]
        return replace(
            claim,
            sentence=(start, end),
            days=tuple(d.day for d in self._in(start, end) if d.day is not None),
            time=self._time(
                claim, start, end, counted.get(number if number is not None else -1, [])
            ),
            names_chamber=chamber is not None
            and bool(chamber.search(self._around.low, start, end)),
            names_symbol=reference.symbol is not None and reference.symbol in sentence,
            counts=self._counts(claim, start, end),
            sure=self._names(claim, start, end) and not self._may_turn(claim),
            hedged=claim.hedged or self._words.has("supposed", lead),
        )

    def _may_turn(self, claim: Claim) -> bool:
        """Whether the vote may have gone the other way on the text: "voting to keep it"."""
        kind = "against" if claim.action == "rejected" else "keeping"
        reach = self._around.low[claim.start : claim.end + _NEAR]
        return claim.action in ("voted_yes", "rejected") and self._words.has(kind, reach)

    def _names(self, claim: Claim, start: int, end: int) -> bool:
        """Whether the sentence names the claim's actor; a chamber has names of many kinds."""
        if claim.actor not in codes() and not claim.actor.startswith("G:"):
            return True
        code, names = claim.actor.removeprefix("G:"), self._around.names
        first = bisect_left(names, start, key=attrgetter("start"))
        within = takewhile(lambda name: name.start < end, islice(names, first, None))
        return any(name.code == code for name in within)

    def _in(self, start: int, end: int) -> list[DayMention]:
        days = self._around.days
        first = bisect_left(days, start, key=attrgetter("start"))
        return list(takewhile(lambda day: day.start < end, islice(days, first, None)))

    def _part(self, claim: Claim, start: int) -> int:
        """Where the clause of a claim begins, as far as marks and conjunctions show."""
        before = self._around.low[start : claim.start]
        return start + max((hit.end() for _, hit in self._words.find("parts", before)), default=0)

    # --- of which vote ---------------------------------------------------------------------

    def _time(self, claim: Claim, start: int, end: int, beside: Sequence[Claim]) -> ClaimTime:
        """A day of its own clause is this vote's; else the stretch named nearest decides."""
        found = self._nearest(claim, start, end, beside)
        own = claim.reference.date is not None and any(
            self._same_part(claim, day.start, start) for day in self._in(start, end) if day.day
        )
        if found is not None and not own:
            words = self._around.article.text[found.start : found.end]
            return ClaimTime(kind=When.OTHER, first=found.first, last=found.last, words=words)
        span = self._around.low[claim.start : claim.end]
        hit = next(self._words.find("earlier", span), None)
        if hit is None:
            return ClaimTime()
        at = claim.start + hit[1].start()
        words = self._around.article.text[at : claim.start + hit[1].end()]
        return ClaimTime(kind=When.EARLIER, words=words)

    def _same_part(self, claim: Claim, at: int, start: int) -> bool:
        low, end = min(claim.start, at), max(claim.start, at)
        return not self._words.has("parts", self._around.low[low:end]) or at < start

    def _nearest(self, claim: Claim, start: int, end: int, beside: Sequence[Claim]) -> _Time | None:
        """The stretch that leads the claim's clause, stands in it, or follows it closely."""
        times = self._stretches(start, end)
        before = [time for time in times if time.end <= claim.start]
        inside = [time for time in times if claim.start < time.end and time.start < claim.end]
        if inside:
            return inside[-1]
        after = [t for t in times if claim.end <= t.start <= claim.end + _NEAR]
        if after and self._follows(claim, after[0], start, beside):
            return after[0]
        if not before:
            return None
        led = before[-1]
        # A time after another claim is that claim's; one that opens the sentence or a clause leads.
        opens = not any(c.end <= led.start and self._joined(c, led) for c in beside)
        return led if opens and self._leads(led, start) else None

    def _follows(self, claim: Claim, time: _Time, start: int, beside: Sequence[Claim]) -> bool:
        """Whether the time after a claim is its own: in its clause, no other claim between."""
        between = any(c.start > claim.start and c.end <= time.start for c in beside)
        return not between and self._same_part(claim, time.start, start)

    def _joined(self, claim: Claim, time: _Time) -> bool:
        return not self._words.has("parts", self._around.low[claim.end : time.start])

    def _leads(self, time: _Time, start: int) -> bool:
        """Whether nothing but a few words stands before the time in its clause."""
        opening = self._around.low[start : time.start]
        at = max((hit.end() for _, hit in self._words.find("parts", opening)), default=0)
        return len(opening[at:].split()) <= 3

    def _stretches(self, start: int, end: int) -> list[_Time]:
        """The stretches wholly before the page's own time that a sentence names, in order."""
        if start not in self._times:
            named = [
                _Time(start=d.start, end=d.end, first=d.first, last=d.last)
                for d in self._in(start, end)
                if d.day is None and d.first is not None and d.last is not None
            ]
            taken = self._in(start, end)
            more = [
                time
                for time in self._worded(start, end)
                if not any(d.start < time.end and time.start < d.end for d in taken)
            ]
            found = sorted([*named, *more], key=lambda time: time.start)
            self._times[start] = [time for time in found if self._is_past(time)]
        return self._times[start]

    def _is_past(self, time: _Time) -> bool:
        return self._published is not None and time.last <= self._published

    def _worded(self, start: int, end: int) -> Iterable[_Time]:
        for pattern, hit in self._words.find("time", self._around.low[start:end]):
            stretch = self._span(pattern.years, pattern.days, hit.groupdict().get("year"))
            if stretch is not None:
                yield _Time(
                    start=start + hit.start(),
                    end=start + hit.end(),
                    first=stretch[0],
                    last=stretch[1],
                )

    def _span(self, years: int, days: int, year: str | None) -> tuple[date, date] | None:
        if year is not None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if self._published is None:
            return None
        if years:
            past = self._published.year - years
            return date(past, 1, 1), date(past, 12, 31)
        return self._published - timedelta(days=days), self._published - timedelta(days=1)

    # --- what is counted -------------------------------------------------------------------

    def _counts(self, claim: Claim, start: int, end: int) -> Counted:
        if claim.tally is None:
            return Counted()
        part = self._part(claim, start)
        clause = self._around.low[part : claim.end]
        side = self._of_side(claim, start, end)
        if side is not None:
            return side
        group = self._group(claim, start, end)
        if group is not None:
            return group
        if self._words.has("expected", clause):
            return Counted(what=Counts.EXPECTED)
        before = self._around.low[self._before(start) : claim.end]
        if claim.action == "tally" and self._words.has("unsure", before):
            return Counted(what=Counts.UNSURE)
        return Counted()

    def _before(self, start: int) -> int:
        """Where the sentence before this one begins, within the same block."""
        number = self._around.at(start)
        if not number or self._around.sentences[number - 1][2] != self._around.sentences[number][2]:
            return start
        return self._around.sentences[number - 1][0]

    def _of_side(self, claim: Claim, start: int, end: int) -> Counted | None:
        """Where the sentence speaks of those that voted one way at another time."""
        for pattern, hit in self._words.find("of_side", self._around.low[start:end]):
            at, last = start + hit.start(), start + hit.end()
            if at <= claim.end and ";" not in self._around.low[last : claim.start]:
                return self._flow(claim, pattern, hit[0], last, end)
        return None

    def _flow(
        self, claim: Claim, pattern: BearingPattern, said: str, last: int, end: int
    ) -> Counted:
        """What a count beside "of the 141 that backed it" is: of them, or the 141 themselves."""
        words = said.rsplit(" of ", 1)[-1] if pattern.choice is None else said
        whole = None if pattern.part else self._words.number(words)
        place = symbol_at(self._around.low, last, end) if pattern.choice else None
        symbol = self._around.article.text[place[0] : place[1]] if place else None
        told = _numbers(claim)
        if whole is not None and told == [whole]:
            return Counted()
        if symbol is not None and symbol == claim.reference.symbol:
            return Counted(what=Counts.UNSURE)
        return Counted(
            what=Counts.OF_SIDE, choice=pattern.choice or "yes", whole=whole, symbol=symbol
        )

    def _group(self, claim: Claim, start: int, end: int) -> Counted | None:
        groups = [m for m in self._groups if start <= m.start < end]
        if not groups:
            return None
        spans = [(m.start - start, m.end - start) for m in groups]
        masked = with_groups(self._around.low[start:end], spans)
        for _, hit in self._words.find("group", masked):
            if start + hit.start() > claim.end:
                continue
            named = [m for m in groups if start + hit.start() <= m.start < start + hit.end()]
            return Counted(
                what=Counts.GROUP,
                group=named[0].code if named else groups[0].code,
                whole=self._words.number(hit[0]),
            )
        return None

    # --- the text of the sentence before ---------------------------------------------------

    def _repointed(self, claims: list[Claim]) -> list[Claim]:
        """Votes told without their text ("India abstained."): of the sentence before.

        The reader takes them for votes on the page's own text, wherever they stand.
        """
        made: list[Claim] = []
        for claim in claims:
            last = self._antecedent(claim, made)
            if last is not None:
                claim = replace(claim, reference=last.reference, time=last.time)
            made.append(claim)
        return made

    def _antecedent(self, claim: Claim, before: Sequence[Claim]) -> Claim | None:
        number = self._around.at(claim.start)
        if number is None or claim.action not in _CASTS or claim.hedged or claim.quoted:
            return None
        start, end, block = self._around.sentences[number]
        told = claim.days or claim.names_symbol or claim.time.kind is not When.THIS
        chamber = any(w.search(self._around.low, start, end) for w in self._words.chambers.values())
        now = self._words.has("now", self._around.low[start:end])
        if told or chamber or now or not self._is_bare(start, end):
            return None
        past = [c for c in before if c.action in _DECIDED and not c.hedged and c.start < start]
        last = past[-1] if past else None
        if last is None or last.reference.key == claim.reference.key:
            return None
        # One state's vote told in passing is no change of subject; what became of a text is.
        same = (c for c in past[::-1] if c.reference.key == last.reference.key)
        if not any(c.action not in _CASTS for c in same):
            return None
        place = self._around.at(last.start)
        near = place is not None and self._around.sentences[place][2] == block
        return last if near and place is not None and number - place <= 2 else None

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether a sentence names no text of its own, or points back."""
        low = self._around.low[start:end]
        return start not in self._around.texts or self._words.has("bare", low)


def _numbers(claim: Claim) -> list[int]:
    tally = claim.tally
    sides = (tally.yes, tally.no, tally.abstain, tally.non_voting) if tally else ()
    return [number for number in sides if number is not None]


def _carried(claims: list[Claim]) -> list[Claim]:
    """Claims on a text that the page knows by another time only: they are of that time."""
    times: dict[int, ClaimTime] = {}
    made = []
    for claim in claims:
        key = claim.reference.key
        known = times.setdefault(key, claim.time)
        plain = claim.time.kind is When.THIS and not claim.days
        if plain and known.kind is When.OTHER:
            claim = replace(claim, time=known)
        made.append(claim)
    return made


def _unread(
    claims: Sequence[Claim], around: Surroundings, words: BearingWords
) -> tuple[tuple[Unread, ...], int]:
    """The sentences with a word of voting and without a claim, and how many have such a word."""
    read = {around.at(claim.start) for claim in claims}
    voting = [
        number
        for number, (start, end, _) in enumerate(around.sentences)
        if words.voting.search(around.low, start, end)
        and any(w.search(around.low) for w in words.chambers.values())
    ]
    text = around.article.text
    prose = around.article.prose()
    unread = tuple(
        Unread(start=start, end=end, kind="sentence", words=text[start:end])
        for start, end, block in (around.sentences[n] for n in voting if n not in read)
        if prose[block].role != "headline"  # it repeats what the page says below
    )
    return unread, len(voting)
