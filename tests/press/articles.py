"""Articles made of bare text, and their claims as short keys, for the tests of the grammar."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from votewire.press.article import Article, Block, Claim, Metadata, Tally
from votewire.press.claims import read_claims

DATA = Path(__file__).parent / "data"


def article(text: str, *, day: str = "2025-11-14", lang: str = "en", role: str = "body") -> Article:
    """An article of which every line is one block of prose."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(role=role, start=start, end=start + len(line)))
        start += len(line) + 1
    metadata = Metadata(published=datetime.fromisoformat(day))
    return Article(text=text, lang=lang, blocks=tuple(blocks), metadata=metadata)


def claims_of(text: str, **how: str) -> tuple[Claim, ...]:
    return read_claims(article(text, **how))


def figures(tally: Tally) -> str:
    sides = (tally.yes, tally.no, tally.abstain)
    return "-".join("" if side is None else str(side) for side in sides)


def key(claim: Claim, *, with_tally: bool = True) -> str:
    """ "ACTOR action CHAMBER [tally]" as the data files write it."""
    short = f"{claim.actor} {claim.action} {claim.reference.chamber or '-'}"
    return f"{short} [{figures(claim.tally)}]" if with_tally and claim.tally else short


def cases(name: str) -> list[dict[str, str]]:
    """The cases of a data file, by their names."""
    return tomllib.loads((DATA / name).read_text("utf-8"))["case"]


def wanted(case: dict[str, str]) -> set[str]:
    return set(filter(None, case["claims"].split("; ")))
