"""The General Assembly: the Digital Library's adopted texts, and Voeten's votes beside them.

A vote of Voeten's that is one of the Library's is cross-checked and adds its issues. The others are
votes that the Library leaves out: on paragraphs, amendments, motions, and texts that failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from votewire.record.merging import facts, pairs
from votewire.record.merging.dates import same_month
from votewire.record.merging.entry import Difference, Entry, Part
from votewire.record.readers.result import ReadRollcall, count
from votewire.record.sittings import days_of
from votewire.record.symbols import canonical
from votewire.record.tables import Kind, Outcome

__all__ = ["LIBRARY", "UNREADABLE", "VOETEN", "label", "merge", "title_of_part"]

LIBRARY, VOETEN = "undl", "voeten"

# Before this session Voeten's numbers are not dependably those of resolutions.
_NUMBERS_HOLD_FROM = 31
_REPEAT = 0.02
UNREADABLE = "unreadable-mark"
_KEPT = "library-over-voeten"


def merge(library: Iterable[Entry], voeten: Iterable[ReadRollcall]) -> Part:
    """The Assembly's rollcalls of both sources; the order of either does not matter."""
    texts = sorted(library, key=lambda entry: int(entry.facts.source_key))
    votes = sorted(voeten, key=lambda rollcall: int(rollcall.source_key))
    return _Assembly(texts, votes).merged()


class _Assembly:
    """One merge: the Library's entries by key, filled up with Voeten's votes."""

    def __init__(self, library: Sequence[Entry], votes: Sequence[ReadRollcall]) -> None:
        self.entries = {entry.facts.source_key: entry for entry in library}
        texts = [entry.facts for entry in library]
        self.rolled = [text for text in texts if text.casts]
        self.votes = votes
        self.by_symbol = {canonical(t.symbol): t for t in texts if t.symbol}
        self.parts = _parts(texts)
        self.at_meeting = _days_of_meetings(texts)
        self.paired: set[str] = set()
        self.applied: Counter[str] = Counter()

    def merged(self) -> Part:
        """Library texts with what Voeten adds, then Voeten's own."""
        found = pairs.match(self.rolled, self.votes, label=label, title=title_of_part)
        for pair in found:
            self.applied[f"same-vote-by-{pair.how}"] += 1
            self._join(self.rolled[pair.kept], self.votes[pair.other])
        taken = {pair.other for pair in found}
        own = [self._left(vote) for at, vote in enumerate(self.votes) if at not in taken]
        entries = [*self.entries.values(), *(entry for entry in own if entry is not None)]
        return Part(entries=tuple(entries), applied=dict(sorted(self.applied.items())))

    def _join(self, text: ReadRollcall, vote: ReadRollcall) -> None:
        """Cross-checks a vote with the Library's, whose values are kept."""
        self.paired.add(text.source_key)
        entry = _filled(self.entries[text.source_key], vote)
        found = facts.differences(entry.facts, vote, source=VOETEN, rule=_KEPT)
        entry = self._dated(entry.joined(VOETEN, vote, found), vote)
        self.entries[text.source_key] = entry.keeping(issues=vote.issues)

    def _dated(self, entry: Entry, vote: ReadRollcall) -> Entry:
        """Keeps the Library's day, unless Voeten and the meeting's other texts contradict it."""
        text = entry.facts
        agrees = text.date == vote.date if vote.date_exact else same_month(text.date, vote.date)
        if agrees:
            return entry
        others = self.at_meeting.get(text.meeting or "", Counter())
        usual = others.most_common(1)[0][0] if others else text.date
        if usual != text.date and same_month(usual, vote.date):
            return entry.keeping(date=usual).differing(
                _date_differs(usual.isoformat(), text.date.isoformat(), LIBRARY, "day-of-meeting")
            )
        said = vote.date.isoformat() if vote.date_exact else vote.date.isoformat()[:7]
        return entry.differing(_date_differs(text.date.isoformat(), said, VOETEN, _KEPT))

    def _left(self, vote: ReadRollcall) -> Entry | None:
        """A vote that was not paired: one more source of a text, or a rollcall of its own."""
        text = self.by_symbol.get(canonical(vote.symbol)) if vote.symbol else None
        if text is not None and text.casts and pairs.whole_text(vote):
            paired = text.source_key in self.paired
            if paired and pairs.share_apart(text, vote) <= _REPEAT:
                self.applied["voeten-repeat"] += 1
                self._add(text, vote, ())
                return None
            if not paired and (_numbers_hold(vote) or same_month(text.date, vote.date)):
                self._add(text, vote, (_roll_differs(text, vote),))
                return None
        return self._own(vote, text if _numbers_hold(vote) else None)

    def _add(
        self, text: ReadRollcall, vote: ReadRollcall, differences: Iterable[Difference]
    ) -> None:
        """Notes the vote as one more source of a text, whose roll stays as it is."""
        entry = self.entries[text.source_key]
        bare = replace(vote, announced=None)
        self.entries[text.source_key] = entry.joined(VOETEN, bare, differences)

    def _own(self, vote: ReadRollcall, text: ReadRollcall | None) -> Entry:
        """A rollcall that only Voeten has; text: the Library's text on which it was taken."""
        outcome = _outcome(vote)
        self.applied["outcome-by-arithmetic"] += outcome is not Outcome.UNSTATED
        symbol = vote.symbol if _numbers_hold(vote) else None
        kept = replace(
            vote,
            symbol=text.symbol if text else symbol,
            date=self._day(vote, text),
            title=text.title if text and not pairs.whole_text(vote) else vote.title,
            kind=_kind(vote, outcome),
            outcome=outcome,
            note=self._note(vote, text),
        )
        return Entry.of(f"VOETEN-{vote.source_key}", VOETEN, kept)

    def _day(self, vote: ReadRollcall, text: ReadRollcall | None) -> date:
        """The day as given; one that is not exact is that of the text, else in the session."""
        if vote.date_exact:
            return vote.date
        if text is not None and same_month(text.date, vote.date):
            self.applied["day-of-text"] += 1
            return text.date
        opening, _ = days_of(vote.session)
        self.applied["not-before-session"] += vote.date < opening
        return max(vote.date, opening)

    def _note(self, vote: ReadRollcall, text: ReadRollcall | None) -> str | None:
        """The words of the source where the title is the text's, and doubts about what it is."""
        words = [vote.title] if text and not pairs.whole_text(vote) and vote.title else []
        doubt = self._doubt(vote, text)
        if doubt is not None:
            self.applied["voeten-may-repeat"] += 1
            words.append(doubt)
        return "; ".join(words) or None

    def _doubt(self, vote: ReadRollcall, text: ReadRollcall | None) -> str | None:
        if text is not None and text.casts and not facts.apart(text, vote):
            return f"cast for cast the same as UNDL-{text.source_key}: perhaps that very vote"
        if not pairs.whole_text(vote) or vote.symbol is None:
            return None
        if text is not None and text.casts:
            return f"perhaps the vote on UNDL-{text.source_key}, whose roll is another"
        parts = self.parts.get(_number(vote.symbol), [])
        free = [
            p for p in parts if p.source_key not in self.paired and same_month(p.date, vote.date)
        ]
        if text is None and free:
            names = ", ".join(f"UNDL-{part.source_key}" for part in free[:3])
            return f"perhaps the vote on {names}, whose roll is another"
        return None


