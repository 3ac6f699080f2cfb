import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.record.symbols import canonical, keys, number_of, roman, series, typed_keys


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("A/RES/ES-11/7", "A/RES/ES-11/7"),
        ("ES-11/7", "A/RES/ES-11/7"),
        ("es-11/7", "A/RES/ES-11/7"),
        ("A/RES/31/6[D]", "A/RES/31/6D"),
        ("31/6 D", "A/RES/31/6[D]"),
        ("S/RES/2774 (2025)", "S/RES/2774(2025)"),
        ("2774", "S/RES/2774(2025)"),
        ("2774 (2025)", "S/RES/2774(2025)"),
        ("2774/2025", "S/RES/2774(2025)"),
        ("UNSCR 2774", "S/RES/2774(2025)"),
        ("UN Security Council resolution 2774", "S/RES/2774(2025)"),
        ("resolution 3379 (XXX)", "A/RES/3379(XXX)"),
        ("3379", "A/RES/3379(XXX)"),
        ("A/RES/5/377", "A/RES/377(V)"),
        ("S/2025/112", "S/2025/112"),
        ("A/ES-11/L.10", "A/ES-11/L.10"),
    ],
)
def test_symbols_typed_key_meets_stored_key(typed: str, stored: str) -> None:
    assert set(typed_keys(typed)) & set(keys(stored))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ES-11/7", "A/RES/ES-11/8"),
        ("A/RES/11/7", "A/RES/ES-11/7"),
        ("S/2025/112", "S/RES/112(1956)"),
        ("A/RES/S-10/2", "A/RES/ES-10/2"),
    ],
)
def test_symbols_other_text_shares_no_key(typed: str, stored: str) -> None:
    assert not set(typed_keys(typed)) & set(keys(stored))


def test_symbols_series_and_number_name_the_neighbours() -> None:
    assert (series("A/RES/ES-11/7"), number_of("A/RES/ES-11/7")) == ("A/RES/ES-11/", 7)
    assert (series("S/RES/2774(2025)"), number_of("S/RES/2774(2025)")) == ("S/RES/", 2774)


def test_symbols_roman_spells_every_early_session() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 19, 30)] == ["I", "IV", "IX", "XIV", "XIX", "XXX"]
    with pytest.raises(ValueError, match="40"):
        roman(40)


@given(st.text(max_size=40))
def test_symbols_canonical_is_idempotent_and_any_text_is_taken(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert all(key for key in typed_keys(text))
