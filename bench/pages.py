"""How pages of the open web become text, day and byline, held against a peer's annotations.

    python bench/pages.py FOLDER [--jobs N] [--list WHAT]

FOLDER: tests/ of a checkout of https://github.com/adbar/trafilatura (Apache-2.0): evaldata.json,
and its pages in cache/ and eval/. They are read, and nothing of them is kept. Prints a table in
Markdown; --list prints the pages behind a row: day, byline, headline, language, claim.

A day is right where it is the annotated one; a byline where its names are the annotated ones by
their letters, case, accents and order aside. trafilatura's own day and author, of the version
installed, stand beside them. None of the pages is about a vote at the United Nations, so that each
claim that the record is held against is false. Exits 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from measuring import machine
from votewire import open_record, press
from votewire.check import Verdict, check
from votewire.errors import UnreadLanguage, VotewireError

FLOORS = {"day found": 0.90, "byline right": 0.60}  # shares; refused, crashed and false claims: 0
JOIN = re.compile(r"\s*[,;/&|]\s*|\s(?:and|und|et|y|mit|with)\s", re.IGNORECASE)
BEFORE = re.compile(r"\A(?:by|von|par|por)\s+", re.IGNORECASE)
DEGREE = re.compile(r",\s*(?:phd|md)\b", re.IGNORECASE)
JUDGED = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What came of one page: `given` is its annotation, the rest is as it was read."""

    name: str
    given: dict[str, Any]
    problem: str = ""
    crashed: bool = False
    lang: str = ""
    unread: bool = False
    day: str = ""
    day_from: str = ""
    byline: str = ""
    headline: str = ""
    claims: int = 0
    judged: tuple[str, ...] = ()
    warned: bool = False
    peer_day: str = ""
    peer_byline: str = ""


