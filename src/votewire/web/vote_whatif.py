"""What if states had voted otherwise: the words asked with, the answer, the fewest votes that flip.

The same answers as `votewire whatif`; a page of their own, and a part of the vote's page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from votewire.check.whatif import smallest_flip, whatif
from votewire.errors import UsageError, VotewireError
from votewire.pipeline.typed import votes_typed
from votewire.record import Answer, Record, Rollcall
from votewire.web.phrases import phrase
from votewire.web.shown import Panel
from votewire.web.vote_answers import choices_of
from votewire.web.vote_citing import tally_told
from votewire.web.vote_drawings import Drawn, Roll
from votewire.web.vote_found import last_part

__all__ = ["Supposed", "supposed_of"]

_LONGEST = 80  # letters of a state and its vote
_EVERY = ("abstainers", "absentees")


@dataclass(frozen=True, kw_only=True)
class Supposed(Drawn):
    """A vote as it would have been."""

    name: str = field(metadata={"help": "what stands behind /votes/ for the vote"})
    every: Mapping[str, str] = field(
        metadata={"help": "the other vote of all abstainers or absentees, where asked"}
    )
    changes: Mapping[str, str] = field(metadata={"help": "the other vote of a state, by code"})
    two_thirds: bool = field(metadata={"help": "decided by two-thirds"})
    procedural: bool = field(metadata={"help": "decided as procedure, without a veto"})
    notes: tuple[str, ...] = field(metadata={"help": "what to know of the states as typed"})
    missing: Mapping[str, str] = field(metadata={"help": "panels that cannot be made, and why"})
    rollcall: Rollcall = field(metadata={"help": "the vote itself", "json": False})
    was: Mapping[str, str] = field(
        metadata={"help": "each member's choice, by code", "json": False}
    )

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the answer says in figures."""
        return self.panels[0].answer.facts

    @property
    def flip(self) -> Answer | None:
        """The fewest votes that turn the outcome over, where the whole roll is known."""
        return self.panels[1].answer if len(self.panels) > 1 else None

    @property
    def changed(self) -> Mapping[str, str]:
        """State code -> the choice it is supposed to have made, of all that changed."""
        rows = self.panels[0].answer.table.iter_rows(named=True)
        return {row["state"]: row["after"] for row in rows}

    @property
    def roll(self) -> Roll:
        """Who chooses what, as supposed."""
        return Roll(
            chamber=self.rollcall.chamber,
            day=self.rollcall.date,
            choices={**self.was, **self.changed},
        )


def supposed_of(
    record: Record,
    rollcall: Rollcall,
    words: Sequence[str],
    *,
    two_thirds: bool = False,
    procedural: bool = False,
) -> Supposed:
    """The vote with some votes changed, as typed, and decided by another rule where asked.

    Raises what `whatif` raises and, for words that are no vote, UsageError and UnknownState.
    """
    asked = [word.strip() for word in words if word.strip().strip("=")]
    if any(len(word) > _LONGEST for word in asked):
        raise UsageError(f"set: no state and vote has more than {_LONGEST} letters.")
    typed = votes_typed(asked, rollcall, "set")
    every = [word.lower() for word in asked if word.lower().startswith(_EVERY)]
    named = votes_typed([word for word in asked if word.lower() not in every], rollcall, "set")
    rule = {"two_thirds": two_thirds, "procedural": procedural}
    panels = [Panel(id="whatif", answer=whatif(record, rollcall, typed.changes, **rule))]
    missing = {}
    try:
        flip = smallest_flip(record, rollcall, typed.changes, **rule)
        panels.append(
            Panel(id="flip", answer=flip, heading=phrase("The fewest votes that flip it"))
        )
    except VotewireError as error:
        missing["flip"] = str(error)
    roll = choices_of(record, rollcall).sort("name")
    return Supposed(
        title=phrase("What if: %(vote)s", vote=rollcall.name),
        description=phrase(
            "%(vote)s, %(date)s, %(tally)s: what other votes would have made of it.",
            vote=rollcall.name,
            date=rollcall.date.isoformat(),
            tally=tally_told(rollcall),
        ),
        panels=tuple(panels),
        name=last_part(record, rollcall),
        every={word.partition("=")[0].strip(): word.partition("=")[2].strip() for word in every},
        changes={code: choice.label for code, choice in sorted(named.changes.items())},
        two_thirds=two_thirds,
        procedural=procedural,
        notes=typed.notes,
        missing=missing,
        rollcall=rollcall,
        was=dict(zip(roll["state"], roll["choice"], strict=True)),
    )
