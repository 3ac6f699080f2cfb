"""A tally as one bar: a stretch for each choice, and a line where enough had voted Yes."""

from __future__ import annotations

from collections.abc import Mapping

from votewire.plots.marks import CHOICES, INKS, WORDS, mark, sign, text

__all__ = ["BAR_HEIGHT", "BAR_WIDTH", "bar", "small_bar"]

BAR_WIDTH, BAR_HEIGHT = 360, 66
_TOP, _TALL = 20, 34
_EDGE = 1
_ROOM = 21  # pixels from which a figure fits into its stretch
_ROOM_SIGN = 44


def bar(
    counts: Mapping[str, int | None],
    needed: int | None,
    needed_word: str = "{} needed",
    words: Mapping[str, str] = WORDS,
) -> str:
    """The bar as the inside of an SVG of BAR_WIDTH x BAR_HEIGHT pixels.

    counts: label of a choice -> how many chose so; what the record lacks is left out. needed: how
    many Yes were needed; no line where that is not known. Empty without a count.
    """
    stretches = _stretches(counts, BAR_WIDTH - 2 * _EDGE)
    if not stretches:
        return ""
    drawn = "".join(_stretch(*stretch, words) for stretch in stretches)
    total = sum(n or 0 for n in counts.values())
    return drawn + ("" if needed is None or needed > total else _line(needed, total, needed_word))


def small_bar(counts: Mapping[str, int | None], width: float = 120, height: float = 12) -> str:
    """The bar without figures, as the inside of an SVG; for where they stand beside it."""
    return "".join(
        f'<g class="tile {choice}">{mark(choice, round(x, 2), 1, round(wide, 2), height - 2)}</g>'
        for choice, _, x, wide in _stretches(counts, width - 2 * _EDGE)
    )


def _stretches(
    counts: Mapping[str, int | None], width: float
) -> list[tuple[str, int, float, float]]:
    """Choice, count, where it begins and how wide it is; of those that somebody made."""
    known = [(choice, counts.get(choice) or 0) for choice in CHOICES]
    total = sum(n for _, n in known)
    found, x = [], float(_EDGE)
    for choice, n in known:
        if n:
            found.append((choice, n, x, width * n / total))
            x += width * n / total
    return found


def _stretch(choice: str, n: int, x: float, wide: float, words: Mapping[str, str]) -> str:
    # Beside its beginning, for the line of the votes needed crosses the long stretches.
    signed = wide >= _ROOM_SIGN
    low = _TOP + _TALL / 2 + 5
    anchor, place = ("start", x + 25) if signed else ("middle", x + wide / 2)
    figure = text(
        str(n), round(place, 2), low, size=15, fill=INKS[choice], bold=True, anchor=anchor
    )
    return (
        f'<g class="tile {choice}"><title>{n} {words[choice]}</title>'
        f"{mark(choice, round(x, 2), _TOP, round(wide, 2), _TALL)}"
        f"{figure if wide >= _ROOM else ''}"
        f"{sign(choice, round(x + 8, 2), _TOP + 11) if signed else ''}</g>"
    )


def _line(needed: int, total: int, word: str) -> str:
    x = round(_EDGE + (BAR_WIDTH - 2 * _EDGE) * needed / total, 2)
    anchor = "start" if x < BAR_WIDTH * 0.2 else "end" if x > BAR_WIDTH * 0.8 else "middle"
    return (
        f'<g class="needed"><path d="M{x:g} {_TOP - 5}V{_TOP + _TALL + 5}" stroke="#111111" '
        f'stroke-width="2"/><path class="halo" d="M{x + 2:g} {_TOP}V{_TOP + _TALL}" '
        f'stroke="#ffffff" stroke-width="1"/>'
        f"{text(word.format(needed), x, _TOP - 8, size=11, anchor=anchor)}</g>"
    )
