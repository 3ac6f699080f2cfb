"""What a fitted model says: where states stand, how far they moved, how sure that is.

`fit` makes a `Fit` of a record, `surprises` says how expected each cast was; the other files answer
questions with them. Only what makes a fit
needs numba and scipy, the extra `fit`.
"""

from votewire.positions.expected import surprises
from votewire.positions.expecting import Surprises
from votewire.positions.making import fit
from votewire.positions.result import Fit, Texts

__all__ = ["Fit", "Surprises", "Texts", "fit", "surprises"]
