"""The State Department's published voting coincidence, reproduced from the record.

The tables of 2013 to 2017 hold 18 or 21 votes a year; 2018 holds all 110, of which the record has
107, all on adopted resolutions.
"""

from __future__ import annotations

import csv
from datetime import date
from statistics import median

import numpy as np
import pytest

import votewire
from tests.conftest import shared
from votewire import blocs, states
from votewire.errors import TooFewRollcalls, UnknownState

# Names of these tables that no other source uses.
NAMES = {
    "Congo": "COG",
    "Dem. Rep. of Congo": "COD",
    "DPR of Korea": "PRK",
    "TFYR Macedonia": "MKD",
    "Macedonia (the former Yugoslav Republic of)": "MKD",
    "U.R. Tanzania": "TZA",
    "Equatoria Guinea": "GNQ",
}
COUNTS = ("same", "opposite", "partial", "absent")


def published(year: int) -> dict[str, tuple[list[int], float | None]]:
    """Code -> the counts same, opposite, partial, absent, and the share as printed."""
    path = shared(f"data/coincidence/un-coincidence-{year}.csv")
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            partial = "PARTIAL" if "PARTIAL" in row else "ABSTAIN"
            counts = [int(row[c]) for c in ("SAME", "OPPOSITE", partial, "ABSENT")]
            share = None if row["COINCIDENCE"] == "No Votes" else float(row["COINCIDENCE"])
            found[code_of(row["COUNTRY"], year)] = (counts, share)
    return found


def code_of(name: str, year: int) -> str:
    try:
        return NAMES.get(name) or states.resolve(name, date(year, 12, 1)).code
    except UnknownState:
        pytest.fail(f"no code for {name!r} in the table of {year}")


@pytest.mark.parametrize(
    ("year", "same_counts", "gap"),
    [(2013, 192, 0.0), (2014, 187, 0.0), (2015, 192, 0.0), (2016, 185, 0.0), (2017, 192, 0.0024)],
)
def test_coincidence_counts_are_the_published_ones(year: int, same_counts: int, gap: float) -> None:
    theirs = published(year)
    ours = {row["state"]: row for row in blocs.coincidence(votewire.open_record(), year).to_dicts()}
    assert set(theirs) == set(ours)
    alike = sum([ours[c][k] for k in COUNTS] == counts for c, (counts, _) in theirs.items())
    assert alike == same_counts
    assert_near(theirs, ours, gap)


def test_coincidence_of_2018_lacks_three_rollcalls_and_nothing_else() -> None:
    theirs = published(2018)
    ours = {row["state"]: row for row in blocs.coincidence(votewire.open_record(), 2018).to_dicts()}
    for code, (counts, _) in theirs.items():
        more = [n - ours[code][k] for k, n in zip(COUNTS, counts, strict=True)]
        assert min(more) >= 0, code
        assert sum(more) == 3, code
    assert_near(theirs, ours, 0.0063)


def assert_near(
    theirs: dict[str, tuple[list[int], float | None]], ours: dict[str, dict[str, float]], gap: float
) -> None:
    both = [
        (share, ours[code]["value"])
        for code, (_, share) in theirs.items()
        if share is not None and ours[code]["value"] is not None
    ]
    assert np.corrcoef(np.array(both).T)[0, 1] >= 0.99
    assert median(abs(a - b) for a, b in both) == pytest.approx(gap, abs=0.0005)


def test_coincidence_of_a_year_without_votes_is_refused() -> None:
    with pytest.raises(TooFewRollcalls):
        blocs.coincidence(votewire.open_record(), 1940)
