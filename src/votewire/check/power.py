"""Voting power of the members of a chamber on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from votewire import rules, states
from votewire.check.deciding import permanent_members
from votewire.errors import NotInRecord
from votewire.record import Answer, Chamber, Record

__all__ = ["power"]

_SEATS = ("permanent", "elected", "member")
_INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute")
_SCHEMA = {
    **dict.fromkeys(("state", "name", "seat"), pl.String()),
    **dict.fromkeys(_INDICES, pl.Float64()),
}
_DEFINITION = (
    "Shapley-Shubik: the share of all orders of joining in which a member's vote is the one that "
    "decides. Banzhaf: the share of coalitions of the others that its vote turns from losing to "
    "winning (absolute), and the same scaled so that all members add up to 1 (normalised). Exact; "
    "everybody votes Yes or No, abstention is left out."
)


def power(record: Record, chamber: str, on: date, *, two_thirds: bool = False) -> Answer:
    """Each member's voting power that day: Shapley-Shubik and Banzhaf; permanent members first.

    two_thirds: of the General Assembly, the majority on important questions. Raises NotInRecord for
    a day on which the chamber had no members.
    """
    council = Chamber(chamber) is Chamber.SC
    members = states.council_members(on) if council else states.members_on(on)
    if not members:
        raise NotInRecord(f"the members of the {_name(council)} on {on}")
    permanent = permanent_members(on) if council else frozenset[str]()
    rule = rules.council(on, permanent) if council else rules.assembly(two_thirds=two_thirds)
    indices = rules.power(sorted(members), rule)
    seats = {s: _seat(s, permanent, council=council) for s in members}
    order = sorted(members, key=lambda s: (_SEATS.index(seats[s]), states.name_of(s, on=on)))
    rows = [
        (s, states.name_of(s, on=on), seats[s], *(float(getattr(indices[s], i)) for i in _INDICES))
        for s in order
    ]
    by_seat = {seats[s]: indices[s] for s in order}
    return Answer(
        question="power",
        title=f"Voting power in the {_name(council)} on {on}: {rule.name}, {len(members)} members",
        told=_told(by_seat, seats),
        table=pl.DataFrame(rows, schema=_SCHEMA, orient="row"),
        definition=_DEFINITION,
        basis=rule.text.rstrip("."),
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=("name", "seat", "shapley_shubik", "banzhaf") if council else ("name",),
        facts={
            "rule": rule.name,
            "exact": {seat: _fractions(found) for seat, found in by_seat.items()},
        },
    )


def _name(council: bool) -> str:
    return "Security Council" if council else "General Assembly"


def _seat(state: str, permanent: frozenset[str], *, council: bool) -> str:
    if not council:
        return "member"
    return "permanent" if state in permanent else "elected"


def _told(by_seat: Mapping[str, rules.Power], seats: Mapping[str, str]) -> tuple[str, ...]:
    told = [
        f"Each of the {list(seats.values()).count(seat)} {seat} members: Shapley-Shubik "
        f"{float(found.shapley_shubik):.6f}, Banzhaf {float(found.banzhaf):.6f} (normalised), "
        f"{float(found.banzhaf_absolute):.6f} (absolute)."
        for seat, found in by_seat.items()
    ]
    if "permanent" in by_seat:
        one, other = by_seat["permanent"], by_seat["elected"]
        told.append(
            f"A permanent member has {_times(one.shapley_shubik, other.shapley_shubik)} times the "
            f"power of an elected one by Shapley-Shubik, {_times(one.banzhaf, other.banzhaf)} "
            "times by Banzhaf."
        )
    return tuple(part.replace(" member members", " members") for part in told)


def _times(one: Fraction, other: Fraction) -> str:
    return f"{float(one / other):.1f}"


def _fractions(found: rules.Power) -> dict[str, str]:
    return {index: str(getattr(found, index)) for index in _INDICES}
