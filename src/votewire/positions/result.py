"""A fit as its readers need it: positions, shifts and texts with their uncertainty, as arrays.

Nothing here fits anything: a fit that is kept or comes with the package is read with numpy alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

__all__ = ["LAPLACE", "SAMPLED", "Fit", "Texts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LAPLACE, SAMPLED = "laplace", "sampled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The j contested rollcalls of a fit, period by period.

    rows (j,): rows of the record. beta (j, K): discriminations. cut (j, 2): cutpoints,
    the second above the first. Posterior means; votes on one recurring text have the same.
    """

    rows: Ints
    beta: Floats
    cut: Floats

    def __repr__(self) -> str:
        return f"<Texts: {len(self.rows):,} contested rollcalls>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Positions in K dimensions of m state-periods, ordered by state and then by period.

    states, periods: labels; times (t,): when each period was. state, period (m,): which of them.
    n_casts (m,): Yes, No and abstentions on contested rollcalls. mean, sd, q05, q95 (m, K): of the
    joint posterior. shift, shift_sd, shift_q05, shift_q95, shift_up (m, K): of the difference from
    the same state's last position, its mean, standard deviation, 90 % interval and the probability
    that it is above 0; NaN at a state's first position.
    prior: "rw" or "bsv". method: "laplace" (normal approximation) or "sampled" (draws).
    casts, rollcalls, dropped (unanimous, left out), items (different texts): what it rests on.
    sweeps, change: how many sweeps the point fit took, and its last and largest move.
    sample: (n, m, K) joint draws, where they were kept. facts: what else is known of the fit.
    """

    states: tuple[str, ...]
    periods: tuple[str, ...]
    times: Floats
    state: Ints
    period: Ints
    n_casts: Ints
    mean: Floats
    sd: Floats
    q05: Floats
    q95: Floats
    shift: Floats
    shift_sd: Floats
    shift_q05: Floats
    shift_q95: Floats
    shift_up: Floats
    texts: Texts
    prior: str
    method: str
    casts: int
    rollcalls: int
    dropped: int
    items: int
    sweeps: int
    change: float
    record_hash: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    sample: NDArray[np.float32] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        of = f"{len(self.state):,} positions of {len(self.states)} states"
        sessions = f"sessions {self.periods[0]} to {self.periods[-1]}"
        how = f"{self.prior}, {self.method}, {self.dims} dim{'' if self.dims == 1 else 's'}"
        return f"<Fit: {of}, {sessions}; {how}; record {self.record_hash[:12]}>"

    @property
    def dims(self) -> int:
        """How many dimensions positions have."""
        return int(self.mean.shape[1])

    @property
    def first(self) -> NDArray[np.bool_]:
        """(m,) whether it is the first position of its state."""
        return np.asarray(np.diff(self.state, prepend=-1) != 0)

    def table(
        self, states_asked: Sequence[str] | None = None, since: int | None = None
    ) -> pl.DataFrame:
        """state, session, year, mean, sd, q05, q95, n_casts: see `position_table`."""
        from votewire.positions.tables import position_table

        return position_table(self, states_asked, since)

    def shifts(
        self, states_asked: Sequence[str] | None = None, since: int | None = None
    ) -> pl.DataFrame:
        """Every move from a state's last position, the largest first: see `shift_table`."""
        from votewire.positions.tables import shift_table

        return shift_table(self, states_asked, since)

    def to_inference_data(self) -> Any:
        """The draws as ArviZ holds them: see `inference_data`."""
        from votewire.positions.inference import inference_data

        return inference_data(self)
