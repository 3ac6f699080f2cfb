"""The votes on a page that covers a committee of the Assembly: read, counted, and not the record's.

Every member votes in the Main Committees, often on the texts that the Assembly takes up weeks
later, and not always the same way. So their votes are told, and never stored as the Assembly's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from votewire import states
from votewire.check.covering_lists import VOTING, called_as, casts_of
from votewire.errors import SourceError
from votewire.press.coverage import Coverage, PlainRoll
from votewire.press.coverage_words import coverage_words
from votewire.record.tables import Choice

__all__ = [
    "CommitteeVote",
    "committee_votes",
    "is_committee",
    "is_committee_draft",
    "told_of_committee",
]

_DRAFT = re.compile(r"A/C\.[1-6]/")
_APPROVED = frozenset(("approved", "approving"))
_TOLD = 10  # votes that a message lists


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeVote:
    """One vote of a committee, as its page tells it.

    name: the draft's symbol, else the release and the vote's number on the page. tally: yes, no,
    abstain as counted; None where a side is not. casts: the choices of the states that are listed,
    each list as long as its count; empty where there is no list or `broken` says why it is wrong.
    """

    committee: str
    name: str
    title: str | None
    kind: str
    outcome: str
    tally: tuple[int | None, int | None, int | None]
    casts: Mapping[str, Choice] = field(default_factory=dict)
    broken: str = ""


def is_committee(body: str | None) -> bool:
    """Whether the code of a body is that of a committee: C1 to C6, or C for any."""
    return body in coverage_words()["full"]


def is_committee_draft(roll: PlainRoll) -> bool:
    """Whether the vote is on a committee's draft by the committee itself, and so not on a page's.

    A committee approves; what the Assembly votes on it adopts, or rejects.
    """
    return _DRAFT.match(roll.matter.draft or "") is not None and roll.matter.verb in _APPROVED


def committee_votes(coverage: Coverage) -> tuple[CommitteeVote, ...]:
    """The votes of a page that covers a committee, in page order; none for another page.

    A vote that the page tells twice, in its lead and in an annex, is there twice.
    """
    body = coverage.head.body
    if body is None or not is_committee(body):
        return ()
    return tuple(_vote(coverage, body, at, roll) for at, roll in enumerate(coverage.rolls, 1))


def told_of_committee(coverage: Coverage) -> tuple[str, ...]:
    """What is said of a committee's page instead of storing it: whose it is, and a line a vote."""
    votes = committee_votes(coverage)
    head = coverage.head
    which = f"the {coverage_words()['full'][head.body]}"
    release = f" ({head.release})" if head.release else ""
    told = (
        f"covers a meeting of {which}{release}. A committee's votes are not the General "
        "Assembly's, and the record holds none of them; nothing was stored."
    )
    if not votes:
        return (told,)
    lines = [f"  {_line(vote)}" for vote in votes[:_TOLD]]
    more = [f"  and {len(votes) - _TOLD} more"] if len(votes) > _TOLD else []
    return (f"{told} Read on it:", *lines, *more)


def _vote(coverage: Coverage, body: str, at: int, roll: PlainRoll) -> CommitteeVote:
    name = called_as(roll, coverage.head.release or "page", at)
    casts: dict[str, Choice] = {}
    broken = ""
    day = coverage.head.day
    if roll.lists and day is None:
        broken = "the page does not say its day"
    elif roll.lists and day is not None:
        try:
            casts = casts_of(roll, day=day, seats=states.members_on(day), called=name)
        except SourceError as error:
            broken = str(error)
    yes, no, abstain = (roll.sides[s].number if s in roll.sides else None for s in VOTING)
    return CommitteeVote(
        committee=body,
        name=name,
        title=roll.matter.title,
        kind=roll.matter.kind,
        outcome=roll.matter.verb or roll.matter.outcome,
        tally=(yes, no, abstain),
        casts=casts,
        broken=broken,
    )


def _line(vote: CommitteeVote) -> str:
    """ "A/C.3/80/L.5 (on the matter): approved 115-5-62, 67 of 182 votes listed"."""
    about = f" ({vote.title})" if vote.title else ""
    tally = "-".join("?" if count is None else str(count) for count in vote.tally)
    told = f"{vote.name}{about}: {vote.outcome or 'put to the vote,'} {tally}"
    if vote.broken:
        why = vote.broken.removeprefix(f"{vote.name}: ").split(" Nothing was stored")[0]
        return f"{told}; its lists do not hold: {why.rstrip('.')}"
    total = sum(count or 0 for count in vote.tally)
    listed = sum(choice is not Choice.NON_VOTING for choice in vote.casts.values())
    return f"{told}, {listed} of {total} votes listed" if vote.casts else f"{told}, no lists"
