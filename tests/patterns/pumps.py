"""Strings made to send a regular expression back: a start, something over and over, and an end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import NamedTuple

from tests.patterns.parsing import Parsed, Place

__all__ = ["Pump", "pumps"]

_FAILS = "\x00"  # what few patterns take
_SAMPLES = 3
_RUNS = 16  # letters that are repeated alone
_UNITS = 5  # letters that a class is pumped with
_MOST = 160
_KINDS = (str.isupper, str.islower, str.isdigit)


class Pump(NamedTuple):
    """A string of any length: start, unit again and again, end."""

    start: str
    unit: str
    end: str

    def of(self, copies: int) -> str:
        """The string with so many copies of the unit."""
        return self.start + self.unit * copies + self.end

    def copies(self, size: int) -> int:
        """The copies that make a string of about that size."""
        return max(1, (size - len(self.start)) // len(self.unit))


def pumps(pattern: str, flags: int = 0) -> list[Pump]:
    """The strings to try the pattern with, of each kind some.

    Where it can be read in two ways: what leads there once, then the repeated part, with ends at
    which the rest fails. Everywhere: single letters, and the way to each repeat, again and again,
    for a search begins anew at each of them.
    """
    parsed = Parsed(pattern, flags)
    places = parsed.places()
    made = (
        _runs(parsed, places),
        _whole(parsed),
        *(_begun(parsed, place) for place in places),
        *(_doubtful(parsed, place) for place in places if place.doubtful),
    )
    in_turn = (pump for each in zip_longest(*made) for pump in each if pump and pump.unit)
    return list(islice(dict.fromkeys(in_turn), _MOST))


def _units(parsed: Parsed, place: Place) -> list[str]:
    """What the place may repeat: the letters that most of the pattern takes, else samples."""
    if len(place.body) == 1 and (letters := parsed.taken_alone(place.body[0])):
        best = sorted(letters, key=lambda each: -parsed.common[each])
        return best[:_UNITS] + _pairs(parsed, best)
    return [parsed.sample(place.body) for _ in range(2 * _SAMPLES)]


def _pairs(parsed: Parsed, letters: list[str]) -> list[str]:
    """A letter that the pattern may begin with and a mark: a word begins anew at each of them."""
    first = [each for each in letters if each in parsed.begins]
    begin = [each for kind in _KINDS for each in [*filter(kind, first)][:2]]
    marks = [each for each in letters if not each.isalnum()]
    return [letter + mark for letter in begin for mark in marks[:2]]


def _doubtful(parsed: Parsed, place: Place) -> Iterator[Pump]:
    for unit in _units(parsed, place):
        for start in ("", parsed.sample(place.before)):
            ends = (_FAILS, "\n", "", _FAILS + unit, *(2 * each for each in parsed.rare))
            yield from (Pump(start, unit, end) for end in ends)


def _runs(parsed: Parsed, places: list[Place]) -> Iterator[Pump]:
    """Runs of one letter: of those that a repeat takes, or that several parts do."""
    repeated = {unit for place in places for unit in _units(parsed, place) if len(unit) < 3}
    letters = sorted(parsed.letters, key=lambda each: -parsed.common[each])
    for each in (*sorted(repeated), *letters[:_RUNS]):
        yield Pump("", each, _FAILS)
        yield Pump("", each, _FAILS + each)


def _begun(parsed: Parsed, place: Place) -> Iterator[Pump]:
    for unit in (parsed.sample(place.before), parsed.sample((*place.before, *place.body))):
        yield Pump("", unit, _FAILS)


def _whole(parsed: Parsed) -> Iterator[Pump]:
    """What the pattern begins with, cut off ever later, again and again."""
    for cut in range(1, len(parsed.tree) + 1):
        for _ in range(_SAMPLES):
            yield Pump("", parsed.sample(parsed.tree[:cut]), _FAILS)
