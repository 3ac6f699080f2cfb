"""Surprises in few bytes: what is packed is read again, and is near what was packed."""

from __future__ import annotations

import numpy as np
import pytest

from votewire.positions.expecting import Surprises
from votewire.positions.shrinking import (
    BLOCK,
    block_of,
    counts_of,
    packed,
    rounded,
    tenths,
    unpacked,
)

CASTS = ("row", "state", "choice", "council")
FIGURES = ("bits", "low", "high", "bits3", "low3", "high3")


def made(rollcalls: int = 40, states: int = 60, seed: int = 0) -> Surprises:
    rng = np.random.default_rng(seed)
    row, state = np.nonzero(rng.random((rollcalls, states)) < 0.8)
    figures = {}
    for end in ("", "3"):
        bits = rng.exponential(1.5, len(row)).clip(0, 13.3)
        figures |= {
            f"bits{end}": bits,
            f"low{end}": bits * rng.random(len(row)),
            f"high{end}": bits + rng.exponential(1.0, len(row)),
        }
    return Surprises(
        row=row.astype(np.int32),
        state=state.astype(np.int16),
        choice=rng.choice(3, len(row), p=(0.7, 0.2, 0.1)).astype(np.int8),
        council=row > rollcalls // 2,
        **{name: values.astype(np.float32) for name, values in figures.items()},
    )


def casts(found: Surprises) -> dict[str, np.ndarray]:
    return {name: getattr(found, name) for name in CASTS}


@pytest.mark.parametrize("seed", range(5))
def test_shrinking_gives_back_what_was_rounded(seed: int) -> None:
    found = made(seed=seed)
    read = unpacked(casts(found), packed(found))
    kept = rounded(found)
    for name in (*CASTS, *FIGURES):
        assert np.array_equal(getattr(read, name), getattr(kept, name)), name


def test_shrinking_is_near_and_intervals_hold_their_bits() -> None:
    found = made()
    kept = rounded(found)
    for name in FIGURES:
        most = 0.0501 if name.startswith("bits") else 0.126
        assert np.abs(getattr(found, name) - getattr(kept, name)).max() < most
    for dims in (1, 3):
        bits, low, high = kept.figures(dims)
        assert (low <= bits).all()
        assert (bits <= high).all()


def test_shrinking_again_changes_nothing() -> None:
    kept = rounded(made())
    assert packed(kept) == packed(made())
    again = rounded(kept)
    assert all(np.array_equal(getattr(again, name), getattr(kept, name)) for name in FIGURES)


def test_shrinking_prints_the_decimal_that_was_measured() -> None:
    found = made()
    kept = rounded(found)
    same = [f"{a:.1f}" == f"{b:.1f}" for a, b in zip(found.bits, kept.bits, strict=True)]
    assert np.mean(same) > 0.999  # halves may go either way
    assert np.array_equal(tenths(found.bits), tenths(kept.bits))


@pytest.mark.parametrize("number", range(3))
def test_shrinking_a_block_is_a_part_of_the_whole(number: int) -> None:
    found = rounded(made(rollcalls=2 * BLOCK + 40, states=4))
    mine = found.row // BLOCK == number
    its_casts = {name: values[mine] for name, values in casts(found).items()}
    part = block_of(its_casts, packed(found), number)
    for name in (*CASTS, *FIGURES):
        assert np.array_equal(getattr(part, name), getattr(found, name)[mine]), name


def test_shrinking_counts_every_cast_once() -> None:
    found = made()
    counts = counts_of(packed(found))
    assert counts.sum() == len(found.row)
    assert np.array_equal(counts.sum(axis=(0, 1)), np.bincount(tenths(found.bits), minlength=160))
    assert counts[1].sum() == found.council.sum()
    assert counts[0, 7].sum() == ((found.state == 7) & ~found.council).sum()


def test_shrinking_of_other_casts_says_so() -> None:
    with pytest.raises(ValueError, match="figures for"):
        unpacked(casts(made(rollcalls=30)), packed(made()))
    with pytest.raises(ValueError, match="figures for"):
        block_of(casts(made(rollcalls=30)), packed(made()), 0)
