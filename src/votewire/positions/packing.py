"""A fit as the bytes of one file, and back: figures to four decimals, integers, names.

Figures are printed with three decimals; a fourth is kept, as an integer of four bytes. Their first
bytes, which hardly differ, stand together, then their second ones: so they take half the room.
"""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.positions.result import LAPLACE, SAMPLED, Fit, Texts

__all__ = ["packed", "unpacked"]

Floats = NDArray[np.float64]

_STEPS = 1e4  # to the unit
_POSITIONS = ("mean", "sd", "q05", "q95")
_SHIFTS = ("shift", "shift_sd", "shift_q05", "shift_q95", "shift_up")
_WHOLE = ("state", "period", "n_casts")
_LABELS = ("states", "periods", "prior", "method", "casts", "rollcalls", "dropped", "items")
_PLAIN = (*_LABELS, "sweeps", "change", "record_hash", "settings", "facts")


def packed(fit: Fit) -> bytes:
    """The bytes of a fit without its draws; same fit, same bytes."""
    later = ~fit.first
    told = {name: getattr(fit, name) for name in _PLAIN} | {"dims": fit.dims}
    told |= {"settings": dict(fit.settings), "facts": dict(fit.facts)}
    arrays: dict[str, Any] = {
        "told": np.frombuffer(json.dumps(told, sort_keys=True).encode(), dtype=np.uint8),
        "times": fit.times,
        "rows": fit.texts.rows.astype(np.int32),
        **{name: getattr(fit, name).astype(np.int32) for name in _WHOLE},
        **{name: _shuffled(getattr(fit, name)) for name in _POSITIONS},
        **{name: _shuffled(getattr(fit, name)[later]) for name in _SHIFTS},
        "beta": _shuffled(fit.texts.beta),
        "cut": _shuffled(fit.texts.cut),
    }
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpacked(content: bytes) -> Fit:
    """The fit in a file's bytes; raises ValueError, KeyError or TypeError where they hold none."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    told = json.loads(arrays["told"].tobytes())
    dims = told.pop("dims")
    told |= {name: tuple(told[name]) for name in ("states", "periods")}
    whole = {name: arrays[name].astype(np.intp) for name in _WHOLE}
    later = np.diff(whole["state"], prepend=-1) == 0
    shifts = {}
    for name in _SHIFTS:
        shifts[name] = np.full((len(later), dims), np.nan)
        shifts[name][later] = _figures(arrays[name], dims)
    texts = Texts(
        rows=arrays["rows"].astype(np.intp),
        beta=_figures(arrays["beta"], dims),
        cut=_figures(arrays["cut"], 2),
    )
    positions = {name: _figures(arrays[name], dims) for name in _POSITIONS}
    every: dict[str, Any] = {**told, **whole, **positions, **shifts}
    found = Fit(times=arrays["times"], texts=texts, **every)
    _check(found)
    return found


def _shuffled(values: Floats) -> NDArray[np.uint8]:
    """(4, n) the bytes of values in steps of 1e-4. Raises ValueError where one is not finite."""
    if not np.isfinite(values).all():
        raise ValueError("a fit holds values that are not finite")
    steps = np.rint(values.reshape(-1) * _STEPS).astype("<i4")
    return np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T)


def _figures(shuffled: NDArray[np.uint8], columns: int) -> Floats:
    steps = np.ascontiguousarray(shuffled.T).view("<i4")
    return np.asarray(steps.reshape(-1, columns) / _STEPS, dtype=np.float64)


def _check(fit: Fit) -> None:
    """Raises ValueError where the parts of a fit do not belong together."""
    m, j, dims = len(fit.state), len(fit.texts.rows), fit.dims
    shapes = {
        "times": (fit.times.shape, (len(fit.periods),)),
        "period": (fit.period.shape, (m,)),
        "n_casts": (fit.n_casts.shape, (m,)),
        **{name: (getattr(fit, name).shape, (m, dims)) for name in _POSITIONS},
        "beta": (fit.texts.beta.shape, (j, dims)),
        "cut": (fit.texts.cut.shape, (j, 2)),
    }
    for name, (shape, expected) in shapes.items():
        if shape != expected:
            raise ValueError(f"{name} has the shape {shape}, and should {expected}")
    if fit.state.max(initial=0) >= len(fit.states) or fit.period.max(initial=0) >= len(fit.periods):
        raise ValueError("a state or period has no name")
    if fit.method not in (LAPLACE, SAMPLED):
        raise ValueError(f"its method {fit.method!r} is unknown")
