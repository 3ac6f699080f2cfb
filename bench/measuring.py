"""Timing as ratios against a limit, with the machine they were taken on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds of several runs of one thing, and the limit they are held against."""

    name: str
    seconds: tuple[float, ...]
    limit: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def machine() -> str:
    versions = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {versions}"


def timed(name: str, call: Callable[[], object], *, limit: float, runs: int = 7) -> Timing:
    """The call, warmed up once, then run `runs` times."""
    call()
    return Timing(name=name, limit=limit, seconds=tuple(_seconds(call) for _ in range(runs)))


def shell(name: str, *words: str, limit: float, runs: int = 7) -> Timing:
    """A whole `votewire` process, started as a user starts it."""
    command = [sys.executable, "-m", "votewire", *words]

    def call() -> None:
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr.decode())

    return timed(name, call, limit=limit, runs=runs)


def report(timings: list[Timing]) -> int:
    """Prints a row a timing; 1 where a median is over its limit."""
    print(machine())
    print(f"{'what':44} {'limit':>8} {'median':>8} {'min':>8} {'max':>8} {'of limit':>9}")
    for t in timings:
        row = (t.limit, t.median, min(t.seconds), max(t.seconds))
        print(f"{t.name:44} " + " ".join(f"{s:8.3f}" for s in row) + f" {t.median / t.limit:8.0%}")
    return int(any(t.median > t.limit for t in timings))


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
