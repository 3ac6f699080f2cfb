"""One cast at a time: the figures and ranks that all casts together give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import votewire
from votewire import states
from votewire.positions import ranks
from votewire.positions.expected import SHIPPED, read_content, read_surprises
from votewire.positions.ranks import ShiftRanks, cast_ranks
from votewire.positions.ready import ready
from votewire.record import Choice

RECORD = votewire.open_record()
FOUND = read_surprises(RECORD, SHIPPED)


def counted(row: int, state: str) -> dict[str, Any] | None:
    """The ranks of a cast, counted over all casts."""
    assert FOUND is not None
    on_it = FOUND.row == row
    here = np.flatnonzero(on_it & (FOUND.state == states.codes().index(state)))
    if not here.size:
        return None
    k = int(here[0])
    chamber = FOUND.council == FOUND.council[k]
    own = chamber & (FOUND.state == FOUND.state[k])
    above = chamber & (FOUND.bits > FOUND.bits[k])
    return {
        "choice": Choice(int(FOUND.choice[k])).label,
        **{name: float(getattr(FOUND, name)[k]) for name in ("bits", "low", "high", "bits3")},
        "rank_here": int((above & on_it).sum()) + 1,
        "here": int(on_it.sum()),
        "rank_own": int((above & own).sum()) + 1,
        "own": int(own.sum()),
        "rank_all": int(above.sum()) + 1,
        "all": int(chamber.sum()),
    }


@pytest.mark.parametrize(
    ("symbol", "state"),
    [
        ("A/RES/ES-11/7", "USA"),
        ("A/RES/ES-11/7", "RUS"),
        ("A/RES/3379(XXX)", "ISR"),
        ("S/RES/2774(2025)", "FRA"),
        ("S/RES/2774(2025)", "IND"),  # no member of the Council then
        ("A/RES/1(I)", "USA"),  # before the first session that is expected
    ],
)
def test_ranks_are_those_counted_over_all_casts(symbol: str, state: str) -> None:
    found = cast_ranks(RECORD)
    row = RECORD.row_of(RECORD.rollcall(symbol).id)
    assert found is not None
    assert found.of_cast(row, state) == counted(row, state)


def test_ranks_of_another_record_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "read_content", lambda record: None)
    assert cast_ranks(RECORD) is None


def test_ranks_of_a_damaged_file_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "read_content", lambda record: read_content(record, tmp_path))
    assert cast_ranks(RECORD) is None
    (tmp_path / "surprise.json").write_bytes((SHIPPED / "surprise.json").read_bytes())
    (tmp_path / "surprise.parquet").write_bytes(b"no")
    assert cast_ranks(RECORD) is None


def test_ranks_of_shifts_are_those_of_the_table() -> None:
    fit = ready(RECORD)
    assert fit is not None
    found = ShiftRanks(fit)
    table = fit.shifts(["USA", "FRA"])
    assert table.height > 150
    for row in table.iter_rows(named=True):
        one = found.of_session(row["state"], row["session"])
        assert one is not None
        assert {name: row[name] for name in one} == one
    assert found.of_session("USA", 1) is None
