"""Claims from any reader: the schema, its faults, and the same verdicts as of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import votewire
from votewire.check.as_json import as_json
from votewire.check.sheet import read_sheet, schema, sheet_of
from votewire.errors import UnreadableClaims
from votewire.record import Record

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "assembly-and-council.txt").read_bytes()


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def verdicts(claims: object, record: Record) -> list[str]:
    return [c.verdict for c in votewire.judge(claims, record).checked]


def test_sheet_claims_of_a_checked_page_get_the_same_verdicts(record: Record) -> None:
    report = votewire.check_page(EXAMPLE, record)
    sheet = json.dumps(as_json(report)).encode()
    again = votewire.judge(sheet, record)
    assert [(c.verdict, c.rollcall, c.reason) for c in again.checked] == [
        (c.verdict, c.rollcall, c.reason) for c in report.checked
    ]


def test_sheet_schema_has_the_fields_that_a_check_writes(record: Record) -> None:
    own = set(schema()["properties"]["claims"]["items"]["properties"])
    (claim, *_) = as_json(votewire.check_page(EXAMPLE, record))["claims"]
    answers = {"rollcall", "verdict", "reason", "evidence", "figures", "votes", "moves"}
    assert set(claim) - answers - {"candidates"} == own


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"actor": "USA", "action": "voted_no", "symbol": "A/RES/ES-11/7"}, "supported"),
        ({"actor": "India", "action": "voted_no", "symbol": "A/RES/ES-11/7"}, "contradicted"),
        (
            {
                "actor": "GA",
                "action": "tally",
                "symbol": "A/RES/ES-11/7",
                "tally": {"yes": 26, "no": 1},
                "counts": {"what": "group", "group": "EU"},
            },
            "supported",
        ),
        (
            {
                "actor": "GA",
                "action": "tally",
                "symbol": "A/RES/ES-11/7",
                "tally": {"abstain": 33},
                "counts": {
                    "what": "of_side",
                    "choice": "yes",
                    "whole": 141,
                    "symbol": "A/RES/ES-11/6",
                },
            },
            "supported",
        ),
        ({"actor": "USA", "action": "voted_no", "chamber": "GA"}, "unclear"),
        ({"actor": "USA", "action": "voted_no", "chamber": "HRC"}, "not_in_record"),
        (
            {
                "actor": "USA",
                "action": "voted_no",
                "symbol": "A/RES/ES-11/7",
                "hedged": True,
            },
            "not_checkable",
        ),
    ],
)
def test_sheet_claims_are_judged_by_the_same_rules(
    record: Record, claim: dict, verdict: str
) -> None:
    assert verdicts([claim], record) == [verdict]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"{", "no JSON"),
        (b"[]]", "no JSON"),
        (b"7", "the whole must be object"),
        (b"{}", "lacks claims"),
        (b'[{"actor": "USA"}]', "claims[0] lacks action"),
        (b'[{"actor": "USA", "action": "sang"}]', "claims[0].action must be one of voted_yes"),
        (b'[{"actor": "Ruritania", "action": "voted_no"}]', "'Ruritania' is nobody known"),
        (b'[{"actor": "XYZ", "action": "voted_no"}]', "'XYZ' is nobody known"),
        (b'[{"actor": "USA", "action": "voted_no", "date": "Monday"}]', "claims[0].date must be"),
        (b'[{"actor": "GA", "action": "tally", "tally": {"yes": -1}}]', "tally.yes must be from 0"),
        (b'[{"actor": "GA", "action": "tally", "tally": {"yes": true}}]', "must be integer"),
    ],
)
def test_sheet_faults_are_named_with_their_place(source: bytes, said: str) -> None:
    with pytest.raises(UnreadableClaims) as error:
        read_sheet(source)
    assert said in str(error.value)


def test_sheet_of_too_many_claims_is_refused() -> None:
    with pytest.raises(UnreadableClaims, match="1,000 are the most"):
        sheet_of([{"actor": "USA", "action": "voted_no"}] * 1_001)


def test_sheet_every_field_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "reference" / "claims.md").read_text(encoding="utf-8")
    for name in schema()["properties"]["claims"]["items"]["properties"]:
        assert f"| `{name}` |" in page
