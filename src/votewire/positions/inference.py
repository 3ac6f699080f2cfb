"""A sampled fit as ArviZ holds draws, for its plots and diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from votewire.errors import FitError, MissingExtra

if TYPE_CHECKING:
    from votewire.positions.result import Fit

__all__ = ["inference_data"]

_PACKAGES = ("arviz", "xarray")


def inference_data(fit: Fit) -> Any:
    """The draws of a fit as ArviZ's InferenceData; from ArviZ 1.0 on, as xarray's DataTree.

    Group posterior: `position` (chain, draw, position_of), with dimension as the last where there
    are several; coordinates state and session of each position_of, which is named "USA 79". Group
    constant_data: n_casts (position_of). Attributes: record_hash, prior, method. Raises
    FitError where the fit has no draws, MissingExtra without ArviZ.
    """
    if fit.sample is None:
        raise FitError("the fit has no draws: make one with fit(record, draws=1000).")
    try:
        import arviz
        import xarray
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise MissingExtra("to_inference_data", extra="arviz") from None
    groups = {"posterior": xarray.Dataset(**_drawn(fit)), "constant_data": _counted(fit, xarray)}
    if "InferenceData" in vars(arviz):  # hasattr would find 1.0's tree by that name
        return arviz.InferenceData(**groups)
    return xarray.DataTree.from_dict(groups)


def _drawn(fit: Fit) -> dict[str, Any]:
    """What makes the dataset of the draws."""
    draws = np.asarray(fit.sample)
    chains = int(fit.facts.get("chains", 1))
    split = draws.reshape(chains, len(draws) // chains, *draws.shape[1:])
    axes: tuple[str, ...] = ("chain", "draw", "position_of", "dimension")
    along = {"chain": np.arange(chains), "draw": np.arange(split.shape[1])}
    if fit.dims == 1:
        split, axes = split[..., 0], axes[:3]
    else:
        along["dimension"] = np.arange(1, fit.dims + 1)
    about = {name: getattr(fit, name) for name in ("record_hash", "prior", "method")}
    return {
        "data_vars": {"position": (axes, split)},
        "coords": along | _places(fit),
        "attrs": about | {"inference_library": "votewire"},
    }


def _counted(fit: Fit, xarray: Any) -> Any:
    return xarray.Dataset({"n_casts": (("position_of",), fit.n_casts)}, coords=_places(fit))


def _places(fit: Fit) -> dict[str, Any]:
    """The coordinates of the positions: their name, state and session."""
    state, session = np.array(fit.states)[fit.state], np.array(fit.periods)[fit.period]
    names = np.array([f"{a} {b}" for a, b in zip(state, session, strict=True)])
    return {
        "position_of": names,
        "state": (("position_of",), state),
        "session": (("position_of",), session),
    }
