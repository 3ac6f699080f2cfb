"""Outcomes explained, as answers: one rollcall's, how many of the record's, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from votewire import rules
from votewire.check.deciding import (
    Explained,
    How,
    explain,
    named,
    permanent_members,
    votes_of,
)
from votewire.record import Answer, Chamber, Choice, Outcome, Record, Rollcall

__all__ = ["all_rules", "rule", "unexplained"]

_CHAMBERS = {Chamber.GA: "General Assembly", Chamber.SC: "Security Council"}
_SCHEMA = {"side": pl.String(), "count": pl.Int64(), "needed": pl.Int64()}
_DEFINITION = (
    "General Assembly: more Yes than No, or two-thirds of those voting on important questions "
    "(Charter, Article 18). Security Council: 9 of 15 votes, 7 of 11 before 1966, and no permanent "
    "member against unless the matter is procedural (Article 27)."
)
_LISTED: pl.Schema = pl.Schema(
    {
        "id": pl.String(),
        "date": pl.Date(),
        "symbol": pl.String(),
        "title": pl.String(),
        "outcome": pl.String(),
        "tally": pl.String(),
        "how": pl.String(),
        "explanation": pl.String(),
        "source": pl.String(),
    }
)
# What the ordinary rule does not explain, the unexplained last.
_BEYOND = (How.CITED, How.UNCOUNTED_VETO, How.OPEN, How.UNEXPLAINED)


def rule(record: Record, rollcall: Rollcall) -> Answer:
    """Under which rule one rollcall was decided, by what margin, and whether that explains it.

    One row for each side, with the votes needed beside the Yes; no rows without a tally.
    """
    found = explain(rollcall)
    count = votes_of(rollcall, found.rule)
    ruling = found.ruling
    return Answer(
        question="rule",
        title=_title(rollcall),
        told=tuple(_told(record, rollcall, found, count)),
        table=pl.DataFrame(list(_sides(count, ruling)), schema=_SCHEMA, orient="row"),
        definition=found.rule.text,
        basis=f"One rollcall: {rollcall.id}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "id": rollcall.id,
            "outcome": rollcall.outcome,
            "rule": found.rule.name,
            "ruling": ruling.outcome.value,
            "reason": ruling.reason,
            "needed": ruling.needed,
            "margin": ruling.margin,
            "vetoes": list(count.vetoes) if count else _against(rollcall, found.rule),
            "explained": found.how.tested,
            "how": found.how.value,
            "source": found.fact.source if found.fact else None,
        },
    )


def all_rules(record: Record) -> Answer:
    """How many rollcalls of the record are explained by which rule; one row for each way."""
    counts: Counter[tuple[How, str]] = Counter()
    for rollcall in _rollcalls(record):
        counts[explain(rollcall).how, rollcall.chamber] += 1
    order = list(How)
    rows = [
        (how.value, chamber, number)
        for (how, chamber), number in sorted(
            counts.items(), key=lambda item: (item[0][1], order.index(item[0][0]))
        )
    ]
    return Answer(
        question="rules",
        title="Outcomes in the record and the rules that explain them",
        told=tuple(_summary(record, counts)),
        table=pl.DataFrame(rows, schema=["explained", "chamber", "rollcalls"], orient="row"),
        definition=_DEFINITION,
        basis=f"All {len(record):,} rollcalls of both chambers",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"unexplained": _number(counts, How.UNEXPLAINED)},
    )


def unexplained(record: Record) -> Answer:
    """The outcomes that the ordinary rule does not explain, the truly unexplained last.

    One row for each rollcall that a cited fact explains, that cannot be tested for want of a tally
    of a veto or of a stated outcome, or that nothing explains. Adoptions of which the sources give
    no tally are only counted.
    """
    found: dict[How, list[dict[str, Any]]] = {how: [] for how in How}
    for rollcall in _rollcalls(record):
        explained = explain(rollcall)
        found[explained.how].append(_row(rollcall, explained))
    rows = [row for how in _BEYOND for row in found[how]]
    told = [
        f"{len(found[how]):,} {'rollcall' if len(found[how]) == 1 else 'rollcalls'}: {how.value}."
        for how in _BEYOND
    ]
    told.append(f"Not listed: {len(found[How.UNCOUNTED]):,} without a tally in the sources.")
    return Answer(
        question="unexplained",
        title="Outcomes that the ordinary rule does not explain",
        told=tuple(told),
        table=pl.DataFrame(rows, schema=_LISTED),
        definition=_DEFINITION,
        basis=f"All {len(record):,} rollcalls of both chambers",
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=("date", "symbol", "outcome", "tally", "explanation"),
        facts={how.name.lower(): len(found[how]) for how in _BEYOND},
    )


def _rollcalls(record: Record) -> Iterator[Rollcall]:
    return (record.at(row) for row in range(len(record)))


def _row(rollcall: Rollcall, explained: Explained) -> dict[str, Any]:
    fact = explained.fact
    return {
        "id": rollcall.id,
        "date": rollcall.date,
        "symbol": rollcall.name,
        "title": rollcall.title,
        "outcome": rollcall.outcome,
        "tally": str(rollcall.tally),
        "how": explained.how.value,
        "explanation": fact.sentence if fact else explained.ruling.reason,
        "source": fact.source if fact else None,
    }


def _title(rollcall: Rollcall) -> str:
    outcome = "outcome not stated" if rollcall.outcome == Outcome.UNSTATED else rollcall.outcome
    tally = f", {rollcall.tally} (yes-no-abstaining)" if rollcall.tally.yes is not None else ""
    approximate = "" if rollcall.date_exact else " (day approximate)"
    chamber = _CHAMBERS[Chamber(rollcall.chamber)]
    return f"{rollcall.name}: {outcome}{tally}, {chamber}, {rollcall.date}{approximate}"


def _told(
    record: Record, rollcall: Rollcall, found: Explained, count: rules.Count | None
) -> Iterator[str]:
    yield f"{found.ruling.reason[0].upper()}{found.ruling.reason[1:]}."
    if found.fact is not None:
        yield f"{found.fact.sentence} Source: {found.fact.source}."
    simple = rollcall.chamber == Chamber.GA and found.rule.name != "two-thirds"
    if count is not None and simple and found.how is not How.OPEN:
        yield _against_two_thirds(count)
    if count is not None and rollcall.chamber == Chamber.SC:
        yield from _no_vetoes(rollcall, count, found.rule)
    yield _verdict(record, rollcall, found.how)


def _against_two_thirds(count: rules.Count) -> str:
    needed = rules.assembly(two_thirds=True).needed(count.voting)
    margin = count.yes - needed
    how = f"it had {margin} more" if margin > 0 else "it had exactly that"
    told = how if margin >= 0 else f"it was {-margin} short of that"
    return f"Two-thirds of the {count.voting} voting would be {needed}; {told}."


def _no_vetoes(rollcall: Rollcall, count: rules.Count, rule: rules.Rule) -> Iterator[str]:
    """What permanent members did that is no veto."""
    ways = [(Choice.ABSTAIN, "abstained"), (Choice.NON_VOTING, "did not vote")]
    ways += [] if rule.holders else [(Choice.NO, "voted against")]
    for choice, word in ways if not count.vetoes else ():
        codes = sorted(permanent_members(rollcall.date) & set(rollcall.states(choice)))
        if codes:
            names = ", ".join(map(named(rollcall.date), codes))
            yield f"Permanent members that {word}, which is no veto here: {names}."


def _against(rollcall: Rollcall, rule: rules.Rule) -> list[str]:
    return sorted(rule.holders & set(rollcall.states(Choice.NO)))


def _verdict(record: Record, rollcall: Rollcall, how: How) -> str:
    if how is How.OPEN:
        return "No source here states the outcome either, so that none can be given."
    if how.tested is None:
        return f"The record has it as {rollcall.outcome} on the word of the source alone."
    if how is How.UNEXPLAINED:
        return f"The record has it as {rollcall.outcome}; this rule does not explain that."
    if rollcall.outcome == Outcome.UNSTATED:
        return "No source here states the outcome; it follows from the rule and the tally."
    if {ref.source for ref in record.sources_of(rollcall.id)} == {"voeten"}:
        return (
            f"The record has it as {rollcall.outcome}: no source says so, it was derived from the "
            "tally, so that the rule cannot but explain it."
        )
    return f"The record has it as {rollcall.outcome}, which the rule explains."


def _sides(
    count: rules.Count | None, ruling: rules.Ruling
) -> Iterator[tuple[str, int, int | None]]:
    if count is None:
        return
    yield "yes", count.yes, ruling.needed
    yield "no", count.no, None
    yield "abstain", count.abstain, None
    yield "non_voting", count.non_voting, None


def _number(counts: Counter[tuple[How, str]], *ways: How) -> int:
    return sum(number for (how, _), number in counts.items() if how in ways)


def _summary(record: Record, counts: Counter[tuple[How, str]]) -> Iterator[str]:
    uncounted = _number(counts, How.UNCOUNTED, How.UNCOUNTED_VETO)
    without = _number(counts, How.WITHOUT_VOTE)
    tested = len(record) - uncounted - without - _number(counts, How.OPEN)
    cited, not_at_all = _number(counts, How.CITED), _number(counts, How.UNEXPLAINED)
    yield (
        f"Of {tested:,} outcomes that can be tested the ordinary rule explains "
        f"{tested - cited - not_at_all:,} and a cited fact {cited}; {not_at_all} stay unexplained."
    )
    yield (
        f"Not tested: {uncounted:,} rollcalls without a tally, {without} adoptions without a vote, "
        f"{_number(counts, How.OPEN)} votes of the Assembly whose outcome no source states."
    )
    yield (
        f"{_derived(record):,} of the Assembly's outcomes were derived from the tally by votewire, "
        "where only Voeten has the vote; that the rule explains those proves nothing."
    )
    yield (
        f"All {_number(counts, How.VETO)} vetoed texts that have a tally had the votes; a text "
        "that lacked them failed for that, whoever voted No, and counts as not adopted."
    )


def _derived(record: Record) -> int:
    """Outcomes that no source states: those of votes that only Voeten has."""
    alone = record.sources.group_by("rollcall").agg(only=(pl.col("source") == "voeten").all())
    ids = alone.filter("only")["rollcall"].to_list()
    stated = pl.col("outcome") != Outcome.UNSTATED
    return record.rollcalls.filter(pl.col("id").is_in(ids) & stated).height
