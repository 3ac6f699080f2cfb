"""Every regular expression of the package takes time linear in what it is tried on.

A page is read by some four hundred of them, and one that goes back over what it has read makes a
page of a few hundred bytes take for ever. None is listed here: they are collected.
"""

from __future__ import annotations

import re

import pytest

from tests.patterns import writing
from tests.patterns.collecting import Collected, collected
from tests.patterns.growth import Growth, growth
from tests.patterns.pumps import pumps

# Mended once: the page that hung for ever, and others that took the square of the length or more.
ONCE = (
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    r"(?:\d{1,5}(?:st|nd|rd|th)?(?: ?(?:&|,|and|-) ?)?)+ Meetings? \((?:AM|PM|AM & PM|&| )+\)",
    r"\b(?P<own>[A-Z][\w.&'-]*(?: (?:[A-Z][\w.&'-]*|of|the)){0,5}?) (?:staff|desk) may\b",
    r"\bA/(?:[A-Z\d][\w.-]*/)+L\.\d+",
    r"[(\[*\s]*(?=.{0,400}(?:feed|wire))(?=.{0,400}(?:edited|changed)).{10,480}",
    r"\s*[:/|]?\s*[^.|]{0,60}\.?\Z",
    r"[,;](?![^()\[\]]*[)\]])",
    r"(?:titled|entitled)\s+[“\"](.+?),?[”\"]",
    r"^[ \t]*Vote on[ \t]+(\S.*?)[ \t]*$",
    r"(\d+)(?=\D*$)",
    r"\([^)]*\)",
)
BAD = (
    r"(a+)+$",
    r"\s+$",
    r"(x|x)*y",
    r"(?:a|ab|b)*\Z",
    r"a*a*b",
    r"a*b?a*c",
    r"(?:\w+\s?)+!",
    r"\w+@\w+",
    r"x*(?=x*y)",
    r"(?:<p.*?>)+<q",
    r"(?:.*,){8}z",
    *ONCE,
)
GOOD = (
    r"\s++\Z|(?<!\s)\s+",
    r"(?<!\s)\s++$",
    r"a{1,40}@",
    r"\A(?:a++b)*+c",
    r"x(?:ab|ac)*d",
    r"\A(?:a+b)*c",
    r"[a-z]+",
    r"\b\w{1,30}\b(?: \w{1,30}){0,3}:",
    r"",
)


def fastest_growing(pattern: Collected) -> Growth | None:
    """The first string found over which the pattern's time grows too fast."""
    found = (growth(pattern.regex, pump) for pump in pumps(pattern.pattern, pattern.flags))
    return next(filter(None, found), None)


@pytest.fixture(scope="module")
def every_pattern() -> list[Collected]:
    return collected()


@pytest.mark.parametrize("pattern", BAD)
def test_patterns_that_go_back_are_found(pattern: str) -> None:
    assert fastest_growing(Collected("here", pattern, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("pattern", GOOD)
def test_patterns_that_never_go_back_are_not(pattern: str) -> None:
    assert fastest_growing(Collected("here", pattern, 0)) is None


def test_patterns_are_collected_from_every_line_and_data_file(
    every_pattern: list[Collected],
) -> None:
    places = {each.place for each in every_pattern}
    texts = "\n".join(each.pattern for each in every_pattern)
    assert [call.place for call in writing.calls() if not call.met(places)] == []
    assert [each for each in writing.in_data() if each.pattern not in texts] == []
    assert writing.odd_imports() == []
    assert len(every_pattern) > 400


@pytest.mark.parametrize("part", range(4))
def test_patterns_take_time_linear_in_the_text(part: int, every_pattern: list[Collected]) -> None:
    distinct = {(each.pattern, each.flags): each for each in every_pattern}
    slow = {each: fastest_growing(each) for each in list(distinct.values())[part::4]}
    assert not {each.place: f"{each.pattern!r}: {found}" for each, found in slow.items() if found}
