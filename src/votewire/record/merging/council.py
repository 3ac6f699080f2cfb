"""The Security Council: the Digital Library's resolutions, the workbook's drafts, and every veto.

The workbook cross-checks the Library's resolutions and adds who submitted them and as which draft;
its drafts that were vetoed or failed are rollcalls of their own. A veto of the list that is none of
them becomes a rollcall with the vetoing members' No and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from votewire import states
from votewire.record.extracts.workbook_cells import draft_key
from votewire.record.merging import facts
from votewire.record.merging.dates import Calendar, out_of_order, swapped
from votewire.record.merging.entry import Difference, Entry, Part, SetAside
from votewire.record.readers.result import ReadRollcall
from votewire.record.symbols import canonical, number_of
from votewire.record.tables import Kind, Outcome

__all__ = ["VETOES", "WORKBOOK", "merge"]

WORKBOOK, VETOES = "council-workbook", "veto-list"

_MEETING = re.compile(r"^S/PV\.?(\d+)")
_VIDEO = re.compile(r"\bV(\d{3})\b")
_YEAR = re.compile(r"\((\d{4})\)$")
_PERMANENT = 5
_KEPT = "library-over-workbook"
_DAY_KEPT = "workbook-over-veto-list"


class _Meeting(NamedTuple):
    """The number of a meeting; those held by video have numbers of their own."""

    video: bool
    number: int


Calendars = dict[bool, Calendar]


class _Found(NamedTuple):
    """A workbook rollcall and the Library's resolution that it is, by key."""

    sheet: ReadRollcall
    text: str


def merge(
    library: Iterable[Entry], workbook: Iterable[ReadRollcall], vetoes: Iterable[ReadRollcall]
) -> Part:
    """The Council's rollcalls of the three sources; the order of each does not matter."""
    texts = sorted(library, key=lambda entry: _number(entry.facts.symbol))
    sheets = sorted(workbook, key=lambda rollcall: int(rollcall.source_key))
    listed = sorted(vetoes, key=lambda rollcall: int(rollcall.source_key.removeprefix("row ")))
    return _Council(texts, sheets, listed).merged()


