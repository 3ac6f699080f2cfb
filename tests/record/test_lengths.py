from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.record.sources import source
from votewire.record.readers.detect import read_files
from votewire.record.readers.lengths import without_too_long
from votewire.record.readers.result import ReadResult

ROLL = source("roll_2774.txt").decode()


def read(text: str) -> ReadResult:
    return read_files([("roll.txt", text.encode())])


@pytest.mark.parametrize(
    ("length", "reason"),
    [
        (2_000, None),
        (2_001, "its title has 2,001 characters, more than 2,000; shorten it"),
        (100_000, "its title has 100,000 characters, more than 2,000; shorten it"),
    ],
)
def test_lengths_of_a_title_are_bounded(length: int, reason: str | None) -> None:
    found = read(f"Title: {'x' * length}\n{ROLL}")
    assert [problem.reason for problem in found.problems] == ([reason] if reason else [])
    assert len(found.rollcalls) == (reason is None)


@pytest.mark.parametrize(
    "changed",
    [
        *({"symbol": "x" * 301}, {"source_key": "x" * 301}, {"note": "x" * 10_001}),
        *({"url": "x" * 2_001}, {"agenda": ("x" * 2_001,)}, {"sponsors": ("x",) * 1_001}),
    ],
)
def test_lengths_of_the_other_texts_are_bounded(changed: dict[str, Any]) -> None:
    (rollcall,) = read(ROLL).rollcalls
    found = without_too_long(ReadResult(rollcalls=(replace(rollcall, **changed), rollcall)))
    assert found.rollcalls == (rollcall,)
    assert len(found.problems) == 1
    assert len(found.problems[0].source_key) < 100
