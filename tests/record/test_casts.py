"""The casts of a rollcall: a mapping as the matrix has it, and no other."""

from __future__ import annotations

import pytest

import votewire
from votewire import states
from votewire.record import Choice

RECORD = votewire.open_record()
VOTE = RECORD.rollcall("S/RES/2774(2025)")


def test_casts_are_the_row_of_the_matrix() -> None:
    row = RECORD.choices[RECORD.row_of(VOTE.id)].tolist()
    marks = zip(states.codes(), row, strict=True)
    kept = {code: Choice(mark) for code, mark in marks if mark <= Choice.NON_VOTING}
    assert VOTE.casts == kept
    assert dict(VOTE.casts) == kept
    assert list(VOTE.casts) == sorted(kept)
    assert len(VOTE.casts) == 15
    assert {**VOTE.casts, "RUS": Choice.NO}["RUS"] is Choice.NO


def test_casts_of_others_are_not_there() -> None:
    assert VOTE.casts.get("FRA") is Choice.ABSTAIN
    assert VOTE.casts.get("IND") is None
    assert VOTE.casts.get("XXX", Choice.NO) is Choice.NO
    assert "IND" not in VOTE.casts
    for code in ("IND", "XXX"):
        with pytest.raises(KeyError):
            VOTE.casts[code]
    assert not RECORD.at(0).casts or RECORD.at(0).roll != "none"
