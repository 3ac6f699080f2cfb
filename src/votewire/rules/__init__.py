"""How a chamber decides: majorities, the veto, what-if, voting power; numbers alone, no data.

A rule says how many votes are needed and whose No is a veto; states are whatever the caller calls
them, and who the permanent members are is said by the caller. Everything is integers and fractions.
"""

from votewire.rules.flipping import Flip, Move, smallest_flip
from votewire.rules.majorities import (
    Count,
    Outcome,
    Rule,
    Ruling,
    Side,
    assembly,
    council,
    decide,
    tally,
)
from votewire.rules.power import Power, power

__all__ = [
    "Count",
    "Flip",
    "Move",
    "Outcome",
    "Power",
    "Rule",
    "Ruling",
    "Side",
    "assembly",
    "council",
    "decide",
    "power",
    "smallest_flip",
    "tally",
]
