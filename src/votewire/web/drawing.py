"""The charts of a page's answers, and the picture by which a page is shared."""

from __future__ import annotations

from typing import Any

from votewire.errors import UsageError
from votewire.plots import Chart, chart
from votewire.record import Answer
from votewire.web.shown import Page

__all__ = ["chart_of", "chart_png", "chart_spec", "chart_svg", "share_png"]


def chart_of(answer: Answer) -> Chart | None:
    """The answer's chart; None for a question that has none, or an answer too small or large."""
    try:
        return chart(answer)
    except UsageError:
        return None


def chart_svg(answer: Answer) -> str:
    """The chart as SVG. Raises UsageError where the answer has none."""
    from votewire.plots.svg import svg

    return svg(chart(answer))


def chart_png(answer: Answer) -> bytes:
    """The chart as PNG. Raises UsageError where the answer has none."""
    from votewire.plots.svg import png

    return png(chart(answer))


def chart_spec(answer: Answer) -> dict[str, Any]:
    """The chart's Vega-Lite specification. Raises UsageError where the answer has none."""
    return chart(answer).specification


def share_png(page: Page) -> bytes:
    """The page as a picture of 1200 x 630: its title, its first sentence, its source."""
    from votewire.web.sharing import picture

    return picture(page)
