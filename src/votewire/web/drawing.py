"""The charts of a page's answers, and the picture by which a page is shared."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import Any

from votewire.errors import UsageError
from votewire.plots import NARROW, WIDE, Room, chart, outlined
from votewire.record import Answer
from votewire.web.shown import Page

__all__ = ["Drawn", "chart_of", "chart_png", "chart_spec", "chart_svg", "share_png"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """That an answer has a chart, its description and its sizes; it is drawn where it is sent.

    A page asks this of each panel, and drawing takes longer than all the rest of it. wide, narrow:
    width and height in pixels, on a large screen and on a phone.
    """

    description: str
    wide: tuple[int, int]
    narrow: tuple[int, int]


# A page asks of one panel more than once.
_asked: deque[tuple[Answer, Drawn | None]] = deque(maxlen=16)
_asking = Lock()


def chart_of(answer: Answer) -> Drawn | None:
    """The answer's chart; None for a question that has none, or an answer too small or large."""
    with _asking:
        known = [drawn for asked, drawn in _asked if asked is answer]
    if known:
        return known[0]
    drawn = _outlined(answer)
    with _asking:
        _asked.append((answer, drawn))
    return drawn


def _outlined(answer: Answer) -> Drawn | None:
    try:
        wide, narrow = (outlined(answer, room) for room in (WIDE, NARROW))
    except UsageError:
        return None
    if wide.size is None or narrow.size is None:
        return None
    return Drawn(description=wide.description, wide=wide.size, narrow=narrow.size)


def chart_svg(answer: Answer, room: Room = WIDE) -> str:
    """The chart as SVG, of the size that its page was told. Raises UsageError where it has none."""
    from votewire.plots.svg import fitted, svg

    made = chart(answer, room)
    return fitted(svg(made), made.size) if made.size else svg(made)


def chart_png(answer: Answer) -> bytes:
    """The chart as PNG. Raises UsageError where the answer has none."""
    from votewire.plots.svg import png

    return png(chart(answer))


def chart_spec(answer: Answer, room: Room = WIDE) -> dict[str, Any]:
    """The chart's Vega-Lite specification. Raises UsageError where the answer has none."""
    return chart(answer, room).specification


def share_png(page: Page) -> bytes:
    """The page as a picture of 1200 x 630: its title, its first sentence, its source."""
    from votewire.web.sharing import picture

    return picture(page)
