"""News digests of our own about real votes (data/digests.toml), in the manner of many outlets.

They came in two batches, annotated before the checker first ran on them. The first run gave
precision .98, recall .76, 106 of 110 claims linked to the right rollcall on batch 1, then 1.00, .89
and 47 of 47 on batch 2: that is what to expect on other pages. The floors are what holds now.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import votewire
from tests.conftest import ROOT
from votewire.check import Checked
from votewire.record import Record

_FILE = Path(__file__).parent / "data" / "digests.toml"
DIGESTS = tomllib.loads(_FILE.read_text("utf-8"))["digest"]
PRECISION, RECALL, LINKED = 1.0, 0.89, 1.0
_SAME = {"opposed": "voted_no", "backed": "voted_yes"}
_NO_VOTES = {"shifted", "divided", "balanced", "welcomed", "condemned"}
Key = tuple[str, str]


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.fixture(scope="module")
def reports(record: Record) -> list[tuple[dict, list[Checked]]]:
    return [(digest, claims(digest, record)) for digest in DIGESTS]


def claims(digest: dict, record: Record) -> list[Checked]:
    body = "\n\n".join(" ".join(part.split()) for part in digest["text"].split("\n\n"))
    headline = digest["name"].partition(": ")[2]
    page = f"{headline}\n\nPublished: {digest['published']}\n\n{body}\n"
    checked = votewire.check_page(page.encode(), record).checked
    return [c for c in checked if not c.claim.hedged and c.claim.action not in _NO_VOTES]


def key(item: Checked) -> Key:
    return item.claim.actor, _SAME.get(item.claim.action, item.claim.action)


def annotated(digest: dict, field: str) -> dict[Key, str]:
    """(actor, action) -> symbol."""
    parts = [each.split(" ", 2) for each in digest.get(field, "").split("; ") if each]
    return {(actor, _SAME.get(action, action)): symbol for actor, action, symbol in parts}


def test_digests_claims_stay_above_the_floors(reports: list[tuple[dict, list[Checked]]]) -> None:
    right = false = missed = 0
    for digest, items in reports:
        got, wanted = {key(item) for item in items}, set(annotated(digest, "claims"))
        right += len(got & wanted)
        false += len(got - wanted)
        missed += len(wanted - got)
    assert right / (right + false) >= PRECISION
    assert right / (right + missed) >= RECALL


def test_digests_claims_are_linked_to_their_rollcall(
    reports: list[tuple[dict, list[Checked]]],
) -> None:
    pairs = [
        (item.rollcall, annotated(digest, "claims")[key(item)])
        for digest, items in reports
        for item in items
        if key(item) in annotated(digest, "claims")
    ]
    assert sum(linked == meant for linked, meant in pairs) / len(pairs) >= LINKED


@pytest.mark.parametrize("digest", DIGESTS, ids=[each["name"] for each in DIGESTS])
def test_digests_are_contradicted_where_they_are_wrong(digest: dict, record: Record) -> None:
    contradicted = {key(c) for c in claims(digest, record) if c.verdict == "contradicted"}
    assert contradicted == set(annotated(digest, "wrong"))


def test_digests_example_page_is_as_supported_as_it_was(record: Record) -> None:
    page = ROOT / "examples" / "assembly-and-council.txt"
    verdicts = [str(c.verdict) for c in votewire.check_page(page.read_bytes(), record).checked]
    assert (len(verdicts), verdicts.count("supported")) == (27, 25)
    assert verdicts.count("contradicted") == 1
