"""How fast many pages are checked on a Dask cluster of 1, 2 and 4 workers, and by --jobs beside it.

    python bench/cluster.py

2,000 pages of some 1.1 kB, each a story of its own about a rollcall of the record. Each cluster is
new and on this machine: a scheduler, and a process of one thread for each worker. The time counts
from opening the record here to the table, with the record opened on each worker, but not the start
of the cluster; the seconds of processor, which other work changes less, count that too. Exits 1
where the tables differ by a byte. Needs the extra `cluster`. More workers than cores cannot be
faster.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import machine

PAGES = 2000
WORKERS = (1, 2, 4)
STORY = """{title}

Published: {day}

UNITED NATIONS - The United Nations General Assembly on {long} adopted resolution {symbol} by
{yes} votes in favour to {no} against, with {abstain} abstentions, after an afternoon of speeches.

{against} voted against the resolution. {abstained} abstained. Delegates left the hall soon after
the board had lit up, and few of them stopped for the cameras.

"We have said for years what we think of this text, and we shall say it again next year," a Western
diplomat told reporters outside. "The numbers hardly move, and nobody expects them to."

Resolutions of the Assembly bind nobody, but they are read closely in capitals. {one} said that its
position was known. Officials of several missions were still counting when the evening session of
the committee began, and the text will come back to them in the autumn with the report that it asks
for. Page {number} of the day's record has the explanations of vote.
"""


def main() -> int:
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory() as folder:
        pages = list(made(Path(folder)))
        size = sum(page.stat().st_size for page in pages)
        print(f"{machine()}\n{len(pages)} pages, {size / len(pages):.0f} bytes each on average")
        print(f"{'how':12} {'seconds':>8} {'pages/s':>8} {'CPU s':>8}")
        tables = set()
        for workers in WORKERS:
            begun = cpu()
            tables.add(told(f"--jobs {workers}", pages, jobs=workers))
            print(f" {cpu() - begun:8.1f}")
        for workers in WORKERS:
            begun = cpu()
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=":0"
            ) as cluster:
                address = cluster.scheduler_address
                name = f"{workers} worker{'s' * (workers > 1)}"
                tables.add(told(name, pages, cluster=address))
            print(f" {cpu() - begun:8.1f}")  # of the workers only once they have ended
    return int(len(tables) > 1)


def made(folder: Path) -> Iterator[Path]:
    """The pages, one for each of the Assembly's last rollcalls with enough of every choice."""
    import polars as pl

    import votewire
    from votewire.record import Choice
    from votewire.states import codes, name_of

    record = votewire.open_record()
    enough = (pl.col("chamber") == "GA") & (pl.col("roll") == "full") & (pl.col("yes") >= 10)
    enough &= (pl.col("no") >= 2) & (pl.col("abstain") >= 2)
    rows = record.rollcalls.with_row_index("row").filter(enough).tail(PAGES)
    for number, told in enumerate(rows.iter_rows(named=True)):
        choices = record.choices[told["row"]]
        named = {
            choice: [name_of(c) for c, each in zip(codes(), choices, strict=True) if each == choice]
            for choice in (Choice.NO, Choice.ABSTAIN)
        }
        page = folder / f"{number:05}.txt"
        against, abstained = named[Choice.NO][:5], named[Choice.ABSTAIN][:5]
        page.write_text(
            STORY.format(
                title=f"Assembly votes on {(told['title'] or 'a text')[:60]}",
                day=told["date"],
                long=f"{told['date']:%A, %B} {told['date'].day}, {told['date'].year}",
                against=" and ".join([", ".join(against[:-1]), against[-1]]),
                abstained=" and ".join([", ".join(abstained[:-1]), abstained[-1]]),
                one=against[0],
                number=number,
                **{name: told[name] for name in ("symbol", "yes", "no", "abstain")},
            ),
            encoding="utf-8",
        )
        yield page


def cpu() -> float:
    """Seconds of processor that this process has taken and its ended children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def told(how: str, pages: list[Path], **where: object) -> bytes:
    """The table's bytes, once the time that they took is printed."""
    from votewire import config, pipeline

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as beside:
        out = Path(beside) / "t.parquet"
        pipeline.check_many(pages, config.load(), out=out, **where)
        taken = time.perf_counter() - start
        print(f"{how:12} {taken:8.1f} {len(pages) / taken:8.0f}", end="", flush=True)
        return out.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
