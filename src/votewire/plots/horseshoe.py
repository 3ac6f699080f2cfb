"""The Council's table: its seats around a horseshoe in alphabetical order, each with its choice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from html import escape
from math import cos, pi, sin

from votewire import states
from votewire.plots.marks import INKS, WORDS, mark, sign, text
from votewire.plots.wording import printable
from votewire.states.folding import fold

__all__ = ["HEIGHT", "WIDTH", "horseshoe", "places"]

WIDTH, HEIGHT = 360, 402
_SEAT = 40
_RADIUS = 155  # of the arc on which the seats' middles lie
_TOP, _MIDDLE = 26, WIDTH / 2
_LEG = 194  # length of the straight part on each side
# The order is that of the names which the UN prints; these begin otherwise than those used here.
_UN_NAMES = {"KOR": "Republic of Korea", "TZA": "United Republic of Tanzania"}

Named = Callable[[str], str]


def horseshoe(
    choices: Mapping[str, str],
    permanent: Collection[str],
    on: date,
    named: Named = states.name_of,
    words: Mapping[str, str] = WORDS,
    *,
    permanent_word: str = "permanent member",
    marked: Collection[str] = (),
) -> str:
    """The seats as the inside of an SVG of WIDTH x HEIGHT pixels, in the order of their names.

    choices: state code -> label of its choice. permanent: the codes of the permanent members, which
    have a second outline. on: the day, by whose names they sit. named: what a state is called.
    words: what a choice is called, by label. marked: codes with a heavy outline. The seats begin
    at the left end; which of them was the president's the record does not say.
    """
    codes = sorted(
        choices, key=lambda code: fold(_UN_NAMES.get(code) or states.name_of(code, on=on))
    )
    return _table() + "".join(
        _seat(
            code,
            choices[code],
            place,
            f"{named(code)}: {words[choices[code]]}"
            + (f" ({permanent_word})" if code in permanent else ""),
            permanent=code in permanent,
            marked=code in marked,
        )
        for code, place in zip(codes, places(len(codes)), strict=True)
    )


def places(seats: int) -> Sequence[tuple[float, float]]:
    """The middles of so many seats along the table, from its left end to its right one."""
    length = 2 * _LEG + pi * _RADIUS
    return [_along(length * at / (seats - 1) if seats > 1 else length / 2) for at in range(seats)]


def _along(way: float) -> tuple[float, float]:
    """The place after so many pixels: up the left leg, around the arc, down the right leg."""
    centre = _TOP + _RADIUS
    if way <= _LEG:
        return _MIDDLE - _RADIUS, centre + _LEG - way
    arc = pi * _RADIUS
    if way >= _LEG + arc:
        return _MIDDLE + _RADIUS, centre + way - _LEG - arc
    angle = pi - (way - _LEG) / _RADIUS
    return _MIDDLE + _RADIUS * cos(angle), centre - _RADIUS * sin(angle)


def _table() -> str:
    left, right, centre = _MIDDLE - _RADIUS + 40, _MIDDLE + _RADIUS - 40, _TOP + _RADIUS
    inner = _RADIUS - 40
    return (
        f'<path class="table" d="M{left:g} {centre + _LEG:g}V{centre:g}A{inner:g} {inner:g} 0 0 1 '
        f'{right:g} {centre:g}V{centre + _LEG:g}" fill="none" stroke="#767f8c" stroke-width="7" '
        f'stroke-linecap="round"/>'
    )


def _seat(
    code: str,
    choice: str,
    place: tuple[float, float],
    told: str,
    *,
    permanent: bool,
    marked: bool,
) -> str:
    x, y = round(place[0] - _SEAT / 2, 2), round(place[1] - _SEAT / 2, 2)
    outline = (
        f'<rect class="permanent" x="{x - 3:g}" y="{y - 3:g}" width="{_SEAT + 6}" '
        f'height="{_SEAT + 6}" rx="8" fill="none" stroke="#222222" stroke-width="2.4"/>'
    )
    label = text(code, round(place[0], 2), y + 18, size=13.5, fill=INKS[choice], bold=True)
    return (
        f'<g class="tile {choice}{" marked" if marked else ""}" data-state="{code}">'
        f"<title>{escape(printable(told))}</title>{outline if permanent else ''}"
        f"{mark(choice, x, y, _SEAT, _SEAT, round=6)}"
        f"{label}{sign(choice, round(place[0] - 6, 2), y + 24)}</g>"
    )
