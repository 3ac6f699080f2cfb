"""`votewire read`: what a page says, without the record."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.cli.output import JsonFlag, plain, print_json, print_text, read_input
from votewire.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from votewire.press import Article, Claim, Metadata, Party, Quote, Reaction

__all__ = ["as_json", "as_text", "read", "register"]

Page = Annotated[Path, typer.Argument(help="A news page, text or HTML; - for standard input.")]

NinjsFlag = Annotated[bool, typer.Option("--ninjs", help="IPTC ninjs 3.1, for news systems.")]

_WIDTH = 100


def read(page: Page, json: JsonFlag = False, ninjs: NinjsFlag = False) -> None:
    """Read a news page: clean text, who is quoted, who reacts to what, and its vote claims.

    The record is not asked: `votewire check` says whether the claims hold.
    """
    from votewire.press import MAX_BYTES
    from votewire.press import read as read_article

    if json and ninjs:
        raise UsageError("--json and --ninjs exclude each other: give one.")
    source = read_input(page, MAX_BYTES)
    name = "standard input" if str(page) == "-" else str(page)
    article = read_article(source, name=name)
    if ninjs:
        from votewire.press.ninjs import as_ninjs, content_uri

        print_json(as_ninjs(article, uri=content_uri(source)))
    elif json:
        print_json(as_json(article))
    else:
        print_text(as_text(article))


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


def as_text(article: Article) -> str:
    """The article for people: headline, metadata, clean text, quotes, reactions, claims."""
    parts = [
        [article.metadata.headline or "(no headline found)", *_about(article.metadata)],
        *([line] for line in _prose(article)),
        _section("Quotes", [line for quote in article.quotes for line in _quoted(quote)]),
        _section("Reactions", [line for each in article.reactions for line in _reacted(each)]),
        _section("Claims", _claims(article)),
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
        ("published", plain(data.published)),
        ("updated", plain(data.updated)),
        ("page served", plain(data.page_clock)),
        ("zone", data.zone_note or data.zone),
        ("section", " / ".join(data.section)),
        ("dateline", data.dateline),
    ]
    for name, value in rows:
        if value:
            yield f"{name}: {value}"


def _prose(article: Article) -> Iterator[str]:
    """The paragraphs of prose but for the headline, wrapped."""
    for block in article.prose():
        if block.role != "headline":
            lead = f"[{block.role}] " if block.role != "body" else ""
            yield _wrapped(lead + article.text[block.start : block.end])


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        wrap(
            " ".join(text.split()),
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(lines or ["  none found"])]


def _quoted(quote: Quote) -> Iterator[str]:
    """A quote and whose it is."""
    yield _wrapped(f"“{quote.text}”", "  ")
    who = quote.speaker or "speaker not said"
    facts = [quote.role if quote.role != quote.speaker else None, quote.state]
    told = ", ".join(fact for fact in facts if fact)
    how = " (goes on)" if quote.continued else ""
    yield f"    {who}{f', {told}' if told else ''}{how}"


def _reacted(reaction: Reaction) -> Iterator[str]:
    """Who reacted how to whom or what, and the words that say so."""
    target = f" {_party(reaction.target)}" if reaction.target else ""
    within = f" (in {reaction.within})" if reaction.within else ""
    yield f"  {_party(reaction.actor)} {reaction.kind}{target}{within}"
    yield _wrapped(f"“{reaction.span}”", "    ")


def _party(party: Party) -> str:
    """The party by its code, or by name and office; other words as they are written."""
    if party.kind in ("state", "group", "body") and party.codes and not party.name:
        return ", ".join(party.codes)
    told = [party.name or party.role or " ".join(party.words.split())]
    told += [party.role] if party.name and party.role else []
    told += party.codes if party.kind in ("person", "body") else []
    return ", ".join(told)


def _claims(article: Article) -> list[str]:
    """One line for each span of claims: who did what, and the words that say so."""
    found = []
    for _, group in groupby(article.claims, key=lambda claim: (claim.action, claim.span)):
        claims = list(group)
        actors = ", ".join(claim.actor for claim in claims)
        action = claims[0].action.replace("_", " ")
        found += [f"  {actors} {action}", _wrapped(f"“{claims[0].span}”", "    ")]
    return found
