"""The groups of equal rolls of one day, judged by scripts/equal_rolls.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

import votewire

ROOT = Path(__file__).parents[2]
WHY = {
    "A/RES/40/257": "one",  # the Library has the whole and [A], [B], [C]
    "A/RES/50/38[B]": "one",  # and [A] and [B-I] to [B-XII]
    "A/RES/75/254A-C": "one",
    "A/RES/9(I)": "one",  # put with A/RES/10(I) "as a whole", says Voeten
    "A/RES/3537(XXX)[B]": "one",
    "A/RES/63(I)[PARA.3]": "several",  # each trusteeship agreement by itself
    "A/RES/54/74": "several",
    "A/RES/35/227F": "not told",  # Voeten has none of that day
}


@pytest.fixture(scope="module")
def script() -> Any:
    spec = importlib.util.spec_from_file_location("equal_rolls", ROOT / "scripts/equal_rolls.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["equal_rolls"] = module  # its dataclasses look for it
    spec.loader.exec_module(module)
    return module


def test_equal_rolls_judges_every_group(script: Any) -> None:
    found = script.groups(votewire.open_record())
    verdicts = {row["symbol"]: group.verdict for group in found for row in group.rows}
    assert {symbol: verdicts[symbol] for symbol in WHY} == WHY
    assert all(len(group.rows) > 1 and group.why for group in found)


def test_equal_rolls_page_is_what_the_record_says(script: Any) -> None:
    text = script.page(votewire.open_record())
    assert script.PAGE.read_text(encoding="utf-8") == text, "run scripts/equal_rolls.py"
