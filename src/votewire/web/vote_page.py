"""What the page of a vote holds, and the page of a symbol under which there are several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote

import polars as pl
from babel.dates import format_date
from markupsafe import Markup

from votewire import states
from votewire.record import Answer, Record, Rollcall
from votewire.record.shown import shown
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel
from votewire.web.site import Site
from votewire.web.templating import brief
from votewire.web.vote_answers import answers_of, choices_of
from votewire.web.vote_citing import bibtex, citation, linked_data, tally_told
from votewire.web.vote_drawings import Drawn, Roll, bar, counts_of
from votewire.web.vote_found import Other, last_part, others_of
from votewire.web.vote_whatif import Supposed, supposed_of

__all__ = ["Embedded", "Several", "Vote", "address", "embedded", "roll_of", "several", "vote_page"]

_CHAMBERS = {"GA": phrase("General Assembly"), "SC": phrase("Security Council")}
_CANDIDATES = ("date", "symbol", "kind", "outcome", "yes", "no", "abstain", "title")


@dataclass(frozen=True, kw_only=True)
class Vote(Drawn):
    """One vote. The object `vote` is the one that `votewire record show --json` prints."""

    vote: Mapping[str, Any] = field(metadata={"help": "the rollcall, as `votewire record show`"})
    name: str = field(metadata={"help": "what stands behind /votes/ for it"})
    others: tuple[Other, ...] = field(metadata={"help": "other votes under its symbols"})
    missing: Mapping[str, str] = field(metadata={"help": "panels that cannot be made, and why"})
    sort: str = field(metadata={"help": "the order of the roll: name, choice or surprise"})
    url: str = field(metadata={"help": "the address of the page"})
    citation: str = field(metadata={"help": "how to cite it"})
    bibtex: str = field(metadata={"help": "the same as BibTeX"})
    rollcall: Rollcall = field(metadata={"help": "the vote itself", "json": False})
    supposed: Supposed | None = field(metadata={"help": "its what-if", "json": False})
    linked: Mapping[str, Any] = field(metadata={"help": "as schema.org data", "json": False})

    def panel(self, name: str) -> Panel | None:
        """The panel of a name; None where it cannot be made."""
        return next((panel for panel in self.panels if panel.id == name), None)

    def answer(self, name: str) -> Answer | None:
        """The answer of a panel; None where it cannot be made."""
        found = self.panel(name)
        return found.answer if found else None

    def day(self, lang: str) -> str:
        """The day as a sentence has it: `24 February 2025`."""
        return long_day(self.rollcall, lang)

    def state(self, code: str) -> str:
        """What a state was called that day; a label that is no code as it stands."""
        return states.name_of(code, on=self.rollcall.date) if code in states.codes() else code

    @property
    def counts(self) -> Mapping[str, int | None]:
        """The announced tally, by label."""
        return counts_of(self.rollcall)

    @property
    def roll(self) -> Roll:
        """Who chose what."""
        return roll_of(self.panels[0].answer.table, self.rollcall)

    def bar(self, word: str, words: Mapping[str, str]) -> Markup:
        """The inside of the tally's bar."""
        return bar(self.counts, self.panels[1].answer.facts["needed"], word, words)


@dataclass(frozen=True, kw_only=True)
class Embedded(Drawn):
    """A vote in short, for another site's frame."""

    name: str = field(metadata={"help": "what stands behind /votes/ for it"})
    url: str = field(metadata={"help": "the address of the page"})
    rollcall: Rollcall = field(metadata={"help": "the vote itself", "json": False})
    roll: Roll = field(metadata={"help": "who chose what", "json": False})

    def day(self, lang: str) -> str:
        """The day as a sentence has it: `24 February 2025`."""
        return long_day(self.rollcall, lang)


@dataclass(frozen=True, kw_only=True)
class Several(Page):
    """A symbol under which there are several votes and none on a text as a whole."""

    status: ClassVar[int] = 300
    shown_by: ClassVar[str] = "vote_several.html"

    asked: str = field(metadata={"help": "the symbol, as it was asked"})


def vote_page(site: Site, rollcall: Rollcall, sort: str) -> Vote:
    """The page of one vote."""
    record = site.record
    others = others_of(record, rollcall)
    found = record.find(last_part(record, rollcall))
    answers = answers_of(site, rollcall, sort)
    missing = dict(answers.missing)
    url = address(site, rollcall)
    supposed: Supposed | None = None
    if rollcall.tally.yes is None:
        missing["whatif"] = "The record has no tally of this vote."
    else:
        supposed = supposed_of(record, rollcall, ())
    return Vote(
        title=f"{rollcall.name}: {brief(rollcall.title)}" if rollcall.title else rollcall.name,
        description=phrase(
            "%(chamber)s, %(date)s: %(tally)s. Who voted how, who surprised, who broke ranks, and "
            "what would have changed the outcome.",
            chamber=_CHAMBERS[rollcall.chamber],
            date=rollcall.date.isoformat(),
            tally=tally_told(rollcall),
        ),
        panels=answers.panels,
        vote=shown(found, record),
        name=last_part(record, rollcall),
        others=others,
        missing=missing,
        sort=sort,
        url=url,
        citation=citation(record, rollcall, url),
        bibtex=bibtex(record, rollcall, url),
        rollcall=rollcall,
        supposed=supposed,
        linked=linked_data(record, rollcall, url),
    )


def several(record: Record, asked: str) -> Several:
    """The votes that a symbol names, each with what tells it from the others."""
    rows = record.rows(asked)
    named = pl.coalesce("symbol", "draft", "id").alias("symbol")
    table = record.rollcalls[rows].with_columns(named).select("id", "note", *_CANDIDATES)
    return Several(
        title=phrase("%(symbol)s: which vote?", symbol=asked),
        description=phrase("%(symbol)s names %(n)s votes.", symbol=asked, n=str(len(rows))),
        panels=(
            Panel(
                id="candidates",
                answer=Answer(
                    question="candidates",
                    title=f"{asked}: {len(rows)} rollcalls",
                    told=(f"{asked} names {len(rows)} rollcalls; ask for one by its id.",),
                    table=table,
                    definition="Each row is one rollcall that answers to the symbol.",
                    basis=f"{len(rows)} rollcalls",
                    record_hash=record.hash,
                    complete_to=record.completeness,
                    columns=_CANDIDATES,
                ),
                drawn=False,
                rows=100,
            ),
        ),
        asked=asked,
    )


def address(site: Site, rollcall: Rollcall) -> str:
    """The whole address of a vote's page."""
    return f"{site.settings.site_url}/votes/{quote(last_part(site.record, rollcall), safe='/()')}"


def embedded(site: Site, rollcall: Rollcall) -> Embedded:
    """The vote in short."""
    return Embedded(
        title=rollcall.name,
        description=rollcall.title or rollcall.name,
        name=last_part(site.record, rollcall),
        url=address(site, rollcall),
        rollcall=rollcall,
        roll=roll_of(choices_of(site.record, rollcall), rollcall),
    )


def roll_of(table: pl.DataFrame, rollcall: Rollcall) -> Roll:
    """Who chose what, out of a table with the columns state and choice."""
    choices = dict(zip(table["state"], table["choice"], strict=True))
    return Roll(chamber=rollcall.chamber, day=rollcall.date, choices=choices)


def long_day(rollcall: Rollcall, lang: str) -> str:
    """The day of a vote as a sentence has it: `24 February 2025`."""
    return str(format_date(rollcall.date, "d MMMM y", locale=lang))
