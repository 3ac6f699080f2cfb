"""What counting says: agreement of states over the rolls, without a fitted model.

Agreement of pairs under five definitions, of a state with a group, of all pairs at once, and the
balance of a state between two others. Every figure is made from the same tables of choices, and
comes with the number of rollcalls, an interval and its definition. Inside groups: how united they
are, who broke ranks, which blocs the votes form by themselves. Over time: whether a vote is the
first of its kind, and who changed between two.
"""

from votewire.blocs.agreeing import agree, agree_definitions, agreement_over
from votewire.blocs.agreement import DEFINITION, Agreement, agreement, scores, wilson
from votewire.blocs.balance import balance, balance_over
from votewire.blocs.breakers import breakers
from votewire.blocs.cohesion import (
    GroupRolls,
    agreement_index,
    cohesion,
    group_rolls,
    modal_choice,
    rice_index,
)
from votewire.blocs.coincidence import coincidence, coincidence_definition
from votewire.blocs.communities import Partition, communities, partition, ties
from votewire.blocs.company import agree_each, alongside
from votewire.blocs.definitions import Definition
from votewire.blocs.differing import differed
from votewire.blocs.intervals import FEWEST, Interval
from votewire.blocs.leaving import changes, left
from votewire.blocs.neighbours import friends, matrix
from votewire.blocs.pairs import (
    Pairs,
    PeriodPairs,
    agreement_by_period,
    agreement_matrix,
    contingency,
)
from votewire.blocs.precedent import first, state_and_choice
from votewire.blocs.rolls import Rolls, rolls_at
from votewire.blocs.sides import Side
from votewire.blocs.splits import breaks, splits, top_splits

__all__ = [
    "DEFINITION",
    "FEWEST",
    "Agreement",
    "Definition",
    "GroupRolls",
    "Interval",
    "Pairs",
    "Partition",
    "PeriodPairs",
    "Rolls",
    "Side",
    "agree",
    "agree_definitions",
    "agree_each",
    "agreement",
    "agreement_by_period",
    "agreement_index",
    "agreement_matrix",
    "agreement_over",
    "alongside",
    "balance",
    "balance_over",
    "breakers",
    "breaks",
    "changes",
    "cohesion",
    "coincidence",
    "coincidence_definition",
    "communities",
    "contingency",
    "differed",
    "first",
    "friends",
    "group_rolls",
    "left",
    "matrix",
    "modal_choice",
    "partition",
    "rice_index",
    "rolls_at",
    "scores",
    "splits",
    "state_and_choice",
    "ties",
    "top_splits",
    "wilson",
]
