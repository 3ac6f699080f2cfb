"""Items of IPTC ninjs, versions 1 to 3: one object, a list of them, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from votewire.errors import SourceError
from votewire.press.feeds_items import FeedItem
from votewire.press.feeds_text import held_back, iso_moment, language, markup_text, one_line

__all__ = ["read_ninjs"]

_LISTS = ("items", "_items")  # where a list of items stands in an object around it
_TEXTS = frozenset(
    ("headline", "headlines", "bodies", "body_text", "body_html", "body_xhtml", "bodytext")
)
_PLAIN, _MARKED = ("text/plain",), ("text/html", "application/xhtml+xml", "body_xhtml")


def read_ninjs(source: bytes, *, name: str) -> Iterator[FeedItem]:
    """The items of a ninjs file. Raises SourceError for JSON that is none, or no JSON."""
    try:
        text = source.decode(json.detect_encoding(source))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not UTF-8 (byte {error.start} is 0x{source[error.start]:02x}); "
            "save it as UTF-8 and try again."
        ) from None
    for count, value in enumerate(_values(text.removeprefix("\ufeff"), name), start=1):
        yield _item(value, f"item {count}")


def _values(text: str, name: str) -> Iterator[Any]:
    """The objects that may be items; a line that is no JSON as the reason."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise SourceError(
                f"{name} is broken JSON at line {error.lineno}, column {error.colno} "
                f"({error.msg}). Download it again."
            ) from None
        yield from _by_line(text)
        return
    except RecursionError:
        raise SourceError(f"{name} is JSON nested too deep to be ninjs.") from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise SourceError(f"{name} is JSON with a number too long to be ninjs.") from None
    values = _listed(whole)
    if values and not any(_is_ninjs(value) for value in values):
        raise SourceError(f"{name} is JSON but no ninjs: no object in it has a headline or a body.")
    yield from values


def _by_line(text: str) -> Iterator[Any]:
    for line in text.split("\n"):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"the line is no JSON ({error})"


def _listed(whole: Any) -> list[Any]:
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict) and not _is_ninjs(whole):
        inner = next((whole[key] for key in _LISTS if isinstance(whole.get(key), list)), None)
        return [whole] if inner is None else inner
    return [whole]


def _is_ninjs(value: Any) -> bool:
    return isinstance(value, dict) and not _TEXTS.isdisjoint(value)


def _item(value: Any, place: str) -> FeedItem:
    """The item that an object is; of anything else the reason why it is none."""
    if isinstance(value, dict) and not _is_ninjs(value):
        status = held_back(_string(_either(value, "pubStatus", "pubstatus")))
        if status is not None:
            return FeedItem(id=_string(value.get("uri")) or place, status=status)
    if not _is_ninjs(value):
        problem = value if isinstance(value, str) else "the item has neither a headline nor a body"
        named = value.get("uri") if isinstance(value, dict) else None
        return FeedItem(id=_string(named) or place, problem=problem[:500])
    first = _either(value, "firstCreated", "firstcreated", "contentCreated", "contentcreated")
    version = iso_moment(_either(value, "versionCreated", "versioncreated"))
    return FeedItem(
        id=_string(value.get("uri")) or place,
        headline=_headline(value),
        body=_body(value),
        lang=language(value.get("language")),
        published=iso_moment(first) or version,
        updated=version,
        byline=one_line(_string(_either(value, "by", "byline"))),
        publisher=_publisher(value),
        dateline=one_line(_string(value.get("located"))),
        status=held_back(
            _string(_either(value, "pubStatus", "pubstatus")),
            until=iso_moment(_either(value, "embargoedUntil", "embargoeduntil", "embargoed")),
            version=version,
        ),
    )


def _either(value: Mapping[str, Any], *names: str) -> Any:
    return next((value[name] for name in names if value.get(name)), None)


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _headline(value: Mapping[str, Any]) -> str | None:
    told = [each for each in _objects(value, "headlines") if _string(each.get("value"))]
    told.sort(key=lambda each: each.get("role") != "main")
    return one_line(_string(told[0]["value"]) if told else _string(value.get("headline")))


def _body(value: Mapping[str, Any]) -> str:
    """The body: as plain text where it is given so, else its markup cleaned."""
    bodies = [each for each in _objects(value, "bodies") if _string(each.get("value"))]
    for types in (_PLAIN, _MARKED, (None,)):
        for each in bodies:
            if _content_type(each) in types:
                return markup_text(each["value"])
    for name in ("body_text", "body_html", "body_xhtml", "bodytext"):
        if text := _string(value.get(name)):
            return markup_text(text)
    return markup_text(bodies[0]["value"]) if bodies else ""


def _content_type(body: Mapping[str, Any]) -> str | None:
    told = body.get("contentType") or body.get("contenttype")
    return told.partition(";")[0].strip().lower() if isinstance(told, str) else None


def _publisher(value: Mapping[str, Any]) -> str | None:
    sources = [*_objects(value, "infoSources"), *_objects(value, "infosources")]
    names = [name for each in sources if (name := _string(each.get("name")))]
    return names[-1] if names else _string(_either(value, "copyrightHolder", "copyrightholder"))


def _objects(value: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
