"""ninjs: valid by the names and types of the standard that we use, and nothing else in it."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from votewire.errors import UnreadablePage
from votewire.press import read
from votewire.press.feeds import read_feed
from votewire.press.ninjs import as_ninjs, content_uri

EXAMPLE = (ROOT / "examples" / "assembly-and-council.txt").read_bytes()

# Of ninjs 3.1 what this package writes: field -> type, or the fields of the objects in its list.
VALUE = {"role": str, "contentType": str, "value": str}
NAMED = {"name": str, "rel": str, "uri": str, "literal": str}
FIELDS: dict[str, object] = {
    "standard": {"name": str, "version": str, "schema": str},
    "uri": str,
    "type": str,
    "firstCreated": datetime,
    "versionCreated": datetime,
    "language": str,
    "headlines": [VALUE],
    "descriptions": [VALUE],
    "bodies": [{**VALUE, "charCount": int, "wordCount": int}],
    "by": str,
    "located": str,
    "infoSources": [{"name": str, "role": str, "uri": str, "literal": str}],
    "people": [NAMED],
    "places": [NAMED],
    "organisations": [NAMED],
    "subjects": [NAMED],
}
NEEDED = {"headlines": "value", "descriptions": "value", "bodies": "value"}


def problems(value: object, rule: object, at: str = "ninjs") -> list[str]:
    """What breaks the rules, each with its place."""
    if isinstance(rule, list):
        each = [p for n, v in enumerate(value) for p in problems(v, rule[0], f"{at}[{n}]")]
        return [*each, *([] if value else [f"{at} is empty"])]
    if isinstance(rule, dict):
        unknown = [f"{at}.{name} is unknown" for name in value if name not in rule]
        known = [
            p for n, r in rule.items() if n in value for p in problems(value[n], r, f"{at}.{n}")
        ]
        needed = NEEDED.get(at.split(".")[-1].split("[")[0])
        lacks = [f"{at} lacks {needed}"] if needed and needed not in value else []
        return [*unknown, *known, *lacks]
    if rule is datetime:
        moment = datetime.fromisoformat(value)
        return [] if moment.tzinfo else [f"{at} has no zone"]
    return [] if isinstance(value, rule) else [f"{at} is no {rule}"]


def test_ninjs_of_the_example_is_valid_and_says_what_the_page_says() -> None:
    article = read(EXAMPLE)
    told = as_ninjs(article, uri=content_uri(EXAMPLE))
    assert problems(told, FIELDS) == []
    assert told["uri"].startswith("ni:///sha-256;")
    assert told["type"] == "text"
    assert told["versionCreated"] == article.metadata.updated.isoformat()
    assert told["headlines"][0]["value"] == article.metadata.headline
    assert "Listen to this article" not in told["bodies"][0]["value"]
    assert "people" not in told  # who is quoted has no office there, and may be no person
    assert {"name": "China", "rel": "mentions", "literal": "CHN"} in told["places"]
    assert "United Nations General Assembly" in [each["name"] for each in told["organisations"]]
    assert {"name": "A/RES/ES-11/7", "rel": "about"} in told["subjects"]
    assert told["bodies"][0]["charCount"] == len(told["bodies"][0]["value"])


def test_ninjs_people_are_those_with_an_office() -> None:
    page = "“No,” said Kenyan ambassador Joy Otieno. France thanked President Ada Brun.".encode()
    told = as_ninjs(read(page), uri="urn:x:1")
    assert [each["name"] for each in told["people"]] == ["Joy Otieno", "Ada Brun"]
    assert [each["literal"] for each in told["places"]] == ["KEN", "FRA"]


def test_ninjs_leaves_out_what_the_page_does_not_say() -> None:
    told = as_ninjs(read(b"The hall was empty, and nobody came on that long day.\n"), uri="urn:x:1")
    assert problems(told, FIELDS) == []
    assert set(told) == {"standard", "uri", "type", "language", "bodies"}


def test_ninjs_has_no_time_without_a_zone() -> None:
    page = b"A vote\n\nPublished: 2025-02-25 10:00\n\nThe Assembly voted, and it was late.\n"
    assert read(page).metadata.published is not None
    assert "versionCreated" not in as_ninjs(read(page), uri="urn:x:1")


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip()))
def test_ninjs_of_any_text_is_valid_and_can_be_read_as_a_feed(text: str) -> None:
    page = (
        f"{text}\n\nNorway thanked the Red Cross, and Peru voted against the resolution.".encode()
    )
    try:
        article = read(page)
    except UnreadablePage:
        return
    told = as_ninjs(article, uri=content_uri(page))
    assert problems(told, FIELDS) == []
    (item,) = read_feed(json.dumps(told).encode())
    assert item.problem is None
    assert item.id == told["uri"]


@pytest.mark.parametrize("source", [b"a", b"b"])
def test_content_uri_is_of_the_bytes(source: bytes) -> None:
    assert content_uri(source) == content_uri(bytes(source))
    assert content_uri(source) != content_uri(source + b" ")
