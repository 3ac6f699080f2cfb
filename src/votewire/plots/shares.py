"""Many votes over time: a point for each by its share of Yes, the median of each year, and n."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import altair as alt

from votewire.errors import UsageError
from votewire.plots.parts import days_of, hollow
from votewire.plots.periods import count_bars, year_axis
from votewire.plots.room import WIDE, Room
from votewire.plots.style import DARK, LIGHT, Body, Sketch, data
from votewire.plots.wording import counted, figure
from votewire.record import Answer

__all__ = ["shares_by_year"]

_WIDTH, _HEIGHT, _BELOW, _MARGIN = 720, 300, 60, 70
_AXIS = 46  # below the shares, and the space to the counts
_WIDEST_MEDIAN = 40  # pixels


def shares_by_year(answer: Answer, room: Room = WIDE) -> Sketch:
    """The share of Yes in each vote, in its year by the order of the days, with yearly medians.

    The share is of the states that voted Yes, No or abstained. A year that is not whole has no
    median, and its number of votes is hollow. Votes without a tally are counted in a note. Raises
    UsageError where none has one.
    """
    every = answer.table.select("date", "yes", "no", "abstain").to_dicts()
    by_year = _by_year(every)
    if not by_year:
        raise UsageError(f"{answer.title}: no vote has a tally, so there is nothing to draw.")
    points = [share for shares in by_year.values() for share in shares]
    missing = len(every) - len(points)
    note = f"Without a tally in the record and not drawn: {counted(missing, 'vote')}."
    first, last = min(by_year), max(by_year)
    cut = {int(label) for label in days_of(answer)}
    whole = [year for year in sorted(by_year) if year not in cut] or sorted(by_year)
    width = room.width - _MARGIN if room.narrow else _WIDTH

    def body() -> Body:
        axis = year_axis("year", first - 0.5, last + 0.5, width, ends=room.narrow)
        parts = (_points(by_year, whole, axis, width), _counts(by_year, whole, axis, width))
        return alt.vconcat(*parts, spacing=8)

    return Sketch(
        body=body,
        width=width + _MARGIN,
        height=_HEIGHT + _BELOW + _AXIS,
        subtitle="Points: each vote by its share of Yes among the states that voted Yes, No or "
        "abstained. Lines: the median of each year. Below: n, the votes of each year. "
        f"{hollow(answer)}".strip(),
        shown=f"{counted(len(points), 'vote')}, {first} to {last}; median share of Yes "
        f"{_told(by_year, whole[0])}, {_told(by_year, whole[-1])}, {figure(median(points))} over "
        "all.",
        notes=(note,) if missing else (),
    )


def _told(by_year: Mapping[int, list[float]], year: int) -> str:
    return f"{figure(median(by_year[year]))} in {year} (n {len(by_year[year])})"


def _by_year(votes: list[dict[str, Any]]) -> dict[int, list[float]]:
    """The shares of Yes of each year, in order of the days."""
    found: dict[int, list[float]] = {}
    for vote in sorted(votes, key=lambda vote: vote["date"]):
        if vote["yes"] is not None:
            voting = vote["yes"] + (vote["no"] or 0) + (vote["abstain"] or 0)
            found.setdefault(vote["date"].year, []).append(vote["yes"] / max(voting, 1))
    return found


def _points(by_year: Mapping[int, list[float]], whole: list[int], axis: alt.X, width: int) -> Body:
    y = alt.Y(
        "share:Q",
        title="share of Yes, 0 to 1",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(tickCount=5),
    )
    base = alt.Chart(data(_spread(by_year))).encode(x=axis, y=y)
    points = base.mark_point(color=LIGHT, filled=True, opacity=1, size=14)
    years = max(by_year) - min(by_year) + 1
    medians = [{"year": year, "share": median(by_year[year])} for year in whole]
    lines = alt.Chart(data(medians)).mark_tick(
        color=DARK,
        opacity=1,
        thickness=2.5,
        size=min(_WIDEST_MEDIAN, width / years),
        orient="horizontal",
    )
    return alt.layer(points, lines.encode(x=axis, y=y), width=width, height=_HEIGHT)


def _spread(by_year: Mapping[int, list[float]]) -> Iterator[dict[str, float]]:
    """The votes of a year side by side within it, since most are held on a few days."""
    for year, shares in by_year.items():
        for at, share in enumerate(shares):
            within = (at + 0.5) / len(shares) - 0.5
            yield {"year": round(year + 0.9 * within, 3), "share": round(share, 4)}


def _counts(by_year: Mapping[int, list[float]], whole: list[int], axis: alt.X, width: int) -> Body:
    rows = [
        {"year": year, "n": len(shares), "part": year not in whole}
        for year, shares in sorted(by_year.items())
    ]
    years = max(by_year) - min(by_year) + 1
    return count_bars(rows, axis, (width, _BELOW), max(2.0, min(18.0, 500 / 720 * width / years)))
