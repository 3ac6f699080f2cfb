"""Scores the claims that votewire reads against a gold set of annotated articles.

    python scripts/score_claims.py [FOLDER] [--lang en] [--quiet] [--pin] [--allow-regression]

FOLDER (../shared/articles) has dev/NNN.json (text, published, lang, kind) and gold/NNN.json
(claims). Compared are sets of (actor, action) and of (actor, action, chamber) for each article,
with opposed = voted_no and backed = voted_yes; words that can only be measured (shifted, divided,
balanced) and hedged claims are left out, for the gold set has none. `--pin` writes the scores into
tests/press/test_claims_gold.py as floors; it refuses to lower one without `--allow-regression`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from votewire.press.article import Article, Block, Metadata
from votewire.press.claims import read_claims

GATE = Path(__file__).parents[1] / "tests/press/test_claims_gold.py"
SAME = {"opposed": "voted_no", "backed": "voted_yes"}
MEASURED = {"shifted", "divided", "balanced"}
Key = tuple[str, str, str | None]


@dataclass
class Score:
    """Counts of right, false and missed keys."""

    right: int = 0
    false: int = 0
    missed: int = 0
    falses: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, got: set, gold: set, name: str) -> None:
        self.right += len(got & gold)
        self.false += len(got - gold)
        self.missed += len(gold - got)
        self.falses += [f"{name} {key}" for key in sorted(got - gold, key=str)]
        self.misses += [f"{name} {key}" for key in sorted(gold - got, key=str)]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        counts = f"tp {self.right} fp {self.false} fn {self.missed}"
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}  {counts}"


def article_of(item: dict) -> Article:
    """An article whose every line is a block of body: the digests have no other structure."""
    blocks, start = [], 0
    for line in item["text"].split("\n"):
        if line.strip():
            blocks.append(Block(role="body", start=start, end=start + len(line)))
        start += len(line) + 1
    published = datetime.fromisoformat(item["published"])
    return Article(
        text=item["text"],
        lang=item["lang"],
        blocks=tuple(blocks),
        metadata=Metadata(published=published),
    )


def gold_keys(gold: dict) -> set[Key]:
    return {
        (
            claim["actor"],
            SAME.get(claim["action"], claim["action"]),
            claim["object"]["body"] or None,
        )
        for claim in gold["claims"]
    }


def read_keys(article: Article) -> set[Key]:
    return {
        (claim.actor, SAME.get(claim.action, claim.action), claim.reference.chamber)
        for claim in read_claims(article)
        if claim.action not in MEASURED and not claim.hedged
    }


def items(folder: Path, lang: str | None) -> Iterator[tuple[dict, dict]]:
    for path in sorted((folder / "gold").glob("[0-9]*.json")):
        item = json.loads((folder / "dev" / path.name).read_text("utf-8"))
        if lang in (None, item["lang"]):
            yield item, json.loads(path.read_text("utf-8"))


def score(folder: Path, lang: str | None = None) -> tuple[Score, Score, dict[str, Score]]:
    """Scores of (actor, action), of (actor, action, chamber), and the latter for each article."""
    pairs, triples, each = Score(), Score(), {}
    for item, gold in items(folder, lang):
        got, wanted = read_keys(article_of(item)), gold_keys(gold)
        pairs.add({key[:2] for key in got}, {key[:2] for key in wanted}, item["id"])
        triples.add(got, wanted, item["id"])
        each[item["id"]] = Score()
        each[item["id"]].add(got, wanted, item["id"])
    return pairs, triples, each


def corpus_hash(folder: Path) -> str:
    """One sha256 over the names and bytes of all items and their gold, in order."""
    digest = hashlib.sha256()
    for path in sorted((folder / "gold").glob("[0-9]*.json")):
        for part in (folder / "dev" / path.name, path):
            digest.update(f"{part.parent.name}/{part.name}\n".encode())
            digest.update(part.read_bytes())
    return digest.hexdigest()


def floor(share: float) -> float:
    return math.floor(share * 1000) / 1000


def pin(folder: Path, pairs: Score, triples: Score, *, allow_regression: bool) -> None:
    """Writes hash and floors into the gate; a floor that would fall needs `allow_regression`."""
    source = GATE.read_text("utf-8")
    old = [float(number) for number in re.findall(r"\b[01]\.\d+", source.split("FLOORS")[1][:80])]
    measured = (pairs.precision, pairs.recall, triples.precision, triples.recall)
    new = [floor(share) for share in measured]
    if any(after < before for after, before in zip(new, old, strict=True)) and not allow_regression:
        sys.exit(f"floors would fall from {old} to {new}; say --allow-regression and why")
    floors = f'FLOORS = {{"pairs": ({new[0]}, {new[1]}), "triples": ({new[2]}, {new[3]})}}'
    source = re.sub(r"FLOORS = .*", floors, source)
    source = re.sub(r'CORPUS = ".*"', f'CORPUS = "{corpus_hash(folder)}"', source)
    GATE.write_text(source, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/articles"))
    parser.add_argument("--lang")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args()
    pairs, triples, each = score(options.folder, options.lang)
    if not options.quiet:
        for name, one in each.items():
            print(f"{name}  {one}")
        print("false:", *triples.falses, sep="\n  ")
        print("missed:", *triples.misses, sep="\n  ")
    print(f"actor, action           {pairs}")
    print(f"actor, action, chamber  {triples}")
    if options.pin:
        pin(options.folder, pairs, triples, allow_regression=options.allow_regression)


if __name__ == "__main__":
    main()
