"""An honest visitor's waits while one address does its worst, on one worker, over loopback.

    python bench/hostile.py [--seconds 20] [--only NAME] > figures.md

Each attack comes from 127.0.0.1 for so many seconds, as fast as the site lets it, and meanwhile a
visitor at 127.0.0.2 asks for the first page, has an article checked, and asks for a page that
nobody has asked for before. The limits are those of the site as it is installed. Linux only: other
systems have no second loopback address without being told.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from measuring import machine
from votewire import states
from web import serving, votewire_command

LIMIT = 1.0  # seconds for the first page and for a check, at the 99th of a hundred
RUDE, HONEST = "127.0.0.1", "127.0.0.2"
PATIENCE = 90.0  # seconds after which an answer counts as none
ARTICLE = (Path(__file__).parents[1] / "examples" / "assembly-and-council.txt").read_bytes()
STATES = list(states.codes())
GROUPS = sorted(group for group in states.groups() if not states.group(group).open)


@dataclass(slots=True)
class Asked:
    """What came of one kind of request: seconds of each answer, and their statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def at(self, share: float) -> float:
        """The time under which a share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Visitor:
    """Somebody at an address, who asks one thing after another, each over a new connection."""

    def __init__(self, site: str, source: str) -> None:
        self._host, self._port = urlsplit(site).hostname, urlsplit(site).port
        self._source = source

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection from the address."""
        return await asyncio.open_connection(
            self._host, self._port, local_addr=(self._source, 0), limit=2**20
        )

    async def ask(self, path: str, body: bytes | None = None, kind: str = "text/plain") -> int:
        """The status of an answer that was read to its end; 0 where there was none."""
        try:
            return await asyncio.wait_for(self._ask(path, body, kind), PATIENCE)
        except (OSError, EOFError, TimeoutError, IndexError, ValueError):
            return 0

    async def _ask(self, path: str, body: bytes | None, kind: str) -> int:
        reader, writer = await self.open()
        try:
            writer.write(_request(path, body, kind))
            await writer.drain()
            status = int((await reader.readline()).split(b" ")[1])
            while await reader.read(2**16):
                pass
            return status
        finally:
            writer.close()


def _request(path: str, body: bytes | None, kind: str) -> bytes:
    head = "Host: site\r\nConnection: close\r\nAccept: text/html,*/*\r\n"
    if body is None:
        return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
    head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


Attack = Callable[[Visitor, int], Awaitable[object]]
_numbers = itertools.count()


