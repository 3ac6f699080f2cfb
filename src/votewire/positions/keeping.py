"""What is known after a record's last day, kept in a file: positions and texts.

What a forecast needs, in single precision, the texts' covariances without its last byte. What is
known of matters is not kept.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.positions import headed
from votewire.positions.filtering import States
from votewire.positions.standing import Standing
from votewire.record import Record

__all__ = ["STANDING", "as_kept", "read_standing", "write_standing"]

Arrays = Mapping[str, NDArray[Any]]

STANDING = "standing"  # the files' name
_FORMAT = 2


def write_standing(found: Standing, record: Record, folder: Path, name: str) -> Path:
    """Writes it as NAME.npz beside NAME.json with the record's hash; returns the first path."""
    packed = io.BytesIO()
    arrays: dict[str, Any] = _arrays(found)
    np.savez_compressed(packed, **arrays)
    head = {"format": _FORMAT, "record": record.hash}
    return headed.write(folder / f"{name}.npz", packed.getvalue(), head)


def read_standing(
    record: Record, folder: Path, name: str, *, note: Callable[[str], None] | None = None
) -> Standing | None:
    """What is kept for a record; None where there is nothing, or, with a note, it is damaged."""
    path = folder / f"{name}.npz"
    try:
        head = headed.head_of(path)
        if head["record"] != record.hash or head["format"] != _FORMAT:
            return None
        with np.load(io.BytesIO(headed.content_of(path, head)), allow_pickle=False) as file:
            return _unpacked(file)
    except FileNotFoundError:
        return None
    except headed.BROKEN as error:
        if note is not None:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            note(f"{path} is not used: {reason}.")
        return None


def as_kept(found: Standing) -> Standing:
    """The same as it is kept, so that what is made now and what is read agree."""
    return _unpacked(_arrays(found))


def _arrays(found: Standing) -> dict[str, NDArray[Any]]:
    keys = sorted(found.texts)
    upper = np.triu_indices(found.states.mean.shape[1] + 2)
    cov = np.array([found.texts[key][1][upper] for key in keys])
    return {
        "mean": found.states.mean.astype(np.float32),
        "var": found.states.var.astype(np.float32),
        "last": found.last,
        "text_key": np.array(keys, dtype=np.int32),
        "text_mean": np.array([found.texts[key][0] for key in keys], dtype=np.float32),
        "text_cov": _three_bytes(cov),
    }


def _unpacked(arrays: Arrays) -> Standing:
    mean = arrays["text_mean"].astype(np.float64)
    upper = np.triu_indices(mean.shape[1])
    cov = np.zeros((*mean.shape, mean.shape[1]))
    figures = _figures(arrays["text_cov"]).reshape(len(mean), -1)
    cov[:, upper[0], upper[1]] = cov[:, upper[1], upper[0]] = figures
    keys = arrays["text_key"].tolist()
    return Standing(
        states=States(arrays["mean"].astype(np.float64), arrays["var"].astype(np.float64)),
        last=arrays["last"],
        texts=dict(zip(keys, zip(mean, cov, strict=True), strict=True)),
    )


def _three_bytes(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(3, n) the first three of the four bytes of each value, rounded; alike ones together."""
    four = values.reshape(-1).astype("<f4").view("<u4") + np.uint32(0x80)
    return np.ascontiguousarray(four.view(np.uint8).reshape(-1, 4).T[:0:-1])


def _figures(bytes_of: NDArray[np.uint8]) -> NDArray[np.float64]:
    four = np.zeros((bytes_of.shape[1], 4), dtype=np.uint8)
    four[:, :0:-1] = bytes_of.T
    return four.view("<f4").reshape(-1).astype(np.float64)
