"""The gold set of annotated articles: floors that only rise, pinned with the corpus's hash.

Computed by scripts/score_claims.py. To lower a floor takes `--allow-regression` there, and a
sentence in the change; to change the corpus takes a new hash here.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT, shared

CORPUS = "8251e538f2326ad5971d1a80ff5d21bf3437686061d6cfd3b2f9e9e9614be520"
FLOORS = {"pairs": (0.979, 1.0), "triples": (0.979, 1.0)}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", ROOT / "scripts/score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared("articles/gold").parent


def test_gold_corpus_is_the_one_that_the_floors_were_measured_on(
    scorer: ModuleType, folder: Path
) -> None:
    assert scorer.corpus_hash(folder) == CORPUS


@pytest.mark.parametrize("level", ["pairs", "triples"])
def test_gold_claims_stay_above_the_floors(scorer: ModuleType, folder: Path, level: str) -> None:
    pairs, triples, _ = scorer.score(folder)
    measured = {"pairs": pairs, "triples": triples}[level]
    precision, recall = FLOORS[level]
    assert measured.precision >= precision, measured.falses
    assert measured.recall >= recall, measured.misses


def test_gold_claims_reach_what_was_asked_for(scorer: ModuleType, folder: Path) -> None:
    _, triples, _ = scorer.score(folder)
    assert triples.precision >= 0.97
    assert triples.recall >= 0.92