def main() -> int:
    """Prints the table; the exit status."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--list", choices=("day", "byline", "headline", "language", "claim"))
    said = asked.parse_args()
    annotated = json.loads((said.folder / "evaldata.json").read_text(encoding="utf-8"))
    began = time.perf_counter()
    with ProcessPoolExecutor(said.jobs) as pool:
        read = pool.map(partial(_page, said.folder), annotated.values(), chunksize=20)
        pages = [page for page in read if page is not None]
    took = time.perf_counter() - began
    if said.list:
        print(*_listed(pages, said.list), sep="\n")
        return 0
    return _told(pages, took, said.jobs)


def _page(folder: Path, given: dict[str, Any]) -> Page | None:
    logging.disable(logging.CRITICAL)
    places = (folder / kind / given["file"] for kind in ("cache", "eval"))
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return None
    source = path.read_bytes()
    page = partial(Page, name=given["file"], given=given)
    try:
        return page(**_read(source), **_peer(source))
    except VotewireError as error:
        return page(problem=str(error))
    except Exception as error:  # noqa: BLE001 - a crash is a figure
        return page(problem=repr(error), crashed=True)


def _read(source: bytes) -> dict[str, Any]:
    article = press.read_page(source)
    data, day = article.metadata, press.article_date(article.metadata)
    return {
        "lang": article.lang,
        "day": day.isoformat() if day else "",
        "day_from": data.published_from or "",
        "byline": data.byline or "",
        "headline": data.headline or "",
        "warned": any("replacement character" in note for note in article.warnings),
        **_claims(source),
    }


def _claims(source: bytes) -> dict[str, Any]:
    try:
        report = check(press.read(source, quotes=False), open_record())
    except UnreadLanguage:
        return {"unread": True}
    judged = [each for each in report.checked if each.verdict in JUDGED]
    return {
        "claims": len(report.checked),
        "judged": tuple(f"{each.verdict}: {each.claim.span}" for each in judged),
    }


def _peer(source: bytes) -> dict[str, str]:
    from trafilatura import extract_metadata
    from trafilatura.utils import load_html

    try:
        found = extract_metadata(load_html(source))
    except Exception:  # noqa: BLE001 - a crash of the peer's
        return {}
    return {"peer_day": found.date or "", "peer_byline": found.author or ""}


def _names(said: str | Iterable[str]) -> frozenset[str]:
    """The names in an annotation or a byline, by their letters."""
    whole = DEGREE.sub("", said if isinstance(said, str) else ", ".join(said))
    parts = JOIN.split(" ".join(whole.split()))
    return frozenset(key for part in parts if (key := _letters(BEFORE.sub("", part))))


def _letters(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def _is_person(page: Page) -> bool:
    """Whether the annotation names a person, as far as the rules for bylines say."""
    from votewire.press.bylines import persons

    said = page.given["author"]
    return persons([said] if isinstance(said, str) else said) is not None


def _told(pages: list[Page], took: float, jobs: int) -> int:
    dated = [page for page in pages if page.given.get("date")]
    signed = [page for page in pages if page.given.get("author")]
    people = [page for page in signed if _is_person(page)]
    titled = [page for page in pages if page.given.get("title")]
    refused = sum(bool(page.problem) and not page.crashed for page in pages)
    right = {
        "day found": (sum(bool(page.day) for page in pages), len(pages)),
        "byline right": (sum(map(_signed_right, signed)), len(signed)),
    }
    print(f"{len(pages):,} pages in {took:.0f} s, {jobs} processes; {machine()}\n")
    print("| | votewire | trafilatura |\n|---|---|---|")
    _row("day found", *right["day found"], sum(bool(page.peer_day) for page in pages))
    for kind in ("declared", "shown", "inferred"):
        _row(f"- {kind}", sum(page.day_from == kind for page in pages), len(pages))
    same = sum(page.day == page.given["date"] for page in dated)
    _row("day right", same, len(dated), sum(p.peer_day == p.given["date"] for p in dated))
    for kind in ("declared", "shown", "inferred"):
        of = [page for page in dated if page.day_from == kind]
        _row(f"- {kind}", sum(page.day == page.given["date"] for page in of), len(of))
    _row("byline right", *right["byline right"], sum(map(_peer_right, signed)))
    _row(
        "- a person's", sum(map(_signed_right, people)), len(people), sum(map(_peer_right, people))
    )
    given = [page for page in signed if page.byline]
    _row("- of those given", sum(map(_signed_right, given)), len(given))
    _row("headline within the title, or it within", sum(map(_titled, titled)), len(titled))
    read = [page for page in pages if not page.unread]
    false = sum(len(page.judged) for page in pages)
    print(f"\nrefused {refused}, crashed {sum(page.crashed for page in pages)}, ", end="")
    print(
        f"bytes replaced on {sum(page.warned for page in pages)}; in a language that is read ",
        end="",
    )
    print(f"{len(read)}, on them {sum(page.claims for page in read)} claims, {false} judged")
    low = [name for name, (some, of) in right.items() if some < FLOORS[name] * of]
    low += ["refused"] * bool(refused) + ["crashed"] * any(page.crashed for page in pages)
    low += ["false claims"] * bool(false)
    print("\nbelow: " + ", ".join(low) if low else "")
    return 1 if low else 0


def _row(name: str, some: int, of: int, peer: int | None = None) -> None:
    beside = "" if peer is None else f"{peer} ({peer / of:.3f})"
    print(f"| {name} | {some} of {of} ({some / max(of, 1):.3f}) | {beside} |")


def _signed_right(page: Page) -> bool:
    return bool(page.byline) and _names(page.byline) == _names(page.given["author"])


def _peer_right(page: Page) -> bool:
    return bool(page.peer_byline) and _names(page.peer_byline) == _names(page.given["author"])


def _titled(page: Page) -> bool:
    own, given = _letters(page.headline), _letters(page.given["title"])
    return bool(own) and (own in given or given in own)


def _listed(pages: list[Page], what: str) -> Iterator[str]:
    """The pages behind a row, a line each."""
    for page in pages:
        of = page.given
        if what == "day" and of.get("date") and page.day != of["date"]:
            yield f"{page.name}: {page.day or 'none'} ({page.day_from}), annotated {of['date']}"
        if what == "byline" and of.get("author") and not _signed_right(page):
            yield f"{page.name}: {page.byline or 'none'}, annotated {of['author']}"
        if what == "headline" and of.get("title") and not _titled(page):
            yield f"{page.name}: {page.headline or 'none'}, annotated {of['title']}"
        if what == "language":
            yield f"{page.name}: {page.lang}{' (not read)' if page.unread else ''}"
        if what == "claim":
            yield from (f"{page.name}: {told}" for told in page.judged)


if __name__ == "__main__":
    sys.exit(main())
