from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from votewire.web import turns as turns_module
from votewire.web.turns import Turns


class Work:
    """Things that are done in turns, with what was at work at once and in which order."""

    def __init__(self, turns: Turns, ticks: int = 3) -> None:
        self.turns, self.ticks = turns, ticks
        self.order: list[str] = []
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_of_all = 0

    async def one(self, client: str) -> None:
        async with self.turns.one(client):
            self.order.append(client)
            self.running[client] += 1
            self.most[client] = max(self.most[client], self.running[client])
            self.most_of_all = max(self.most_of_all, self.running.total())
            for _ in range(self.ticks):
                await asyncio.sleep(0)
            self.running[client] -= 1


def run(*tasks: Coroutine[Any, Any, None]) -> None:
    async def all_of_them() -> None:
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())


def test_turns_let_so_many_work_and_so_many_of_one_address() -> None:
    work = Work(Turns(3, each=2, patience=60))
    run(*(work.one("a") for _ in range(20)), *(work.one("b") for _ in range(20)))
    assert work.most_of_all == 3
    assert work.most == {"a": 2, "b": 2}
    assert Counter(work.order) == {"a": 20, "b": 20}


def test_turns_of_who_asks_for_one_do_not_wait_behind_who_asks_for_forty() -> None:
    work = Work(Turns(2, each=2, patience=60))
    run(*(work.one("greedy") for _ in range(30)), work.one("modest"))
    assert work.order.index("modest") <= 3


def test_turns_go_round_among_those_who_wait() -> None:
    work = Work(Turns(1, each=1, patience=60))
    clients = ("a", "b", "c")
    run(*(work.one(client) for client in clients for _ in range(10)))
    for begin in range(3, 27, 3):
        assert set(work.order[begin : begin + 3]) == set(clients)


def test_turns_are_refused_where_none_comes() -> None:
    turns = Turns(1, each=1, patience=0.01)

    async def two() -> None:
        async with turns.one("a"):
            with pytest.raises(HTTPException) as refused:
                async with turns.one("b"):
                    raise AssertionError
            assert refused.value.status_code == 503
            assert dict(refused.value.headers or {})["Retry-After"]
        async with turns.one("b"):
            pass
        assert not turns._waiting
        assert not turns._working

    asyncio.run(two())


def test_turns_let_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_WAITING", 2)
    monkeypatch.setattr(turns_module, "_ALL_WAITING", 3)
    turns = Turns(1, each=1, patience=60)

    async def waits(client: str) -> None:
        async with turns.one(client):
            pass

    async def many() -> None:
        async with turns.one("a"):
            waiting = [asyncio.ensure_future(waits(each)) for each in ("a", "a", "b")]
            await asyncio.sleep(0)
            for client in ("a", "b"):
                with pytest.raises(HTTPException):
                    await waits(client)
        await asyncio.gather(*waiting)

    asyncio.run(many())


@pytest.mark.parametrize("ticks", range(1, 12))
def test_turns_are_not_lost_where_who_waits_goes_away(ticks: int) -> None:
    """Whenever it goes: before its turn, as it comes, or after."""
    turns = Turns(1, each=1, patience=60)

    async def takes() -> None:
        async with turns.one("a"):
            for _ in range(3):
                await asyncio.sleep(0)

    async def some() -> None:
        first = asyncio.ensure_future(takes())
        gone = asyncio.ensure_future(takes())
        for _ in range(ticks):
            await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(first, gone, return_exceptions=True)
        await asyncio.wait_for(takes(), 30)
        assert not turns._waiting
        assert not turns._working

    asyncio.run(some())
