"""Is it unprecedented? What a state chose on the earlier votes of the same item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.phrasing import VOTED, counted, named, the_state
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Choice, Record, Rollcall, Selection
from votewire.record.chains import same_matter, same_text

__all__ = ["first", "state_and_choice"]

Rows = NDArray[np.intp]

# Longest first, so that "did not vote" is not read as "vote" and "voted no" not as "no".
_WORDS = {
    "did not vote": Choice.NON_VOTING,
    "didn't vote": Choice.NON_VOTING,
    "voted in favour": Choice.YES,
    "voted in favor": Choice.YES,
    "not voting": Choice.NON_VOTING,
    "non_voting": Choice.NON_VOTING,
    "non-voting": Choice.NON_VOTING,
    "voted against": Choice.NO,
    "in favour": Choice.YES,
    "in favor": Choice.YES,
    "abstention": Choice.ABSTAIN,
    "abstaining": Choice.ABSTAIN,
    "voted yes": Choice.YES,
    "voted for": Choice.YES,
    "abstained": Choice.ABSTAIN,
    "abstains": Choice.ABSTAIN,
    "supported": Choice.YES,
    "votes yes": Choice.YES,
    "votes no": Choice.NO,
    "voted no": Choice.NO,
    "abstain": Choice.ABSTAIN,
    "opposed": Choice.NO,
    "against": Choice.NO,
    "absent": Choice.NON_VOTING,
    "yes": Choice.YES,
    "for": Choice.YES,
    "no": Choice.NO,
}
_COUNTED = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.NON_VOTING)


def state_and_choice(text: str) -> tuple[str, Choice]:
    """What a person typed as a state and a choice: `USA no`, `United States voted against`.

    The choice is the words at the end; what precedes them is the state, as typed.
    Raises UsageError where the text does not end in a choice or has no state before it.
    """
    words = " ".join(text.split())
    for phrase, choice in _WORDS.items():
        before = words[: -len(phrase)]
        if words.lower().endswith(phrase) and before.endswith(" "):
            return before.strip(), choice
    raise UsageError(
        f"{text!r} does not end in a choice: give a state and yes, no, abstain or not voting, such "
        'as "USA no".'
    )


def first(
    record: Record,
    state: str,
    choice: Choice,
    *,
    like: Rollcall | None = None,
    strict: bool = False,
    within: Selection = Selection(),
) -> Answer:
    """On how many earlier votes of an item a state made a choice, all of them listed.

    like: the rollcall whose matter is the item, and before whose day "earlier" is. strict: only the
    same recurring text. within: conditions on the earlier votes; without `like` they are the item,
    by topic or text. A vote counts where the record has the state's choice, not voting included.
    Raises UsageError where nothing names the item.
    """
    if like is None and within.topic is None and within.text is None:
        raise UsageError("Say which item: --like SYMBOL, --topic NAME or --text WORDS.")
    if strict and (like is None or within.topic is not None or within.text is not None):
        raise UsageError("--same-text needs --like SYMBOL, and neither --topic nor --text.")
    rows, within = _earlier(record, like, within, strict=strict)
    roll = record.choices[rows, states.codes().index(state)]
    known = np.isin(roll, _COUNTED)
    table = _table(record, rows[known], roll[known])
    item = _item(like, within, strict=strict)
    return Answer(
        question="first",
        title=f"{states.name_of(state)}, {choice.label.replace('_', ' ')}: earlier votes on {item}",
        told=(
            _sentence(state, choice, roll[known], table),
            *_on_it(state, like),
            _reach(record, state, roll, within.chamber, table),
        ),
        table=table,
        definition=_definition(like, within, strict=strict),
        basis=f"{within.told()}, {counted(int(known.sum()), 'earlier vote')} on {item}",
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=("date", "symbol", "title", "choice", "tally"),
        facts=_facts(state, choice, roll[known], like),
    )


def _earlier(
    record: Record, like: Rollcall | None, within: Selection, *, strict: bool
) -> tuple[Rows, Selection]:
    """The rows of the item before the day of `like`, and the conditions that chose them."""
    if like is None:
        return within.rows(record), within
    before = like.date - timedelta(days=1)
    until = min(within.until, before) if within.until else before
    within = replace(within, chamber=like.chamber, until=until)
    try:
        rows = within.rows(record)
    except TooFewRollcalls:
        return np.zeros(0, dtype=np.intp), within
    if within.topic is not None or within.text is not None:
        return rows, within
    same = same_text if strict else same_matter
    return np.intersect1d(rows, same(record, record.row_of(like.id))), within


def _table(record: Record, rows: Rows, roll: NDArray[np.int8]) -> pl.DataFrame:
    totals = [pl.col(side).cast(pl.String).fill_null("?") for side in ("yes", "no", "abstain")]
    return record.rollcalls[rows].select(
        "id",
        "date",
        pl.coalesce("symbol", "draft").alias("symbol"),
        "title",
        pl.Series("choice", [Choice(int(mark)).label for mark in roll], dtype=pl.String),
        pl.concat_str(totals, separator="-").alias("tally"),
    )


def _item(like: Rollcall | None, within: Selection, *, strict: bool) -> str:
    if within.topic is not None or within.text is not None:
        parts = [f"topic {within.topic}"] if within.topic else []
        return " and ".join(parts + ([f"“{within.text}”"] if within.text else []))
    name = like.name if like is not None else ""
    return f"the same text as {name}" if strict else f"the matter of {name}"


def _sentence(state: str, choice: Choice, roll: NDArray[np.int8], table: pl.DataFrame) -> str:
    """One sentence that can be printed: n of N, and what the state chose instead."""
    n, total = int((roll == choice).sum()), int(roll.size)
    if not total:
        return (
            f"No earlier recorded vote on the item has a choice of {the_state(state)}: "
            "there is nothing to compare with."
        )
    votes = counted(total, "earlier recorded vote")
    if not n:
        return f"No earlier vote: 0 of {votes} on the item; {_instead(roll)}."
    last = table.filter(pl.col("choice") == choice.label).row(-1, named=True)
    where = f"{last['symbol'] or last['id']} on {last['date']}"
    others = roll[roll != choice]
    rest = f"; on the others {_instead(others)}" if others.size else ""
    return (
        f"Not the first: {the_state(state)} {VOTED[choice]} on {n} of {votes} on the item, "
        f"last on {where}{rest}."
    )


def _instead(roll: NDArray[np.int8]) -> str:
    """`it voted Yes on 7, abstained on 2`."""
    counts = [(int((roll == choice).sum()), VOTED[choice]) for choice in _COUNTED]
    return "it " + ", ".join(f"{voted} on {n}" for n, voted in sorted(counts, reverse=True) if n)


def _on_it(state: str, like: Rollcall | None) -> Sequence[str]:
    if like is None:
        return ()
    choice = like.casts.get(state)
    if choice is None:
        return (f"On {named(like)} the record has no choice of {the_state(state)}.",)
    return (f"On {named(like)} {the_state(state)} {VOTED[choice]}.",)


def _reach(
    record: Record, state: str, roll: NDArray[np.int8], chamber: str, table: pl.DataFrame
) -> str:
    """From when the votes are, and which ones are not counted."""
    parts = []
    if table.height:
        parts.append(f"The votes reach from {table['date'][0]} to {table['date'][-1]}")
    parts.append(
        f"the record is complete to {record.complete_to[chamber]}; texts adopted without a "
        "vote have no roll and do not count"
    )
    missing = int((roll == Choice.NOT_RECORDED).sum())
    outside = int((roll == Choice.NOT_MEMBER).sum())
    parts += [f"the choice on {counted(missing, 'more vote')} is not recorded"] if missing else []
    parts += [f"on {counted(outside, 'more vote')} it had no seat{_held(state)}"] if outside else []
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


def _held(state: str) -> str:
    """Whose seat it is that the state has now, to be asked for by its own code."""
    before = states.state(state).continues
    return f" ({the_state(before)} had it before: ask for {before})" if before else ""


def _facts(
    state: str, choice: Choice, roll: NDArray[np.int8], like: Rollcall | None
) -> dict[str, Any]:
    on_it = like.casts.get(state) if like is not None else None
    return {
        "state": state,
        "choice": choice.label,
        "n": int((roll == choice).sum()),
        "earlier_votes": int(roll.size),
        "unprecedented": not bool((roll == choice).any()) if roll.size else None,
        "rollcall": like.id if like is not None else None,
        "choice_on_it": on_it.label if on_it is not None else None,
        "choices": {c.label: int((roll == c).sum()) for c in _COUNTED},
    }


def _definition(like: Rollcall | None, within: Selection, *, strict: bool) -> str:
    if within.topic is not None or within.text is not None:
        item = "The item is what the topic or words choose"
    elif strict:
        item = "The item is the same recurring text, by its title, year after year"
    else:
        item = "The item is the same agenda item or special session's item"
    when = f"; earlier is before {like.date}" if like is not None else ""
    return (
        f"{item}{when}. A vote counts where the record has the state's choice, not voting "
        "included; each paragraph or amendment put to the vote is one."
    )
