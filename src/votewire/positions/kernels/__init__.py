"""Sums over casts and smoothing along states' paths, compiled; `reference.py` beside them is slow.

Arrays in, arrays out: no record, no frames, no defaults.
"""

from votewire.positions.kernels.cells import ItemTerms, item_sums, state_sums
from votewire.positions.kernels.paths import smooth

__all__ = ["ItemTerms", "item_sums", "smooth", "state_sums"]
