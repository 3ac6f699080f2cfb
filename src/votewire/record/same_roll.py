"""Whether two sources mean one vote that they name differently: told by the roll itself.

Coverage of the day names a draft or nothing, the official file a resolution. One vote is the same
chamber and day, the same counts, no state that differs, and no two names that contradict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.record import Record
from votewire.record.rows import choices_of
from votewire.record.symbols import canonical
from votewire.record.tables import Choice, Kind

__all__ = ["days_of", "fits", "fitting", "holds", "same_name", "title_words"]

_NIGHT = timedelta(days=1)  # a meeting that goes on past midnight is covered under its first day
_LEAST_WORD = 4  # letters of a word that a title can be known by
_MARKS = ".,;:()“”\"'’"


def fitting(record: Record, rollcall: ReadRollcall) -> list[int]:
    """The rows of the record that may be this rollcall by its roll, best first.

    Of several that fit those of its kind, then those whose title shares most words with its own;
    more than one is left where these tell no difference.
    """
    frame = record.rollcalls
    facts = {row: frame.row(row, named=True) for day in days_of(rollcall) for row in record.on(day)}
    rows = [row for row, each in facts.items() if fits(each, record.choices[row], rollcall)]
    rows = [row for row in rows if facts[row]["kind"] == rollcall.kind.value] or rows
    words = title_words(rollcall.title)
    shared = {row: len(title_words(facts[row]["title"]) & words) for row in rows}
    return [row for row in rows if shared[row] == max(shared.values())]


def fits(facts: Mapping[str, Any], choices: NDArray[np.int8], rollcall: ReadRollcall) -> bool:
    """Whether a rollcall may be the one with these facts and choices.

    facts: columns of the table `rollcalls`. choices: (n_states,) Choice codes.
    """
    if facts["chamber"] != str(rollcall.chamber):
        return False
    if facts["date"] not in days_of(rollcall):
        return False
    said = rollcall.announced or Totals()
    counts = ((facts["yes"], said.yes), (facts["no"], said.no), (facts["abstain"], said.abstain))
    if any(None not in pair and pair[0] != pair[1] for pair in counts):
        return False
    return not _contradicts(facts, rollcall) and _agrees(choices, choices_of(rollcall))


def days_of(rollcall: ReadRollcall) -> tuple[date, date]:
    """The days under which another source may have a rollcall."""
    return rollcall.date, rollcall.date + _NIGHT


def same_name(facts: Mapping[str, Any], rollcall: ReadRollcall) -> bool:
    """Whether a rollcall is, by a symbol or draft that both name, the one with these facts."""
    vote = (facts["chamber"], facts["date"], facts["kind"])
    if vote != (str(rollcall.chamber), rollcall.date, rollcall.kind.value):
        return False
    names = ((facts["symbol"], rollcall.symbol), (facts["draft"], rollcall.draft))
    alike = [canonical(one) == canonical(other) for one, other in names if one and other]
    return bool(alike) and all(alike)


def holds(choices: NDArray[np.int8], rollcall: ReadRollcall) -> bool:
    """Whether the choices have every cast of the rollcall, and none of them another way."""
    given = choices_of(rollcall)
    ours = given <= Choice.NON_VOTING
    return bool(np.array_equal(given[ours], choices[ours]))


def title_words(title: str | None) -> frozenset[str]:
    """The words of a title that it can be known by, in lower case."""
    words = (word.strip(_MARKS).casefold() for word in (title or "").split())
    return frozenset(word for word in words if len(word) >= _LEAST_WORD)


def _contradicts(facts: Mapping[str, Any], rollcall: ReadRollcall) -> bool:
    """Whether both say symbols, drafts or kinds of vote that differ."""
    names = ((facts["symbol"], rollcall.symbol), (facts["draft"], rollcall.draft))
    if any(one and other and canonical(one) != canonical(other) for one, other in names):
        return True
    parts = (Kind.PARAGRAPH.value, Kind.AMENDMENT.value)
    kinds = (facts["kind"], rollcall.kind.value)
    return kinds[0] != kinds[1] and Kind.UNSTATED.value not in kinds and bool(set(kinds) & {*parts})


def _agrees(one: NDArray[np.int8], other: NDArray[np.int8]) -> bool:
    """Whether some state's choice is in both, and none is in both another way."""
    both = (one <= Choice.NON_VOTING) & (other <= Choice.NON_VOTING)
    return bool(both.any() and (one[both] == other[both]).all())
