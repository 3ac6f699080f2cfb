"""Names and numbers of the sources, all of them, lead to a state."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.conftest import shared
from votewire.errors import UnknownState
from votewire.states import codes, from_cow, from_un_name, is_member, state
from votewire.states.datafiles import read_table


def test_from_un_name_knows_every_name_of_the_digital_library_while_it_was_used() -> None:
    spans = pl.read_csv(shared("data/undl/ms_name_spans.csv"), try_parse_dates=True)
    assert spans["ms_name"].n_unique() == 245
    for name, first, last in spans.select("ms_name", "first", "last").iter_rows():
        assert from_un_name(name, first) in codes()
        assert from_un_name(name, last) in codes()
        assert from_un_name(name) in codes()


def test_from_un_name_knows_every_name_of_the_council_workbook() -> None:
    fastexcel = pytest.importorskip("fastexcel")
    book = fastexcel.read_excel(shared("data/council/sc_voting.xlsx"))
    names = book.load_sheet(0, use_columns=["Member State"]).to_polars()["Member State"]
    for name in names.drop_nulls().unique():
        assert from_un_name(name) in codes()


def test_from_cow_and_from_un_name_agree_on_every_state_of_voeten() -> None:
    votes = pl.read_parquet(shared("data/voeten/votes_long.parquet"))
    for ccode, name in votes.select("ccode", "Countryname").unique().iter_rows():
        assert from_cow(ccode) == from_un_name(name), name


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("YUGOSLAVIA", date(1991, 10, 16), "YUG"),
        ("YUGOSLAVIA", date(1999, 12, 22), "YUG"),
        ("YUGOSLAVIA", date(2000, 11, 1), "SRB"),
        ("YUGOSLAVIA", None, "YUG"),
        ("USSR", date(1991, 12, 20), "SUN"),
        ("USSR", date(1991, 12, 31), "RUS"),
        ("USSR", None, "SUN"),
        ("RUSSIAN FEDERATION", date(1992, 1, 1), "RUS"),
        ("CONGO", date(1980, 1, 1), "COG"),
        ("CONGO (LEOPOLDVILLE)", date(1965, 1, 1), "COD"),
        ("CONGO (DEMOCRATIC REPUBLIC OF)", date(1967, 7, 4), "COD"),
        ("ZAIRE", None, "COD"),
        ("UNITED ARAB REPUBLIC", date(1960, 1, 1), "EGY"),
        ("UNITED ARAB REPUBLIC", date(1966, 1, 1), "EGY"),
        ("TÜRKİYE", None, "TUR"),
        ("TÜRKÝYE", date(2025, 2, 24), "TUR"),
        ("TURKIYE", None, "TUR"),
        ("AN PAKISTAN", date(1952, 12, 21), "PAK"),
        ("Ethipia", None, "ETH"),
        ("LAO PEOPLE's DEMOCRATIC REPUBLIC", None, "LAO"),
        ("Democratic People’s Republic of Korea", None, "PRK"),
        ("COTE D'IVOIRE", None, "CIV"),
        ("Germany, Federal Republic of", date(1980, 1, 1), "DEU"),
        ("DEMOCRATIC YEMEN", date(1990, 5, 7), "YMD"),
    ],
)
def test_from_un_name_gives_the_state_of_the_day(name: str, on: date | None, code: str) -> None:
    assert from_un_name(name, on) == code


@pytest.mark.parametrize("name", ["ATLANTIS", "PAKISTA N", "", "KOSOVO"])
def test_from_un_name_refuses_what_no_file_explains(name: str) -> None:
    with pytest.raises(UnknownState):
        from_un_name(name)


def test_from_un_name_refusal_names_the_nearest() -> None:
    with pytest.raises(UnknownState) as caught:
        from_un_name("ETHIOPA")
    assert caught.value.nearest == ("Ethiopia (ETH)",)


@pytest.mark.parametrize(
    ("ccode", "on", "code"),
    [
        (2, None, "USA"),
        (365, date(1985, 1, 1), "SUN"),
        (365, date(1992, 1, 1), "RUS"),
        (365, None, "RUS"),
        (345, date(1985, 1, 1), "YUG"),
        (345, date(2001, 1, 1), "SRB"),
        (713, date(1960, 1, 1), "CHN"),
        (710, date(1980, 1, 1), "CHN"),
        (260, date(1980, 1, 1), "DEU"),
        (265, date(1980, 1, 1), "DDR"),
        (678, date(1970, 1, 1), "YEM"),
        (680, date(1970, 1, 1), "YMD"),
    ],
)
def test_from_cow_gives_the_state_of_the_day(ccode: int, on: date | None, code: str) -> None:
    assert from_cow(ccode, on) == code


@pytest.mark.parametrize("ccode", [0, 347, 730, 817])
def test_from_cow_refuses_numbers_of_no_member(ccode: int) -> None:
    with pytest.raises(UnknownState, match="Correlates of War"):
        from_cow(ccode)


def test_un_names_every_section_gives_its_reason_and_source() -> None:
    sections: dict[str, Any] = read_table("un_names")
    for section in sections.values():
        assert section["why"]
        assert section["source"]
        assert set(section["names"].values()) <= set(codes())


def test_from_un_name_of_a_dated_name_is_its_state_on_its_days() -> None:
    for code in codes():
        for dated in state(code).names:
            on = dated.start or state(code).spells[0].start
            if is_member(code, on):
                assert from_un_name(dated.name, on) == code
