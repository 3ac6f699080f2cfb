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
from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, at_right, end_above, in_order, step_of
from votewire.plots.style import DARK, INK, LIGHT, Body, Sketch, data
from votewire.plots.wording import counted, shortened
from votewire.record import Answer

__all__ = ["chains", "memberships"]

Rows = list[dict[str, Any]]

_STEP, _PLOT, _NARROW = 18, 420, 260
_TITLES, _NAMES, _FIGURES = 520, 240, 180
_AXIS, _OVER = 32, 12  # below the rows; by which the last year reaches over them
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
        body=lambda: _chains(rows),
        width=_TITLES + _PLOT + _FIGURES,
        subtitle="Lines: from the first to the latest vote on each text. In brackets: the symbol "
        "of the latest. Right: the votes on it and the latest tally (yes-no-abstaining).",
        shown=f"{counted(len(every), 'text')}; most votes: {most['title']}, {most['rollcalls']} "
        f"from {most['first']} to {most['last']}.",
        notes=(note,) if note else (),
    )


def memberships(answer: Answer, room: Room = WIDE) -> Sketch:
    """The members of a group, or the groups of a state: a bar for each membership, earliest first.

    What goes on is drawn to the day to which memberships are kept; more than 60 rows stand in
    several columns where there is room.
    """
    kept_to = states.groups_kept_to()
    spells = answer.table.to_dicts()
    founding = min(spells, key=lambda spell: spell["since"])
    latest = max([kept_to, *(spell["until"] or kept_to for spell in spells)])
    named = _named(spells, room)
    over = [name for name, own in named.items() if _over(own[-1], kept_to)]
    every = list(named.items())
    columns = [every] if room.narrow else _columns(every)
    width = room.width - _OVER if room.narrow else _PLOT if len(columns) == 1 else _NARROW
    on = answer.facts.get("on")
    mark = on if on is not None and on <= kept_to.isoformat() else None

    def body() -> Body:
        axis = year_axis(
            "since", founding["since"].year, in_years(latest), width, grid=True, ends=room.narrow
        )
        parts = [_column(dict(each), axis, kept_to, mark, width, room) for each in columns]
        return parts[0] if room.narrow else alt.hconcat(*parts, spacing=30)

    what = "state" if "state" in answer.table.columns else "group"
    return Sketch(
        body=body,
        width=room.width if room.narrow else len(columns) * (_NAMES + width + _FIGURES),
        height=len(columns[0]) * step_of(_STEP, room) + _AXIS,
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
    base = alt.Chart(data(rows)).encode(y=in_order("row", rows, WIDE, labelLimit=_TITLES))
    x = year_axis("first", first, max(last, first + 1), _PLOT, grid=True)
    ends = [
        base.mark_point(color=DARK, filled=True, opacity=1, size=36).encode(x=f"{end}:Q")
        for end in ("first", "last")
    ]
    line = base.mark_rule(color=LIGHT, strokeWidth=4).encode(x=x, x2="last:Q")
    return alt.layer(line, *ends, at_right(base), width=_PLOT, height=alt.Step(_STEP))


def _named(spells: Rows, room: Room) -> dict[str, Rows]:
    """The memberships of each state or group, both in order of time; the earliest name first."""
    key = "state" if "state" in spells[0] else "group"
    names = {spell[key]: _called(spell, room) for spell in spells}
    times = Counter(names.values())
    found: dict[str, Rows] = {}
    for spell in sorted(spells, key=lambda spell: (spell["since"], spell["name"])):
        name = names[spell[key]]
        name = name if times[name] == 1 else f"{name} ({spell[key]})"
        found.setdefault(name, []).append(spell)
    return found


def _called(spell: dict[str, Any], room: Room) -> str:
    """The name of a state or a group; on a phone a group's id where it is short, such as P5."""
    short = room.narrow and "_" not in spell.get("group", "_")
    return str(spell["group"] if short else spell["name"])


def _columns(rows: list[Any]) -> list[list[Any]]:
    """The rows in as few columns of about equal length as needed."""
    number = ceil(len(rows) / _COLUMN)
    size = ceil(len(rows) / number)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _column(
    named: dict[str, Rows], axis: alt.X, kept_to: date, mark: str | None, width: int, room: Room
) -> Body:
    y = in_order("row", [{"row": name} for name in named], room, labelLimit=_NAMES)
    bars = alt.Chart(data(_bars(named, kept_to))).mark_bar(stroke=INK, strokeWidth=0.5, height=10)
    told = [{"row": name, "label": _told(own, room)} for name, own in named.items()]
    written = alt.Chart(data(told)).encode(y=y)
    figures = end_above(written) if room.narrow else at_right(written)
    layers = [
        bars.encode(y=y, x=axis, x2="until:Q", fill=alt.Fill("fill:N", scale=None)),
        *above(written, "row", room),
        figures,
    ]
    if mark:
        at = [{"on": in_years(date.fromisoformat(mark))}]
        line = alt.Chart(data(at)).encode(x="on:Q")
        layers += [
            line.mark_rule(color="#ffffff", strokeWidth=4),
            line.mark_rule(color=INK, strokeWidth=1.5),
        ]
    return alt.layer(*layers, width=width, height=alt.Step(step_of(_STEP, room)))


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


def _told(own: Rows, room: Room) -> str:
    """The days of one membership; of several, their number and the days of the last.

    On a phone the years, and of several that of the last day.
    """
    last = own[-1]
    if room.narrow:
        times = "" if len(own) == 1 else f"{len(own)} times, "
        since = "" if len(own) > 1 else f"{_year(last, 'since')} "
        return times + (
            f"since {_year(last, 'since')}"
            if last["until"] is None
            else f"{since}to {_year(last, 'until')}"
        )
    since = _day(last, "since")
    days = f"since {since}" if last["until"] is None else f"{since} to {_day(last, 'until')}"
    return days if len(own) == 1 else f"{len(own)} times, last {days}"


def _day(spell: dict[str, Any], end: str) -> str:
    """An end of a membership, as exactly as it is known: the month or year in which it ended."""
    exact = spell.get("exact", "day")
    over = timedelta(days=end == "until" and exact != "day")
    return str(spell[end] + over)[: _EXACT[exact]]


def _year(spell: dict[str, Any], end: str) -> str:
    return _day(spell, end)[:4]
