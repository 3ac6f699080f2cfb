"""A drawing as a file that stands alone: its title above, legend and source below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from votewire.errors import MissingExtra
from votewire.plots.marks import WORDS, definitions, mark, sign, text
from votewire.plots.wording import printable, wrapped

__all__ = ["Drawing", "document", "legend_of", "picture"]

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_EDGE, _TITLE, _TEXT, _SMALL = 16, 19, 14, 11.5
_SWATCH = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The inside of an SVG with its size, and what must stand around it.

    legend: choices and what is written beside their marks. description: what is shown, for those
    who do not see it.
    """

    body: str
    width: int
    height: int
    title: str
    subtitle: str
    legend: Sequence[tuple[str, str]]
    source: str
    description: str


def document(drawn: Drawing) -> str:
    """The drawing as an SVG document; same drawing, same text."""
    width = max(drawn.width, 480) + 2 * _EDGE
    inner = width - 2 * _EDGE
    title = wrapped(drawn.title, inner, _TITLE, bold=True)
    subtitle = wrapped(drawn.subtitle, inner, _TEXT)
    parts: list[str] = []
    y: float = _EDGE + _TITLE
    parts += _lines(title, y, _TITLE, bold=True)
    y += (len(title) - 1) * round(_TITLE * 1.25) + 24
    parts += _lines(subtitle, y, _TEXT, fill="#444444")
    y += len(subtitle) * round(_TEXT * 1.35) + 2
    at = (width - drawn.width) / 2
    parts.append(f'<g transform="translate({at:g} {y:g})">{drawn.body}</g>')
    y += drawn.height + 10
    legend, y = _legend(drawn.legend, inner, y)
    source = wrapped(drawn.source, inner, int(_SMALL))
    parts += [*legend, *_lines(source, y + 14, _SMALL, fill="#555555")]
    height = y + 14 + len(source) * round(_SMALL * 1.35) + 4
    return _root(width, height, drawn, "".join(parts))


def picture(drawn: Drawing) -> bytes:
    """The same as PNG, two pixels for each. Raises MissingExtra without vl-convert."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingExtra("pictures", extra="charts") from None
    return bytes(vl_convert.svg_to_png(document(drawn), scale=2))


def _root(width: float, height: float, drawn: Drawing, inside: str) -> str:
    # Several may stand in one page, so their ids differ by what they show.
    key = hashlib.sha256(f"{drawn.title}\n{drawn.source}".encode()).hexdigest()[:8]
    title, description = (escape(printable(t)) for t in (drawn.title, drawn.description))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{_FONT}" role="img" '
        f'aria-labelledby="vw-{key}-title vw-{key}-desc">'
        f'<title id="vw-{key}-title">{title}</title><desc id="vw-{key}-desc">{description}</desc>'
        f'{definitions()}<rect width="100%" height="100%" fill="#ffffff"/>{inside}</svg>'
    )


def _lines(
    lines: Iterable[str], y: float, size: float, *, fill: str = "#222222", bold: bool = False
) -> list[str]:
    high = round(size * (1.25 if bold else 1.35))
    return [
        text(line, _EDGE, y + at * high, size=size, fill=fill, bold=bold, anchor="start")
        for at, line in enumerate(lines)
    ]


def _legend(entries: Sequence[tuple[str, str]], width: float, y: float) -> tuple[list[str], float]:
    """The marks with their words in lines of at most so many pixels, and where the next begins."""
    parts, x = [], float(_EDGE)
    for choice, words in entries:
        long = _SWATCH + 6 + len(words) * _TEXT * 0.52 + 18
        if x > _EDGE and x + long > width + _EDGE:
            x, y = float(_EDGE), y + 26
        parts.append(
            mark(choice, x, y, _SWATCH, _SWATCH, round=3)
            + sign(choice, x + 3, y + 3)
            + text(words, x + _SWATCH + 6, y + 14, size=_TEXT, anchor="start")
        )
        x += long
    return parts, y + _SWATCH + 8


def legend_of(counts: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """A legend with the number of states beside each word: `93 Yes`."""
    return [(choice, f"{n} {WORDS[choice]}") for choice, n in counts if n]
