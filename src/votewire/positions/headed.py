"""A kept file and, beside it as .json, what it says of itself: of which record, with what hash."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polars.exceptions import PolarsError

from votewire import files

__all__ = ["BROKEN", "content_of", "head_of", "write"]

# What reading a damaged file may raise, here and where it is unpacked.
BROKEN = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, EOFError),
    *(RecursionError, MemoryError, zipfile.BadZipFile, zlib.error, struct.error, PolarsError),
)


def write(path: Path, content: bytes, head: Mapping[str, Any]) -> Path:
    """Writes a file and its head with the file's SHA-256; returns the path. Raises OSError.

    The content first: until it has the hash that the head states, it is not used.
    """
    said = {**head, "sha256": hashlib.sha256(content).hexdigest()}
    text = json.dumps(said, indent=1, sort_keys=True) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_all({path: content, path.with_suffix(".json"): text.encode()})
    return path


def head_of(path: Path) -> dict[str, Any]:
    """What a file says of itself. Raises one of BROKEN."""
    head = json.loads(files.read(path.with_suffix(".json")))
    if not isinstance(head, dict):
        raise ValueError("it does not say what it is")
    return head


def content_of(path: Path, head: Mapping[str, Any]) -> bytes:
    """A file's bytes. Raises one of BROKEN, as where their hash is not the one stated."""
    content = files.read(path)
    digest = hashlib.sha256(content).hexdigest()
    if digest != head["sha256"]:
        raise ValueError(f"it states the SHA-256 {head['sha256']!r}, and should {digest!r}")
    return content
