"""`votewire read`: what a page says, without the record."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.cli import screen
from votewire.cli.output import JsonFlag, page_name, plain, print_data, print_text, read_page
from votewire.cli.output import as_json as written
from votewire.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from votewire.config import Settings
    from votewire.press import Article, Claim, Metadata, Party, Quote, Reaction

__all__ = ["as_json", "as_text", "read", "register"]

Page = Annotated[Path, typer.Argument(help="A news page, text or HTML; - for standard input.")]

NinjsFlag = Annotated[bool, typer.Option("--ninjs", help="IPTC ninjs 3.1, for news systems.")]

_TEXT, _JSON, _NINJS = "text", "json", "ninjs"


def read(page: Page, json: JsonFlag = False, ninjs: NinjsFlag = False) -> None:
    """Read a news page: clean text, who is quoted, who reacts to what, and its vote claims.

    The record is not asked: `votewire check` says whether the claims hold.
    """
    from votewire.config import load
    from votewire.many import answer_once

    if json and ninjs:
        raise UsageError("--json and --ninjs exclude each other: give one.")
    name = page_name(page)
    shape = _NINJS if ninjs else _JSON if json else _TEXT
    room = screen.columns()
    told = answer_once(_reading, load(), read_page(page), name, shape, room, page=name)
    printed = print_text if shape == _TEXT else print_data
    printed(f"{told}\n")


def _reading(_: Settings) -> tuple[None, Callable[[bytes, str, str, int | None], str]]:
    """How a process reads one page."""
    from votewire.press import read as read_article

    def answer(source: bytes, name: str, shape: str, room: int | None) -> str:
        article = read_article(source, name=name)
        if shape == _NINJS:
            from votewire.press.ninjs import as_ninjs, content_uri

            return written(as_ninjs(article, uri=content_uri(source)))
        if shape == _JSON:
            return written(as_json(article))
        return as_text(article, room)

    return None, answer


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command("read", epilog="Example: votewire read page.html --json")(read)


def as_json(article: Article) -> dict[str, Any]:
    """The article as one JSON object; offsets count characters of the page's text."""
    text = article.text
    return {
        "metadata": plain(article.metadata),
        "lang": article.lang,
        "text": [
            {"where": b.role, "text": text[b.start : b.end], "start": b.start, "end": b.end}
            for b in article.prose()
        ],
        "furniture": [
            {"role": b.role, "text": text[b.start : b.end], "start": b.start, "end": b.end}
            for b in article.blocks
            if b.furniture
        ],
        "quotes": [plain(quote) for quote in article.quotes],
        "reactions": [_ended(reaction) for reaction in article.reactions],
        "claims": [_ended(claim) for claim in article.claims],
        "warnings": list(article.warnings),
    }


def as_text(article: Article, room: int | None = None) -> str:
    """The article for people: headline, metadata, clean text, quotes, reactions, claims.

    room: the columns of the terminal that it is for.
    """
    parts = [
        [article.metadata.headline or "(no headline found)", *_about(article.metadata)],
        *([line] for line in _prose(article, room)),
        _section("Quotes", [line for quote in article.quotes for line in _quoted(quote, room)]),
        _section("Reactions", [line for r in article.reactions for line in _reacted(r, room)]),
        _section("Claims", _claims(article, room)),
        [f"note: {warning}" for warning in article.warnings],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _ended(found: Claim | Reaction) -> dict[str, Any]:
    told: dict[str, Any] = plain(found)
    return {**told, "end": found.end}


def _about(data: Metadata) -> Iterator[str]:
    """The lines of metadata, each with its name, where the page says it."""
    rows = [
        ("source", " via ".join(name for name in (data.agency, data.publisher) if name)),
        ("by", data.byline),
        ("published", _published(data)),
        ("updated", plain(data.updated)),
        ("page served", plain(data.page_clock)),
        ("zone", data.zone_note or data.zone),
        ("section", " / ".join(data.section)),
        ("dateline", data.dateline),
    ]
    for name, value in rows:
        if value:
            yield f"{name}: {value}"


def _published(data: Metadata) -> str | None:
    """When the page was published, and whether it says so itself."""
    if data.published is not None and data.published_from == "inferred":
        return f"{data.published.date()} (inferred: the page does not state it)"
    moment: str | None = plain(data.published)
    return moment


def _prose(article: Article, room: int | None) -> Iterator[str]:
    """The paragraphs of prose but for the headline, wrapped."""
    for block in article.prose():
        if block.role != "headline":
            lead = f"[{block.role}] " if block.role != "body" else ""
            yield _wrapped(lead + article.text[block.start : block.end], room)


def _wrapped(text: str, room: int | None, indent: str = "") -> str:
    words = " ".join(text.split())
    return "\n".join(screen.wrapped(words, room, indent=indent, hanging=indent))


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(lines or ["  none found"])]


def _quoted(quote: Quote, room: int | None) -> Iterator[str]:
    """A quote and whose it is."""
    yield _wrapped(f"“{quote.text}”", room, "  ")
    who = quote.speaker or "speaker not said"
    facts = [quote.role if quote.role != quote.speaker else None, quote.state]
    told = ", ".join(fact for fact in facts if fact)
    how = " (goes on)" if quote.continued else ""
    yield f"    {who}{f', {told}' if told else ''}{how}"


def _reacted(reaction: Reaction, room: int | None) -> Iterator[str]:
    """Who reacted how to whom or what, and the words that say so."""
    target = f" {_party(reaction.target)}" if reaction.target else ""
    within = f" (in {reaction.within})" if reaction.within else ""
    yield f"  {_party(reaction.actor)} {reaction.kind}{target}{within}"
    yield _wrapped(f"“{reaction.span}”", room, "    ")


def _party(party: Party) -> str:
    """The party by its code, or by name and office; other words as they are written."""
    if party.kind in ("state", "group", "body") and party.codes and not party.name:
        return ", ".join(party.codes)
    told = [party.name or party.role or " ".join(party.words.split())]
    told += [party.role] if party.name and party.role else []
    told += party.codes if party.kind in ("person", "body") else []
    return ", ".join(told)


def _claims(article: Article, room: int | None) -> list[str]:
    """One line for each span of claims: who did what, and the words that say so."""
    found = []
    for _, group in groupby(article.claims, key=lambda claim: (claim.action, claim.span)):
        claims = list(group)
        actors = ", ".join(claim.actor for claim in claims)
        action = claims[0].action.replace("_", " ")
        found += [f"  {actors} {action}", _wrapped(f"“{claims[0].span}”", room, "    ")]
    return found
