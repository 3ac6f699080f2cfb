"""How fast many pages are checked, and what memory it takes, in one process and in two.

    python bench/batch.py

2,000 pages made from the record by the templates of tests/check/test_generated_pages.py, a true one
and a false one of each rollcall, all different; and the first 200 of them, to see whether memory
grows with the pages. Each run is a process of its own; its time counts everything, from opening
the record to the table. Peak memory is the process's own and that of its largest worker. Exits 1
where the 2,000 pages take more than LIMIT times the memory of the 200. For systems with the module
`resource`, so not for Windows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import machine

ROOT = Path(__file__).parents[1]
PAGES, FEW = 2000, 200
LIMIT = 1.2
MIB = 2**20 if sys.platform == "darwin" else 2**10  # units of ru_maxrss in a MiB


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        size = make_pages(Path(folder))
        print(f"{machine()}\n{PAGES} pages, {size / PAGES:.0f} bytes each on average")
        print(
            f"{'pages':>6} {'jobs':>5} {'seconds':>8} {'pages/s':>8} {'MiB':>6} {'MiB, worker':>12}"
        )
        peaks = {}
        for pages, jobs in ((FEW, 1), (PAGES, 1), (FEW, 2), (PAGES, 2)):
            ran = apart(Path(folder), pages, jobs)
            peaks[pages, jobs] = ran["own"], ran["worker"]
            print(
                f"{pages:6} {jobs:5} {ran['seconds']:8.1f} {pages / ran['seconds']:8.0f} "
                f"{ran['own']:6.0f} {ran['worker']:12.0f}"
            )
    grown = [
        many / few
        for jobs in (1, 2)
        for many, few in zip(peaks[PAGES, jobs], peaks[FEW, jobs], strict=True)
    ]
    return int(max(grown) > LIMIT)


def make_pages(folder: Path) -> int:
    """Writes the pages and returns how many bytes they have in all."""
    import votewire

    sys.path.insert(0, str(ROOT))
    from tests.check.generated.pages import TEMPLATES, drawn, kinds
    from tests.check.generated.scene import Scene

    each = -(-PAGES // (2 * len(TEMPLATES)))
    sources: list[bytes] = []
    for template, rollcall, seed in drawn(votewire.open_record(), 0, each):
        wrong = next(iter(kinds(template, rollcall, seed)), None)
        sources += [Scene(rollcall, template, seed, kind).page for kind in (None, wrong)]
    del sources[PAGES:]
    for number, source in enumerate(sources):
        (folder / f"{number:05}.txt").write_bytes(source)
    return sum(map(len, sources))


def apart(folder: Path, pages: int, jobs: int) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, str(folder), str(pages), str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run(folder: Path, pages: int, jobs: int) -> dict[str, float]:
    import resource

    from votewire import config, pipeline

    start = time.perf_counter()
    given = sorted(folder.glob("*.txt"))[:pages]
    with tempfile.TemporaryDirectory() as beside:
        pipeline.check_many(given, config.load(), out=Path(beside) / "t.parquet", jobs=jobs)
    return {
        "seconds": time.perf_counter() - start,
        "own": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MIB,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.exit(main())
