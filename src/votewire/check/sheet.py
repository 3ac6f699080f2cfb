"""Claims from any reader, as JSON: what the judge needs of them, and nothing of their page.

The schema, data/claims.schema.json, is what is checked; `check --json` writes the same fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from votewire import states
from votewire.errors import UnreadableClaims
from votewire.press import (
    Article,
    Claim,
    ClaimTime,
    Counted,
    Counts,
    Metadata,
    Tally,
    TextReference,
    When,
    bodies,
)

__all__ = ["MOST_CLAIMS", "read_sheet", "schema", "sheet_of"]

MOST_CLAIMS = 1_000
_FILE = Path(__file__).with_name("data") / "claims.schema.json"
_TOLD = 5  # faults that one error names
_SIDES = ("yes", "no", "abstain", "non_voting")
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list, tuple),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a sheet of claims."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def read_sheet(source: bytes, *, name: str = "the claims") -> Article:
    """The claims in a JSON document as an article without text. Raises UnreadableClaims."""
    try:
        value = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise UnreadableClaims(
            f"{name}: no JSON ({error}). Send an object with `claims`."
        ) from None
    return sheet_of(value, name=name)


def sheet_of(value: Any, *, name: str = "the claims") -> Article:
    """Claims as an article without text: an object of the schema, or a list of its claims.

    Raises UnreadableClaims, which names the first five faults and where they are.
    """
    whole: Any = {"claims": value} if isinstance(value, list | tuple) else value
    faults = list(_faults(whole, schema(), ""))
    if not faults:
        faults = list(_strangers(whole["claims"]))
    if faults:
        more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise UnreadableClaims(
            f"{name}: {'; '.join(faults[:_TOLD])}{more}. See `votewire judge --help`."
        )
    texts: dict[Any, int] = {}  # a text goes by the number of its first claim
    keys = [
        number if each.get("text") is None else texts.setdefault(each["text"], number)
        for number, each in enumerate(whole["claims"])
    ]
    claims = tuple(
        _claim(e, at, key) for at, (e, key) in enumerate(zip(whole["claims"], keys, strict=True))
    )
    named = dict.fromkeys(c.reference.chamber for c in claims if c.reference.chamber)
    return Article(
        text="",
        lang=whole.get("lang") or "en",
        blocks=(),
        metadata=Metadata(headline=_headline(whole), published=_published(whole)),
        claims=claims,
        chambers=tuple(whole.get("chambers") or named),
    )


def _headline(whole: Mapping[str, Any]) -> str | None:
    metadata = whole.get("metadata")
    found = metadata.get("headline") if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else None


def _published(whole: Mapping[str, Any]) -> datetime | None:
    """The page's day: as stated, else as `check --json` has it."""
    if whole.get("published"):
        return datetime.combine(date.fromisoformat(whole["published"]), time())
    metadata = whole.get("metadata")
    stated = metadata.get("published") if isinstance(metadata, dict) else None
    try:
        return datetime.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        return None


# --- the schema ---------------------------------------------------------------------------------


