"""Merging the extracts of all sources into the rollcalls of the record, by written rules.

The Digital Library is the publisher's own catalogue: what it states is kept, and every other value
is listed beside it. The result does not depend on the order of sources or of rollcalls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from votewire.record.extracts.extract import Extract, Remark
from votewire.record.merging import assembly, council, facts
from votewire.record.merging.entry import Difference, Entry, SetAside
from votewire.record.merging.seats import Seated, seat
from votewire.record.readers.result import ReadRollcall
from votewire.record.symbols import canonical
from votewire.record.tables import Chamber, Kind

__all__ = ["HAND", "SOURCES", "Merged", "merge"]

HAND = "hand-table"
UNREADABLE_ROW = "unreadable-source-row"
_ADDS, _DATES = "hand-table-adds", "hand-table-day"
_UNRESOLVED = "unresolved"
SOURCES = (assembly.LIBRARY, assembly.VOETEN, council.WORKBOOK, council.VETOES, HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The rollcalls of the record in the order of date, chamber and id, and what did not enter.

    applied: rule id -> how many marks or rollcalls it touched; rules that choose are counted by
    their rows in the disagreements.
    """

    rollcalls: tuple[Seated, ...]
    set_aside: tuple[SetAside, ...]
    applied: Mapping[str, int]


def merge(extracts: Mapping[str, Extract]) -> Merged:
    """All sources merged. Raises ValueError for a source id that is none of SOURCES."""
    unknown = extracts.keys() - set(SOURCES)
    if unknown:
        raise ValueError(f"sources without a rule of precedence: {', '.join(sorted(unknown))}")
    read = {name: extracts.get(name, Extract(rollcalls=())) for name in SOURCES}
    library = _library(read[assembly.LIBRARY])
    parts = (
        assembly.merge(_of(library, Chamber.GA), read[assembly.VOETEN].rollcalls),
        council.merge(
            _of(library, Chamber.SC),
            read[council.WORKBOOK].rollcalls,
            read[council.VETOES].rollcalls,
        ),
    )
    entries = [entry for part in parts for entry in part.entries]
    entries = _with_hand_table(entries, read[HAND].rollcalls)
    seated, aside, applied = seat(entries)
    applied[_ADDS] += len(read[HAND].rollcalls)
    for part in parts:
        applied.update(part.applied)
    for extract in read.values():
        applied.update(extract.applied)
    aside += [row for part in parts for row in part.set_aside]
    refused = [row for name in SOURCES for row in _problems(name, read[name])]
    applied[UNREADABLE_ROW] += len(refused)
    aside += refused
    return Merged(
        rollcalls=tuple(sorted(seated, key=_place)),
        set_aside=tuple(sorted(aside, key=lambda row: (row.source, row.key))),
        applied=dict(sorted((+applied).items())),
    )


def _library(extract: Extract) -> list[Entry]:
    """The Library's rollcalls, each with what it says against itself."""
    remarks: dict[str, list[Difference]] = {}
    for remark in extract.remarks:
        remarks.setdefault(remark.source_key, []).append(_difference(remark))
    return [
        Entry.of(f"UNDL-{rollcall.source_key}", assembly.LIBRARY, rollcall).differing(
            *remarks.get(rollcall.source_key, ())
        )
        for rollcall in extract.rollcalls
    ]


def _difference(remark: Remark) -> Difference:
    return Difference(
        field=remark.field,
        kept=remark.kept,
        other=remark.other,
        source=assembly.LIBRARY,
        rule=remark.rule,
    )


def _of(entries: Iterable[Entry], chamber: Chamber) -> list[Entry]:
    return [entry for entry in entries if entry.facts.chamber == chamber]


def _with_hand_table(entries: list[Entry], rows: Iterable[ReadRollcall]) -> list[Entry]:
    """The entries with what the hand table says of them, and those that only it has."""
    place = {name: at for at, entry in enumerate(entries) for name in _names(entry.facts)}
    for row in sorted(rows, key=lambda rollcall: rollcall.source_key):
        at = next((place[name] for name in _names(row) if name in place), None)
        if at is None:
            entries.append(Entry.of(row.source_key, HAND, row))
        else:
            entries[at] = _added(entries[at], row)
    return entries


def _names(rollcall: ReadRollcall) -> list[str]:
    """Under what it is found: the symbol of a whole text, else the draft's."""
    whole = rollcall.kind in (Kind.RESOLUTION, Kind.DECISION)
    symbol = rollcall.symbol if whole else rollcall.draft
    return [canonical(symbol)] if symbol else []


def _added(entry: Entry, row: ReadRollcall) -> Entry:
    """An entry with the hand table's draft, kind, title, sponsors, note, and day if it has none."""
    entry = _dated(entry, row)
    kept = entry.facts
    found = facts.differences(kept, row, source=HAND, rule=_ADDS)
    return entry.joined(HAND, row, found).keeping(
        draft=kept.draft or row.draft,
        meeting=kept.meeting or row.meeting,
        kind=row.kind,
        title=row.title or kept.title,
        sponsors=row.sponsors or kept.sponsors,
        note=row.note or kept.note,
    )


def _dated(entry: Entry, row: ReadRollcall) -> Entry:
    """An entry whose day nothing settled, on the day of the hand table."""
    doubts = [d for d in entry.differences if (d.field, d.rule) == ("date", _UNRESOLVED)]
    if not doubts:
        return entry
    day = row.date.isoformat()
    settled = [replace(doubt, kept=day, rule=_DATES) for doubt in doubts]
    others = [d for d in entry.differences if d not in doubts]
    dated = entry.keeping(date=row.date, date_exact=True, note=row.note)
    return replace(dated, differences=(*others, *settled))


def _problems(source: str, extract: Extract) -> list[SetAside]:
    """What the source's reader would not let in."""
    return [
        SetAside(
            source=source,
            key=problem.source_key,
            symbol=problem.symbol,
            date=problem.date,
            reason=problem.reason,
            rule=UNREADABLE_ROW,
        )
        for problem in extract.problems
    ]


def _place(seated: Seated) -> tuple[object, ...]:
    entry = seated.entry
    return (entry.facts.date, str(entry.facts.chamber), entry.id)
