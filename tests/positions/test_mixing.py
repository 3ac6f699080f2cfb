"""Effective sample sizes and R-hat: what is known of them, and what ArviZ computes."""

from __future__ import annotations

import numpy as np
import pytest

from votewire.positions.mixing import ess_bulk, ess_tail, mixing_of, rhat


def chain(n: int, rho: float, seed: int = 0, columns: int = 40) -> np.ndarray:
    """Columns of an autoregression: its effective size is n (1 - rho) / (1 + rho)."""
    rng = np.random.default_rng(seed)
    found = np.empty((n, columns))
    found[0] = rng.normal(size=columns)
    for at in range(1, n):
        found[at] = rho * found[at - 1] + (1 - rho**2) ** 0.5 * rng.normal(size=columns)
    return found


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_mixing_effective_size_of_an_autoregression(rho: float) -> None:
    found = np.median(ess_bulk(chain(4000, rho)))
    assert found == pytest.approx(4000 * (1 - rho) / (1 + rho), rel=0.1)


def test_mixing_rhat_sees_a_trend_and_two_places() -> None:
    still = chain(1000, 0.0)
    assert rhat(still).max() < 1.02
    assert rhat(still + np.linspace(0, 2, 1000)[:, None]).min() > 1.1
    apart = np.concatenate([still, still + 3])
    assert rhat(apart, chains=2).min() > 1.5
    wide = np.concatenate([still, 5 * still])
    assert rhat(wide, chains=2).min() > 1.1


def test_mixing_of_a_constant_is_no_error() -> None:
    constant = np.ones((100, 2))
    assert rhat(constant).tolist() == [1.0, 1.0]
    assert ess_bulk(constant).tolist() == [100.0, 100.0]


@pytest.mark.parametrize("chains", [2, 3])
@pytest.mark.parametrize("rho", [-0.3, 0.0, 0.9])
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_mixing_is_what_arviz_computes(rho: float, chains: int) -> None:
    stats = pytest.importorskip("arviz.stats.diagnostics")
    draws = np.concatenate([chain(500, rho, seed, 6) for seed in range(chains)])
    for column in range(6):
        own = draws[:, column : column + 1]
        theirs = own.reshape(chains, 500)
        assert rhat(own, chains)[0] == pytest.approx(stats._rhat_rank(theirs), rel=1e-6)
        assert ess_bulk(own, chains)[0] == pytest.approx(stats._ess_bulk(theirs), rel=0.01)
        assert ess_tail(own, chains)[0] == pytest.approx(stats._ess_tail(theirs), rel=0.01)


def test_mixing_of_positions_tells_of_the_slow_levels() -> None:
    rng = np.random.default_rng(4)
    period = np.tile([0, 1], 20)
    draws = rng.normal(size=(400, 40, 1))
    draws[:, period == 1] += chain(400, 0.97, columns=1)[:, :, None]
    facts = mixing_of(draws.astype(np.float32), period, ("7", "8"))
    fast, slow = facts["levels"]
    assert (fast["period"], slow["period"]) == ("7", "8")
    assert slow["mean_ess"] < 60 < 250 < fast["mean_ess"]
    assert facts["ess_bulk"]["worst"] < facts["ess_bulk"]["median"]


def test_mixing_of_few_draws_is_not_told() -> None:
    assert mixing_of(np.zeros((10, 4, 1), dtype=np.float32), np.zeros(4, dtype=int), ("1",)) == {}
