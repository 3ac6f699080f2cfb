"""A small writer of R workspaces (RDX2, XDR), so that tests have files to read without R.

Source of the format: R Internals, section 1.8.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Column = Sequence[int | None] | Sequence[float | None] | Sequence[str | None]

_HEAD = b"RDX2\nX\n" + struct.pack(">iii", 2, 0x00030402, 0x00020300)
_NIL = struct.pack(">i", 254)
_NA_INTEGER = -(2**31)
_NA_REAL = struct.pack(">Q", 0x7FF00000000007A2)


def workspace(**objects: bytes) -> bytes:
    """A workspace of named objects."""
    pairs = [struct.pack(">i", 0x402) + _symbol(name) + thing for name, thing in objects.items()]
    return _HEAD + b"".join(pairs) + _NIL


def data_frame(columns: Mapping[str, bytes], rows: int) -> bytes:
    """A data frame of vectors."""
    body = struct.pack(">ii", 0x313, len(columns)) + b"".join(columns.values())
    return body + attributes(
        names=vector(list(columns)),
        **{"row.names": vector([_NA_INTEGER, -rows])},
        **{"class": vector(["data.frame"])},
    )


def vector(values: Column, **marks: bytes) -> bytes:
    """An integer, real or character vector; None is NA. `marks` are its attributes."""
    flag = 0x200 if marks else 0
    after = attributes(**marks) if marks else b""
    if any(isinstance(value, str) for value in values):
        return struct.pack(">ii", flag | 16, len(values)) + b"".join(map(_chars, values)) + after
    if any(isinstance(value, float) for value in values):
        reals = [_NA_REAL if v is None else struct.pack(">d", v) for v in values]
        return struct.pack(">ii", flag | 14, len(values)) + b"".join(reals) + after
    whole = [_NA_INTEGER if v is None else int(v) for v in values]
    return struct.pack(f">ii{len(whole)}i", flag | 13, len(whole), *whole) + after


def compact(kind: str, state: bytes) -> bytes:
    """A vector in R's compact form (ALTREP) of a class and with a state."""
    info = [_symbol(kind), _symbol("base"), vector([13])]
    pairs = b"".join(struct.pack(">i", 2) + thing for thing in info) + _NIL
    return struct.pack(">i", 238) + pairs + state + _NIL


def attributes(**named: bytes) -> bytes:
    """A pairlist of attributes."""
    pairs = [struct.pack(">i", 0x402) + _symbol(name) + thing for name, thing in named.items()]
    return b"".join(pairs) + _NIL


def _symbol(name: str) -> bytes:
    return struct.pack(">i", 1) + _chars(name)


def _chars(text: str | int | float | None) -> bytes:
    if text is None:
        return struct.pack(">ii", 9, -1)
    raw = str(text).encode()
    return struct.pack(">ii", 0x40009, len(raw)) + raw
