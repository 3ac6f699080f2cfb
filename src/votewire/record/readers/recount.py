"""Recounting a roll against the totals that its source announces."""

from __future__ import annotations

from collections.abc import Mapping

from votewire.errors import TallyMismatch
from votewire.record.readers.result import Totals, count
from votewire.record.tables import Choice

__all__ = ["check", "differs", "mismatch"]


def differs(read: Totals, announced: Totals | None) -> bool:
    """True where any total that the source states is not the one counted."""
    if announced is None:
        return False
    pairs = zip(_parts(read), _parts(announced), strict=True)
    return any(said is not None and said != counted for counted, said in pairs)


def mismatch(read: Totals, announced: Totals) -> str:
    """The sentence that says how they differ, for a Problem."""
    return (
        f"its marks add up to {_written(read)}, but the source announces {_written(announced)} "
        "(yes-no-abstain-non-voting of members)"
    )


def check(rollcall: str, casts: Mapping[str, Choice], announced: Totals | None) -> None:
    """Raises TallyMismatch, naming both tallies, where a roll does not add up."""
    read = count(casts)
    if announced is not None and differs(read, announced):
        stated = max(at for at, total in enumerate(_parts(announced)) if total is not None) + 1
        raise TallyMismatch(
            rollcall=rollcall, read=_parts(read)[:stated], announced=_parts(announced)[:stated]
        )


def _parts(totals: Totals) -> tuple[int | None, ...]:
    return (totals.yes, totals.no, totals.abstain, totals.non_voting, totals.members)


def _written(totals: Totals) -> str:
    *tally, members = ("?" if n is None else str(n) for n in _parts(totals))
    return f"{'-'.join(tally)} of {members}"
