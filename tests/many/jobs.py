"""What the processes of the tests do: found by its name in a new one."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from typing import Any

from votewire.config import Settings
from votewire.errors import TallyMismatch, UnreadablePage, UsageError

NEVER = re.compile(r"(?:x+)+y")


def prepared(settings: Settings) -> tuple[str, Callable[..., Any]]:
    """Answers with the id of the process, and does what it is asked to."""
    return str(settings.data_dir), answer


def answer(what: str) -> Any:
    if what == "hang in C":
        NEVER.search("x" * 60)
    elif what == "sleep":
        time.sleep(60)
    elif what == "die":
        os._exit(9)
    elif what == "refuse":
        raise UnreadablePage("the page is a PDF")
    elif what == "keywords":
        raise TallyMismatch(rollcall="A/RES/99/999", read=(1, 2, 3), announced=(3, 2, 1))
    elif what == "unsendable":
        raise Unsendable(lambda: 0)
    return os.getpid()


class Unsendable(Exception):
    """An error that cannot leave its process."""


def unprepared(settings: Settings) -> tuple[str, Callable[..., Any]]:
    raise UsageError("nothing can be opened")
