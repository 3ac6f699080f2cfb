"""The rules of the two chambers, and what they make of a count of votes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

__all__ = [
    "Count",
    "Outcome",
    "Rule",
    "Ruling",
    "Side",
    "assembly",
    "council",
    "decide",
    "tally",
]

# The amended Article 27 was in force from 31 August 1965, but the Council had its eleven members to
# the end of the year and went on with seven votes: resolution 218 of 23 November 1965 had seven.
_COUNCIL_GREW = date(1966, 1, 1)


class Side(StrEnum):
    """One state's part in a vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    NON_VOTING = "non_voting"


class Outcome(StrEnum):
    """What a rule makes of a count; `unknown` where there is no count to go by."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    VETOED = "vetoed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many voted which way, and which holders of a veto voted No, sorted."""

    yes: int
    no: int
    abstain: int = 0
    non_voting: int = 0
    vetoes: tuple[str, ...] = ()

    @property
    def voting(self) -> int:
        """Members present and voting: Yes and No, not abstentions."""
        return self.yes + self.no

    def __str__(self) -> str:
        return f"{self.yes}-{self.no}-{self.abstain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a text needs to be adopted.

    quota: a fixed number of Yes votes; or share: a share of those voting, to be reached, or to be
    exceeded where `above`. holders: the states whose No is a veto. text: the rule in a sentence.
    """

    name: str
    text: str
    quota: int | None = None
    share: Fraction = Fraction(0)
    above: bool = False
    holders: frozenset[str] = frozenset()

    def needed(self, voting: int) -> int:
        """The Yes votes needed where so many members vote Yes or No; at least one."""
        if self.quota is not None:
            return self.quota
        reached = voting * self.share
        return max(1, int(reached) + 1 if self.above else ceil(reached))

    def adopts(self, yes: int, no: int, vetoes: int = 0) -> bool:
        """Whether a text with these votes is adopted; vetoes: how many holders voted No."""
        return yes >= self.needed(yes + no) and not vetoes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a rule makes of a vote.

    reason: a clause without a full stop, such as "adopted with 10 votes in favour, 9 needed".
    needed: Yes votes needed. margin: Yes votes beyond those, negative where they were lacking; both
    None where there is no count.
    """

    outcome: Outcome
    reason: str
    needed: int | None = None
    margin: int | None = None


def assembly(*, two_thirds: bool = False) -> Rule:
    """The General Assembly's rule: a simple majority, or two-thirds on important questions."""
    if two_thirds:
        return Rule(
            name="two-thirds",
            text="General Assembly, important question: at least two-thirds of the members present "
            "and voting; who abstains is not voting (Charter, Article 18, paragraph 2).",
            share=Fraction(2, 3),
        )
    return Rule(
        name="simple majority",
        text="General Assembly: more Yes than No among the members present and voting; who "
        "abstains is not voting (Charter, Article 18, paragraph 3).",
        share=Fraction(1, 2),
        above=True,
    )


def council(on: date, permanent: Iterable[str], *, procedural: bool = False) -> Rule:
    """The Security Council's rule on a day: 9 votes, 7 before 1966, and no permanent member's No.

    permanent: the permanent members that day. procedural: no veto applies (Article 27,
    paragraph 2). Abstention and absence of a permanent member are no veto.
    """
    quota, size = (9, 15) if on >= _COUNCIL_GREW else (7, 11)
    majority = f"Security Council: {quota} of {size} votes in favour"
    if procedural:
        text = f"{majority}; no veto on procedural matters (Charter, Article 27, paragraph 2)."
        return Rule(name="procedural vote", text=text, quota=quota)
    return Rule(
        name=f"{quota} of {size} votes and no veto",
        text=f"{majority} and no permanent member against (Charter, Article 27, paragraph 3); a "
        "permanent member that abstains or is absent does not veto.",
        quota=quota,
        holders=frozenset(permanent),
    )


def tally(casts: Mapping[str, Side], rule: Rule) -> Count:
    """The count of a roll: each side, and the rule's holders of a veto that voted No."""
    sides = list(casts.values())
    return Count(
        yes=sides.count(Side.YES),
        no=sides.count(Side.NO),
        abstain=sides.count(Side.ABSTAIN),
        non_voting=sides.count(Side.NON_VOTING),
        vetoes=tuple(sorted(s for s in rule.holders if casts.get(s) == Side.NO)),
    )


def decide(count: Count, rule: Rule, *, named: Callable[[str], str] = str) -> Ruling:
    """What the rule makes of the count: adopted, rejected or vetoed, with the reason.

    A text is vetoed where it had the votes and a holder of a veto voted No; without the votes it
    is rejected, whoever voted No. named: what the reason calls a state.
    """
    needed = rule.needed(count.voting)
    vetoes = [named(state) for state in count.vetoes if state in rule.holders]
    if count.yes < needed:
        outcome = Outcome.REJECTED
    else:
        outcome = Outcome.VETOED if vetoes else Outcome.ADOPTED
    reason = _by_quota if rule.quota is not None else _by_share
    return Ruling(
        outcome=outcome,
        reason=reason(outcome, count, rule, vetoes),
        needed=needed,
        margin=count.yes - needed,
    )


def _by_share(outcome: Outcome, count: Count, rule: Rule, vetoes: list[str]) -> str:
    del vetoes  # a share rule has no holders of a veto
    told = "adopted" if outcome is Outcome.ADOPTED else "not adopted"
    return (
        f"{told} with {count.yes} in favour and {count.no} against: of {count.voting} voting, "
        f"{rule.needed(count.voting)} are needed for {_a(rule.name)}"
    )


def _by_quota(outcome: Outcome, count: Count, rule: Rule, vetoes: list[str]) -> str:
    votes = f"with {_votes(count.yes)} in favour, {rule.quota} needed"
    if outcome is Outcome.VETOED:
        members = "permanent members" if len(vetoes) > 1 else "a permanent member"
        return f"vetoed {votes}: {_listed(vetoes)}, {members}, voted against"
    if outcome is Outcome.REJECTED:
        if not vetoes:
            return f"not adopted {votes}"
        no_veto = f"the No of {_listed(vetoes)} was no veto, for the votes were lacking"
        return f"not adopted {votes}; {no_veto}"
    if rule.holders:
        return f"adopted {votes}, and no permanent member against"
    return f"adopted {votes}, on a matter on which there is no veto"


def _votes(number: int) -> str:
    return f"{number} vote{'' if number == 1 else 's'}"


def _a(name: str) -> str:
    return name if name.startswith("two") else f"a {name}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
