"""A file read without waiting for ever, files written whole or not at all, and one lock.

What goes wrong is an OSError whose `strerror` says what: only who called knows what to do about it.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import socket
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = [
    "WAIT",
    "Held",
    "append",
    "appending",
    "deliver",
    "is_absent",
    "is_file",
    "is_folder",
    "is_part",
    "locked",
    "make_folder",
    "place_of",
    "read",
    "sync_folder",
    "write",
    "write_all",
]

WAIT = 10.0  # seconds for another writer, who is done in one or two

_PART = (".votewire-", ".part")  # around the name of a file that is being written
_OWNER = 200  # bytes of a lock file that are looked at
# A pipe opened so does not wait for its other end; Windows has neither such pipes nor the flag.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_PLAIN = getattr(os, "O_BINARY", 0)  # else Windows would change line ends
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class Held(OSError):
    """Another process has the lock. owner: "process 12 on host", or "" where that is not known."""

    def __init__(self, path: Path, owner: str) -> None:
        self.owner = owner
        super().__init__(errno.EAGAIN, "another process has the lock", str(path))


def is_absent(path: Path) -> bool:
    """Whether nothing is at a path; what cannot be looked at counts as being there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def is_file(path: Path) -> bool:
    """Whether a file is at a path, not a folder, pipe or device."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Whether a folder is at a path."""
    return stat.S_ISDIR(_mode(path))


def is_part(name: str) -> bool:
    """Whether a file of this name was being written when its process ended."""
    return name.startswith(_PART[0]) and name.endswith(_PART[1])


def make_folder(path: Path) -> None:
    """Makes a folder, and those above it, where they are not there.

    Raises OSError where that fails, or where nothing can be written into it.
    """
    path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK):
        raise _refused(errno.EACCES, path)


