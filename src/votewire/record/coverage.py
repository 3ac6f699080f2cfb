"""How far the compiled record reaches, as far as its own rollcalls tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from votewire.record.merging import assembly, council
from votewire.record.merging.seats import Seated
from votewire.record.symbols import number_of
from votewire.record.tables import Chamber

__all__ = ["complete_to", "failed_complete_to"]


def complete_to(seated: Iterable[Seated]) -> dict[str, str]:
    """Chamber -> the last day up to which no adopted text is known to be missing.

    The Council numbers its resolutions, so a number left out shows: the record is complete to the
    day before the last that precedes it.
    """
    library = [one.entry for one in seated if one.entry.origin == assembly.LIBRARY]
    days: dict[str, list[tuple[int, date]]] = {chamber.value: [] for chamber in Chamber}
    for entry in library:
        number = number_of(entry.facts.symbol or "") or 0
        days[str(entry.facts.chamber)].append((number, entry.facts.date))
    complete = {}
    for chamber, known in days.items():
        if known:
            gap = _before_gap(sorted(known)) if chamber == Chamber.SC else None
            complete[chamber] = (gap or max(day for _, day in known)).isoformat()
    return complete


def _before_gap(known: list[tuple[int, date]]) -> date | None:
    numbers = {number for number, _ in known}
    for number, day in known:
        if number + 1 not in numbers and number != known[-1][0]:
            return day - timedelta(days=1)
    return None


def failed_complete_to(seated: Iterable[Seated]) -> dict[str, str]:
    """Chamber -> the last day to which a source holds more than adopted texts.

    In the Assembly that is the last vote that only Voeten has: his later votes are all the
    Library's too. The workbook holds every vote of the Council, whatever its outcome. What is
    missing before these days is named in the manifest's gaps.
    """
    last: dict[str, date] = {}
    for one in seated:
        names = {row.source for row in one.entry.sources}
        if one.entry.origin == assembly.VOETEN or council.WORKBOOK in names:
            chamber = str(one.entry.facts.chamber)
            last[chamber] = max(last.get(chamber, date.min), one.entry.facts.date)
    return {chamber: day.isoformat() for chamber, day in sorted(last.items())}
