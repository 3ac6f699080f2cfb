"""The picture by which a page is shared: 1200 x 630, its title, its figure, its source.

Words are English on Hindi pages too: the renderer draws with the machine's fonts, and few machines
have one for Devanagari.
"""

from __future__ import annotations

import re
from html import escape

from votewire.errors import MissingExtra
from votewire.plots.wording import printable, wrapped
from votewire.web.shown import Page

__all__ = ["picture"]

_WIDTH, _HEIGHT, _EDGE = 1200, 630, 72
_TITLE, _FIGURE, _TEXT, _FOOT = 60, 84, 36, 23
_SHORT = 60  # characters under which a sentence says little
_TALLY = re.compile(r"(?<![\w/-])\d+[–-]\d+[–-]\d+(?![\w/-])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def picture(page: Page) -> bytes:
    """The page's title and what it found first, as PNG. Raises MissingExtra without vl-convert."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingExtra("share pictures", extra="web") from None
    return bytes(vl_convert.svg_to_png(_svg(page), scale=1))


def _svg(page: Page) -> str:
    told, figure = _told(page)
    width = _WIDTH - 2 * _EDGE
    y = 195.0
    drawn = []
    for line in _cut(wrapped(page.title, width, _TITLE, bold=True), 3):
        drawn.append(_line(y, line, _TITLE, "#fff", bold=True))
        y += _TITLE * 1.18
    if figure:
        y += 38
        drawn.append(_line(y, figure, _FIGURE, "#f2b134", bold=True))
        y += 20
    y += 32
    for line in _cut(wrapped(told, width, _TEXT), int((_HEIGHT - 90 - y) / (_TEXT * 1.35))):
        drawn.append(_line(y, line, _TEXT, "#dbe6f2"))
        y += _TEXT * 1.35
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#12355b"/>'
        f'<rect width="{_WIDTH}" height="14" fill="#f2b134"/>'
        f"{_brand()}{''.join(drawn)}{_line(_HEIGHT - 48, _source(page), _FOOT, '#a9bfd6')}</svg>"
    )


def _told(page: Page) -> tuple[str, str]:
    """What the page found first, and the tally in it, "" where it has none.

    No other figure stands alone: without its words it would say nothing. A page whose first
    sentence says little has its description too.
    """
    if not page.panels:
        return page.description, ""
    first = page.panels[0].answer.told
    told = first[0] if first else ""
    tally = _TALLY.search(_DAY.sub(" ", told))
    if len(told) < _SHORT and not tally:
        return f"{page.description} {told}", ""
    return told, tally[0].replace("-", "–") if tally else ""


def _brand() -> str:
    """The mark of static/mark.svg, and the name."""
    stroke = 'fill="none" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<g transform="translate({_EDGE} 50) scale(1.7)">'
        '<rect width="32" height="32" rx="6" fill="#1f5288"/>'
        f'<path d="M7 9l6 14 4-9.5" stroke="#fff" {stroke}/>'
        f'<path d="M17 20l3 3 6-13" stroke="#f2b134" {stroke}/></g>'
        f'<text x="{_EDGE + 70}" y="89" font-size="34" font-weight="bold" fill="#fff">'
        "votewire</text>"
    )


def _source(page: Page) -> str:
    """Where the figures are from, and of which record."""
    if not page.panels:
        return "The voting record of the United Nations"
    answer = page.panels[0].answer
    return f"UN voting record, complete to {answer.complete_to} · record {answer.record_hash[:12]}"


def _cut(lines: list[str], most: int) -> list[str]:
    """The first lines, the last of them with an ellipsis where more are left out."""
    most = max(most, 0)
    if len(lines) <= most or not most:
        return lines[:most]
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,;.") + " …"]


def _line(y: float, text: str, size: int, fill: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_EDGE}" y="{y:.0f}" font-size="{size}" fill="{fill}"{weight}>'
        f"{escape(printable(text))}</text>"
    )
