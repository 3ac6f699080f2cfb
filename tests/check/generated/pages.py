"""Rollcalls drawn for each template, and the pages made of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

import votewire
from tests.check.generated import agencies, councils, explainers, tongues
from tests.check.generated.scene import KINDS, Fact, Scene, Template
from votewire.check import Checked, Report
from votewire.record import Record, Rollcall

__all__ = ["TEMPLATES", "Outcome", "checked", "drawn", "found", "kinds", "told", "wider"]

TEMPLATES = (
    *agencies.TEMPLATES,
    *explainers.TEMPLATES,
    *councils.TEMPLATES,
    *tongues.TEMPLATES,
)
_SAME = {"opposed": "voted_no", "backed": "voted_yes"}
_FIRST = {"GA": 1960, "SC": 1995, "veto": 1995}
_TRIES = 40
_FEW = 3  # rollcalls of a quiet day and the days beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One page checked: the scene that wrote it and the report on it."""

    scene: Scene
    report: Report

    @property
    def contradicted(self) -> set[Fact]:
        """The facts that the record contradicts."""
        return told(self.report, "contradicted")

    @property
    def doubted(self) -> bool:
        """Whether what is wrong on the page is contradicted, or told as not settled."""
        return self.caught or bool(told(self.report, "unclear") & wider(self.scene.wrong))

    @property
    def caught(self) -> bool:
        """Whether what is wrong on the page is contradicted; a wrong day also of a state's vote."""
        if self.scene.mutation == "date":
            doubted = (c for c in self.report.checked if c.verdict in ("contradicted", "partly"))
            return any("the page says" in c.reason and " on " in c.reason for c in doubted)
        return bool(self.contradicted & wider(self.scene.wrong))


def wider(facts: set[Fact]) -> set[Fact]:
    """The facts, and the other claims that may carry them: a tally stands on the outcome too."""
    chambers = {actor for actor, action in facts if action == "tally"}
    return facts | {(actor, act) for actor in chambers for act in ("adopted", "rejected")}


def drawn(record: Record, seed: int, each: int) -> Iterator[tuple[Template, Rollcall, int]]:
    """For each template so many rollcalls, with the seed of their scene."""
    for number, template in enumerate(TEMPLATES):
        rng = random.Random(f"{seed} {template.id}")
        rows = _rows(record, template)
        rng.shuffle(rows)
        fitting = (record.at(row) for row in rows[: _TRIES * each])
        made = 0
        for rollcall in fitting:
            own = seed * 10_000 + number * 100 + made
            if made < each and _can_tell(rollcall, template, own):
                made += 1
                yield template, rollcall, own


def kinds(template: Template, rollcall: Rollcall, seed: int) -> list[str]:
    """What can be made wrong on such a page: a wrong day only where the page says which vote."""
    found = []
    for kind in KINDS:
        scene = Scene(rollcall, template, seed, kind)
        if scene.page and scene.wrong and (kind != "date" or template.pinned):
            found.append(kind)
    return found


def checked(
    record: Record, template: Template, rollcall: Rollcall, seed: int, mutation: str | None = None
) -> Outcome:
    """The page, written and checked."""
    scene = Scene(rollcall, template, seed, mutation)
    return Outcome(scene=scene, report=votewire.check_page(scene.page, record))


def told(report: Report, verdict: str | None = None) -> set[Fact]:
    """The facts that claims of the page state, of one verdict or of any."""
    return {
        _fact(item)
        for item in report.checked
        if verdict in (None, item.verdict) and not item.claim.hedged
    }


def found(outcome: Outcome) -> set[Fact]:
    """The facts of the page that the reader found; a tally also on the outcome."""
    got = told(outcome.report)
    tallied = {(c.claim.actor, "tally") for c in outcome.report.checked if c.claim.tally}
    return outcome.scene.said & (got | tallied)


def _fact(item: Checked) -> Fact:
    return item.claim.actor, _SAME.get(item.claim.action, item.claim.action)


def _rows(record: Record, template: Template) -> list[int]:
    chamber = "GA" if template.chamber == "GA" else "SC"
    outcome = "vetoed" if template.chamber == "veto" else "adopted"
    yes, no, abstain = template.least
    frame = record.rollcalls.with_row_index("row").filter(
        (pl.col("chamber") == chamber)
        & (pl.col("outcome") == outcome)
        & (pl.col("roll") == "full")
        & pl.col("date_exact")
        & pl.col("kind").is_in(["resolution", "draft"])
        & (pl.col("date").dt.year() >= _FIRST[template.chamber])
        & (pl.col("yes") >= yes)
        & (pl.col("no") >= no)
        & (pl.col("abstain") >= abstain)
        & (pl.col("no") <= 12)
        & pl.col("title").is_not_null()
    )
    if template.quiet:
        votes = Counter(record.rollcalls["date"])
        days = [d for d in votes if sum(votes[d + timedelta(n)] for n in (-1, 0, 1)) <= _FEW]
        frame = frame.filter(pl.col("date").is_in(days))
    return [int(row) for row in frame["row"]]


def _can_tell(rollcall: Rollcall, template: Template, seed: int) -> bool:
    """Whether the language has names enough for it, also for what is made wrong."""
    try:
        for mutation in (None, *KINDS):
            assert Scene(rollcall, template, seed, mutation).page
    except LookupError:
        return False
    return True
