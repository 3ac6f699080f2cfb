"""What the readers of extracts return: a ReadResult, and what they had to say about the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from votewire.record.readers.result import ReadResult

__all__ = ["Extract", "Remark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Where a source is at odds with itself or with the calendar: both values, and the rule.

    source_key: the rollcall's key in the source. field: `cast:ISO3`, `date`, `roll`, ... `kept` and
    `other` are written as the disagreements table writes them.
    """

    source_key: str
    field: str
    kept: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(ReadResult):
    """All that one source holds.

    remarks: each becomes a row of the record's disagreements.
    applied: rule id -> how many marks or rollcalls it touched, for rules that leave no remark.
    """

    remarks: tuple[Remark, ...] = ()
    applied: Mapping[str, int] = field(default_factory=dict)
