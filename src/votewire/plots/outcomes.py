"""What explains the outcomes of the record: how many by which rule, and when those without."""

from __future__ import annotations

import altair as alt

from votewire.plots.counts import bars, room
from votewire.plots.periods import bars_by_period, year_of
from votewire.plots.style import DARK, LIGHT, Sketch
from votewire.plots.wording import counted, listed
from votewire.record import Answer

__all__ = ["rules", "unexplained"]

_CHAMBERS = {"GA": "General Assembly", "SC": "Security Council"}
_MARGIN = 70


def rules(answer: Answer) -> Sketch:
    """The rollcalls of each chamber by what explains their outcome, on one scale."""
    rows = [row | {"label": f"{row['rollcalls']:,}"} for row in answer.table.to_dicts()]
    by_chamber = {
        name: [row for row in rows if row["chamber"] == chamber]
        for chamber, name in _CHAMBERS.items()
    }
    most = max(row["rollcalls"] for row in rows)
    totals = {name: sum(row["rollcalls"] for row in own) for name, own in by_chamber.items()}
    parts = [
        bars(own, "explained", "rollcalls", most, f"{name} ({totals[name]:,})", names=rows)
        for name, own in by_chamber.items()
        if own
    ]
    told = [f"{name} {count:,} rollcalls" for name, count in totals.items()]
    return Sketch(
        body=alt.vconcat(*parts, spacing=24),
        width=room(rows, "explained"),
        subtitle="Bars: rollcalls by what explains the outcome that the record has.",
        shown=f"{listed(told)}.",
        notes=answer.told,
    )


def unexplained(answer: Answer) -> Sketch:
    """The outcomes that the ordinary rule does not explain by decade, a row for each reason."""
    kinds: dict[str, list[int]] = {}
    for row in answer.table.to_dicts():
        kinds.setdefault(row["how"], []).append(year_of(row["date"]))
    fills = [LIGHT] * len(kinds)
    body, width = bars_by_period(kinds, fills, "rollcalls", wide=10, stroke=DARK)
    told = [
        f"{counted(len(years), 'rollcall')} {how}, {min(years)} to {max(years)}"
        for how, years in kinds.items()
    ]
    return Sketch(
        body=body,
        width=width + _MARGIN,
        subtitle="Bars: rollcalls in each decade, by what is told of their outcome instead.",
        shown=f"{'; '.join(told)}.",
        notes=answer.told[-2:],
    )
