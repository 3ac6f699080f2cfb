"""The site under load, on loopback, beside Datasette serving the same tables.

python bench/web.py [--seconds 10] [--datasette PATH] > figures.md

Each page at 100 requests a second on one worker, then a mixed load of 500 a second on two. The load
is open: each request is sent at its own time, whether or not the last one was answered, and its
time is counted from when it was due, so a server that stalls cannot hide it. The client is in this
file (asyncio, one process, connections kept open); where wrk is installed it says beside it how
many requests a second a closed loop of eight connections gets. Datasette is taken from --datasette
or from a virtual environment that is made for it beside the system's temporary files.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import votewire
from measuring import machine
from votewire.record import TABLES
from votewire.record.export import flat
from votewire.web.app import views
from votewire.web.pages.api import example_of

RATE, MIXED, BESIDE = 100, 500, 5  # requests a second
CONNECTIONS = 64
LIMIT_PAGE, LIMIT_START, LIMIT_MEMORY = 0.050, 2.0, 400.0  # seconds, seconds, MB
CHART = re.compile(r'<img src="(/[^"]+\.svg[^"]*)"')
PATIENCE = 60.0  # seconds that a server has to start, or to answer what is late


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of a load: seconds of each answer from when it was due, and what failed."""

    seconds: tuple[float, ...]
    failed: int
    bytes: int

    def at(self, share: float) -> float:
        """The time under which a share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


@dataclass(slots=True)
class Server:
    """A process that serves, where, and the seconds until its first page."""

    process: subprocess.Popen[bytes]
    address: str
    started: float

    def memory(self, what: str = "HWM") -> list[float]:
        """MB of memory of it and of each process it started: the most (HWM), or now (RSS)."""
        found = [held for pid in tree(self.process.pid) if (held := _held(pid, what)) > 0]
        return sorted(found, reverse=True)


def tree(pid: int) -> Iterator[int]:
    """A process and all it started."""
    yield pid
    for started in Path(f"/proc/{pid}/task").glob("*/children"):  # with the thread that started it
        for child in started.read_text().split():
            yield from tree(int(child))


def _held(pid: int, what: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"Vm{what}:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def serving(command: Sequence[str], port: int, first: str) -> Iterator[Server]:
    """A server for as long as the block lasts. Its first page is asked for when it listens."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryFile() as out:
        environment = {**os.environ, "VOTEWIRE_DATA_DIR": data}
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        address = f"http://127.0.0.1:{port}"
        try:
            started = asyncio.run(_first(address + first, begin, process))
            yield Server(process, address, started)
        finally:
            process.terminate()
            process.wait(timeout=30)


async def _first(address: str, begin: float, process: subprocess.Popen[bytes]) -> float:
    while time.perf_counter() - begin < PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            client = await Client.opened(address)
        except OSError:
            await asyncio.sleep(0.01)
            continue
        status, _ = await client.get(urlsplit(address).path)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        return time.perf_counter() - begin
    raise RuntimeError("the server did not start")


class Client:
    """One connection that is kept open, by HTTP/1.1."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @classmethod
    async def opened(cls, address: str) -> Client:
        parts = urlsplit(address)
        streams = await asyncio.open_connection(parts.hostname, parts.port)
        return cls(*streams, parts.netloc)

    async def get(self, path: str) -> tuple[int, int]:
        """The status of an answer and its length in bytes."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: text/html,*/*\r\n"
        self._writer.write(f"{head}Accept-Encoding: gzip\r\n\r\n".encode())
        told = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(told.split(" ", 2)[1])
        length = re.search(r"\r\ncontent-length: *(\d+)", told)
        if length:
            return status, len(await self._reader.readexactly(int(length[1])))
        return status, await self._chunks() if "chunked" in told else 0

    async def _chunks(self) -> int:
        total = 0
        while size := int(await self._reader.readline(), 16):
            total += size
            await self._reader.readexactly(size + 2)
        await self._reader.readline()
        return total