def _pages() -> Iterator[bytes]:
    """Pages that were found to be dear, or to hang, each other than the one before."""
    longest = 240_000
    for number in _numbers:
        mark = f" {number}\n".encode()
        yield b"<!--x-->" * 20_000 + b"China voted against A/RES/ES-11/7." + mark
        yield b"\n. " * (longest // 3) + mark
        yield (ARTICLE + mark) * (longest // len(ARTICLE))
        yield b"China and " * (longest // 10) + b"India abstained." + mark
        yield b"<p>" * (longest // 3) + mark


_PAGES = _pages()


async def nothing(_: Visitor, __: int) -> None:
    """The site at rest."""
    await asyncio.sleep(0.1)


async def dear_pages(rude: Visitor, _: int) -> int:
    return await rude.ask("/check.json", next(_PAGES))


async def many_checks(rude: Visitor, _: int) -> int:
    return await rude.ask("/check.json", ARTICLE + f"\n{next(_numbers)}\n".encode())


async def slow_bodies(rude: Visitor, _: int) -> None:
    """A request whose body never comes, given up after twenty seconds."""
    _, writer = await rude.open()
    writer.write(b"POST /check.json HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
    await asyncio.sleep(20)
    writer.close()


async def half_headers(rude: Visitor, _: int) -> None:
    _, writer = await rude.open()
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
    await asyncio.sleep(20)
    writer.close()


async def group_pairs(rude: Visitor, _: int) -> int:
    number = next(_numbers)
    query = {
        "a": STATES[number % len(STATES)],
        "b": GROUPS[number % len(GROUPS)],
        "definition": "kappa",
        "since": f"{1946 + number % 60}-{1 + number % 12:02}-{1 + number % 28:02}",
    }
    return await rude.ask(f"/compare?{urlencode(query)}")


async def misspelt(rude: Visitor, _: int) -> int:
    return await rude.ask(f"/find?q={quote(f'Hugary{next(_numbers)} Rusia')}")


async def charts(rude: Visitor, _: int) -> int:
    number = next(_numbers)
    query = urlencode({"a": STATES[number % len(STATES)], "b": "USA", "since": 1946 + number % 70})
    return await rude.ask(f"/compare.png?{query}")


async def what_ifs(rude: Visitor, _: int) -> int:
    number = next(_numbers)
    state = STATES[number % len(STATES)]
    return await rude.ask(f"/votes/A/RES/ES-11/7/whatif?set={state}=no&set={number % 97}")


async def links(rude: Visitor, _: int) -> int:
    text = ARTICLE.decode() + f"\n{next(_numbers)}\n"
    form = urlencode({"text": text, "as": "link"}).encode()
    return await rude.ask("/check", form, "application/x-www-form-urlencoded")


async def downloads(rude: Visitor, _: int) -> None:
    """A large file, read slowly."""
    reader, writer = await rude.open()
    writer.write(_request("/data/casts.csv", None, ""))
    for _ in range(40):
        if not await reader.read(2**12):
            break
        await asyncio.sleep(0.5)
    writer.close()


async def unread(rude: Visitor, _: int) -> None:
    """A page that is kept, of which nothing is read."""
    _, writer = await rude.open()
    writer.transport.pause_reading()
    writer.write(_request("/votes.csv", None, ""))
    await asyncio.sleep(20)
    writer.close()


async def everything(rude: Visitor, number: int) -> object:
    return await list(ATTACKS.values())[1 + number % (len(ATTACKS) - 2)][0](rude, number)


# What is done, and by how many connections at once.
ATTACKS: dict[str, tuple[Attack, int]] = {
    "nothing": (nothing, 1),
    "pages that are dear to check": (dear_pages, 16),
    "an article again and again": (many_checks, 16),
    "bodies that do not come": (slow_bodies, 60),
    "headers that do not end": (half_headers, 300),
    "a state and a group, from any day": (group_pairs, 40),
    "misspelt searches": (misspelt, 40),
    "charts as pictures": (charts, 40),
    "what-ifs": (what_ifs, 40),
    "permanent links": (links, 16),
    "large files, read slowly": (downloads, 60),
    "kept pages that are never read": (unread, 500),
    "all of these": (everything, 90),
}


async def keep_on(
    attack: Attack, rude: Visitor, number: int, statuses: Counter[object], ended: asyncio.Event
) -> None:
    """The attack, again as soon as it is answered, until it has ended.

    That is asked too, since `wait_for` of Python 3.11 may lose that it was cancelled.
    """
    while not ended.is_set():
        with suppress(OSError):
            statuses[await attack(rude, number)] += 1
        await asyncio.sleep(0.005)


async def visit(honest: Visitor, seconds: float) -> dict[str, Asked]:
    """What an honest visitor meets: each kind of request on its own, at its own pace."""
    unseen = iter(range(10_000))

    async def first() -> int:
        return await honest.ask("/")

    async def check() -> int:
        return await honest.ask("/check.json", ARTICLE + f"\n{next(_numbers)}\n".encode())

    async def page() -> int:
        number = next(unseen)
        since = 1946 + next(_numbers) % 70
        return await honest.ask(f"/states/{STATES[number % 190]}/votes?since={since}&choice=no")

    kinds = {"first page": (first, 0.2), "check": (check, 2.2), "page not kept": (page, 2.0)}
    found = {name: Asked() for name in kinds}

    async def repeat(name: str) -> None:
        ask, every = kinds[name]
        until = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < until:
            found[name].statuses[await ask()] += 1
            found[name].seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - begun)))

    await asyncio.gather(*map(repeat, kinds))
    return found


async def under(name: str, site: str, seconds: float) -> tuple[dict[str, Asked], Counter[object]]:
    """What the honest visitor met under one attack, and what the rude one was answered."""
    attack, connections = ATTACKS[name]
    statuses: Counter[object] = Counter()
    ended = asyncio.Event()
    rude = Visitor(site, RUDE)
    attackers = [
        asyncio.create_task(keep_on(attack, rude, number, statuses, ended))
        for number in range(connections)
    ]
    await asyncio.sleep(1.0)
    found = await visit(Visitor(site, HONEST), seconds)
    ended.set()
    for each in attackers:
        each.cancel()
    await asyncio.gather(*attackers, return_exceptions=True)
    return found, statuses


def row(name: str, kind: str, asked: Asked, answered: Counter[object]) -> str:
    times = " | ".join(f"{asked.at(share):.2f}" for share in (0.5, 0.99))
    got = ", ".join(f"{status}: {n}" for status, n in sorted(asked.statuses.items()))
    rude = ", ".join(f"{status}: {n}" for status, n in answered.most_common() if status is not None)
    return f"| {name} | {kind} | {times} | {got} | {rude} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each attack")
    parser.add_argument("--only", nargs="*", help="the attacks whose names begin so")
    asked = parser.parse_args()
    chosen = [name for name in ATTACKS if name.startswith(tuple(asked.only or [""]))]
    print(f"{machine()}. Visitors and server share it; one worker.\n")
    print("| attack | the visitor's | median s | p99 s | answers | answers to the rude |")
    print("|---|---|---|---|---|---|")
    held = True
    for port, name in enumerate(chosen, 8480):
        with serving(votewire_command(port, 1), port, "/") as server:
            asyncio.run(asyncio.sleep(4))  # its processes start two seconds after it
            found, answered = asyncio.run(under(name, server.address, asked.seconds))
            for kind, each in found.items():
                print(row(name, kind, each, answered), flush=True)
                answered = Counter()
            for kind in ("first page", "check"):
                held &= found[kind].at(0.99) < LIMIT and set(found[kind].statuses) == {200}
    print(f"\nFirst page and check under {LIMIT:g} s at p99, all answered: ", end="")
    print("held." if held else "NOT held.")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
