"""Surprises in few bytes: rounded, and in an order that puts like beside like.

Bits are rounded to tenths, since they are printed with one decimal; low and high to quarters of a
bit away from them. Which casts they are is read off the record, and a choice that few others made
has more bits than one that most made. So each array is kept in an order that its reader knows from
the record and from the arrays before it; it then needs half the room.

The rollcalls of each 1,024 rows of the record make a block, which can be read without the others;
and beside the first stands how many casts of each state have each number of tenths, from which the
rank of one cast is read off.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.positions.expecting import Surprises

__all__ = [
    "BLOCK",
    "PER_BIT",
    "SMALLEST",
    "block_of",
    "counts_of",
    "packed",
    "rounded",
    "tenths",
    "unpacked",
]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.intp]
Casts = Mapping[str, NDArray[Any]]
Take = Callable[[str, Ints], Bytes]

BLOCK = 1024  # rows of the record; half as many make the file 4 % larger
SMALLEST = 11
PER_BIT = 10
_PER_BIT_AWAY = 4  # of low and high
# One more than the largest number of each kind; the product of any three used is under 65,536.
_CHOICES, _SHARES, _STATES, _BITS, _AWAY = 3, 41, 512, 160, 64
_CASTS = ("row", "state", "choice", "council")
_ENDS = ("", "3")  # of the names of figures with one dimension, and with three
_FIGURES = tuple(f"{name}{end}" for end in _ENDS for name in ("bits", "high", "low"))
_COUNTS = "counts"


def tenths(bits: NDArray[np.float32]) -> Ints:
    """Bits in whole tenths."""
    return np.rint(bits * PER_BIT).clip(0, _BITS - 1).astype(np.intp)


def rounded(found: Surprises) -> Surprises:
    """The same as it is kept, so that what is made now and what is read agree."""
    made = _made({name: getattr(found, name) for name in _CASTS}, _whole(found))
    return replace(made, record_hash=found.record_hash)


def packed(found: Surprises, level: int = SMALLEST) -> bytes:
    """A Parquet file of one row for each block, with its bytes of each array; same figures, same
    bytes.

    level: of brotli's compression, 1 to 11; the smallest file takes seconds.
    """
    casts = {name: getattr(found, name) for name in _CASTS}
    whole = _whole(found)
    rows: list[dict[str, bytes]] = []
    for at in _blocks(casts):
        kept = {name: values[at] for name, values in whole.items()}
        parts: dict[str, bytes] = {}

        def take(
            name: str,
            order: Ints,
            kept: Mapping[str, Bytes] = kept,
            parts: dict[str, bytes] = parts,
        ) -> Bytes:
            parts[name] = kept[name][order].tobytes()
            return kept[name]

        _walked({name: values[at] for name, values in casts.items()}, take)
        rows.append({**parts, _COUNTS: b"" if rows else _counted(found)})
    file = io.BytesIO()
    pl.DataFrame(rows).write_parquet(
        file,
        compression="brotli",
        compression_level=level,
        statistics=False,
        row_group_size=1,
    )
    return file.getvalue()


def unpacked(casts: Casts, content: bytes) -> Surprises:
    """The surprises of some casts in a file's bytes; raises ValueError where they are of others."""
    frame = pl.read_parquet(io.BytesIO(content), columns=list(_FIGURES))
    kept = sum(map(len, frame["bits"]))
    blocks = list(_blocks(casts))
    if kept != len(casts["row"]) or len(blocks) != frame.height:
        raise ValueError(f"{kept:,} figures for {len(casts['row']):,} casts")
    made = [
        _read({name: values[at] for name, values in casts.items()}, row)
        for at, row in zip(blocks, frame.iter_rows(named=True), strict=True)
    ]
    whole = {name: np.concatenate([each[name] for each in made]) for name in _FIGURES}
    return _made(casts, whole)


def block_of(casts: Casts, content: bytes, number: int) -> Surprises:
    """The surprises of the casts of one block, which `casts` are; raises ValueError as `unpacked`.

    number: of the block, the row of the record divided by BLOCK.
    """
    lazy = pl.scan_parquet(io.BytesIO(content)).select(_FIGURES)
    row = lazy.slice(number, 1).collect().row(0, named=True)
    if len(row["bits"]) != len(casts["row"]):
        raise ValueError(f"{len(row['bits']):,} figures for {len(casts['row']):,} casts")
    return _made(casts, _read(casts, row))


def counts_of(content: bytes) -> NDArray[np.int64]:
    """(2, states, tenths) how many casts of each state, in the Assembly and in the Council, have
    that surprise with one dimension. States after the last with a cast have no row."""
    kept = pl.scan_parquet(io.BytesIO(content)).select(_COUNTS).slice(0, 1).collect().item()
    return np.frombuffer(kept, dtype="<u2").reshape(2, -1, _BITS).astype(np.int64)


def _counted(found: Surprises) -> bytes:
    states = int(found.state.max()) + 1
    who = found.council.astype(np.intp) * states + found.state
    counts = np.bincount(who * _BITS + tenths(found.bits), minlength=2 * states * _BITS)
    return counts.astype("<u2").tobytes()


def _blocks(casts: Casts) -> Iterator[slice]:
    """Where the casts of each block are, up to the last that has one."""
    numbers = casts["row"] // BLOCK
    ends = np.searchsorted(numbers, np.arange(1, int(numbers[-1]) + 2)).tolist()
    yield from (slice(start, end) for start, end in zip([0, *ends], ends, strict=False))


def _read(casts: Casts, row: Mapping[str, bytes]) -> dict[str, Bytes]:
    """The arrays of one block, in order of its casts."""

    def take(name: str, order: Ints) -> Bytes:
        out = np.empty(len(order), dtype=np.uint8)
        out[order] = np.frombuffer(row[name], dtype=np.uint8)
        return out

    return _walked(casts, take)


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
    return Surprises(**{**casts, **figures})


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