class _Council:
    """One merge, step by step: resolutions, days, drafts, vetoes."""

    def __init__(
        self,
        texts: Sequence[Entry],
        sheets: Sequence[ReadRollcall],
        listed: Sequence[ReadRollcall],
    ) -> None:
        self.texts = {entry.facts.source_key: entry for entry in texts}
        self.sheets, self.listed = sheets, listed
        self.drafts: dict[str, Entry] = {}
        self.set_aside: list[SetAside] = []
        self.applied: Counter[str] = Counter()

    def merged(self) -> Part:
        """Library resolutions, workbook drafts, and the vetoes of the list."""
        found = self._resolutions()
        self._order(found)
        calendars = self._calendars(found)
        for sheet, text in found:
            self._join(sheet, text)
        matched = {sheet.source_key for sheet, _ in found}
        for sheet in self.sheets:
            if sheet.source_key not in matched:
                self._draft(sheet, calendars)
        for veto in self.listed:
            self._veto(veto)
        entries = (*self.texts.values(), *self.drafts.values())
        return Part(
            entries=entries,
            set_aside=tuple(self.set_aside),
            applied=dict(sorted(self.applied.items())),
        )

    def _resolutions(self) -> list[_Found]:
        """Adopted rollcalls of the workbook: by symbol, else by meeting and day."""
        by_symbol = {canonical(e.facts.symbol or ""): key for key, e in self.texts.items()}
        adopted = [sheet for sheet in self.sheets if sheet.outcome is Outcome.ADOPTED]
        found = [
            _Found(sheet, by_symbol[canonical(sheet.symbol)])
            for sheet in adopted
            if sheet.symbol and canonical(sheet.symbol) in by_symbol
        ]
        named = {sheet.source_key for sheet, _ in found}
        free = self.texts.keys() - {text for _, text in found}
        at = {(self.texts[k].facts.meeting, self.texts[k].facts.date): k for k in sorted(free)}
        for sheet in adopted:
            days = [day for day in (sheet.date, swapped(sheet.date)) if day]
            keys = [at[sheet.meeting, day] for day in days if (sheet.meeting, day) in at]
            if sheet.source_key not in named and keys:
                self.applied["same-vote-by-meeting"] += 1
                found.append(_Found(sheet, keys[0]))
        self.applied["same-vote-by-symbol"] += len(named)
        return found

    def _order(self, found: Sequence[_Found]) -> None:
        """Days of the Library that break the order of resolution numbers."""
        keys = list(self.texts)
        days = [self.texts[key].facts.date for key in keys]
        wrong = out_of_order(days)
        known = {at: day for at, day in enumerate(days) if at not in set(wrong)}
        numbers = Calendar(known)
        sheets = {text: sheet for sheet, text in found}
        for at in wrong:
            entry = self.texts[keys[at]]
            other = sheets.get(keys[at])
            given = (other.date, swapped(other.date)) if other else ()
            candidates = [day for day in (*given, swapped(days[at])) if day]
            fitting = [day for day in candidates if numbers.fits(at, day)]
            self.texts[keys[at]] = _ordered(entry, fitting, numbers.between(at))

    def _calendars(self, found: Sequence[_Found]) -> Calendars:
        """Days of meetings, in the hall and by video.

        In the hall, those on whose number the Library and the workbook agree; of meetings by video
        only the workbook has the number. A day that breaks the order of the others is left out.
        """
        days: dict[bool, dict[int, date]] = {False: {}, True: {}}
        for sheet, text in found:
            kept = self.texts[text].facts
            meeting = _meeting(sheet)
            if meeting is not None and (meeting.video or sheet.meeting == kept.meeting):
                days[meeting.video].setdefault(meeting.number, kept.date)
        return {video: Calendar(_in_order(known)) for video, known in days.items()}

    def _join(self, sheet: ReadRollcall, text: str) -> None:
        """Cross-checks a resolution and adds its draft and sponsors."""
        entry = self.texts[text]
        kept = entry.facts
        outside = sorted(sheet.casts.keys() - states.council_members(kept.date))
        if outside:
            self.applied["workbook-other-members"] += 1
            found = [_roll_differs(kept, sheet, outside)]
        else:
            found = list(facts.differences(kept, sheet, source=WORKBOOK, rule=_KEPT))
        if sheet.date != kept.date:
            if swapped(sheet.date) == kept.date:
                self.applied["workbook-swapped-date"] += 1
            else:
                found.append(_date_differs(kept.date, sheet.date, WORKBOOK, _KEPT))
        joined = entry.joined(WORKBOOK, sheet, found)
        self.texts[text] = joined.keeping(draft=sheet.draft, sponsors=sheet.sponsors)

    def _draft(self, sheet: ReadRollcall, calendars: Calendars) -> None:
        """A rollcall that the Library leaves out: a draft or amendment."""
        rival = self._rival(sheet)
        if rival is not None:
            why = (
                f"has the meeting and draft of {rival.source_key}, which was {rival.outcome.value}"
            )
            self._aside(sheet, why, "workbook-rival")
            return
        day, differences = self._day(sheet, calendars)
        outside = sorted(sheet.casts.keys() - states.council_members(day))
        if outside:
            why = f"lists states that were no Council members that day: {', '.join(outside)}"
            self._aside(sheet, why, "held-no-seat")
            return
        exact = not any(d.rule == "unresolved" for d in differences)
        kept = replace(_unnumbered(sheet), date=day, session=str(day.year), date_exact=exact)
        entry = Entry.of(self._name(kept), WORKBOOK, kept).differing(*differences)
        self.drafts[entry.id] = entry

    def _rival(self, sheet: ReadRollcall) -> ReadRollcall | None:
        """For a text said to be adopted without a number: another of its draft, not adopted."""
        if sheet.outcome is not Outcome.ADOPTED:
            return None
        for other in self.sheets:
            same = (other.meeting, draft_key(other.draft)) == (
                sheet.meeting,
                draft_key(sheet.draft),
            )
            if same and other.outcome is not Outcome.ADOPTED:
                return other
        return None

    def _day(self, sheet: ReadRollcall, calendars: Calendars) -> tuple[date, list[Difference]]:
        """The day that fits the number of the meeting between its neighbours."""
        meeting = _meeting(sheet)
        if meeting is None:
            return sheet.date, []
        calendar = calendars[meeting.video]
        day = calendar.settled(meeting.number, sheet.date)
        if day is None:
            around = calendar.around(meeting.number)
            return sheet.date, [_date_differs(sheet.date, around, WORKBOOK, "unresolved")]
        self.applied["workbook-date-by-meeting"] += day != sheet.date
        return day, []

    def _veto(self, veto: ReadRollcall) -> None:
        """A veto of the list: joined to the vetoed draft, else a rollcall of its own."""
        name = next((n for n, entry in self.drafts.items() if _same_veto(entry, veto)), None)
        if name is None:
            entry = Entry.of(self._name(veto), VETOES, veto)
            self.drafts[entry.id] = entry
            return
        kept = self.drafts[name]
        found = list(facts.differences(kept.facts, veto, source=VETOES, rule=_DAY_KEPT))
        if kept.facts.date != veto.date:
            found.append(_date_differs(kept.facts.date, veto.date, VETOES, _DAY_KEPT))
        self.applied["same-vote-by-draft"] += 1
        self.drafts[name] = kept.joined(VETOES, veto, found)

    def _name(self, rollcall: ReadRollcall) -> str:
        """`SC-2025-115` by draft, `SC-VETO-1946-02-16-PV.23` or `SC-PV.9479` by meeting."""
        draft = draft_key(rollcall.draft)
        meeting = (rollcall.meeting or "").removeprefix("S/") or "none"
        if draft is not None:
            name = f"SC-{draft.removeprefix('S/').replace('/', '-')}"
        elif rollcall.outcome is Outcome.VETOED and len(rollcall.casts) <= _PERMANENT:
            name = f"SC-VETO-{rollcall.date.isoformat()}-{meeting}"
        else:
            name = f"SC-{meeting}"
        taken = [n for n in self.drafts if n == name or n.startswith(f"{name}-no")]
        return f"{name}-no{len(taken) + 1}" if taken else name

    def _aside(self, sheet: ReadRollcall, reason: str, rule: str) -> None:
        self.applied[rule] += 1
        self.set_aside.append(
            SetAside(
                source=WORKBOOK,
                key=sheet.source_key,
                symbol=sheet.symbol or sheet.draft,
                date=sheet.date,
                reason=reason,
                rule=rule,
            )
        )


