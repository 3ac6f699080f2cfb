"""How a choice looks as a mark: a pattern, a sign and a colour, each enough to tell it by.

SVG as text, without Altair. A page's style sheet may recolour the marks by their classes; what is
written here is for paper and for a file that stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from votewire.plots.wording import printable

__all__ = ["CHOICES", "INKS", "WORDS", "definitions", "mark", "sign", "text"]

CHOICES = ("yes", "no", "abstain", "non_voting", "not_recorded")
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "yes": "Yes",
        "no": "No",
        "abstain": "abstained",
        "non_voting": "did not vote",
        "not_recorded": "not in the record",
        "not_member": "no member that day",
    }
)
# What stands on the mark, read on all of its pattern's colours with a contrast of at least 4.5.
INKS: Mapping[str, str] = MappingProxyType(
    {"yes": "#ffffff"} | dict.fromkeys((*CHOICES[1:], "not_member"), "#111111")
)
_PATTERNS = {
    "yes": '<rect class="base" width="8" height="8" fill="#0b3c6f"/>',
    "no": '<rect class="base" width="8" height="8" fill="#ef7d3b"/>'
    '<path class="over" d="M-2 2 2-2M0 8 8 0M6 10 10 6" stroke="#ffd9c2" stroke-width="1.6"/>',
    "abstain": '<rect class="base" width="8" height="8" fill="#f2c14e"/>'
    '<circle class="over" cx="2" cy="2" r="1.1" fill="#fff6dc"/>'
    '<circle class="over" cx="6" cy="6" r="1.1" fill="#fff6dc"/>',
    "non_voting": '<rect class="base" width="8" height="8" fill="#ffffff"/>',
    "not_recorded": '<rect class="base" width="8" height="8" fill="#e3e6ea"/>',
}
_SIGNS = {
    "yes": '<path d="M1 6.5 4.5 10 11 2"/>',
    "no": '<path d="M2 2 10 10M10 2 2 10"/>',
    "abstain": '<circle cx="6" cy="6" r="4.2"/>',
    "non_voting": '<path d="M2 6H10"/>',
    "not_recorded": '<path d="M3 4a3 3 0 1 1 4.4 2.7Q6 7.4 6 8.4M6 10.8V11.2"/>',
}
_DASHES = {"non_voting": "3 2", "not_recorded": "1 2", "not_member": "1 3"}


def definitions() -> str:
    """The patterns and signs; once in each document or page that shows marks."""
    patterns = "".join(
        f'<pattern id="vw-{choice}" class="mark-{choice}" width="8" height="8" '
        f'patternUnits="userSpaceOnUse">{drawn}</pattern>'
        for choice, drawn in _PATTERNS.items()
    )
    signs = "".join(
        f'<g id="vw-sign-{choice}" fill="none" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawn}</g>'
        for choice, drawn in _SIGNS.items()
    )
    return f"<defs>{patterns}{signs}</defs>"


def mark(choice: str, x: float, y: float, width: float, height: float, *, round: float = 0) -> str:  # noqa: A002
    """A rectangle with the pattern of a choice; only its outline for `not_member`."""
    member = choice in _PATTERNS
    dashes = f' stroke-dasharray="{_DASHES[choice]}"' if choice in _DASHES else ""
    corner = f' rx="{round:g}"' if round else ""
    fill = f"url(#vw-{choice})" if member else "none"
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corner} fill="{fill}" '
        f'stroke="{"#222222" if member else "#9aa2ad"}" stroke-width=".8"{dashes}/>'
    )


def sign(choice: str, x: float, y: float, scale: float = 1) -> str:
    """The sign of a choice in a square of 12 at a place; nothing for `not_member`."""
    if choice not in _SIGNS:
        return ""
    place = f'x="{x:g}" y="{y:g}"'
    if scale != 1:
        place = f'transform="translate({x:g} {y:g}) scale({scale:g})"'
    return f'<use href="#vw-sign-{choice}" {place} stroke="{INKS[choice]}"/>'


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float,
    fill: str = "#222222",
    bold: bool = False,
    anchor: str = "middle",
) -> str:
    """Words at a place: their middle, or their start or end as `anchor` says."""
    weight = ' font-weight="700"' if bold else ""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{weight}{where}>'
        f"{escape(printable(words))}</text>"
    )
