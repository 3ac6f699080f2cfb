"""What a vote's page answers beside the vote itself; where it cannot, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from votewire import states
from votewire.blocs import left, splits
from votewire.check import explaining
from votewire.check.whatif import smallest_flip
from votewire.errors import UsageError, VotewireError
from votewire.positions.surprise import of_rollcall
from votewire.record import Answer, Choice, Kind, Record, Roll, Rollcall
from votewire.record.chains import same_matter, same_text
from votewire.record.subjects import one_chain
from votewire.web.phrases import phrase
from votewire.web.shown import Panel
from votewire.web.site import Site

__all__ = ["GROUPS", "Answers", "answers_of", "choices_of"]

# Those that a story on a vote asks about, small ones first; each only where enough of it voted.
GROUPS = (
    "P5",
    "EU",
    "NATO",
    "BRICS",
    "G7",
    "NORDIC",
    "WARSAW_PACT",
    "ASEAN",
    "GCC",
    "ARAB_LEAGUE",
    "OIC",
    "AFRICAN_GROUP",
    "GRULAC",
    "G77",
    "NAM",
)
_ORDER = ("no", "abstain", "non_voting", "yes", "not_recorded")
_WHOLE = (Kind.RESOLUTION, Kind.DECISION, Kind.DRAFT)
_SPLITS: dict[str, Any] = {
    **dict.fromkeys(("group", "name"), pl.String),
    **dict.fromkeys(("yes", "no", "abstain"), pl.Int64),
    "majority": pl.String,
    **dict.fromkeys(("cohesion", "usual"), pl.Float64),
    **dict.fromkeys(("earlier", "more_split"), pl.Int64),
    "broke": pl.List(pl.String),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """panels: what can be answered. missing: id of a panel -> why it cannot."""

    panels: tuple[Panel, ...]
    missing: dict[str, str]


def answers_of(site: Site, rollcall: Rollcall, sort: str) -> Answers:
    """Every panel of a vote's page, in its order; the roll sorted by `name`, choice or surprise."""
    record = site.record
    missing: dict[str, str] = {}

    def tried(id: str, heading: str, make: Callable[[], Answer], **more: Any) -> Iterator[Panel]:  # noqa: A002
        try:
            yield Panel(id=id, answer=make(), heading=heading, **more)
        except VotewireError as error:
            missing[id] = str(error)

    surprise = tuple(
        tried(
            "surprise",
            phrase("Who surprised"),
            lambda: _surprise(site, rollcall),
            drawn=False,
            rows=10,
        )
    )
    rule = explaining.rule(record, rollcall)
    bits = surprise[0].answer.table if surprise else None
    roll = _roll(record, rollcall, rule, bits, sort)
    panels = [
        Panel(id="roll", answer=roll, heading=phrase("How each state voted"), drawn=False),
        Panel(id="rule", answer=rule, heading=phrase("Which rule decided"), drawn=False),
        *surprise,
        *tried("groups", phrase("Who broke ranks"), lambda: _groups(record, rollcall), drawn=False),
        *tried("text", phrase("The same text in other years"), lambda: _text(record, rollcall)),
        *tried(
            "matter",
            phrase("All votes on the matter"),
            lambda: one_chain(record, rollcall, matter=True),
            drawn=False,
        ),
        *tried("changed", phrase("Who changed"), lambda: _changed(record, rollcall), drawn=False),
        *tried(
            "flip",
            phrase("The fewest votes that flip it"),
            lambda: smallest_flip(record, rollcall, {}),
            drawn=False,
        ),
    ]
    return Answers(panels=tuple(panels), missing=missing)


def _roll(
    record: Record, rollcall: Rollcall, rule: Answer, bits: pl.DataFrame | None, sort: str
) -> Answer:
    """Every member's choice, with its surprise where a model expected it."""
    table = choices_of(record, rollcall)
    if bits is None:
        lacks = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("bits", "low", "high")]
        table = table.with_columns(lacks)
    else:
        table = table.join(bits.select("state", "bits", "low", "high"), on="state", how="left")
    known = table.filter(pl.col("choice") != Choice.NOT_RECORDED.label).height
    lacking = table.height - known
    return Answer(
        question="roll",
        title=f"{rollcall.name}, {rollcall.date}: how each state voted",
        told=(rule.told[0], _how_much(rollcall, known, lacking)),
        table=_sorted(table, sort),
        definition="yes, no, abstain: as cast. non_voting: a member that was absent or did not "
        "take part. not_recorded: a member whose choice no source here gives. States that were no "
        "members of the chamber that day are not listed. bits: how surprising the choice was, from "
        "0, what was certain; low, high: 90 % interval.",
        basis=f"One rollcall: {rollcall.id}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"id": rollcall.id, "known": known, "not_recorded": lacking},
    )


