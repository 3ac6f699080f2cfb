"""Processes of their own, with the peak of memory of each, and the machine they ran on."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What a process printed, how long it took in all, and its peak of memory in MB."""

    out: str
    seconds: float
    peak: float

    @property
    def said(self) -> dict[str, Any]:
        """The JSON object in its last line."""
        return dict(json.loads(self.out.splitlines()[-1]))


def child(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Child:
    """Runs a process to its end. Raises RuntimeError, with what it said, where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise RuntimeError(f"{command[0]}: {err.read().decode()[-1000:]}")
        return Child(out=out.read().decode(), seconds=seconds, peak=used.ru_maxrss * 1024 / 1e6)


def myself(script: str, *words: str) -> Child:
    """This Python with a script of bench/, BLAS with one thread: those that wait only cost."""
    return child([sys.executable, script, *words], os.environ | {"OPENBLAS_NUM_THREADS": "1"})


def machine() -> str:
    """Cores, processor, system, and the versions of what computes."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "scipy"))
    return (
        f"{os.cpu_count()} cores, {_processor()}, {platform.system()}; "
        f"Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found.group(1) if found else platform.machine()