def _number(symbol: str | None) -> int:
    return number_of(symbol or "") or 0


def _meeting(rollcall: ReadRollcall) -> _Meeting | None:
    match = _MEETING.match(rollcall.meeting or "")
    if match:
        return _Meeting(video=False, number=int(match[1]))
    video = _VIDEO.search(rollcall.note or "")
    return _Meeting(video=True, number=int(video[1])) if video else None


def _unnumbered(sheet: ReadRollcall) -> ReadRollcall:
    """A text said to be adopted, but under no number: what it was the source does not say."""
    if sheet.kind is not Kind.RESOLUTION:
        return sheet
    note = "adopted, by the workbook, without a resolution number"
    return replace(sheet, kind=Kind.UNSTATED, note="; ".join(filter(None, (sheet.note, note))))


def _in_order(days: dict[int, date]) -> dict[int, date]:
    numbers = sorted(days)
    wrong = set(out_of_order([days[number] for number in numbers]))
    return {number: days[number] for at, number in enumerate(numbers) if at not in wrong}


def _ordered(
    entry: Entry, fitting: Sequence[date], between: tuple[date | None, date | None]
) -> Entry:
    """The entry on the day that fits; without one on the first that the order leaves, marked."""
    given, origin = entry.facts.date, entry.origin
    if fitting:
        return _moved(entry, fitting[0]).differing(
            _date_differs(fitting[0], given, origin, "order-of-numbers")
        )
    before, after = between
    day = max(before or given, _new_year(entry.facts.symbol))
    until = f" and not after {after}" if after else ""
    note = f"its day is not known; by its number it is not before {day}{until}"
    marked = _moved(entry, day).keeping(date_exact=False, note=note)
    return marked.differing(_date_differs(day, given, origin, "unresolved"))


def _new_year(symbol: str | None) -> date:
    """The first day of the year that a resolution's symbol names."""
    year = _YEAR.search(symbol or "")
    return date(int(year[1]), 1, 1) if year else date.min


def _moved(entry: Entry, day: date) -> Entry:
    return entry.keeping(date=day, session=str(day.year))


def _same_veto(entry: Entry, veto: ReadRollcall) -> bool:
    draft = draft_key(veto.draft)
    same = draft is not None and draft == draft_key(entry.facts.draft)
    return same and entry.origin == WORKBOOK and entry.facts.outcome is Outcome.VETOED


def _date_differs(kept: date, other: date | str, source: str, rule: str) -> Difference:
    said = other if isinstance(other, str) else other.isoformat()
    return Difference(field="date", kept=kept.isoformat(), other=said, source=source, rule=rule)


def _roll_differs(kept: ReadRollcall, other: ReadRollcall, outside: list[str]) -> Difference:
    return Difference(
        field="roll",
        kept=facts.roll_text(kept),
        other=f"{facts.roll_text(other)}, no Council members: {', '.join(outside)}",
        source=WORKBOOK,
        rule="workbook-other-members",
    )