def choices_of(record: Record, rollcall: Rollcall) -> pl.DataFrame:
    """Every member of the chamber that day: state, name then, label of its choice.

    Empty where nobody's choice is in the record.
    """
    marks = record.choices[record.row_of(rollcall.id)]
    members = np.flatnonzero(marks != Choice.NOT_MEMBER).tolist()
    codes = states.codes()
    rows = [
        (codes[at], states.name_of(codes[at], on=rollcall.date), Choice(int(marks[at])).label)
        for at in (members if rollcall.roll != Roll.NONE else ())
    ]
    return pl.DataFrame(rows, dict.fromkeys(("state", "name", "choice"), pl.String), orient="row")


def _sorted(table: pl.DataFrame, sort: str) -> pl.DataFrame:
    if sort == "surprise":
        return table.sort("bits", "name", descending=(True, False), nulls_last=True)
    if sort == "choice":
        rank = pl.col("choice").replace_strict(_ORDER, range(len(_ORDER)), return_dtype=pl.Int64)
        return table.sort(rank, "name")
    return table.sort("name")


def _how_much(rollcall: Rollcall, known: int, lacking: int) -> str:
    if rollcall.roll == Roll.NONE:
        return (
            "The record has no state's choice: nobody voted."
            if rollcall.modality == "without_vote"
            else "The record has no state's choice: the sources have none."
        )
    if lacking:
        return (
            f"The record has the choice of {known} of {known + lacking} members; "
            "what the others did no source here says."
        )
    return f"The record has the choice of all {known} members."


def _surprise(site: Site, rollcall: Rollcall) -> Answer:
    if rollcall.roll != Roll.FULL:
        raise UsageError("It takes every state's choice to say, and the record does not have them.")
    return of_rollcall(site.surprises, site.record, rollcall)


def _text(record: Record, rollcall: Rollcall) -> Answer:
    found = one_chain(record, rollcall)
    if found.table.height < 2:
        raise UsageError("No other year has this text.")
    return found


def _groups(record: Record, rollcall: Rollcall) -> Answer:
    """Each group's choice and cohesion beside its usual one, and who broke ranks."""
    rows, told = [], []
    for group in GROUPS:
        try:
            found = splits(record, group, rollcall)
        except UsageError:
            continue
        broke = found.table.filter(pl.col("with_group").not_())
        chosen = found.table["choice"]
        counts = [int((chosen == choice).sum()) for choice in ("yes", "no", "abstain")]
        facts = found.facts
        figures = (facts["cohesion"], facts["earlier_mean"], facts["earlier"])
        rows.append(
            (
                group,
                states.group(group).name,
                *counts,
                facts["majority"],
                *figures,
                facts["earlier_lower"],
                broke["state"].to_list(),
            )
        )
        told.append(found)
    if not rows:
        raise UsageError(_no_groups(rollcall))
    return Answer(
        question="group_splits",
        title=f"{rollcall.name}, {rollcall.date}: the groups and who broke ranks",
        told=(f"{len(rows)} groups with three or more members voting.",),
        table=pl.DataFrame(rows, schema=_SPLITS, orient="row"),
        definition=f"{told[0].definition} usual: the group's mean on earlier rollcalls. earlier, "
        "more_split: how many those are, and on how many of them it was more split than here.",
        basis=f"One rollcall: {rollcall.id}; earlier ones of the same chamber",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"id": rollcall.id},
    )


def _no_groups(rollcall: Rollcall) -> str:
    if rollcall.roll == Roll.NONE:
        return "No state's choice is in the record, so that nobody can be said to break ranks."
    if rollcall.roll == Roll.PARTIAL:
        return "Of no group does the record have three members' choices on this vote."
    return "No group had three members voting."


def _changed(record: Record, rollcall: Rollcall) -> Answer:
    """Who chose otherwise than on the last earlier vote with a roll: on the text, or the matter."""
    row = record.row_of(rollcall.id)
    for rows in (same_text(record, row), same_matter(record, row)):
        for earlier in reversed(rows.tolist()):
            before = record.at(earlier)
            compares = before.roll == Roll.FULL and before.kind in _WHOLE
            if compares and before.date < rollcall.date and before.chamber == rollcall.chamber:
                return left(record, before, rollcall)
    raise UsageError("No earlier vote on the matter has a full roll in the record.")
