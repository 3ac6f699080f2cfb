"""Eight times as much takes at most sixteen times as long, for every reader, whatever is in it.

Processor time of this process, as a ratio: neither a clock nor a busy machine matters. Collecting
garbage is left out, as it looks at all that there is whenever a tree of a fourth more has grown.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.record import pumped
from tests.record.small import pack_to, ukraine
from tests.record.test_layer import add, vote
from votewire.errors import VotewireError
from votewire.press.coverage import read_coverage
from votewire.record.layer import Layer
from votewire.record.overlay import known_casts, overlay
from votewire.record.readers import digital_library_csv, marcxml, pasted_roll, voeten, voteview
from votewire.states import resolve

TIMES, MOST = 8, 16
MEMBERS = b"congress,chamber,icpsr,bioname\n111,Senate,1,A\n"
ROLLCALLS = b"congress,chamber,rollnumber,date\n111,Senate,1,2009-01-05\n"
# The smaller size of each: as large as takes some ten milliseconds, so that starting counts little.
READERS: dict[str, tuple[int, Callable[[bytes], object]]] = {
    "ROLLS": (50_000, pasted_roll.read),
    "TABLES": (200_000, digital_library_csv.read),
    "MARC": (100_000, marcxml.read),
    "VOETEN": (100_000, voeten.read),
    "VOTEVIEW": (100_000, lambda votes: voteview.read(MEMBERS, ROLLCALLS, votes)),
    "COVERAGE": (12_000, read_coverage),
}
CASES = [(reader, name) for reader in READERS for name in getattr(pumped, reader)]


def cost(work: Callable[[], object]) -> float:
    """The least processor time of three tries, in seconds."""
    taken = []
    for _ in range(3):
        gc.disable()
        start = time.process_time()
        with suppress(VotewireError):
            work()
        taken.append(time.process_time() - start)
        gc.enable()
    return min(taken)


@pytest.mark.parametrize(("reader", "name"), CASES)
def test_reading_is_linear(reader: str, name: str) -> None:
    size, read = READERS[reader]
    pump = getattr(pumped, reader)[name]
    with suppress(VotewireError):
        resolve("Atlantis")  # the first unknown name loads every language
    small, large = pump(size), pump(size * TIMES)
    with suppress(VotewireError):
        read(small)
    assert cost(lambda: read(large)) <= MOST * cost(lambda: read(small))


def test_adding_and_opening_a_layer_is_linear(tmp_path: Path) -> None:
    record = pack_to(tmp_path / "record", ukraine())
    day = date(2024, 10, 1)

    def laid(number: int) -> float:
        rolls = [
            vote(f"A/RES/79/{at}", casts=6, date=day + timedelta(days=at // 20))
            for at in range(number)
        ]
        layer = Layer(tmp_path / f"layer{number}")
        add(layer, *rolls, known=partial(known_casts, record))

        def opened() -> None:
            additions = [("own:1:a", each) for _, rollcalls in layer.load() for each in rollcalls]
            assert len(overlay(record, additions, ["0"])) == number + 2

        return cost(opened)

    laid(10)
    assert laid(400 * TIMES) <= MOST * laid(400)
