"""Reads pages made to break a reader, until time is up, and keeps each that broke it.

    python scripts/fuzz.py [--minutes 10] [--seed 0] [--out FOLDER] [--engine ENGINE]

Every page goes through all that reads one: `press.read`, `check`, the HTML page, the ClaimReviews
and the readers of meetings coverage and of feeds. Each must answer, or raise one of votewire's
errors, in time linear in the page. The pages are those of tests/press/hostile_pages.py:

    built    each kind at 64 kB, 256 kB and 1 MB, with --large at 5 MB; a page of 4 times the size
             may take 8 times as long
    pump     what the regular expressions of the package go back over, as a text, as lines, in a
             web page, a release and a feed, each at 4 kB and 16 kB
    mutate   good pages with a few changes each; pages of days and numbers that cannot be; pumps;
             and Hypothesis's own text: a quarter of the time each
    atheris  the same changes guided by coverage (pip install atheris, Linux)

What broke is written to FOLDER (fuzz-found) by its hash, beside the traceback, and the exit status
is 1. Seconds are those of the processor.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from types import FunctionType

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.patterns.collecting import collected
from tests.patterns.pumps import Pump, pumps
from tests.press import edge_pages as edges
from tests.press import hostile_pages as hostile

from votewire import open_record
from votewire.record import Record

SIZES = (1 << 16, 1 << 18, 1 << 20)
LARGE = 5 * 1024 * 1024 - 4096
GROWTH = 8.0  # times as long for 4 times the size
SURE = 2.0  # seconds under which growth is noise
PUMPED = (1 << 12, 1 << 14)
SURE_PUMPED = 0.5
SLOW = 40e-6  # seconds a byte, on top of one second


class Found:
    """What broke, each once by the line that raised it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places: dict[str, str] = {}
        self.slowest, self.size = 0.0, 0  # seconds, and the bytes that took them

    def add(self, source: bytes, why: str, place: str) -> None:
        if place in self.places:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(source).hexdigest()[:16]
        self.places[place] = name
        (self.folder / f"{name}.page").write_bytes(source)
        (self.folder / f"{name}.why").write_text(why, encoding="utf-8")
        print(f"FOUND {name} {place}", flush=True)


def tried(source: bytes, record: Record, found: Found) -> float:
    """Seconds that one page took; what it broke is added to `found`."""
    started = time.process_time()
    try:
        hostile.answer(source, record)
    except Exception as error:  # noqa: BLE001 - any other error than ours is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
        found.add(source, traceback.format_exc(), place)
    took = time.process_time() - started
    if took > found.slowest:
        found.slowest, found.size = took, len(source)
    if took > 1 + SLOW * len(source):
        found.add(source, f"took {took:.1f} s for {len(source)} bytes", f"slow {len(source) >> 14}")
    return took


def run_built(record: Record, found: Found, *, large: bool) -> int:
    """Every built page at growing sizes; prints the seconds, and finds what grows too fast."""
    pages = 0
    makers: dict[str, Callable[[int], bytes]] = {
        name: partial(hostile.built, name) for name in hostile.BUILT
    }
    makers |= {f"run of {unit!r}": partial(hostile.run_of, unit) for unit in hostile.UNITS}
    for name, made in makers.items():
        times: list[float] = []
        runs = name.startswith("run of")
        for size in (*SIZES[: 2 if runs else 3], *((LARGE,) if large and not runs else ())):
            source = made(size)
            times.append(tried(source, record, found))
            pages += 1
            if len(times) > 1 and times[-1] > SURE and times[-1] > GROWTH * times[-2]:
                found.add(source, f"{name}: {times}", f"growth {name}")
                break
        print(f"{name:20} {' '.join(f'{took:7.2f}' for took in times)}", flush=True)
    return pages


def run_mutated(record: Record, found: Found, until: float, seed: int) -> int:
    """Good pages, spoiled, until the time is up."""
    rng = Random(seed)
    good = hostile.good_pages()
    made = 0
    while time.monotonic() < until:
        tried(hostile.spoiled(rng.choice(good), rng), record, found)
        made += 1
    return made


def run_edges(record: Record, found: Found, until: float, seed: int) -> int:
    """Pages and feeds of days and numbers that cannot be, until the time is up."""
    rng = Random(seed)
    made = 0
    while time.monotonic() < until:
        tried(edges.edge_page(rng), record, found)
        made += 1
    return made


