"""Comparing what two sources say of one rollcall, fact by fact; the first one's values are kept."""

from __future__ import annotations

from collections.abc import Iterator

from votewire.record.merging.entry import Difference, tally_text
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Modality, Outcome

__all__ = ["apart", "cast_differences", "differences", "roll_text"]


def differences(
    kept: ReadRollcall, other: ReadRollcall, *, source: str, rule: str
) -> Iterator[Difference]:
    """Every fact that both state and state differently: casts, tally, meeting, outcome, modality.

    Dates are compared where it is known how exact each is (`dates`). source: the other one's id.
    """
    yield from cast_differences(kept, other, source=source, rule=rule)
    yield from _tally(kept, other, source, rule)
    if kept.meeting and other.meeting and kept.meeting != other.meeting:
        yield _differ("meeting", kept.meeting, other.meeting, source, rule)
    if other.outcome not in (Outcome.UNSTATED, kept.outcome):
        yield _differ("outcome", kept.outcome.value, other.outcome.value, source, rule)
    stated = Modality.UNSTATED not in (kept.modality, other.modality)
    if stated and kept.modality != other.modality and other.outcome is Outcome.ADOPTED:
        yield _differ("modality", kept.modality.value, other.modality.value, source, rule)


def cast_differences(
    kept: ReadRollcall, other: ReadRollcall, *, source: str, rule: str
) -> Iterator[Difference]:
    """States whose choice both rolls give, and give differently; in order of their codes."""
    for code in sorted(kept.casts.keys() & other.casts.keys()):
        one, two = kept.casts[code], other.casts[code]
        if one != two:
            yield _differ(f"cast:{code}", one.label, two.label, source, rule)


def apart(kept: ReadRollcall, other: ReadRollcall) -> int:
    """How many states of both rolls differ."""
    both = kept.casts.keys() & other.casts.keys()
    return sum(kept.casts[code] != other.casts[code] for code in both)


def roll_text(rollcall: ReadRollcall) -> str:
    """The roll in short, for a difference of whole rolls: its tally and how many it lists."""
    return f"{tally_text(count(rollcall.casts))} of {len(rollcall.casts)} listed"


def _tally(kept: ReadRollcall, other: ReadRollcall, source: str, rule: str) -> Iterator[Difference]:
    """The other's announced totals against the marks that are kept."""
    if other.announced is None or not kept.casts:
        return
    read = count(kept.casts)
    if _says_otherwise(read, other.announced):
        yield _differ("tally", tally_text(read), tally_text(other.announced), source, rule)


def _says_otherwise(read: Totals, said: Totals) -> bool:
    pairs = ((read.yes, said.yes), (read.no, said.no), (read.abstain, said.abstain))
    return any(two is not None and one != two for one, two in pairs)


def _differ(field: str, kept: str, other: str, source: str, rule: str) -> Difference:
    return Difference(field=field, kept=kept, other=other, source=source, rule=rule)