def _faults(value: Any, asked: Mapping[str, Any], at: str) -> Iterator[str]:
    """What in a value the schema does not allow, each with its place."""
    place = at or "the whole"
    kinds = asked["type"] if isinstance(asked["type"], list) else [asked["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{place} must be {' or '.join(kinds)}"
    elif "enum" in asked and value not in asked["enum"]:
        yield f"{place} must be one of {', '.join(str(e) for e in asked['enum'] if e)}"
    elif isinstance(value, dict):
        yield from _in_object(value, asked, at)
    elif isinstance(value, list | tuple):
        yield from _in_array(value, asked, place)
    elif not _fits(value, asked):
        yield f"{place} must be {_wanted(asked)}"


def _is(value: Any, kind: str) -> bool:
    if kind == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, _TYPES[kind])


def _in_object(value: Mapping[str, Any], asked: Mapping[str, Any], at: str) -> Iterator[str]:
    for name in asked.get("required", ()):
        if name not in value:
            yield f"{at or 'the whole'} lacks {name}"
    for name, each in asked.get("properties", {}).items():
        if name in value:
            yield from _faults(value[name], each, f"{at}.{name}" if at else name)


def _in_array(value: Sequence[Any], asked: Mapping[str, Any], place: str) -> Iterator[str]:
    if len(value) > asked.get("maxItems", len(value)):
        yield f"{place} has {len(value):,} items, {asked['maxItems']:,} are the most"
        return
    for number, each in enumerate(value):
        yield from _faults(each, asked["items"], f"{place}[{number}]")


def _fits(value: Any, asked: Mapping[str, Any]) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return bool(asked.get("minimum", value) <= value <= asked.get("maximum", value))
    if isinstance(value, str) and asked.get("format") == "date":
        return _day(value) is not None
    return True


def _wanted(asked: Mapping[str, Any]) -> str:
    if asked.get("format") == "date":
        return "a day such as 2025-02-24"
    return f"from {asked.get('minimum', 0)} to {asked.get('maximum', 'any')}"


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


# --- the claims ---------------------------------------------------------------------------------


def _strangers(claims: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Actors that are no state, no group and no body."""
    for number, each in enumerate(claims):
        if _actor(each["actor"]) is None:
            near = ", ".join(states.nearest_names(each["actor"])[:3])
            like = f" (like it: {near})" if near else ""
            yield f"claims[{number}].actor {each['actor'][:60]!r} is nobody known{like}"


def _actor(said: str) -> str | None:
    """The code of an actor given by code or by name; None where it is nobody known."""
    group = said.removeprefix("G:")
    if said in states.codes() or (group != said and group in states.groups()):
        return said
    if said in bodies():
        return said
    found = [m for m in states.find_mentions(said) if (m.start, m.end) == (0, len(said))]
    if not found or found[0].code is None:
        return None
    return f"G:{found[0].code}" if found[0].kind == "group" else found[0].code


def _claim(given: Mapping[str, Any], number: int, key: int) -> Claim:
    actor = _actor(given["actor"]) or given["actor"]
    span = given.get("span") or f"{actor} {given['action']}"
    own = given.get("date")
    start = given.get("start")
    return Claim(
        actor=actor,
        action=given["action"],
        reference=_reference(given, key),
        span=span,
        start=number if start is None else start,
        where=given.get("where") or "body",
        rule=given.get("rule") or "given",
        tally=_tally(given.get("tally")),
        quoted=given.get("quoted", False),
        hedged=given.get("hedged", False),
        others=tuple(given.get("others") or ()),
        since=_day(given.get("since")),
        manner=given.get("manner") or "",
        sentence=_sentence(given),
        days=tuple(map(date.fromisoformat, given.get("days", [own] if own else []))),
        time=_time(given.get("time")),
        names_chamber=given.get("names_chamber", bool(given.get("chamber"))),
        names_symbol=given.get("names_symbol", bool(given.get("symbol"))),
        counts=_counted(given.get("counts")),
        sure=given.get("sure", True),
    )


def _sentence(given: Mapping[str, Any]) -> tuple[int, int]:
    found = list(given.get("sentence") or ())
    return (found[0], found[1]) if len(found) == 2 else (0, 0)


def _reference(given: Mapping[str, Any], key: int) -> TextReference:
    return TextReference(
        key=key,
        chamber=given.get("chamber"),
        symbol=given.get("symbol"),
        date=_day(given.get("date")),
        date_text=given.get("date_text") or given.get("date"),
        drafters=tuple(given.get("drafters") or ()),
        subject=tuple(given.get("subject") or ()),
        about=tuple(given.get("about") or ()),
        kind=given.get("kind"),
        tally=_tally(given.get("text_tally")),
        outcome=given.get("text_outcome"),
    )


def _tally(given: Mapping[str, Any] | None) -> Tally | None:
    return Tally(**{side: given.get(side) for side in _SIDES}) if given else None


def _time(given: Mapping[str, Any] | None) -> ClaimTime:
    if not given:
        return ClaimTime()
    return ClaimTime(
        kind=When(given["kind"]),
        first=_day(given.get("first")),
        last=_day(given.get("last")),
        words=given.get("words"),
    )


def _counted(given: Mapping[str, Any] | None) -> Counted:
    if not given:
        return Counted()
    named = {name: given.get(name) for name in ("group", "choice", "whole", "symbol")}
    return Counted(what=Counts(given["what"]), **named)