def label(rollcall: ReadRollcall) -> str | None:
    """The symbol in a spelling that both sources share; None where Voeten's cannot be trusted."""
    dependable = rollcall.symbol is not None and _numbers_hold(rollcall)
    return canonical(rollcall.symbol) if dependable and rollcall.symbol else None


def title_of_part(rollcall: ReadRollcall) -> str | None:
    """Number, month and title of a vote on a whole text or section, which both sources share.

    The sections of a resolution are letters in Voeten's numbers, Roman in the Library's: 41/209E
    there is A/RES/41/209[V] here. None where his number cannot be trusted, or there is no title.
    """
    if not (rollcall.symbol and rollcall.title and pairs.whole_text(rollcall)):
        return None
    words = " ".join(rollcall.title.casefold().split())
    month = f"{rollcall.date:%Y-%m}"
    return f"{_number(rollcall.symbol)} {month} {words}" if _numbers_hold(rollcall) else None


def _numbers_hold(rollcall: ReadRollcall) -> bool:
    return not rollcall.session.isdigit() or int(rollcall.session) >= _NUMBERS_HOLD_FROM


def _number(symbol: str) -> str:
    """The symbol without the letters of a part: `A/RES/41/209[VIII]` -> `A/RES/41/209`."""
    whole = canonical(symbol).split("[")[0]
    return whole.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ-")


def _parts(texts: Iterable[ReadRollcall]) -> dict[str, list[ReadRollcall]]:
    """Number -> the texts that have a roll and are parts of it."""
    parts: dict[str, list[ReadRollcall]] = {}
    for text in texts:
        if text.symbol and text.casts:
            parts.setdefault(_number(text.symbol), []).append(text)
    return parts


def _days_of_meetings(texts: Iterable[ReadRollcall]) -> dict[str, Counter[date]]:
    days: dict[str, Counter[date]] = {}
    for text in texts:
        if text.meeting:
            days.setdefault(text.meeting, Counter())[text.date] += 1
    return days


def _filled(entry: Entry, vote: ReadRollcall) -> Entry:
    """The entry with choices that the Library's record does not let read, taken from the vote."""
    casts = dict(entry.facts.casts)
    differences = []
    for difference in entry.differences:
        code = difference.field.removeprefix("cast:")
        if difference.rule == UNREADABLE and code in vote.casts and code not in casts:
            casts[code] = vote.casts[code]
            difference = replace(difference, kept=vote.casts[code].label)
        differences.append(difference)
    return replace(entry.keeping(casts=casts), differences=tuple(differences))


def _date_differs(kept: str, other: str, source: str, rule: str) -> Difference:
    return Difference(field="date", kept=kept, other=other, source=source, rule=rule)


def _roll_differs(text: ReadRollcall, vote: ReadRollcall) -> Difference:
    return Difference(
        field="roll",
        kept=facts.roll_text(text),
        other=f"{facts.roll_text(vote)}, {facts.apart(text, vote)} states differ",
        source=VOETEN,
        rule="other-roll-same-text",
    )


def _outcome(vote: ReadRollcall) -> Outcome:
    """What follows from the totals under any majority rule of the Assembly.

    Not more Yes than No: rejected. Two thirds Yes of those voting: adopted. Between the two it
    depends on whether the question was an important one, which the source does not say.
    """
    totals = vote.announced or count(vote.casts)
    yes, no = totals.yes, totals.no
    if yes is None or no is None:
        return Outcome.UNSTATED
    if yes <= no:
        return Outcome.REJECTED
    return Outcome.ADOPTED if yes >= 2 * no else Outcome.UNSTATED


def _kind(vote: ReadRollcall, outcome: Outcome) -> Kind:
    unnamed = vote.kind is Kind.UNSTATED and outcome is Outcome.REJECTED
    return Kind.DRAFT if unnamed else vote.kind
