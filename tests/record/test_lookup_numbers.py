"""Symbols by their number: few are looked for among the names, many in an index."""

from __future__ import annotations

import votewire
from votewire.record.lookup import Lookup

RECORD = votewire.open_record()


def test_lookup_answers_the_same_with_and_without_its_index() -> None:
    names = RECORD.rollcalls["symbol"].drop_nulls().unique().sort()[::150].to_list()
    typed = ["UNSCR 2774", "31/6 D", "ES-11/7", "2774", "0157", f"A/RES/99/{10**25}"]
    asked = [*names, *typed]
    assert len(asked) > 40
    one_by_one = [Lookup(RECORD.rollcalls).rows(name) for name in asked]
    together = Lookup(RECORD.rollcalls)
    assert [together.rows(name) for name in asked] == one_by_one
    assert any(one_by_one)
