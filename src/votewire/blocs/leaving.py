"""Who changed between two votes, from what to what."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.phrasing import counted, named
from votewire.errors import UsageError
from votewire.record import Answer, Choice, Record, Roll, Rollcall

__all__ = ["changes", "left"]

_TO = {
    Choice.YES: "to Yes",
    Choice.NO: "to No",
    Choice.ABSTAIN: "to abstain",
    Choice.NON_VOTING: "to not voting",
    Choice.NOT_MEMBER: "no longer members",
    Choice.NOT_RECORDED: "without a choice in the record",
}
_FROM = {
    Choice.YES: "voted Yes",
    Choice.NO: "voted No",
    Choice.ABSTAIN: "abstained",
    Choice.NON_VOTING: "did not vote",
    Choice.NOT_MEMBER: "were no members yet",
    Choice.NOT_RECORDED: "have no choice in the record",
}
_ORDER = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING, Choice.NOT_MEMBER)


def changes(before: NDArray[np.int8], after: NDArray[np.int8]) -> NDArray[np.intp]:
    """How many states went from each choice to each: (6, 6) counts, rows before, columns after.

    before, after: (n_states,) Choice codes of the same states.
    """
    size = len(Choice)
    pairs = before.astype(np.intp) * size + after
    return np.bincount(pairs, minlength=size * size).reshape(size, size)


def left(record: Record, before: Rollcall, after: Rollcall, *, everyone: bool = False) -> Answer:
    """Who chose otherwise on the later of two votes of one chamber, and what.

    everyone: also those that chose the same. A state that was a member on one of the days only is
    `not_member` on the other; one whose choice the record lacks is listed with `everyone` only.
    Raises UsageError for votes of two chambers, out of order, the same, or without a roll.
    """
    _check(before, after)
    rolls = record.choices[[record.row_of(before.id), record.row_of(after.id)]]
    here = (rolls != Choice.NOT_MEMBER).any(axis=0)
    known = (rolls != Choice.NOT_RECORDED).all(axis=0)
    changed = here & known & (rolls[0] != rolls[1])
    counts = changes(rolls[0][here], rolls[1][here])
    table = _table(rolls, np.flatnonzero(here if everyone else changed), after)
    return Answer(
        question="left",
        title=f"From {named(before)}, {before.tally}, to {named(after)}, {after.tally}",
        told=(
            *_told(counts, before),
            f"In all {counted(int(changed.sum()), 'state')} changed, "
            f"{int((here & known & ~changed).sum())} did the same both times.",
            *_unknown(here & ~known),
        ),
        table=table,
        definition="What each member chose on the two rollcalls: yes, no, abstain, non_voting "
        "(absent or not taking part), not_member. A state that took over another's seat is a state "
        "of its own.",
        basis=f"{before.id}: {before.title or 'no title'}; {after.id}: {after.title or 'no title'}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "before": before.id,
            "after": after.id,
            "changed": int(changed.sum()),
            "flows": _flows(counts),
        },
    )


def _check(before: Rollcall, after: Rollcall) -> None:
    for rollcall in (before, after):
        if rollcall.roll == Roll.NONE:
            raise UsageError(
                f"{named(rollcall)} has no roll of states in the record "
                f"({rollcall.modality.replace('_', ' ')}): who chose what is not known."
            )
    if before.id == after.id:
        raise UsageError(f"{named(before)} twice: give two votes.")
    if before.chamber != after.chamber:
        raise UsageError(
            f"{named(before)} is a vote of the {before.chamber}, {named(after)} of the "
            f"{after.chamber}: give two of one chamber."
        )
    if before.date > after.date:
        raise UsageError(f"{named(before)} is after {named(after)}: give the earlier vote first.")


def _table(rolls: NDArray[np.int8], columns: NDArray[np.intp], after: Rollcall) -> pl.DataFrame:
    """The states by what they chose before, then after, in the order Yes, No, abstain, absent."""
    rank = {choice: at for at, choice in enumerate((*_ORDER, Choice.NOT_RECORDED))}
    lines = []
    for at in columns.tolist():
        code = states.codes()[at]
        was, now = (Choice(int(mark)) for mark in rolls[:, at])
        name = states.name_of(code, on=after.date)
        lines.append(((rank[was], rank[now], name), (code, name, was.label, now.label)))
    schema = dict.fromkeys(("state", "name", "before", "after"), pl.String)
    return pl.DataFrame([line for _, line in sorted(lines)], schema=schema, orient="row")


def _told(counts: NDArray[np.intp], before: Rollcall) -> Iterator[str]:
    """A sentence for each choice that somebody made before."""
    for was in _ORDER:
        total = int(counts[was].sum())
        stayed = int(counts[was, was])
        if not total or (total == stayed):
            continue
        ways = ", ".join(_ways(counts, was)) if total - stayed > 1 else _TO[_only(counts, was)]
        moved = "came" if was in (Choice.NON_VOTING, Choice.NOT_MEMBER) else "left"
        gone = f"{total - stayed} {moved}{':' if total - stayed > 1 else ','}"
        yield f"{total} {_FROM[was]} on {before.name}; of them {gone} {ways}."


def _only(counts: NDArray[np.intp], was: Choice) -> Choice:
    """The one choice to which the only state that changed went."""
    return next(now for now in Choice if now != was and counts[was, now])


def _ways(counts: NDArray[np.intp], was: Choice) -> list[str]:
    """Where those that made a choice went: `39 to abstain`, the most frequent first."""
    others = [now for now in (*_ORDER, Choice.NOT_RECORDED) if now != was and counts[was, now]]
    return [
        f"{counts[was, now]} {_TO[now]}"
        for now in sorted(others, key=lambda now: -counts[was, now])
    ]


def _unknown(missing: NDArray[np.bool_]) -> tuple[str, ...]:
    if not missing.any():
        return ()
    return (f"Of {int(missing.sum())} more the record lacks a choice on one of the two.",)


def _flows(counts: NDArray[np.intp]) -> dict[str, dict[str, int]]:
    return {
        was.label: {now.label: int(counts[was, now]) for now in Choice if counts[was, now]}
        for was in Choice
        if counts[was].any()
    }
