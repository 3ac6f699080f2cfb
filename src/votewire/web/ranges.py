"""The part of a file that a visitor asks for, as RFC 9110 has it, section 14.2."""

from __future__ import annotations

import re

from fastapi import Request
from starlette.exceptions import HTTPException

__all__ = ["settle_range"]

_PART = r"[ \t]*(?:\d{1,18}-\d{0,18}|-\d{1,18})[ \t]*"
_RANGES = re.compile(rf"bytes={_PART}(?:,{_PART}){{0,99}}", re.ASCII | re.IGNORECASE)


def settle_range(request: Request, size: int) -> None:
    """Takes a range away that says nothing, so that the whole file is sent.

    size: of the file, in bytes. Raises HTTPException 416 where the file ends before what is asked.
    """
    said = request.headers.get("range", "")
    if not _RANGES.fullmatch(said):
        _forget_range(request)
        return
    parts = [part.strip(" \t").split("-") for part in said.partition("=")[2].split(",")]
    if all(_is_beyond(first, last, size) for first, last in parts):
        told = f"The file has {size} bytes."
        raise HTTPException(416, told, headers={"Content-Range": f"bytes */{size}"})
    if any(_is_beyond(first, last, size) or _is_backward(first, last) for first, last in parts):
        _forget_range(request)


def _forget_range(request: Request) -> None:
    headers = request.scope["headers"]
    request.scope["headers"] = [(name, value) for name, value in headers if name != b"range"]


def _is_beyond(first: str, last: str, size: int) -> bool:
    return int(first) >= size if first else int(last) == 0


def _is_backward(first: str, last: str) -> bool:
    return bool(first and last) and int(last) < int(first)
