"""Ctrl-C before a command is under way and after it: the end, with 130 and no traceback."""

from __future__ import annotations

import os
import signal

__all__ = ["INTERRUPTED", "end_at_once", "raise_again"]

INTERRUPTED = 130


def end_at_once() -> None:
    """From now on Ctrl-C ends the process on the spot; nothing is under way that has to be undone.

    Where a shell has it ignored, as for what it runs in the background, it stays so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def raise_again() -> None:
    """From now on Ctrl-C raises KeyboardInterrupt, so that what is half done is put away."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_number: int, _frame: object) -> None:
    os._exit(INTERRUPTED)
