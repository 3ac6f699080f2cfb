"""An article as IPTC ninjs 3.1: the clean text with its metadata and who acts in it, as JSON.

Nothing is invented to fill a field: a time without a zone is no date-time of the standard and is
left out, and a page that does not say its address is identified by the hash of its bytes.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from votewire.press.article import Article, Party
from votewire.states import group, groups, name_of

__all__ = ["as_ninjs", "content_uri"]

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
_STANDARD = {"name": "ninjs", "version": "3.1", "schema": _SCHEMA}
_BODIES = {
    "GA": "United Nations General Assembly",
    "SC": "United Nations Security Council",
    "HRC": "United Nations Human Rights Council",
    "ECOSOC": "United Nations Economic and Social Council",
    "UN": "United Nations",
    "C1": "First Committee of the General Assembly",
    "C2": "Second Committee of the General Assembly",
    "C3": "Third Committee of the General Assembly",
    "C4": "Fourth Committee of the General Assembly",
    "C5": "Fifth Committee of the General Assembly",
    "C6": "Sixth Committee of the General Assembly",
}
_OPEN = frozenset(("C", "CONF", "-"))  # codes of bodies that the page has not named in full


def content_uri(source: bytes) -> str:
    """The address of a page by its content: an `ni` URI (RFC 6920) with its SHA-256."""
    digest = urlsafe_b64encode(hashlib.sha256(source).digest()).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def as_ninjs(article: Article, *, uri: str) -> dict[str, Any]:
    """The article as one ninjs object; fields that the page does not fill are left out.

    uri: what identifies it, such as the page's address. people, places and organisations are those
    who act in the article: in its claims, its quotes and its reactions. Places are states, with
    their ISO 3166 code as literal; subjects are the UN texts named and the page's section.
    """
    data = article.metadata
    codes = _codes(article)
    values: dict[str, Any] = {
        "standard": _STANDARD,
        "uri": uri,
        "type": "text",
        "firstCreated": _moment(data.published),
        "versionCreated": _moment(data.updated) or _moment(data.published),
        "language": article.lang,
        "headlines": [_text("main", data.headline)] if data.headline else None,
        "descriptions": [*_described(article)],
        "bodies": [*_bodies(article)],
        "by": data.byline,
        "located": data.dateline,
        "infoSources": [
            {"name": name, "role": role}
            for name, role in ((data.agency, "agency"), (data.publisher, "publisher"))
            if name
        ],
        "people": _mentioned(_people(article)),
        "places": [
            {"name": name_of(code), "rel": "mentions", "literal": code}
            for code in codes
            if code.isupper() and len(code) == 3 and code not in _BODIES
        ],
        "organisations": _mentioned([*map(_organisation, codes), *_named(article)]),
        "subjects": [*_subjects(article)],
    }
    return {name: value for name, value in values.items() if value}


def _moment(moment: datetime | None) -> str | None:
    """A date-time with its zone; None for one without."""
    return moment.isoformat() if moment is not None and moment.tzinfo is not None else None


def _text(role: str, value: str) -> dict[str, Any]:
    return {"role": role, "contentType": "text/plain", "value": value}


def _described(article: Article) -> Iterator[dict[str, Any]]:
    for role, value in (("dek", article.metadata.dek), ("caption", article.metadata.caption)):
        if value:
            yield _text(role, value)


def _bodies(article: Article) -> Iterator[dict[str, Any]]:
    """The running text, a blank line between paragraphs."""
    blocks = [block for block in article.prose() if block.role == "body"]
    value = "\n\n".join(" ".join(article.text[b.start : b.end].split()) for b in blocks)
    if value:
        counted = {"charCount": len(value), "wordCount": len(value.split())}
        yield {**_text("main", value), **counted}


def _parties(article: Article) -> Iterator[Party]:
    for reaction in article.reactions:
        yield reaction.actor
        if reaction.target is not None:
            yield reaction.target


def _codes(article: Article) -> list[str]:
    """The states, groups and bodies that act in the article, each once, in page order."""
    found = [(claim.start, claim.actor) for claim in article.claims]
    found += [(quote.start, quote.state) for quote in article.quotes if quote.state]
    found += [(party.start, code) for party in _parties(article) for code in party.codes]
    return list(dict.fromkeys(code for _, code in sorted(found)))


def _people(article: Article) -> list[str]:
    """Who is quoted with an office, and the persons who react or are reacted to."""
    found = [
        (quote.start, quote.speaker)
        for quote in article.quotes
        if quote.speaker and quote.role and quote.speaker != quote.role
    ]
    found += [
        (party.start, party.name)
        for party in _parties(article)
        if party.kind == "person" and party.name
    ]
    return [name for _, name in sorted(found)]


def _named(article: Article) -> Iterator[str]:
    """Bodies that go by a name of their own, such as Human Rights Watch."""
    for party in _parties(article):
        if party.kind == "body" and party.name and not party.codes and party.name[0].isupper():
            yield party.name


def _organisation(code: str) -> str | None:
    """The name of a group or a body by its code; None for a state."""
    if code.startswith("G:"):
        known = code[2:] in groups()
        return group(code[2:]).name if known else code[2:].replace("_", " ").title()
    if code in _BODIES:
        return _BODIES[code]
    return code if len(code) > 3 and code not in _OPEN else None


def _mentioned(names: Iterable[str | None]) -> list[dict[str, str]]:
    return [{"name": name, "rel": "mentions"} for name in dict.fromkeys(names) if name]


def _subjects(article: Article) -> Iterator[dict[str, str]]:
    symbols = (claim.reference.symbol for claim in article.claims)
    for symbol in dict.fromkeys(symbol for symbol in symbols if symbol):
        yield {"name": symbol, "rel": "about"}
    for step in dict.fromkeys(article.metadata.section):
        yield {"name": step, "rel": "section"}
