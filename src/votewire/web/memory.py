"""A worker that gives back the memory that it no longer uses."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["give_back"]

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # mallopt(3)
_LARGE = 128 * 1024  # bytes: glibc's first threshold, which it would raise as it goes
_ARENAS = 2


def give_back() -> bool:
    """Holds the C library to returning large blocks to the system at once; whether it does so.

    Opening the models takes large arrays for a moment. glibc raises its threshold with each such
    block that is freed, keeps the next ones, and a worker stays some 30 MB larger than it need be.
    Other C libraries have no such threshold and are left as they are.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    wanted = ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE), (_ARENA_MAX, _ARENAS))
    return all(mallopt(option, value) == 1 for option, value in wanted)
