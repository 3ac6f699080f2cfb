"""Pages made from the record, so that the truth of every claim in them is known.

tests/check/generated has the templates; each tells three rollcalls, drawn with a fixed seed: once
as it was, and once for each thing that can be made wrong on such a page. What is true is never
contradicted; of what is wrong at least 95 % is contradicted or unclear, and 85 % contradicted, for
each kind. A wrong day is caught where the page
says by a symbol or a whole tally which vote it means: it is contradicted of what became of the
text, and makes a state's vote partly right. VOTEWIRE_SEEDS=1,2,3 draws other rollcalls.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

import votewire
from tests.check.generated.pages import (
    TEMPLATES,
    Outcome,
    checked,
    drawn,
    found,
    kinds,
    told,
    wider,
)
from tests.check.generated.scene import KINDS
from votewire.record import Record

SEEDS = [int(seed) for seed in os.environ.get("VOTEWIRE_SEEDS", "2025").split(",")]
EACH = 3
CAUGHT = 0.85  # contradicted of the pages with one thing wrong, for each kind of it
DOUBTED = 0.95  # contradicted or unclear of them
READ = 0.97  # of the facts that the true pages state
SUPPORTED = 0.96  # of the claims that were read on the true pages
BESIDE = 0.01  # pages with one thing wrong on which something true is contradicted too
_NO_VOTES = {"shifted", "divided", "balanced", "welcomed", "condemned"}


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.fixture(scope="module")
def true_pages(record: Record) -> list[Outcome]:
    cases = [case for seed in SEEDS for case in drawn(record, seed, EACH)]
    return [checked(record, *case) for case in cases]


@pytest.fixture(scope="module")
def wrong_pages(record: Record, true_pages: list[Outcome]) -> dict[str, list[Outcome]]:
    pages: dict[str, list[Outcome]] = {kind: [] for kind in KINDS}
    for page in true_pages:
        case = page.scene.template, page.scene.rollcall, page.scene.seed
        for kind in kinds(*case):
            pages[kind].append(checked(record, *case, kind))
    return pages


def test_generated_templates_are_many_and_each_told_its_pages(true_pages: list[Outcome]) -> None:
    assert len(TEMPLATES) >= 20
    told_by = Counter(page.scene.template.id for page in true_pages)
    assert len(told_by) == len(TEMPLATES)
    assert set(told_by.values()) == {EACH * len(SEEDS)}
    assert len(true_pages) >= 60


def test_generated_true_pages_are_never_contradicted(true_pages: list[Outcome]) -> None:
    for page in true_pages:
        reasons = [c.reason for c in page.report.checked if c.verdict == "contradicted"]
        assert page.contradicted == set(), (reasons, page.scene.page.decode())


def test_generated_true_pages_are_read(true_pages: list[Outcome]) -> None:
    stated = sum(len(page.scene.said) for page in true_pages)
    read = sum(len(found(page)) for page in true_pages)
    assert read / stated >= READ


def test_generated_true_pages_are_mostly_supported(true_pages: list[Outcome]) -> None:
    checked_claims = [c for page in true_pages for c in page.report.checked]
    votes = [c.verdict for c in checked_claims if c.claim.action not in _NO_VOTES]
    assert votes.count("supported") / len(votes) >= SUPPORTED


@pytest.mark.parametrize("kind", KINDS)
def test_generated_wrong_pages_are_caught(wrong_pages: dict[str, list[Outcome]], kind: str) -> None:
    pages = wrong_pages[kind]
    missed = [page.scene.page.decode() for page in pages if not page.caught]
    assert len(pages) >= 60
    assert 1 - len(missed) / len(pages) >= CAUGHT, missed
    passed = [page.scene.page.decode() for page in pages if not page.doubted]
    assert 1 - len(passed) / len(pages) >= DOUBTED, passed


def test_generated_wrong_pages_contradict_hardly_anything_true(
    wrong_pages: dict[str, list[Outcome]],
) -> None:
    pages = [page for each in wrong_pages.values() for page in each]
    beside = [page for page in pages if _contradicts_the_true(page)]
    assert len(beside) / len(pages) <= BESIDE


def _contradicts_the_true(page: Outcome) -> bool:
    """Whether something besides what was made wrong is contradicted; a day stands on outcomes."""
    if page.scene.mutation == "date":
        chamber = page.scene.rollcall.chamber
        return any(actor != chamber for actor, _ in told(page.report, "contradicted"))
    return bool(page.contradicted - wider(page.scene.wrong))
