"""Runs command lines on a terminal of some width, in one process, as a person would see them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence

_PROGRESS = re.compile("\r[^\r\n]*\x1b\\[K")  # told while it goes on, and taken back
_END = "\x00end of a command\x00"
_RUN = """
import sys
from votewire.cli.main import _status
for line in sys.stdin.read().splitlines():
    sys.argv = ["votewire", *line.split("\\t")]
    _status()
    print({end!r}, flush=True)
"""


def on_terminal(commands: Sequence[Sequence[str]], columns: int) -> list[list[str]]:
    """The lines that each command prints on a terminal so many columns wide, errors among them."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, "-c", _RUN.format(end=_END)],
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        env={**known, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write("\n".join("\t".join(words) for words in commands).encode())
        process.stdin.close()
        text = _PROGRESS.sub("", _read(ours).decode())
    os.close(ours)
    printed = text.replace("\r\n", "\n").split(f"{_END}\n")[:-1]
    assert len(printed) == len(commands), text[-2000:]
    return [each.splitlines() for each in printed]


def _read(handle: int) -> bytes:
    """All that comes until the other side of the terminal is closed, which Linux tells by EIO."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(handle, 65536)
        except OSError:
            part = b""
        if not part:
            return b"".join(parts)
        parts.append(part)
