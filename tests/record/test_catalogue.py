from __future__ import annotations

from datetime import date

import pytest

from votewire.errors import UnknownState
from votewire.record.readers import catalogue
from votewire.record.tables import Kind


@pytest.mark.parametrize(
    ("label", "symbol", "session"),
    [
        ("79", "A/RES/79/1", "79"),
        ("79.0", "A/RES/79/1", "79"),
        ("11emsp", "A/RES/ES-11/7", "ES-11"),
        ("14sp", "A/RES/S-14/1", "S-14"),
        ("XXX", "A/RES/3379(XXX)", "30"),
        ("ES-V", "A/RES/2252(ES-V)", "ES-5"),
        ("", "A/RES/3379(XXX)", "30"),
        ("", "A/RES/2252(ES-V)", "ES-5"),
        ("", "A/RES/ES-11/7", "ES-11"),
        ("", "A/ES-11/L.10", "ES-11"),
        ("", "A/C.3/78/L.41", "78"),
        ("emergency", "A/RES/44/5", "44"),
    ],
)
def test_ga_session_is_one_form_of_many(label: str, symbol: str, session: str) -> None:
    assert catalogue.ga_session(label, symbol) == session


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Reducing danger : resolution / adopted by the General Assembly", "Reducing danger"),
        ("Reducing danger : resolution /  adopted by the General Assemly", "Reducing danger"),
        ("Budget : resolutions / adopted by the General Assembly.", "Budget"),
        ("Budget : resolution / by the General Assembly", "Budget"),
        ("Budget :\n resolution / adopted by the General Assembly", "Budget"),
        ("Resolution 1 (1946) [on staff / command]", "Resolution 1 (1946) [on staff / command]"),
        ("", None),
    ],
)
def test_plain_title_drops_the_statement_of_responsibility(title: str, plain: str | None) -> None:
    assert catalogue.plain_title(title) == plain


def test_items_keep_subtopics_and_no_entry_twice() -> None:
    assert catalogue.items("PEACE | CUBA--TRADE|", None, "PEACE") == ("PEACE", "CUBA--TRADE")


@pytest.mark.parametrize(
    ("note", "without"),
    [
        ("ADOPTED WITHOUT VOTE", True),
        ("adopted without a vote", True),
        ("by acclamation", True),
        ("ADOPTED BY VOTE", False),
        ("RECORDED - No machine generated vote", False),
        (None, False),
    ],
)
def test_says_without_vote_only_where_it_does(note: str | None, without: bool) -> None:
    assert catalogue.says_without_vote(note) is without


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("A/RES/79/1", Kind.RESOLUTION),
        ("S/RES/2774(2025)", Kind.RESOLUTION),
        ("A/DEC/80/506", Kind.DECISION),
        ("A/RES/616(VII)[PARA.1]", Kind.PARAGRAPH),
        ("A/79/L.1", Kind.UNSTATED),
        (None, Kind.UNSTATED),
    ],
)
def test_kind_of_reads_the_symbol(symbol: str | None, kind: Kind) -> None:
    assert catalogue.kind_of(symbol) is kind


def test_state_of_takes_the_name_of_the_time_before_the_code() -> None:
    assert catalogue.state_of("RUS", "USSR", date(1985, 1, 1)) == "SUN"
    assert catalogue.state_of("FRA", "", date(1985, 1, 1)) == "FRA"
    assert catalogue.state_of("FRA", "FRENCH REPUBLICK", date(1985, 1, 1)) == "FRA"
    with pytest.raises(UnknownState, match="ATLANTIS"):
        catalogue.state_of("ATL", "ATLANTIS", date(1985, 1, 1))
