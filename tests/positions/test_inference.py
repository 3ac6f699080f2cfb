"""Draws as ArviZ holds them."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.positions.made import DRAWS, fit, sampled
from votewire.errors import FitError, MissingExtra

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


@pytest.mark.parametrize("dims", [1, 2])
@pytest.mark.parametrize("tree", [False, True])
def test_inference_holds_every_draw(dims: int, tree: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    arviz = pytest.importorskip("arviz")
    if tree and "InferenceData" in vars(arviz):  # as from ArviZ 1.0 on
        monkeypatch.delattr(arviz, "InferenceData")
    made = sampled(dims)
    found = made.to_inference_data()
    position = found["posterior"]["position"]
    assert position.shape[:3] == (1, DRAWS, len(made.state))
    own = position.sel(position_of="USA 73")
    at = np.flatnonzero((made.state == made.states.index("USA")) & (made.period == 2))[0]
    assert made.sample is not None
    assert np.array_equal(np.asarray(own)[0].reshape(DRAWS, dims), made.sample[:, at])
    assert str(own["session"].item()) == "73"
    assert found["constant_data"]["n_casts"].sel(position_of="USA 73").item() == made.n_casts[at]
    assert found["posterior"].attrs["record_hash"] == made.record_hash


def test_inference_without_draws_says_how_to_get_them() -> None:
    with pytest.raises(FitError, match="draws=1000"):
        fit().to_inference_data()


def test_inference_without_arviz_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arviz", None)
    with pytest.raises(MissingExtra, match=r"votewire\[arviz\]"):
        sampled().to_inference_data()
