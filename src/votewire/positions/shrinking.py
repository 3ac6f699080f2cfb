"""Surprises in few bytes: rounded, and in an order that puts like beside like.

Bits are rounded to tenths, since they are printed with one decimal; low and high to quarters of a
bit away from them. Which casts they are is read off the record, and a choice that few others made
has more bits than one that most made. So each array is kept in an order that its reader knows from
the record and from the arrays before it; it then needs half the room.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.positions.expecting import Surprises

__all__ = ["PER_BIT", "SMALLEST", "packed", "rounded", "tenths", "unpacked"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.intp]
Casts = Mapping[str, NDArray[Any]]
Take = Callable[[str, Ints], Bytes]

SMALLEST = 11
PER_BIT = 10
_PER_BIT_AWAY = 4  # of low and high
# One more than the largest number of each kind; the product of any three used is under 65,536.
_CHOICES, _SHARES, _STATES, _BITS, _AWAY = 3, 41, 512, 160, 64
_CASTS = ("row", "state", "choice", "council")
_ENDS = ("", "3")  # of the names of figures with one dimension, and with three


def tenths(bits: NDArray[np.float32]) -> Ints:
    """Bits in whole tenths."""
    return np.rint(bits * PER_BIT).clip(0, _BITS - 1).astype(np.intp)


def rounded(found: Surprises) -> Surprises:
    """The same as it is kept, so that what is made now and what is read agree."""
    return _made({name: getattr(found, name) for name in _CASTS}, _whole(found))


def packed(found: Surprises, level: int = SMALLEST) -> bytes:
    """A Parquet file of one row, with the bytes of each array; same figures, same bytes.

    level: of brotli's compression, 1 to 11; the smallest file takes seconds.
    """
    whole = _whole(found)
    parts: dict[str, bytes] = {}

    def take(name: str, order: Ints) -> Bytes:
        parts[name] = whole[name][order].tobytes()
        return whole[name]

    _walked({name: getattr(found, name) for name in _CASTS}, take)
    file = io.BytesIO()
    frame = pl.DataFrame({name: [part] for name, part in parts.items()})
    frame.write_parquet(file, compression="brotli", compression_level=level, statistics=False)
    return file.getvalue()


def unpacked(casts: Casts, content: bytes) -> Surprises:
    """The surprises of some casts in a file's bytes; raises ValueError where they are of others."""
    frame = pl.read_parquet(io.BytesIO(content))
    casts_kept = len(frame["bits"][0])
    if casts_kept != len(casts["row"]):
        raise ValueError(f"{casts_kept:,} figures for {len(casts['row']):,} casts")

    def take(name: str, order: Ints) -> Bytes:
        out = np.empty(len(order), dtype=np.uint8)
        out[order] = np.frombuffer(frame[name][0], dtype=np.uint8)
        return out

    return _made(casts, _walked(casts, take))


def _whole(found: Surprises) -> dict[str, Bytes]:
    """Each array in whole numbers: tenths, and quarters away from them."""
    whole: dict[str, Bytes] = {}
    for end in _ENDS:
        steps = tenths(getattr(found, f"bits{end}"))
        bits = steps / PER_BIT
        whole[f"bits{end}"] = steps.astype(np.uint8)
        whole[f"high{end}"] = _away(getattr(found, f"high{end}") - bits)
        whole[f"low{end}"] = _away(bits - getattr(found, f"low{end}"))
    return whole


def _away(bits: NDArray[np.float64]) -> Bytes:
    # A little less, since 0.125 is either 0 or a quarter, and must be the same when read again.
    return np.rint(bits * _PER_BIT_AWAY - 1e-4).clip(0, _AWAY - 1).astype(np.uint8)


def _made(casts: Casts, whole: Mapping[str, Bytes]) -> Surprises:
    figures: dict[str, Any] = {}
    for end in _ENDS:
        bits = whole[f"bits{end}"] / np.float32(PER_BIT)
        figures[f"bits{end}"] = bits
        figures[f"low{end}"] = (bits - whole[f"low{end}"] / np.float32(_PER_BIT_AWAY)).clip(0)
        figures[f"high{end}"] = bits + whole[f"high{end}"] / np.float32(_PER_BIT_AWAY)
    return Surprises(**casts, **figures)


def _walked(casts: Casts, take: Take) -> dict[str, Bytes]:
    """Takes each array, told the order in which it is kept; gives them all."""
    choice = (casts["choice"], _CHOICES)
    share = (_shares(casts), _SHARES)
    whole: dict[str, Bytes] = {}
    order = _order(choice, share, (casts["state"], _STATES))
    for end in _ENDS:
        bits = whole[f"bits{end}"] = take(f"bits{end}", order)
        high = take(f"high{end}", _order(choice, (bits, _BITS), share))
        whole[f"high{end}"] = high
        whole[f"low{end}"] = take(f"low{end}", _order(choice, (bits, _BITS), (high, _AWAY)))
        order = _order((bits, _BITS), choice, share)
    return whole


def _shares(casts: Casts) -> Ints:
    """(n,) the share of the casts on a rollcall that are of the same choice, in fortieths."""
    row = casts["row"].astype(np.intp)
    kind = row * _CHOICES + casts["choice"]
    same, every = np.bincount(kind)[kind], np.bincount(row)[row]
    fortieths = _SHARES - 1
    return np.asarray((2 * fortieths * same + every) // (2 * every), dtype=np.intp)


def _order(*parts: tuple[NDArray[Any], int]) -> Ints:
    """The order by several numbers, each under the limit beside it; equal ones stay as they are."""
    key = np.zeros(len(parts[0][0]), dtype=np.uint16)
    for numbers, limit in parts:
        key = key * np.uint16(limit) + numbers.astype(np.uint16)
    return np.argsort(key, kind="stable")
