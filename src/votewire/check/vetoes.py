"""Vetoes in the Security Council: each of them, or how many by year or by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from votewire import states
from votewire.check.deciding import named, permanent_members
from votewire.errors import TooFewRollcalls
from votewire.record import Answer, Chamber, Choice, Kind, Outcome, Record, Rollcall

__all__ = ["vetoes"]

_LISTED = pl.Schema(
    {
        **dict.fromkeys(("id", "symbol", "title", "kind"), pl.String()),
        "vetoed_by": pl.List(pl.String()),
        **dict.fromkeys(("yes", "no", "abstain"), pl.Int64()),
    }
)
_DEFINITION = (
    "A veto: a text of the Security Council that the record has as vetoed, and the permanent "
    "members that voted No on it. A No of theirs on a text that lacked the votes anyway, or on a "
    "procedural matter, is none. A text vetoed by several counts once, and once for each of them."
)
# The Council voted on 18 applicants one by one, and most were vetoed (Foreign Relations
# of the United States 1955-1957, volume XI, document 219); none of these is in the list of vetoes.
_MISSING = date(1955, 12, 13)


def vetoes(
    record: Record,
    *,
    state: str | None = None,
    since: date | None = None,
    until: date | None = None,
    by: str | None = None,
) -> Answer:
    """Every vetoed text, oldest first, with who vetoed it; or how many by `year` or `state`.

    state: only those that this one vetoed. since, until: first and last day, both counted.
    Raises TooFewRollcalls where there is none, and ValueError for another `by`.
    """
    if by not in (None, "year", "state"):
        raise ValueError(f"by {by!r}: year or state")
    found = _vetoed(record, state, since, until)
    if not found:
        whose = f" by {states.name_of(state)}" if state else ""
        raise TooFewRollcalls(
            f"no veto{whose} {_period(since, until)}".rstrip(),
            str(record.failed_complete_to.get(Chamber.SC, "")),
        )
    who = Counter(code for rollcall in found for code in _by(rollcall))
    return Answer(
        question=f"vetoes_{by}" if by else "vetoes",
        title=_title(state, since, until),
        told=_told(record, found, who),
        table=_table(found, who, by),
        definition=_DEFINITION,
        basis=f"{len(found)} vetoed texts; votes that failed are in the record to "
        f"{record.failed_complete_to.get(Chamber.SC, 'no day')}",
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=() if by else ("date", "symbol", "kind", "vetoed_by", "yes", "no", "title"),
        facts={"vetoes": len(found), "by_state": dict(who.most_common())},
    )


def _vetoed(
    record: Record, state: str | None, since: date | None, until: date | None
) -> list[Rollcall]:
    frame = record.rollcalls.with_row_index()
    keep = (pl.col("chamber") == Chamber.SC.value) & (pl.col("outcome") == Outcome.VETOED.value)
    if since is not None:
        keep &= pl.col("date") >= since
    if until is not None:
        keep &= pl.col("date") <= until
    rows = frame.filter(keep).sort("date", "index")["index"]
    found = [record.at(row) for row in rows]
    return [rollcall for rollcall in found if state is None or state in _by(rollcall)]


def _by(rollcall: Rollcall) -> list[str]:
    against = set(rollcall.states(Choice.NO))
    return sorted(permanent_members(rollcall.date) & against)


def _table(found: Sequence[Rollcall], who: Counter[str], by: str | None) -> pl.DataFrame:
    if by == "year":
        years = Counter(str(rollcall.date.year) for rollcall in found)
        return pl.DataFrame(sorted(years.items()), schema=["period", "n"], orient="row")
    if by == "state":
        rows = [(code, states.name_of(code), n) for code, n in sorted(who.items(), key=_most)]
        return pl.DataFrame(rows, schema=["state", "name", "n"], orient="row")
    table = pl.DataFrame([_row(rollcall) for rollcall in found], schema=_LISTED)
    days = pl.Series("date", [rollcall.date for rollcall in found])
    return table.insert_column(1, days)


def _row(rollcall: Rollcall) -> dict[str, Any]:
    return {
        "id": rollcall.id,
        "symbol": rollcall.name,
        "title": rollcall.title,
        "kind": rollcall.kind,
        "vetoed_by": _by(rollcall),
        "yes": rollcall.tally.yes,
        "no": rollcall.tally.no,
        "abstain": rollcall.tally.abstain,
    }


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _title(state: str | None, since: date | None, until: date | None) -> str:
    whose = f"Vetoes of {named(since or date.max)(state)}" if state else "Vetoes"
    return f"{whose} in the Security Council {_period(since, until)}".rstrip()


def _period(since: date | None, until: date | None) -> str:
    first = f"from {since} " if since else ""
    last = f"until {until}" if until else ""
    return f"{first}{last}".rstrip()


def _told(record: Record, found: Sequence[Rollcall], who: Counter[str]) -> tuple[str, ...]:
    shares = ", ".join(f"{states.name_of(c)} {n}" for c, n in sorted(who.items(), key=_most))
    several = sum(len(_by(rollcall)) > 1 for rollcall in found)
    texts = "1 text vetoed" if len(found) == 1 else f"{len(found)} texts vetoed"
    told = [f"{texts}, {several or 'none'} of them by more than one member. By state: {shares}."]
    if who["SUN"] and who["RUS"]:
        told.append(f"The Soviet Union and Russia together: {who['SUN'] + who['RUS']}.")
    return (*told, *_why_lists_differ(record, found))


def _why_lists_differ(record: Record, found: Sequence[Rollcall]) -> list[str]:
    parts = sum(rollcall.kind != Kind.DRAFT for rollcall in found)
    uncounted = sum(rollcall.tally.yes is None for rollcall in found)
    told = [
        "Lists of vetoes differ by what they count: here every vote counts, on drafts "
        f"({len(found) - parts}) and on amendments ({parts}), also two votes on one text at one "
        "meeting; others count texts alone, or leave out amendments and closed meetings. The "
        f"sources here reach to {record.failed_complete_to.get(Chamber.SC)}."
    ]
    if found[0].date <= _MISSING <= found[-1].date:
        told.append(
            "Missing: the vetoes of 13 December 1955 on new members, which no source here has."
        )
    if uncounted:
        told.append(
            f"{uncounted} have no tally here: the source names who vetoed and nothing else, and "
            "that the text had the votes is its word."
        )
    return told