def all_pumps() -> list[Pump]:
    """What the package's regular expressions go back over, each unit once."""
    by_unit = {pump.unit: pump for each in collected() for pump in pumps(each.pattern, each.flags)}
    return list(by_unit.values())


def run_pumps(record: Record, found: Found, until: float, seed: int) -> int:
    """Pages of each pump at each place of a page, in any order, until the time or they are up."""
    pages = [(pump, where) for pump in all_pumps() for where in hostile.PUMPED]
    Random(seed).shuffle(pages)
    for made, (pump, where) in enumerate(pages):
        if time.monotonic() > until:
            return 2 * made
        small, large = (hostile.pumped(pump, size, where) for size in PUMPED)
        times = tried(small, record, found), tried(large, record, found)
        if times[1] > SURE_PUMPED and times[1] > GROWTH * times[0]:
            found.add(large, f"{pump!r}: {times}", f"growth {where} {pump.unit[:20]!r}")
    return 2 * len(pages)


def run_hypothesis(record: Record, found: Found, until: float, seed: int) -> int:
    """Any text, and words of the field in any order, until the time is up."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    words = st.sampled_from(hostile.SENTENCE.split() + list(hostile.MARKS) + hostile.TALLY.split())
    texts = st.one_of(
        st.text(max_size=400),
        st.lists(st.one_of(words, st.text(max_size=4)), max_size=200).map(" ".join),
        st.text(max_size=200).map(lambda text: hostile.as_page(text + hostile.SENTENCE)),
    )
    made = 0

    while time.monotonic() < until:

        @seeded(seed + made)
        @settings(
            max_examples=200,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(texts)
        def each(text: str) -> None:
            nonlocal made
            made += 1
            tried(text.encode("utf-8", "surrogatepass"), record, found)

        each()
    return made


def own_functions() -> Iterator[FunctionType]:
    """The functions and methods of the votewire modules that are loaded."""
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("votewire."):
            continue
        for held in vars(module).values():
            if getattr(held, "__module__", None) != name:
                continue
            inside = vars(held).values() if isinstance(held, type) else (held,)
            yield from (each for each in inside if isinstance(each, FunctionType))


def run_atheris(record: Record, found: Found, until: float, seed: int) -> int:
    """Changes guided by coverage; libFuzzer ends the process when its time is up."""
    import atheris

    good = hostile.good_pages()
    folder = found.folder / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for page in good:
        (folder / hashlib.sha256(page).hexdigest()[:16]).write_bytes(page)
    seconds = max(1, int(until - time.monotonic()))
    options = [f"-max_total_time={seconds}", f"-seed={seed + 1}", "-max_len=20000", str(folder)]

    def change(data: bytes, limit: int, number: int) -> bytes:
        rng = Random(number)
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(data, limit))
        return hostile.spoiled(data or rng.choice(good), rng)[:limit]

    def one(data: bytes) -> None:
        tried(data, record, found)

    for function in own_functions():
        atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=change)
    atheris.Fuzz()
    return 0


def main() -> int:
    """Runs the engines; 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument(
        "--engine", choices=["built", "pump", "mutate", "atheris"], default="mutate"
    )
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    record, found = open_record(), Found(asked.out)
    for page in hostile.good_pages():  # what is loaded with the first page is not its time
        hostile.answer(page, record)
    ends = time.monotonic() + 60 * asked.minutes
    quarters = [time.monotonic() + 15 * part * asked.minutes for part in (1, 2, 3)]
    engines: dict[str, Callable[[], int]] = {
        "built": lambda: run_built(record, found, large=asked.large),
        "pump": lambda: run_pumps(record, found, ends, asked.seed),
        "mutate": lambda: (
            run_mutated(record, found, quarters[0], asked.seed)
            + run_edges(record, found, quarters[1], asked.seed)
            + run_pumps(record, found, quarters[2], asked.seed)
            + run_hypothesis(record, found, ends, asked.seed)
        ),
        "atheris": lambda: run_atheris(record, found, ends, asked.seed),
    }
    pages = engines[asked.engine]()
    print(f"{pages} pages, {len(found.places)} broke it: {found.places}")
    print(f"The slowest took {found.slowest:.2f} s for {found.size} bytes.")
    return 1 if found.places else 0


if __name__ == "__main__":
    sys.exit(main())
