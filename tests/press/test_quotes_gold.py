"""The quotes of the gold set: floors that only rise, pinned with the corpus's hash.

A span is right where start and text are those of the gold; a speaker where, of a gold quote, the
span is right and the name the same. The seed counts as one more item. To lower a floor takes a
sentence in the change; to change the corpus takes a new hash here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.press.articles import article
from votewire.press.article import Quote
from votewire.press.reading import read
from votewire.press.speakers import read_quotes

CORPUS = "3036f4e518a1e773568556bb9f2038c747e45aa25c94b2686792e92586c94373"
FLOORS = {"span_f1": 1.0, "speaker": 1.0}


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared("articles/gold").parent


def test_gold_quotes_corpus_is_the_one_that_the_floors_were_measured_on(folder: Path) -> None:
    assert corpus_hash(folder) == CORPUS


def test_gold_quotes_stay_above_the_floors(folder: Path) -> None:
    measured = scores(folder)
    assert all(measured[name] >= floor for name, floor in FLOORS.items()), measured


def test_gold_quotes_reach_what_was_asked_for(folder: Path) -> None:
    measured = scores(folder)
    assert measured["span_f1"] >= 0.98
    assert measured["speaker"] >= 0.93


def test_gold_quotes_of_the_seed_have_name_role_and_state(folder: Path) -> None:
    gold = json.loads((folder / "gold/seed.json").read_text("utf-8"))["quotes"]
    found = read((folder / "seed.txt").read_bytes()).quotes
    facts = [(quote.start, quote.speaker, quote.role, quote.state) for quote in found]
    assert facts == [(q["start"], q["speaker"], q["role"], q["state"]) for q in gold]


def test_gold_quotes_never_have_another_state_than_the_gold(folder: Path) -> None:
    for found, gold in items(folder):
        states = {quote["start"]: quote["state"] for quote in gold}
        for quote in found:
            assert quote.state in (None, states[quote.start])


def items(folder: Path) -> list[tuple[tuple[Quote, ...], list[dict]]]:
    """Quotes read and quotes of the gold, for every item and the seed."""
    both = [(read((folder / "seed.txt").read_bytes()).quotes, "seed.json")]
    for path in sorted((folder / "dev").glob("*.json")):
        item = json.loads(path.read_text("utf-8"))
        if item["kind"] == "news":
            both.append((read_quotes(article(item["text"], lang=item["lang"])), path.name))
    return [
        (found, json.loads((folder / "gold" / name).read_text("utf-8"))["quotes"])
        for found, name in both
    ]


def scores(folder: Path) -> dict[str, float]:
    right = read_count = wanted = speakers = 0
    for found, gold in items(folder):
        spans = {(quote.start, quote.text): quote.speaker for quote in found}
        keys = [(quote["start"], quote["text"]) for quote in gold]
        right += sum(key in spans for key in keys)
        speakers += sum(spans.get(key) == q["speaker"] for key, q in zip(keys, gold, strict=True))
        read_count += len(spans)
        wanted += len(gold)
    return {"span_f1": 2 * right / (read_count + wanted), "speaker": speakers / wanted}


def corpus_hash(folder: Path) -> str:
    """One sha256 over the texts and the quotes of the gold, in order."""
    digest = hashlib.sha256((folder / "seed.txt").read_bytes())
    for path in sorted((folder / "gold").glob("*.json")):
        digest.update(path.name.encode())
        quotes = json.loads(path.read_text("utf-8"))["quotes"]
        digest.update(json.dumps(quotes, sort_keys=True).encode())
        text = folder / "dev" / path.name
        digest.update(text.read_bytes() if text.exists() else b"")
    return digest.hexdigest()