async def load(address: str, paths: Sequence[str], rate: int, seconds: float) -> Load:
    """An open load: request n is due n / rate seconds after the first."""
    idle: asyncio.Queue[Client] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await Client.opened(address))
    took: list[float] = []
    failed = size = 0
    begin = time.perf_counter() + 0.05

    async def one(number: int) -> None:
        nonlocal failed, size
        due = begin + number / rate
        client = await idle.get()
        try:
            status, length = await client.get(paths[number % len(paths)])
        except (OSError, asyncio.IncompleteReadError, ValueError):
            failed += 1
            client = await Client.opened(address)
        else:
            failed += status != 200
            size += length
            took.append(time.perf_counter() - due)
        idle.put_nowait(client)

    tasks = []
    for number in range(int(rate * seconds)):
        wait = begin + number / rate - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(one(number)))
    _, late = await asyncio.wait(tasks, timeout=PATIENCE)
    for task in late:
        task.cancel()
    return Load(seconds=tuple(took), failed=failed + len(late), bytes=size)


async def warmed(address: str, paths: Sequence[str]) -> None:
    """Each page asked for twice: made, and kept."""
    client = await Client.opened(address)
    for path in (*paths, *paths):
        status, _ = await client.get(path)
        if status not in (200, 300):
            raise RuntimeError(f"{path}: {status}")


def closed(address: str, path: str, seconds: int) -> str:
    """Requests a second that wrk gets, where it is installed."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return "–"
    command = [wrk, "-t1", "-c8", f"-d{seconds}s", address + path]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return f"{float(found[1]):,.0f}" if found else "–"


def drawn(address: str, paths: Sequence[str]) -> int:
    """Asks for every chart of the pages, as a browser does; how many there are."""
    charts: set[str] = set()
    for path in paths:
        with urlopen(address + path) as answer:
            charts |= set(CHART.findall(answer.read().decode()))
    for chart in sorted(charts):
        urlopen(address + unescape(chart)).close()
    return len(charts)


def started(runs: int = 3) -> float:
    """Seconds from start to first page, the median of a few starts."""
    found = []
    for _ in range(runs):
        with serving(votewire_command(8470, 1), 8470, "/") as server:
            found.append(server.started)
    return statistics.median(found)


def votewire_command(port: int, workers: int) -> list[str]:
    base = [sys.executable, "-m", "votewire", "serve", "--port", str(port)]
    return [*base, "--workers", str(workers)]


def database(folder: Path) -> Path:
    """The tables of the record as SQLite, with the indexes that Datasette's pages need."""
    path = folder / "record.db"
    record = votewire.open_record()
    with sqlite3.connect(path) as connection:
        for table in TABLES:
            frame = flat(getattr(record, table.name))
            names = ", ".join(f'"{name}"' for name in frame.columns)
            key = ", ".join(f'"{name}"' for name in table.key)
            connection.execute(f'create table "{table.name}" ({names}, primary key ({key}))')
            holes = ", ".join("?" * frame.width)
            rows = ([_plain(value) for value in row] for row in frame.iter_rows())
            connection.executemany(f'insert into "{table.name}" values ({holes})', rows)
        connection.execute("create index by_state on casts (state, choice)")
        connection.execute("create index by_day on rollcalls (date)")
    return path


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def datasette_at(given: str | None, folder: Path) -> Path:
    """Datasette's program; from a virtual environment of its own if none is given."""
    if given:
        return Path(given)
    venv.create(folder / "venv", with_pip=True)
    program = folder / "venv" / "bin"
    install = [str(program / "python"), "-m", "pip", "install", "--quiet", "datasette"]
    subprocess.run(install, check=True)
    return program / "datasette"


DATASETTE = {
    "newest votes": "/record/rollcalls?_sort_desc=date&_size=50",
    "one vote": "/record/rollcalls/UNDL-4076672",
    "a vote's casts": "/record/casts?rollcall=UNDL-4076672&_size=200",
    "a state's No votes": "/record/casts?state=HUN&choice=no&_size=50",
}
OURS = {
    "newest votes": "/votes",
    "one vote": "/votes/A/RES/ES-11/7",
    "a vote's casts": "/votes/A/RES/ES-11/7.json",
    "a state's No votes": "/states/HUN/votes?choice=no",
}


def ms(seconds: float) -> str:
    return f"{1000 * seconds:,.1f}"


def row(name: str, found: Load, extra: str = "") -> str:
    sent = found.bytes / max(len(found.seconds), 1) / 1000
    times = " | ".join(ms(found.at(share)) for share in (0.5, 0.99, 1.0))
    return f"| {name} | {times} | {sent:,.1f} | {found.failed} |{extra}"


