"""One writer at a time: a lock file that a second writer finds, and that a dead one cannot keep."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from votewire.errors import UsageError

__all__ = ["STALE_AFTER", "write_lock"]

# Writing one addition takes well under a second; a lock this old was left by a process that died.
STALE_AFTER = 600.0


@contextlib.contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Holds the lock file `path` while the block runs.

    Works on every file system and operating system that creates files exclusively. A lock is taken
    over where it is older than STALE_AFTER seconds, or where its process on this machine is gone.
    Raises UsageError, naming the process and the file, where another writer holds it.
    """
    mine = f"{os.getpid()} {socket.gethostname()} {time.time_ns()}"
    if not _taken(path, mine):
        _take_over(path)
        if not _taken(path, mine):
            raise _held(path)
    try:
        yield
    finally:
        if _owner(path) == mine:
            path.unlink(missing_ok=True)


def _taken(path: Path, mine: str) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as lock:
        lock.write(mine)
    return True


def _take_over(path: Path) -> None:
    """Removes a lock that nobody holds any more; raises UsageError where somebody does."""
    owner = _owner(path)
    if owner is None:
        return
    if not (_old(path) or _dead(owner)):
        raise _held(path)
    # Renamed first: of two that find it stale, one moves it, and never the other's new lock.
    aside = path.with_name(f"{path.name}.{os.getpid()}.stale")
    with contextlib.suppress(FileNotFoundError):
        path.replace(aside)
        if _owner(aside) != owner:
            aside.replace(path)
            raise _held(path)
        aside.unlink()


def _owner(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > STALE_AFTER
    except FileNotFoundError:
        return False


def _dead(owner: str) -> bool:
    """True where the owner ran on this machine and runs no more; unsure is False."""
    pid, _, rest = owner.partition(" ")
    if os.name != "posix" or not pid.isdecimal() or not rest.startswith(f"{socket.gethostname()} "):
        return False
    try:
        os.kill(int(pid), 0)  # signal 0 only asks; on Windows it would end the process
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def _held(path: Path) -> UsageError:
    pid = (_owner(path) or "").partition(" ")[0] or "unknown"
    return UsageError(
        f"Another votewire (process {pid}) is writing to your layer of the record; nothing was "
        f"changed. Try again when it is done; if none is running, delete {path}."
    )