def read(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file, at most so many; of a pipe or a device what comes out of it.

    Never waits for a pipe that nobody writes to. Raises OSError.
    """
    _refuse_nul(path)
    with open(path, "rb", opener=_opened) as file:
        found = os.fstat(file.fileno())
        first = _first_of_pipe(file.fileno(), path) if stat.S_ISFIFO(found.st_mode) else b""
        if most is None:
            return first + file.read()
        # Room is made for all that may come, so no more is asked of a file than it has.
        return first + file.read(min(most, found.st_size or most) - len(first))


def write(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Writes one file; see `write_all`."""
    write_all({path: content}, mode=mode)


def write_all(contents: Mapping[Path, bytes], *, mode: int = 0o666) -> None:
    """Writes files, each of which is there whole or not at all, also after a loss of power.

    None is touched before all are written beside their places, so that a full disk changes nothing.
    mode: the rights of a file that is new, less what the user masks. A link is followed; a pipe or
    a device is written to as it is. Raises OSError.
    """
    places = {path: place_of(path) for path in contents}
    parts: dict[Path, Path] = {}
    try:
        for path, place in places.items():
            if place is not None:
                parts[path] = place.with_name(secrets.token_hex(8).join(_PART))
                with _told_of(path):
                    _put(_opened(parts[path], _NEW, mode), contents[path])
                _keep_rights(place, parts[path])
        for path, place in places.items():
            with _told_of(path):
                if place is None:
                    _put(_opened(path, os.O_WRONLY), contents[path])
                else:
                    parts[path].replace(place)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    for folder in {part.parent for part in parts.values()}:
        sync_folder(folder)


def append(path: Path, content: bytes) -> None:
    """Writes at the end of a file, made with its folders where it is not there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(_opened(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), content)


def appending(path: Path) -> BinaryIO:
    """A file opened to be read and added to, made where it is not there.

    Raises OSError for what is no plain file of that name: a link, which is not followed, a folder,
    a pipe, a device.
    """
    _refuse_nul(path)
    with suppress(FileNotFoundError):
        _refuse_other_than_plain(path.lstat().st_mode, path)
    handle = _opened(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINK)
    file = os.fdopen(handle, "a+b")
    try:
        _refuse_other_than_plain(os.fstat(handle).st_mode, path)
    except OSError:
        file.close()
        raise
    return file


def deliver(made: Path, path: Path) -> None:
    """Puts a finished file where a path says, as `write` would with its bytes. Raises OSError.

    made: in the folder of `place_of(path)` or one in it, so that it can be moved; it may be
    anywhere where that is None, and is there still.
    """
    place = place_of(path)
    with _told_of(path):
        if place is None:
            with made.open("rb") as source, os.fdopen(_opened(path, os.O_WRONLY), "wb") as end:
                shutil.copyfileobj(source, end)
            return
        with made.open("rb+") as source:
            os.fsync(source.fileno())
        _keep_rights(place, made)
        made.replace(place)
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in a folder last, where the system has a way to.

    Where it has none, or fails, the rename is done all the same: what can be lost is lost with the
    power only.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def place_of(path: Path) -> Path | None:
    """Where the file of a path lies, links followed; None for what no file can replace.

    Raises OSError for a folder, and for what may not be written to.
    """
    _refuse_nul(path)
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise _refused(errno.EISDIR, path)
    if mode and not stat.S_ISREG(mode):
        return None
    if mode and not os.access(path, os.W_OK):
        raise _refused(errno.EACCES, path)
    try:
        return path.resolve()
    except RuntimeError:  # what Python makes of links in a circle
        raise _refused(errno.ELOOP, path) from None


@contextmanager
def locked(path: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Holds the lock at a path while the block runs; whatever becomes of us, the system frees it.

    The file stays, and what is in it holds nobody up. Raises Held where another process has the
    lock for so many seconds, and OSError where there can be none.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise Held(path, _owner(path)) from None
    try:
        with suppress(OSError):  # who has it is told, and not needed
            _put(_opened(path, os.O_WRONLY | os.O_TRUNC), _me())
        yield
    finally:
        with suppress(OSError):  # what was to be done is done, and the lock ends with the process
            lock.release()


def _me() -> bytes:
    return f"{os.getpid()} {socket.gethostname()}".encode()


def _owner(path: Path) -> str:
    """Who wrote their name into a lock file; "" where nobody did."""
    with suppress(OSError):
        process, _, host = read(path, _OWNER).decode("ascii", "replace").partition(" ")
        if process.isdecimal() and host:
            return f"process {process} on {host.split()[0]}"
    return ""


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _opened(path: Path | str, flags: int, mode: int = 0o666) -> int:
    """A descriptor of a file, opened without waiting; a pipe's other end may be missing."""
    try:
        handle = os.open(path, flags | _AT_ONCE | _PLAIN, mode)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody is at its other end", str(path)) from None
        raise
    if _AT_ONCE:
        os.set_blocking(handle, True)
    return handle


def _first_of_pipe(handle: int, path: Path) -> bytes:
    """The first byte of a pipe, b"" where it is still to come; OSError where none ever will."""
    os.set_blocking(handle, False)
    try:
        first = os.read(handle, 1)
    except BlockingIOError:
        return b""
    finally:
        os.set_blocking(handle, True)
    if not first:
        raise OSError(errno.EPIPE, "nobody writes to this pipe", str(path))
    return first


def _refuse_nul(path: Path) -> None:
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "no file can have such a name", str(path))


def _refuse_other_than_plain(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "a link, a folder, a pipe or a device", str(path))


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """What goes wrong is told of a path, whatever name the file had at the time."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _refused(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _keep_rights(place: Path, part: Path) -> None:
    """Gives what takes the place of a file that file's rights, where the file system has any."""
    if is_file(place):
        with suppress(OSError):
            part.chmod(stat.S_IMODE(_mode(place)))


def _put(handle: int, content: bytes) -> None:
    """Writes all of it and closes the file; what is on a disk is there when this returns."""
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.fsync(handle)
    finally:
        os.close(handle)
