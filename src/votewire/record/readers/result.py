"""What every reader returns: one source's rollcalls as that source gives them, and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from votewire.record.tables import Choice, Kind, Modality, Outcome

__all__ = ["Problem", "ReadResult", "ReadRollcall", "Totals", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts of one rollcall. None where the source does not state one."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    non_voting: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRollcall:
    """One rollcall as one source gives it; facts only, states resolved to codes.

    casts: state code -> YES, ABSTAIN, NO or NON_VOTING; members only.
    announced: the totals that the source states, or None where it states none.
    """

    source_key: str
    chamber: str
    session: str
    date: date
    date_exact: bool = True
    symbol: str | None = None
    draft: str | None = None
    meeting: str | None = None
    kind: Kind = Kind.UNSTATED
    title: str | None = None
    agenda: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    outcome: Outcome = Outcome.UNSTATED
    modality: Modality = Modality.RECORDED
    casts: Mapping[str, Choice] = field(default_factory=dict)
    announced: Totals | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A rollcall that a reader would not let in, and why. Never stored, always listed."""

    source_key: str
    reason: str
    symbol: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """All that one source file holds."""

    rollcalls: tuple[ReadRollcall, ...]
    problems: tuple[Problem, ...] = ()


def count(casts: Mapping[str, Choice]) -> Totals:
    """The totals that a roll's own marks add up to."""
    marks = list(casts.values())
    return Totals(
        yes=marks.count(Choice.YES),
        no=marks.count(Choice.NO),
        abstain=marks.count(Choice.ABSTAIN),
        non_voting=marks.count(Choice.NON_VOTING),
        members=len(marks),
    )
