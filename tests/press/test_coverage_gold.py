"""The UN's own meetings coverage in the gold set: every list read to the number that it declares.

The twelve items are pinned with their own hash, so that the counts below are of these texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import shared
from votewire import states
from votewire.press.coverage import PlainRoll, read_coverage

CORPUS = "c558e349beb10efef448617eb369c07ff9c8b5f27e86f66274ad79297e486cb1"
ITEMS, LISTS = 12, 20


@pytest.fixture(scope="module")
def paths() -> list[Path]:
    found = sorted(shared("articles/dev").glob("[0-9]*.json"))
    return [path for path in found if json.loads(path.read_text("utf-8"))["kind"] == "un-press"]


@pytest.fixture(scope="module")
def rolls(paths: list[Path]) -> list[tuple[str, PlainRoll]]:
    return [(path.stem, roll) for path in paths for roll in _rolls(path)]


def _rolls(path: Path) -> Iterator[PlainRoll]:
    text = json.loads(path.read_text("utf-8"))["text"]
    yield from read_coverage(text.encode()).rolls


def test_coverage_gold_corpus_is_the_one_that_was_measured(paths: list[Path]) -> None:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    assert digest.hexdigest() == CORPUS
    assert len(paths) == ITEMS


def test_coverage_gold_lists_have_as_many_states_as_they_declare(
    rolls: list[tuple[str, PlainRoll]],
) -> None:
    read = 0
    for item, roll in rolls:
        for side, words in roll.lists.items():
            named = [mention.code for mention in states.find_mentions(words)]
            assert len(set(named)) == roll.sides[side].number, (item, side, words)
            assert len(set(named)) == len(named), (item, side, words)
            read += 1
    assert read == LISTS


def test_coverage_gold_names_leave_nothing_of_a_list_unread(
    rolls: list[tuple[str, PlainRoll]],
) -> None:
    for item, roll in rolls:
        for words in roll.lists.values():
            rest = words
            for mention in reversed(states.find_mentions(words)):
                rest = rest[: mention.start] + rest[mention.end :]
            assert set(rest) <= set(" ,;"), (item, rest)


def test_coverage_gold_votes_all_have_their_counts(rolls: list[tuple[str, PlainRoll]]) -> None:
    for item, roll in rolls:
        counted = {side for side in ("yes", "no", "abstain") if side in roll.sides}
        assert counted == {"yes", "no", "abstain"}, item
        assert not roll.twice, item
