"""Tallies as bars: one against what is needed, two beside each other, many over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt

from votewire import states
from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, at_right, in_order, step_of
from votewire.plots.shares import shares_by_year
from votewire.plots.style import INK, LIGHT, Body, Sketch, data, fills, inks
from votewire.plots.wording import counted, figure, listed, word_of_choice
from votewire.record import Answer

__all__ = ["against_needed", "before_and_after", "most_split", "over_time"]

Rows = list[dict[str, Any]]

_PLOT = 420  # pixels of the longest bar
_NAMES = 230  # pixels of what stands left of the bars
_STEP, _BAR = 24, 12  # pixels of a row, and of a bar on a phone
_MOST = 60  # bars
_ROOM = 9  # pixels that one figure needs inside a bar, for each of its letters
_SIDES = ("yes", "abstain", "no", "non_voting")
_NAMED = 6  # states of a kind up to which they are named
_AROUND, _LOW = 59, 8  # pixels of axis and legend; more where names stand above the bars
_LETTER = 5  # pixels
_SMALL, _COHESION = 22, 7  # letters beside a bar: two small counts, a figure


def against_needed(answer: Answer) -> Sketch:
    """The sides of one rollcall as bars, with a line where the majority needed is reached."""
    rows = [row | {"word": word_of_choice(row["side"])} for row in answer.table.to_dicts()]
    for row in rows:
        row["fill"] = fills([row["side"]])[0] if row["side"] in _SIDES else LIGHT
        row["label"] = str(row["count"])
        row["need"] = "" if row["needed"] is None else f"needed: {row['needed']}"
    most = max(max(row["count"], row["needed"] or 0) for row in rows)
    base = alt.Chart(data(rows)).encode(y=in_order("word", rows, WIDE))
    scale = alt.Scale(domain=[0, most * 1.05], nice=False)
    bars = base.mark_bar(stroke=INK, strokeWidth=0.75, height=22).encode(
        x=alt.X("count:Q", scale=scale, title="states", axis=_whole()),
        fill=alt.Fill("fill:N", scale=None),
    )
    counts = base.mark_text(align="left", dx=5).encode(x="count:Q", text="label:N")
    needed = base.transform_filter("isValid(datum.needed)")
    lines = needed.mark_tick(fill=INK, stroke="#ffffff", opacity=1, thickness=5, size=40).encode(
        x="needed:Q"
    )
    told = needed.mark_text(dy=-26).encode(x="needed:Q", text="need:N")
    body = alt.layer(bars, counts, lines, told, width=_PLOT, height=alt.Step(48))
    sides = listed([f"{row['word']} {row['count']}" for row in rows])
    return Sketch(
        body=lambda: body,
        width=_NAMES + _PLOT,
        subtitle=f"Bars: states on each side. Thick line: what was needed.{_vetoed(answer)}",
        shown=f"{sides}. {listed([row['need'] for row in rows if row['need']])}".strip() + ".",
    )


def before_and_after(answer: Answer) -> Sketch:
    """Two stacked bars: the tally as it was, and with the changes supposed."""
    facts = answer.facts
    rows = [
        facts[f"tally_{when}"]
        | {
            "row": f"{when}: {facts[f'outcome_{when}']}",
            "right": f"{facts[f'needed_{when}']} yes needed",
        }
        for when in ("before", "after")
    ]
    return Sketch(
        body=lambda: _stacked(rows),
        width=_NAMES + _PLOT,
        subtitle=f"Supposed: {_supposed(answer.table.to_dicts())}.",
        shown=" ".join(f"{row['row'].capitalize()}, {_told(row)}." for row in rows),
    )


def over_time(answer: Answer, room: Room = WIDE) -> Sketch:
    """The votes on one text, matter or topic, one stacked bar each, the first on top.

    More than 60 are drawn as points by the share of Yes.
    """
    if answer.table.height > _MOST:
        return shares_by_year(answer, room)
    rows = _apart([row | {"row": _named(row)} for row in answer.table.to_dicts()])
    most = _longest(rows)
    plot = _plot(room, _SMALL)
    rows = [row | {"right": _not_written(row, most, plot)} for row in rows]
    voted = [row for row in rows if row["yes"] is not None]
    shown = counted(len(rows), "rollcall")
    if voted:
        first, last = voted[0], voted[-1]
        shown += f", first {first['row']}: {_told(first)}; last {last['row']}: {_told(last)}"
    return Sketch(
        body=lambda: _stacked(rows, room, plot),
        width=room.width if room.narrow else _NAMES + _PLOT + 100,
        height=_height(rows, room),
        subtitle="Bars: states that voted yes, abstained and voted no, one bar for each vote.",
        shown=f"{shown}.",
    )


def most_split(answer: Answer, room: Room = WIDE) -> Sketch:
    """The rollcalls that split a group most: its own tally, its cohesion, who broke ranks."""
    rows = [
        row | {"row": _named(row), "right": _split(row, room)} for row in answer.table.to_dicts()
    ]
    rows = _apart(rows)
    return Sketch(
        body=lambda: _stacked(rows, room, _plot(room, _COHESION)),
        width=room.width if room.narrow else _NAMES + _PLOT + 250,
        height=_height(rows, room),
        subtitle="Bars: members that voted yes, abstained and voted no. Right: cohesion of the "
        f"group, 0 to 1{'' if room.narrow else ', and who broke ranks'}.",
        shown=f"{counted(len(rows), 'rollcall')}; most split {rows[0]['row']}, {_told(rows[0])}, "
        f"cohesion {figure(rows[0]['cohesion'])}.",
    )


def _vetoed(answer: Answer) -> str:
    """A sentence on the permanent members that were against, where that was a veto."""
    names = [states.name_of(code) for code in answer.facts.get("vetoes", ())]
    return f" Against, with a veto: {listed(names)}." if names else ""


def _supposed(changes: Rows) -> str:
    """The changes in words: by name where they are few, else by number."""
    found: dict[str, list[str]] = {}
    for row in changes:
        move = f"from {word_of_choice(row['before'])} to {word_of_choice(row['after'])}"
        found.setdefault(move, []).append(row["name"])
    return "; ".join(
        f"{listed(names) if len(names) <= _NAMED else counted(len(names), 'state')} {move}"
        for move, names in found.items()
    )


def _stacked(rows: Rows, room: Room = WIDE, plot: int = _PLOT) -> Body:
    """Rows with `row` (left), the counts of the sides, and `right`, as stacked bars.

    plot: pixels of the longest bar.
    """
    most = _longest(rows)
    sides = [side for side in _SIDES if any(row.get(side) for row in rows)]
    words = [word_of_choice(side) for side in sides]
    left = in_order("row", rows, room)
    scale = alt.Scale(domain=[0, most], nice=False)
    segments = alt.Chart(data(_segments(rows, sides, most, plot))).encode(y=left)
    bars = segments.mark_bar(
        stroke=INK, strokeWidth=0.75, height=_BAR if room.narrow else _STEP - 6
    ).encode(
        x=alt.X("start:Q", scale=scale, title="states", axis=_whole(room)),
        x2="end:Q",
        fill=alt.Fill(
            "word:N",
            scale=alt.Scale(domain=words, range=fills(sides)),
            legend=alt.Legend(
                title=None,
                orient="top",
                symbolStrokeColor=INK,
                symbolType="square",
                offset=24 if room.narrow else alt.Undefined,
            ),
        ),
    )
    counts = segments.mark_text().encode(
        x="middle:Q", text="label:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    told = ({"row": row["row"], "label": row["right"]} for row in rows)
    ends = alt.Chart(data(told)).encode(y=left)
    layers = [bars, counts, *above(ends, "row", room), at_right(ends, 8)]
    return alt.layer(*layers, width=plot, height=alt.Step(step_of(_STEP, room)))


def _plot(room: Room, letters: int) -> int:
    """The pixels of the longest bar, beside which so many letters stand on a phone."""
    return room.width - letters * _LETTER if room.narrow else _PLOT


def _height(rows: Rows, room: Room) -> int:
    """The pixels of the rows with their axis and the legend above."""
    return len(rows) * step_of(_STEP, room) + _AROUND + (_LOW if room.narrow else 0)


def _segments(rows: Rows, sides: Sequence[str], most: int, plot: int) -> Iterator[dict[str, Any]]:
    colours = dict(zip(sides, inks(sides), strict=True))
    for row in rows:
        start = 0
        for side in sides:
            count = row.get(side) or 0
            if not count:
                continue
            yield {
                "row": row["row"],
                "word": word_of_choice(side),
                "start": start,
                "end": start + count,
                "middle": start + count / 2,
                "label": str(count) if _fits(count, most, plot) else "",
                "ink": colours[side],
            }
            start += count


def _whole(room: Room = WIDE) -> alt.Axis:
    """An axis of numbers of states: no halves."""
    return alt.Axis(format="d", tickMinStep=1, tickCount=4 if room.narrow else alt.Undefined)


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['date']}  {row['symbol'] or row['id']}"


def _apart(rows: Rows) -> Rows:
    """The rows with names of their own: those of equal name get their id."""
    times = Counter(row["row"] for row in rows)
    return [
        row | {"row": f"{row['row']} ({row['id']})" if times[row["row"]] > 1 else row["row"]}
        for row in rows
    ]


def _longest(rows: Rows) -> int:
    return max(sum(row.get(side) or 0 for side in _SIDES) for row in rows) or 1


def _fits(count: int, most: int, plot: int) -> bool:
    """Whether a figure can be written inside its part of the bar."""
    return count / most * plot >= _ROOM * len(str(count))


def _not_written(row: Mapping[str, Any], most: int, plot: int) -> str:
    """The counts that find no room inside their bar."""
    if row["yes"] is None:
        return "no tally in the record"
    small = [s for s in _SIDES if row.get(s) and not _fits(row[s], most, plot)]
    return ", ".join(f"{word_of_choice(side)} {row[side]}" for side in small)


def _split(row: Mapping[str, Any], room: Room) -> str:
    if room.narrow:
        return figure(row["cohesion"])
    broke = row["broke"]
    more = f" and {len(broke) - _NAMED} more" if len(broke) > _NAMED else ""
    return f"{figure(row['cohesion'])}  {', '.join(broke[:_NAMED])}{more}"


def _told(row: Mapping[str, Any]) -> str:
    made = [f"{word_of_choice(side)} {row[side]}" for side in _SIDES if row.get(side) is not None]
    return listed(made)