def pages() -> list[str]:
    """Every page, and pages as data."""
    html = sorted(example_of(view.path) for view in views())
    return [*html, "/api", "/votes/A/RES/ES-11/7.json", "/states/HUN.json", "/hi", "/find?q=cuba"]


def one_worker(seconds: float) -> bool:
    """Each page at 100 a second on one worker; whether all hold their limits."""
    listed = pages()
    held, first = True, started()
    with serving(votewire_command(8471, 1), 8471, "/") as server:
        print(f"\nStart to first page: {first:.2f} s (limit {LIMIT_START:.0f}).\n")
        asyncio.run(warmed(server.address, listed))
        print(f"Each page at {RATE} a second on one worker, {seconds:g} s each, in milliseconds:\n")
        print("| page | median | p99 | slowest | kB | failed | wrk, requests a second |")
        print("|---|---|---|---|---|---|---|")
        for path in listed:
            found = asyncio.run(load(server.address, [path], RATE, seconds))
            print(row(f"`{path}`", found, f" {closed(server.address, path, 1)} |"), flush=True)
            held &= found.at(0.99) < LIMIT_PAGE and not found.failed
        before = server.memory("RSS")[0]
        charts = drawn(server.address, [path for path in listed if ".json" not in path])
        then, most = server.memory("RSS")[0], server.memory()[0]
        print(
            f"\nMemory of the worker: {before:.0f} MB after these pages, {then:.0f} MB with ",
            end="",
        )
        print(f"their {charts} charts drawn, {most:.0f} MB at most (limit {LIMIT_MEMORY:.0f}).")
        return held and first < LIMIT_START and most < LIMIT_MEMORY


def two_workers(seconds: float) -> bool:
    """A mixed load of 500 a second on two workers; whether it is without an error."""
    listed = pages()
    with serving(votewire_command(8472, 2), 8472, "/") as server:
        for _ in range(8):  # each worker keeps its own pages, and the system chooses the worker
            asyncio.run(warmed(server.address, listed))
        found = asyncio.run(load(server.address, listed, MIXED, 3 * seconds))
        print(f"\nAll pages mixed, {MIXED} a second on two workers, {3 * seconds:g} s:\n")
        print("| | median | p99 | slowest | kB | failed |\n|---|---|---|---|---|---|")
        print(row(f"{len(found.seconds):,} requests", found))
        workers = [f"{peak:.0f}" for peak in server.memory()[:2]]
        print(f"\nMost memory of each worker: {', '.join(workers)} MB.")
        return not found.failed


def beside_datasette(seconds: float, given: str | None) -> None:
    """The same questions to both, one after the other, at a rate that both can answer."""
    print(f"\nBeside Datasette, {BESIDE} a second, one process each:\n")
    print("| question | server | median | p99 | slowest | kB | failed |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        program = datasette_at(given, Path(folder))
        base = [str(program), "serve", "-i", str(database(Path(folder))), "--port", "8473"]
        with serving(base, 8473, "/") as server:
            _asked("Datasette", server, DATASETTE, seconds)
            started, memory = server.started, max(server.memory())
    with serving(votewire_command(8474, 1), 8474, "/") as server:
        _asked("votewire", server, OURS, seconds)
        print(
            f"\nStart to first page: Datasette {started:.2f} s, votewire {server.started:.2f} s; "
        )
        print(f"most memory {memory:.0f} and {max(server.memory()):.0f} MB.")


def _asked(name: str, server: Server, questions: dict[str, str], seconds: float) -> None:
    asyncio.run(warmed(server.address, list(questions.values())))
    for question, path in questions.items():
        found = asyncio.run(load(server.address, [path], BESIDE, seconds))
        print(row(f"{question} | {name}", found), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load")
    parser.add_argument("--datasette", help="its program, if it is installed")
    asked = parser.parse_args()
    print(f"{machine()}. Client and server share it.")
    held = one_worker(asked.seconds)
    held &= two_workers(asked.seconds)
    beside_datasette(asked.seconds, asked.datasette)
    print(f"\nLimits {'held' if held else 'NOT held'}.")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
