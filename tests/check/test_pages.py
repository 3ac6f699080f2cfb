"""Paragraphs of our own (data/pages.toml): true ones, and ones with mistakes that pages made."""

import tomllib
from pathlib import Path

import pytest

import votewire
from votewire.check import Report
from votewire.record import Record

PAGES = tomllib.loads((Path(__file__).parent / "data" / "pages.toml").read_text(encoding="utf-8"))
TRUE_FLOOR = 0.88  # supported among the claims of the true pages; 217 of 245 when it was written


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def checked(page: dict, record: Record) -> Report:
    paragraph = " ".join(page["text"].split())
    text = f"{page['title']}\n\nPublished: {page['published']}\n\n{paragraph}\n"
    return votewire.check_page(text.encode(), record)


def told(report: Report) -> set[str]:
    return {
        f"{c.claim.actor} {c.claim.action}" for c in report.checked if c.verdict == "contradicted"
    }


@pytest.mark.parametrize("page", PAGES["true"], ids=lambda page: page["title"])
def test_pages_that_are_true_are_not_contradicted(page: dict, record: Record) -> None:
    assert told(checked(page, record)) == set()


@pytest.mark.parametrize("page", PAGES["wrong"], ids=lambda page: page["title"])
def test_pages_with_a_mistake_are_caught_there_and_nowhere_else(page: dict, record: Record) -> None:
    assert told(checked(page, record)) == set(page["contradicted"])


def test_pages_that_are_true_are_mostly_supported(record: Record) -> None:
    verdicts = [c.verdict for page in PAGES["true"] for c in checked(page, record).checked]
    assert verdicts.count("supported") / len(verdicts) >= TRUE_FLOOR
