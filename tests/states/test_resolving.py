"""What people type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.errors import UnknownState
from votewire.states import codes, name_of, resolve, state
from votewire.states.folding import fold


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("ru", "RUS"),
        ("us", "USA"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("Britain", "GBR"),
        ("UK", "GBR"),
        ("  germany ", "DEU"),
        ("West Germany", "DEU"),
        ("East Germany", "DDR"),
        ("cote d'ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("COTE DIVOIRE", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Kremlin", "RUS"),
        ("Kiev", "UKR"),
        ("Brussels", "BEL"),
        ("North Korea", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Burma", "MMR"),
        ("Congo-Brazzaville", "COG"),
        ("DR Congo", "COD"),
        ("Dominican", "DOM"),
        ("रूस", "RUS"),
        ("फ्रांस", "FRA"),
        ("अमेरिका", "USA"),
        ("Russie", "RUS"),
        ("Estados Unidos", "USA"),
        ("Frankreich", "FRA"),
        ("Россия", "RUS"),
        ("美国", "USA"),
        ("Amerika Serikat", "USA"),
    ],
)
def test_resolve_knows_codes_names_and_words_in_many_languages(text: str, code: str) -> None:
    assert resolve(text).code == code


@pytest.mark.parametrize(
    ("text", "on", "code", "words"),
    [
        ("Russia", date(1985, 1, 1), "SUN", "held by the Soviet Union (SUN)"),
        ("RUS", date(1991, 12, 23), "SUN", "Soviet Union"),
        ("Russia", date(1992, 1, 1), "RUS", ""),
        ("USSR", date(2000, 1, 1), "RUS", "held by Russia (RUS)"),
        ("China", date(1965, 1, 1), "CHN", "Republic of China"),
        ("China", date(1980, 1, 1), "CHN", ""),
        ("Germany", date(1980, 1, 1), "DEU", "German Democratic Republic (DDR)"),
        ("Germany", date(2000, 1, 1), "DEU", ""),
        ("Zaire", date(1980, 1, 1), "COD", ""),
        ("Zaire", date(2000, 1, 1), "COD", "until 1997-05-17"),
        ("Eswatini", date(1990, 1, 1), "SWZ", "Swaziland"),
        ("Yugoslavia", date(2001, 1, 1), "SRB", "Federal Republic of Yugoslavia"),
        ("Yugoslavia", date(1985, 1, 1), "YUG", ""),
        ("Croatia", date(1985, 1, 1), "HRV", "no UN member on 1985-01-01; see Yugoslavia (YUG)"),
        ("Syria", date(1960, 1, 1), "SYR", "United Arab Republic (EGY)"),
        ("Egypt", date(1960, 1, 1), "EGY", "United Arab Republic"),
        ("Indonesia", date(1965, 6, 1), "IDN", "Withdrew"),
        ("Ukraine", date(1950, 1, 1), "UKR", "Soviet Socialist Republic"),
    ],
)
def test_resolve_on_a_day_says_who_held_the_seat(
    text: str, on: date, code: str, words: str
) -> None:
    answer = resolve(text, on)
    assert answer.code == code
    assert words in answer.note
    assert bool(answer.note) == bool(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Congo", "Congo (COG), the Democratic Republic of the Congo (COD)"),
        ("Korea", "South Korea (KOR), North Korea (PRK)"),
        ("Taiwan", "seat of China (CHN)"),
        ("Palestine", "observer"),
        ("Kosovo", "not been admitted"),
        ("Untied States", "United States (USA)"),
        ("Ukrane", "Ukraine (UKR)"),
        ("Atlantis", "not a known UN member"),
        ("", "not a known UN member"),
        ("?!", "not a known UN member"),
    ],
)
def test_resolve_refuses_and_says_what_is_near(text: str, words: str) -> None:
    with pytest.raises(UnknownState) as caught:
        resolve(text)
    assert words in str(caught.value)


def test_resolve_looks_up_names_that_nobody_bears_without_folding_all_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def folded(text: str) -> str:
        asked.append(text)
        return fold(text)

    with pytest.raises(UnknownState):
        resolve("Ruritania")
    asked: list[str] = []
    monkeypatch.setattr("votewire.states.resolving.fold", folded)
    monkeypatch.setattr("votewire.states.members.fold", folded)
    with pytest.raises(UnknownState):
        resolve("Syldavia")
    assert "Syldavia" in asked
    assert len(asked) < 100


def test_resolve_knows_every_code_and_every_name_over_time() -> None:
    for code in codes():
        assert resolve(code).code == code
        for dated in state(code).names:
            if dated.name not in {"Congo", "Yugoslavia"}:
                assert resolve(dated.name).code == code


@pytest.mark.parametrize("lang", ["hi", "fr", "es", "ar", "ru", "zh", "de"])
def test_resolve_knows_every_name_that_name_of_gives(lang: str) -> None:
    for code in codes():
        if (name := name_of(code, lang=lang)) != "Congo":
            assert resolve(name).code == code, name


@given(st.sampled_from(codes()), st.dates(date(1945, 10, 24), date(2027, 12, 31)))
def test_resolve_answers_for_every_state_on_every_day(code: str, on: date) -> None:
    answer = resolve(code, on)
    asked = state(code)
    assert answer.code in {code, asked.continues, *asked.successors}


@pytest.mark.parametrize(
    ("code", "lang", "on", "name"),
    [
        ("RUS", "en", None, "Russia"),
        ("COD", "en", date(1980, 1, 1), "Zaire"),
        ("COD", "en", date(2020, 1, 1), "Democratic Republic of the Congo"),
        ("EGY", "en", date(1960, 1, 1), "United Arab Republic"),
        ("KOR", "en", date(2020, 1, 1), "South Korea"),
        ("RUS", "hi", None, "रूस"),
        ("SUN", "hi", None, "सोवियत संघ"),
        ("SUN", "fr", None, "Union soviétique"),
        ("FRA", "es", None, "Francia"),
        ("ZAN", "de", None, "Zanzibar"),
        ("FRA", "xx", None, "France"),
    ],
)
def test_name_of_by_language_and_day(code: str, lang: str, on: date | None, name: str) -> None:
    assert name_of(code, lang=lang, on=on) == name


def test_name_of_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownState):
        name_of("XXX")
