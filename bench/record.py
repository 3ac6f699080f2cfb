"""How fast the record opens and answers, and how fast the Digital Library's extract is read.

    python bench/record.py

Limits are those of the issue. Reading the extract needs ../shared/data and is left out without it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import votewire
from measuring import Timing, report, shell, timed

EXTRACT = Path(__file__).parents[2] / "shared" / "data" / "undl"


def main() -> int:
    timings = [
        timed("open the shipped record, warm", votewire.open_record, limit=0.1),
        shell("votewire --help, from the shell", "--help", limit=0.3),
        shell("votewire record show A/RES/ES-11/7", "record", "show", "A/RES/ES-11/7", limit=0.6),
        *extract(),
    ]
    return report(timings)


def extract() -> list[Timing]:
    if not EXTRACT.exists():
        print("the extract is not read here: ../shared/data/undl is absent")
        return []
    from votewire.record.extracts import undl_extract

    def read() -> object:
        return undl_extract.read(
            (EXTRACT / "rollcalls.parquet").read_bytes(),
            (EXTRACT / "votes_long.parquet").read_bytes(),
        )

    return [timed("read and recount 958,459 casts", read, limit=3.0, runs=3)]


if __name__ == "__main__":
    sys.exit(main())
