"""Symbols of UN texts in running prose, with their parts, sessions and years."""

import pytest

from votewire.press import read


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("resolution A/RES/50/70P", "A/RES/50/70P"),
        ("resolution A/RES/50/38[B-X]", "A/RES/50/38[B-X]"),
        ("resolution A/RES/3379(XXX)", "A/RES/3379(XXX)"),
        ("resolution A/RES/ES-11/7", "A/RES/ES-11/7"),
        ("resolution ES-11/7", "ES-11/7"),
        ("resolution 40/97", "40/97"),
        ("resolution 2774", "2774"),
        ("resolution S/RES/2774 (2025)", "S/RES/2774 (2025)"),
    ],
)
def test_symbols_are_read_whole(written: str, symbol: str) -> None:
    page = (
        f"A vote\n\nPublished: 2025-02-25\n\nBrazil voted for United Nations {written} on Monday."
    )
    (claim,) = read(page.encode()).claims
    assert claim.reference.symbol == symbol


def test_symbols_a_fraction_is_none() -> None:
    page = "A vote\n\nPublished: 2025-02-25\n\nBrazil voted for the UN resolution, as 10/15 had."
    assert [c.reference.symbol for c in read(page.encode()).claims] == [None]
