"""One rollcall as every door shows it to programs: its fields, casts, sources, disagreements."""

from __future__ import annotations

from typing import Any

import polars as pl

from votewire.record.plain import plain
from votewire.record.record import Found, Record

__all__ = ["disagreements_of", "shown"]


def shown(found: Found, record: Record) -> dict[str, Any]:
    """The rollcall as JSON holds it: its fields, casts by state, sources, disagreements."""
    rollcall = found.rollcall
    told: dict[str, Any] = plain(rollcall)
    told["casts"] = {code: cast.label for code, cast in sorted(rollcall.casts.items())}
    told["sources"] = plain(record.sources_of(rollcall.id))
    told["disagreements"] = disagreements_of(record, rollcall.id)
    told["others"] = list(found.others)
    told["record"] = {"complete_to": plain(record.complete_to), "hash": record.hash}
    return told


def disagreements_of(record: Record, rollcall_id: str) -> list[dict[str, Any]]:
    """Where sources disagree on a rollcall: field, kept, other, source and rule of each."""
    listed = record.disagreements.filter(pl.col("rollcall") == rollcall_id)
    return listed.drop("rollcall").to_dicts()
