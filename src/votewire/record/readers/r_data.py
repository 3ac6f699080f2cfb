"""Data frames of an R workspace file (.rda, .RData), read without R.

The file is R's own serialization in its XDR form: a stream of tagged items, big-endian. Only what a
data frame is made of is read: vectors, factors, strings, lists and their attributes. Functions,
environments and R code are refused, and nothing in the file is ever run.
Source: R Internals, section 1.8 "Serialization Formats" (versions 2 and 3).
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from votewire.errors import SourceError

__all__ = ["frames", "is_r_data"]

_MAGIC = (b"RDX2\nX\n", b"RDX3\nX\n")
_PACKED: dict[bytes, Callable[[io.BytesIO], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZ": bz2.open,
    b"\xfd7": lzma.open,
}
# The largest published file unpacks to 115 MB: 105 objects and 1.1 million different texts. What is
# small and comes to more than this is an attack or a mistake.
LARGEST = 500_000_000
LONGEST = 50_000_000  # values in vectors that R has written as a rule, such as 1:n
OBJECTS = 100_000
TEXTS = 4_000_000

_NIL, _GLOBAL, _REFERENCE, _BASE, _EMPTY, _ALTREP = 254, 253, 255, 247, 242, 238
_SYMBOL, _PAIRS, _CHARS, _LOGICAL, _INTEGER, _REAL, _STRINGS, _LIST = 1, 2, 9, 10, 13, 14, 16, 19
_NA_INTEGER = -(2**31)
# What reading a file that is cut, or no workspace after all, runs into.
_DAMAGE = (
    *(struct.error, LookupError, ValueError, TypeError, AttributeError, StopIteration),
    *(RecursionError, OverflowError, pl.exceptions.PolarsError),
)


class _TooMuch(Exception):
    """What there is more of than a table has."""


@dataclass(slots=True)
class _Item:
    """One R object: its value and its attributes."""

    value: Any
    attributes: dict[str, Any] = field(default_factory=dict)


def is_r_data(source: bytes) -> bool:
    """True where the bytes are an R workspace, packed or not."""
    if source.startswith(_MAGIC):
        return True
    opener = _PACKED.get(source[:2])
    if opener is None:
        return False
    try:
        with opener(io.BytesIO(source)) as packed:
            return bool(packed.read(7) in _MAGIC)
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        return False


def frames(source: bytes, *, name: str) -> dict[str, pl.DataFrame]:
    """The data frames of an R workspace by their R names, columns in their order.

    Factors come as their labels, dates as Date, strings as String, integers as Int64, NA as null.
    Raises SourceError where the file is cut, packed too tightly, or holds what is no data frame, or
    more than any table.
    """
    reader = _Reader(_unpacked(source, name))
    try:
        workspace = reader.workspace()
        found = {key: _frame(item) for key, item in workspace.items() if _is_frame(item)}
    except _TooMuch as error:
        raise SourceError(f"{name}: the R file holds {error}; no table has so many.") from None
    except _DAMAGE as error:
        raise SourceError(
            f"{name}: the R file is cut or damaged near byte {reader.at}; fetch it again."
        ) from error
    if not found:
        raise SourceError(f"{name}: the R file holds no data frame ({', '.join(workspace)}).")
    return found


def _unpacked(source: bytes, name: str) -> bytes:
    opener = _PACKED.get(source[:2])
    if opener is None:
        return source
    try:
        with opener(io.BytesIO(source)) as packed:
            plain: bytes = packed.read(LARGEST + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        why = f"{name}: the R file is cut or damaged ({error}); fetch it again."
        raise SourceError(why) from error
    if len(plain) > LARGEST:
        raise SourceError(f"{name}: the R file unpacks to more than {LARGEST:,} bytes; refused.")
    return plain


class _Reader:
    """A cursor over serialized R objects; `references` are the symbols met so far."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self.at = 0
        self.references: list[Any] = []
        self.strings: dict[bytes, str] = {}
        self.objects = 0
        self.made = 0  # values of vectors that are written as a rule

    def workspace(self) -> dict[str, _Item]:
        """The objects of the workspace by name."""
        if not self.plain.startswith(_MAGIC):
            raise ValueError("not an R workspace")
        self.at = 7
        version = self._integer()
        self.at += 8
        if version == 3:
            self.at += self._integer()
        top = self._item()
        if not isinstance(top.value, dict):
            raise ValueError("not a workspace")
        return top.value

    def _integer(self) -> int:
        (number,) = struct.unpack_from(">i", self.plain, self.at)
        self.at += 4
        return int(number)

    def _item(self) -> _Item:
        flags = self._integer()
        kind = flags & 0xFF
        self.objects += 1
        if self.objects > OBJECTS:
            raise _TooMuch(f"over {OBJECTS:,} objects")
        if kind in (_NIL, _GLOBAL, _BASE, _EMPTY):
            return _Item(None)
        if kind == _REFERENCE:
            return _Item(self.references[(flags >> 8 or self._integer()) - 1])
        if kind == _SYMBOL:
            symbol = self._item().value
            self.references.append(symbol)
            return _Item(symbol)
        if kind == _CHARS:
            return _Item(self._chars())
        if kind == _PAIRS:
            return self._pairs(flags)
        if kind == _ALTREP:
            return self._compact()
        item = _Item(self._vector(kind))
        if flags & 0x200:
            item.attributes = {k: v.value for k, v in self._item().value.items()}
        return item

    def _chars(self) -> str | None:
        length = self._integer()
        if length == -1:
            return None
        end = self.at + length
        raw = self.plain[self.at : end]
        if length < 0 or len(raw) < length:
            raise IndexError("cut inside a string")
        self.at = end
        return self.strings.get(raw) or self._known(raw)

    def _known(self, raw: bytes) -> str:
        """A text, kept so that the same bytes are one text."""
        if len(self.strings) >= TEXTS:
            raise _TooMuch(f"over {TEXTS:,} different texts")
        text = self.strings[raw] = _decoded(raw)
        return text

    def _pairs(self, flags: int) -> _Item:
        """A pairlist as a dict by tag (untagged ones by their place)."""
        pairs: dict[str, _Item] = {}
        while True:
            kind = flags & 0xFF
            if kind == _NIL:
                return _Item(pairs)
            if kind != _PAIRS:
                raise ValueError("a pairlist of a kind no data frame has")
            if flags & 0x200:
                self._item()
            tag = self._item().value if flags & 0x400 else None
            pairs[tag if isinstance(tag, str) else str(len(pairs))] = self._item()
            flags = self._integer()

    def _vector(self, kind: int) -> Any:
        if kind not in (_LOGICAL, _INTEGER, _REAL, _STRINGS, _LIST):
            raise ValueError(f"an R object of type {kind}")
        length = self._integer()
        if length < 0 or length > len(self.plain):
            raise IndexError("a vector longer than the file")
        if kind == _STRINGS:
            return self._texts(length)
        if kind == _LIST:
            return [self._item() for _ in range(length)]
        return self._numbers(length, ">f8" if kind == _REAL else ">i4")

    def _numbers(self, length: int, dtype: str) -> np.ndarray[Any, Any]:
        numbers = np.frombuffer(self.plain, dtype=dtype, count=length, offset=self.at)
        self.at += numbers.nbytes
        return numbers.astype(dtype[1:])

    def _texts(self, length: int) -> list[str | None]:
        """The strings of a character vector; a loop written flat, as files have millions."""
        plain, at, known = self.plain, self.at, self.strings
        head = struct.Struct(">ii").unpack_from
        texts: list[str | None] = []
        for _ in range(length):
            flags, size = head(plain, at)
            if flags & 0xFF != _CHARS:
                raise ValueError("a character vector that holds no strings")
            at += 8
            if size < 0:
                texts.append(None)
                continue
            raw = plain[at : at + size]
            at += size
            text = known.get(raw)
            if text is None:
                text = self._known(raw)
            texts.append(text)
        if at > len(plain):
            raise IndexError("cut inside a string")
        self.at = at
        return texts

    def _compact(self) -> _Item:
        """A vector that R keeps in a compact form: a sequence, or a wrapper around a vector."""
        name = next(iter(self._item().value.values())).value
        state, attributes = self._item(), self._item().value or {}
        if name in ("compact_intseq", "compact_realseq"):
            length, start, step = state.value
            if not 0 <= length <= LONGEST:
                raise ValueError("a sequence longer than any table")
            self.made += int(length)
            if self.made > LONGEST:
                raise _TooMuch(f"over {LONGEST:,} values in sequences")
            value: Any = start + step * np.arange(int(length))
        elif str(name).startswith("wrap_"):
            parts = state.value.values() if isinstance(state.value, dict) else state.value
            value = next(iter(parts)).value
        else:
            raise ValueError(f"a compact R vector of kind {name}")
        return _Item(value, {k: v.value for k, v in attributes.items()})


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # what older R on Windows wrote


def _is_frame(item: _Item) -> bool:
    return isinstance(item.value, list) and "names" in item.attributes


def _frame(item: _Item) -> pl.DataFrame:
    columns = dict(zip(item.attributes["names"], item.value, strict=True))
    return pl.DataFrame({name: _series(name, column) for name, column in columns.items()})


def _series(name: str, column: _Item) -> pl.Series:
    kinds = column.attributes.get("class") or []
    if not isinstance(column.value, np.ndarray):
        return pl.Series(name, column.value, dtype=pl.String)
    series = pl.Series(name, column.value, nan_to_null=True)
    if series.dtype == pl.Int32:
        series = series.cast(pl.Int64).replace(_NA_INTEGER, None)
    if "factor" in kinds:
        labels = [None, *column.attributes["levels"]]
        return pl.Series(name, labels, dtype=pl.String).gather(series.fill_null(0))
    if "Date" in kinds:
        return series.cast(pl.Int32).cast(pl.Date)
    return series
