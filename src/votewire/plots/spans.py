"""From when to when, as bars over time: texts that come back, memberships in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil
from typing import Any

import altair as alt

from votewire import states
from votewire.plots.periods import in_years, year_axis
from votewire.plots.style import DARK, INK, LIGHT, Body, Sketch, data
from votewire.plots.wording import counted, shortened
from votewire.record import Answer

__all__ = ["chains", "memberships"]

Rows = list[dict[str, Any]]

_STEP, _PLOT, _NARROW = 18, 420, 260
_TITLES, _NAMES, _FIGURES = 520, 240, 180
_MOST = 60  # texts
_LETTERS = 60  # of a text's title
_LATER = "#ffffff"
_COLUMN = 60  # states or groups in one column
_EXACT = {"day": 10, "month": 7, "year": 4}  # letters of a day that are known, by the word for it


def chains(answer: Answer) -> Sketch:
    """Each text from its first to its latest vote, with their number and the latest tally.

    Those with most votes where there are more than 60; a note says how many are not drawn.
    """
    every = answer.table.to_dicts()
    rows = _apart([_text(row) for row in every[:_MOST]])
    rest = len(every) - len(rows)
    note = (
        f"Drawn: the {len(rows)} texts with most votes; {rest} more are in the table, with "
        f"{every[len(rows)]['rollcalls']} votes or fewer each."
        if rest
        else ""
    )
    most = every[0]
    return Sketch(
        body=_chains(rows),
        width=_TITLES + _PLOT + _FIGURES,
        subtitle="Lines: from the first to the latest vote on each text. In brackets: the symbol "
        "of the latest. Right: the votes on it and the latest tally (yes-no-abstaining).",
        shown=f"{counted(len(every), 'text')}; most votes: {most['title']}, {most['rollcalls']} "
        f"from {most['first']} to {most['last']}.",
        notes=(note,) if note else (),
    )


def memberships(answer: Answer) -> Sketch:
    """The members of a group, or the groups of a state: a bar for each membership, earliest first.

    What goes on is drawn to the day to which memberships are kept; more than 60 rows stand in
    several columns.
    """
    kept_to = states.groups_kept_to()
    spells = answer.table.to_dicts()
    founding = min(spells, key=lambda spell: spell["since"])
    latest = max([kept_to, *(spell["until"] or kept_to for spell in spells)])
    named = _named(spells)
    over = [name for name, own in named.items() if _over(own[-1], kept_to)]
    columns = _columns(list(named.items()))
    width = _PLOT if len(columns) == 1 else _NARROW
    axis = year_axis("since", founding["since"].year, in_years(latest), width, grid=True)
    on = answer.facts.get("on")
    mark = on if on is not None and on <= kept_to.isoformat() else None
    parts = [_column(dict(column), axis, kept_to, mark, width) for column in columns]
    what = "state" if "state" in answer.table.columns else "group"
    return Sketch(
        body=alt.hconcat(*parts, spacing=30),
        width=len(parts) * (_NAMES + width + _FIGURES),
        subtitle=f"Bars: memberships. Dark: in force on {kept_to}. Light: ended before."
        + (" White: begins later." if any(spell["since"] > kept_to for spell in spells) else "")
        + (f" Line: {mark}." if mark else ""),
        shown=f"{counted(len(named), what)}, the first since {_day(founding, 'since')}; "
        f"{len(over)} ended before {kept_to}.",
        notes=answer.told[1:],
    )


def _text(row: dict[str, Any]) -> dict[str, Any]:
    tally = "-".join(str(row[side]) for side in ("yes", "no", "abstain"))
    symbol = f" ({row['symbol']})" if row["symbol"] else ""
    votes = counted(row["rollcalls"], "vote")
    return {
        "chain": row["chain"],
        "row": shortened(row["title"] or "no title", _LETTERS) + symbol,
        "first": in_years(row["first"]),
        "last": in_years(row["last"]),
        "label": votes if row["yes"] is None else f"{votes}, latest {tally}",
    }


def _apart(rows: Rows) -> Rows:
    """The rows with names of their own: those of equal name get the id of their first vote."""
    times = Counter(row["row"] for row in rows)
    return [
        row | {"row": f"{row['row']} [{row['chain']}]" if times[row["row"]] > 1 else row["row"]}
        for row in rows
    ]


def _chains(rows: Rows) -> Body:
    first = int(min(row["first"] for row in rows))
    last = max(row["last"] for row in rows)
    base = alt.Chart(data(rows)).encode(y=_rows_in_order([row["row"] for row in rows], _TITLES))
    x = year_axis("first", first, max(last, first + 1), _PLOT, grid=True)
    ends = [
        base.mark_point(color=DARK, filled=True, opacity=1, size=36).encode(x=f"{end}:Q")
        for end in ("first", "last")
    ]
    line = base.mark_rule(color=LIGHT, strokeWidth=4).encode(x=x, x2="last:Q")
    return alt.layer(line, *ends, _at_right(base, _PLOT), width=_PLOT, height=alt.Step(_STEP))


def _named(spells: Rows) -> dict[str, Rows]:
    """The memberships of each state or group, both in order of time; the earliest name first."""
    key = "state" if "state" in spells[0] else "group"
    names = {spell[key]: spell["name"] for spell in spells}
    times = Counter(names.values())
    found: dict[str, Rows] = {}
    for spell in sorted(spells, key=lambda spell: (spell["since"], spell["name"])):
        name = spell["name"] if times[spell["name"]] == 1 else f"{spell['name']} ({spell[key]})"
        found.setdefault(name, []).append(spell)
    return found


def _columns(rows: list[Any]) -> list[list[Any]]:
    """The rows in as few columns of about equal length as needed."""
    number = ceil(len(rows) / _COLUMN)
    size = ceil(len(rows) / number)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _column(
    named: dict[str, Rows], axis: alt.X, kept_to: date, mark: str | None, width: int
) -> Body:
    y = _rows_in_order(list(named), _NAMES)
    bars = alt.Chart(data(_bars(named, kept_to))).mark_bar(stroke=INK, strokeWidth=0.5, height=10)
    told = [{"row": name, "label": _told(own)} for name, own in named.items()]
    layers = [
        bars.encode(y=y, x=axis, x2="until:Q", fill=alt.Fill("fill:N", scale=None)),
        _at_right(alt.Chart(data(told)).encode(y=y), width),
    ]
    if mark:
        at = [{"on": in_years(date.fromisoformat(mark))}]
        line = alt.Chart(data(at)).encode(x="on:Q")
        layers += [
            line.mark_rule(color="#ffffff", strokeWidth=4),
            line.mark_rule(color=INK, strokeWidth=1.5),
        ]
    return alt.layer(*layers, width=width, height=alt.Step(_STEP))


def _bars(named: dict[str, Rows], kept_to: date) -> Iterator[dict[str, Any]]:
    for name, own in named.items():
        for spell in own:
            yield {
                "row": name,
                "since": in_years(spell["since"]),
                "until": in_years(spell["until"] or kept_to),
                "fill": _fill(spell, kept_to),
            }


def _fill(spell: dict[str, Any], day: date) -> str:
    if spell["since"] > day:
        return _LATER
    return LIGHT if _over(spell, day) else DARK


def _over(spell: dict[str, Any], day: date) -> bool:
    return spell["until"] is not None and spell["until"] < day


def _told(own: Rows) -> str:
    """The days of one membership; of several, their number and the days of the last."""
    last = own[-1]
    since = _day(last, "since")
    days = f"since {since}" if last["until"] is None else f"{since} to {_day(last, 'until')}"
    return days if len(own) == 1 else f"{len(own)} times, last {days}"


def _day(spell: dict[str, Any], end: str) -> str:
    """An end of a membership, as exactly as it is known: the month or year in which it ended."""
    exact = spell.get("exact", "day")
    over = timedelta(days=end == "until" and exact != "day")
    return str(spell[end] + over)[: _EXACT[exact]]


def _rows_in_order(names: list[str], limit: int) -> alt.Y:
    return alt.Y(
        "row:N",
        sort=names,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, labelLimit=limit),
    )


def _at_right(base: Body, width: int) -> Body:
    return base.mark_text(align="left", dx=10).encode(x=alt.value(width), text="label:N")
