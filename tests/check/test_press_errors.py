"""Mistakes that real pages made, each made again by a page of our own (data/mistakes.toml)."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import votewire
from tests.conftest import shared
from votewire.check import Report
from votewire.record import Choice, Record

_FILE = Path(__file__).parent / "data" / "mistakes.toml"
MISTAKES = tomllib.loads(_FILE.read_text("utf-8"))["mistake"]
_DOUBTED = {"contradicted", "partly"}


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def checked(mistake: dict, record: Record) -> Report:
    paragraphs = (" ".join(part.split()) for part in mistake["text"].split("\n\n"))
    body = "\n\n".join(paragraphs)
    page = f"{mistake['headline']}\n\nPublished: {mistake['published']}\n\n{body}\n"
    return votewire.check_page(page.encode(), record)


def key(item) -> str:
    return f"{item.claim.actor} {item.claim.action} {item.verdict}"


@pytest.mark.parametrize("mistake", MISTAKES, ids=[each["kind"] for each in MISTAKES])
def test_press_errors_are_caught_with_their_reason(mistake: dict, record: Record) -> None:
    report = checked(mistake, record)
    caught = [item for item in report.checked if key(item) in mistake["wrong"]]
    assert {key(item) for item in caught} == set(mistake["wrong"])
    assert all(mistake["reason"] in item.reason for item in caught)
    if mistake["record"]:
        assert {item.rollcall for item in caught} == {mistake["record"]}


@pytest.mark.parametrize("mistake", MISTAKES, ids=[each["kind"] for each in MISTAKES])
def test_press_errors_doubt_nothing_else(mistake: dict, record: Record) -> None:
    doubted = {key(item) for item in checked(mistake, record).checked if item.verdict in _DOUBTED}
    assert doubted <= set(mistake["wrong"])


def test_press_errors_are_mistakes_by_the_record(record: Record) -> None:
    jerusalem = record.rollcall("A/RES/ES-10/19").casts
    assert (jerusalem["CAN"], jerusalem["HND"]) == (Choice.ABSTAIN, Choice.NO)
    syria = record.rollcall("S/2017/172").casts
    assert (syria["RUS"], syria["CHN"]) == (Choice.NO, Choice.NO)
    annexation = record.rollcall("A/RES/ES-11/4").states(Choice.NO)
    assert annexation == ("BLR", "NIC", "PRK", "RUS", "SYR")
    ukraine = record.rollcall("S/RES/2774(2025)").casts
    assert (ukraine["GBR"], ukraine["FRA"]) == (Choice.ABSTAIN, Choice.ABSTAIN)
    assert record.rollcall("S/2023/970").casts["GBR"] == Choice.ABSTAIN
    amended = record.rollcall("A/RES/ES-11/8")
    assert (amended.outcome, str(amended.tally)) == ("adopted", "93-8-73")


def test_press_errors_have_a_page_for_every_mistake_that_is_described() -> None:
    described = json.loads(shared("articles/press_errors.json").read_text("utf-8"))["items"]
    assert {item["kind"] for item in described} == {mistake["kind"] for mistake in MISTAKES}
