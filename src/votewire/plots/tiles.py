"""The tile map of a vote in the Assembly: one square a state, its choice by pattern and sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from html import escape

from votewire import states
from votewire.plots.marks import CHOICES, INKS, WORDS, mark, sign, text
from votewire.plots.wording import printable
from votewire.states import TileRegion

__all__ = ["HEIGHT", "STEP", "WIDTH", "region_map", "region_told", "world_map"]

STEP = 40  # pixels from one tile to the next
_SIDE = 37
_HEAD = 18  # above each region, for its name on the map of all

Named = Callable[[str], str]


def region_map(
    region: TileRegion,
    choices: Mapping[str, str],
    named: Named = states.name_of,
    words: Mapping[str, str] = WORDS,
    *,
    marked: Collection[str] = (),
) -> str:
    """The tiles of one region as the inside of an SVG, STEP pixels for each column and row.

    choices: state code -> label of its choice; who is not in it was no member. named: what a state
    is called. words: what a choice is called, by label. marked: codes with a heavy outline. Ended
    states that were no members are left out.
    """
    drawn = []
    for code, (column, row) in region.places.items():
        choice = choices.get(code, "not_member")
        if choice != "not_member" or not _ended(code):
            told = f"{named(code)}: {words[choice]}"
            place = (column * STEP + 1, row * STEP + 1)
            drawn.append(_tile(code, choice, place, told, marked=code in marked))
    return "".join(drawn)


def region_told(
    region: TileRegion, choices: Mapping[str, str], words: Mapping[str, str] = WORDS
) -> str:
    """How many of a region made each choice, such as `20 Yes, 10 No`; empty without a member."""
    counts = Counter(choices[code] for code in region.places if code in choices)
    return ", ".join(f"{counts[choice]} {words[choice]}" for choice in CHOICES if counts[choice])


def world_map(choices: Mapping[str, str], named: Named = states.name_of) -> str:
    """The map of all regions as the inside of an SVG of WIDTH x HEIGHT pixels, in English."""
    return "".join(
        f'<g transform="translate({region.column * STEP} {region.row * STEP + _HEAD})">'
        f"{text(region.name, 1, -5, size=13, bold=True, anchor='start')}"
        f"{region_map(region, choices, named)}</g>"
        for region in states.tile_regions()
    )


def _ended(code: str) -> bool:
    return states.state(code).spells[-1].end is not None


def _tile(code: str, choice: str, place: tuple[int, int], told: str, *, marked: bool) -> str:
    x, y = place
    middle = x + _SIDE / 2
    label = text(code, middle, y + 16, size=12.5, fill=INKS[choice], bold=True)
    return (
        f'<g class="tile {choice}{" marked" if marked else ""}" data-state="{code}">'
        f"<title>{escape(printable(told))}</title>{mark(choice, x, y, _SIDE, _SIDE, round=4)}"
        f"{label if choice != 'not_member' else ''}{sign(choice, middle - 6, y + 21)}</g>"
    )


_REGIONS = states.tile_regions()
WIDTH = max(region.column + region.columns for region in _REGIONS) * STEP
HEIGHT = max(region.row + region.rows for region in _REGIONS) * STEP + _HEAD
