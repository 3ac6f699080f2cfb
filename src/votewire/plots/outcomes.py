"""What explains the outcomes of the record: how many by which rule, and when those without."""

from __future__ import annotations

import altair as alt

from votewire.plots.counts import bars, room
from votewire.plots.periods import bars_by_period, spans_of, width_of, year_of
from votewire.plots.style import DARK, LIGHT, Body, Sketch
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

    def body() -> Body:
        parts = [
            bars(own, "explained", "rollcalls", most, f"{name} ({totals[name]:,})", names=rows)
            for name, own in by_chamber.items()
            if own
        ]
        return alt.vconcat(*parts, spacing=24)

    told = [f"{name} {count:,} rollcalls" for name, count in totals.items()]
    return Sketch(
        body=body,
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
    span = spans_of(kinds, 10)
    told = [
        f"{counted(len(years), 'rollcall')} {how}, {min(years)} to {max(years)}"
        for how, years in kinds.items()
    ]
    return Sketch(
        body=lambda: bars_by_period(kinds, fills, "rollcalls", span, stroke=DARK),
        width=width_of(span) + _MARGIN,
        subtitle="Bars: rollcalls in each decade, by what is told of their outcome instead.",
        shown=f"{'; '.join(told)}.",
        notes=answer.told[-2:],
    )
