"""How fast a page is checked: from the shell, and in one process on one core.

    python bench/check.py [PAGE]

PAGE is ../shared/articles/seed.txt where it is there, else the example. Limits are those of the
issue: 1 s from the shell, 10 ms a page (100 pages a second) in one process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from measuring import report, shell, timed

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "articles" / "seed.txt"
PAGES = 50


def main() -> int:
    # One core: Polars would otherwise spread its work over all of them.
    os.environ["POLARS_MAX_THREADS"] = "1"
    import votewire

    default = SEED if SEED.exists() else ROOT / "examples" / "assembly-and-council.txt"
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    source = page.read_bytes()
    record = votewire.open_record()

    def pages() -> None:
        for _ in range(PAGES):
            votewire.check_page(source, record)

    print(f"page: {page.name}, {len(source)} bytes")
    many = timed(f"check, {PAGES} pages in one process", pages, limit=PAGES / 100)
    status = report([shell("votewire check, from the shell", "check", str(page), limit=1.0), many])
    print(f"{PAGES / many.median:.0f} pages a second")
    return status


if __name__ == "__main__":
    sys.exit(main())
