"""What Python prints of an object: one line that says what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

import votewire
from tests.conftest import ROOT
from votewire import blocs, positions, states
from votewire.check import Report
from votewire.pipeline import check_page
from votewire.positions import Fit
from votewire.positions.ready import ready
from votewire.press import read

RECORD = votewire.open_record()
PAGE = b"""France and Germany welcomed the vote

UNITED NATIONS, Feb 25, 2025 - India voted against resolution ES-11/7 in the General Assembly on
Monday. "This is a step towards peace," the French ambassador, Jean Dupont, told reporters. France
condemned the attack on Ukraine.
"""


@cache
def report() -> Report:
    page = (ROOT / "examples" / "assembly-and-council.txt").read_bytes()
    return check_page(page, RECORD)


@cache
def fit() -> Fit:
    found = ready(RECORD)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("make", "printed"),
    [
        (lambda: RECORD, "<Record: 11,5"),
        (report, f"<Report: 27 claims, 1 contradicted; record {RECORD.hash[:12]}>"),
        (lambda: report().checked[0], "<Checked: supported, GA adopted on A/RES/ES-11/7>"),
        (lambda: report().checked[0].evidence[0], "<Evidence: A/RES/ES-11/7 (2025-02-24) adopted"),
        (lambda: report().checked[0].claim, "<Claim: GA adopted, General Assembly, which"),
        (lambda: next(c for c in report().checked if c.figures).figures[0], "<Figure: agreement"),
        (lambda: report().article, "<Article: Assembly and Council part ways over"),
        (lambda: report().article.metadata, "<Metadata: Assembly and Council part ways over"),
        (lambda: read(PAGE).quotes[0], "<Quote: Jean Dupont, This is a step towards peace"),
        (lambda: read(PAGE).reactions[-1], "<Reaction: France condemned the attack on Ukraine"),
        (
            lambda: blocs.agree(RECORD, "USA", "RUS"),
            "<Answer agree: United States and Russia: agreement; 1 row; record ",
        ),
        (
            lambda: RECORD.rollcall("ES-11/7"),
            "<Rollcall A/RES/ES-11/7 (2025-02-24): adopted, 93-18-65>",
        ),
        (lambda: RECORD.rollcall("ES-11/7").casts, "<Casts: 93 yes, 65 abstain, 18 no, 17 non_v"),
        (lambda: RECORD.find("2774"), "<Found: <Rollcall S/RES/2774(2025) (2025-02-24): adopted,"),
        (RECORD.matrix, "<Matrix: 9,8"),
        (fit, "<Fit: 11,634 positions of 199 states, sessions 1 to 80; rw, laplace, 1 dim; record"),
        (lambda: fit().texts, "<Texts: 6,7"),
        (lambda: positions.surprises(RECORD), "<Surprises: 1,00"),
        (lambda: states.state("RUS"), "<State RUS: Russia>"),
        (lambda: states.group("EU"), "<Group EU: European Union, 28 states>"),
    ],
)
def test_reprs_are_one_line_that_says_what_it_is(make: Callable[[], object], printed: str) -> None:
    found = make()
    assert repr(found).startswith(printed)
    assert str(found) == repr(found)
    assert "\n" not in repr(found)
    assert len(repr(found)) < 200


def test_reprs_leave_equality_as_it_is() -> None:
    claim = report().checked[0].claim
    assert replace(claim) == claim
    assert replace(claim, rule="another") != claim
    assert repr(replace(claim, rule="another")) == repr(claim)
    rollcall = RECORD.rollcall("ES-11/7")
    assert replace(rollcall) == rollcall
    assert replace(rollcall, note="another") != rollcall
