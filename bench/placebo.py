"""How many moves are found where there are none: see `votewire.positions.placebo`.

python bench/placebo.py [SEEDS]
"""

from __future__ import annotations

import sys

import votewire
from votewire.positions.placebo import placebo


def main() -> int:
    found = placebo(votewire.open_record(), int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    print(f"{found.moves:,} moves within pairs of sessions; interval without 0, and large too:")
    print(f"dates as they are   {found.real:7.2%}")
    for seed, (share, large) in enumerate(zip(found.shuffled, found.large, strict=True)):
        print(f"shuffled, seed {seed}    {share:7.2%} {large:7.3%}")
    print(f"mean of shuffled    {found.rate:7.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
