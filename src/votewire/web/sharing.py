"""The picture by which a page is shared: 1200 x 630, its title, its sentence, its source."""

from __future__ import annotations

from html import escape

from votewire.errors import MissingExtra
from votewire.plots.wording import printable, wrapped
from votewire.web.shown import Page

__all__ = ["picture"]

_WIDTH, _HEIGHT, _EDGE = 1200, 630, 72
_TITLE, _TEXT = 64, 34


def picture(page: Page) -> bytes:
    """The page's title and what it found first, as PNG. Raises MissingExtra without vl-convert."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingExtra("share pictures", extra="web") from None
    return bytes(vl_convert.svg_to_png(_svg(page), scale=1))


def _svg(page: Page) -> str:
    told = page.panels[0].answer.told[0] if page.panels else page.description
    width = _WIDTH - 2 * _EDGE
    title = wrapped(page.title, width, _TITLE, bold=True)[:3]
    text = wrapped(told, width, _TEXT)[: 8 - 2 * len(title) + 2]
    lines = [
        _line(150 + at * _TITLE * 1.15, line, _TITLE, "#fff", bold=True)
        for at, line in enumerate(title)
    ]
    below = 150 + len(title) * _TITLE * 1.15 + 20
    lines += [
        _line(below + at * _TEXT * 1.35, line, _TEXT, "#d7e3f0") for at, line in enumerate(text)
    ]
    foot = ""
    if page.panels:
        answer = page.panels[0].answer
        foot = f"votewire · record complete to {answer.complete_to} · {answer.record_hash[:12]}"
    lines.append(_line(_HEIGHT - 50, foot or "votewire", 24, "#9fb6cd"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'font-family="Liberation Sans, Arial, sans-serif">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#12355b"/>'
        f'<rect width="16" height="{_HEIGHT}" fill="#f2b134"/>{"".join(lines)}</svg>'
    )


def _line(y: float, text: str, size: int, fill: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_EDGE}" y="{y:.0f}" font-size="{size}" fill="{fill}"{weight}>'
        f"{escape(printable(text))}</text>"
    )
