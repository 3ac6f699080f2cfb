"""Days in prose, seen from Tuesday 25 February 2025."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.press.dates import find_days, resolve_day

TUESDAY = date(2025, 2, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Monday", date(2025, 2, 24)),
        ("on Tuesday", date(2025, 2, 25)),
        ("on Wednesday", date(2025, 2, 19)),
        ("late on Monday", date(2025, 2, 24)),
        ("Monday's vote", date(2025, 2, 24)),
        ("last Thursday", date(2025, 2, 20)),
        ("last Tuesday", date(2025, 2, 18)),
        ("next Monday", date(2025, 3, 3)),
        ("Monday last week", date(2025, 2, 17)),
        ("The Council will vote on Wednesday", date(2025, 2, 26)),
        ("yesterday", date(2025, 2, 24)),
        ("today", date(2025, 2, 25)),
        ("last night", date(2025, 2, 24)),
        ("a day earlier", date(2025, 2, 24)),
        ("three days ago", date(2025, 2, 22)),
        ("two weeks ago", date(2025, 2, 11)),
    ],
)
def test_dates_relative_days_count_from_the_publication(text: str, day: date) -> None:
    assert resolve_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Feb. 24, 2025", date(2025, 2, 24)),
        ("24 February 2025", date(2025, 2, 24)),
        ("February 24th, 2025", date(2025, 2, 24)),
        ("the 24th of February 2025", date(2025, 2, 24)),
        ("On Monday, February 24, the", date(2025, 2, 24)),
        ("Mon February 24, 2025", date(2025, 2, 24)),
        ("2025-02-24", date(2025, 2, 24)),
        ("24/02/2025", date(2025, 2, 24)),
        ("24.02.2025", date(2025, 2, 24)),
        ("on February 24", date(2025, 2, 24)),
        ("on Feb 26", date(2025, 2, 26)),
        ("on Sept. 19", date(2024, 9, 19)),
        ("It will meet on March 4", date(2025, 3, 4)),
        ("February 23, 2023", date(2023, 2, 23)),
    ],
)
def test_dates_absolute_days_are_read_in_all_usual_forms(text: str, day: date) -> None:
    assert resolve_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "earlier this month",
        "in January",
        "02/03/2025",
        "on March 4",
        "Feb 30, 2025",
        "the Sun rose",
        "they march",
        "may vote",
        "",
    ],
)
def test_dates_that_name_no_single_day_give_none(text: str) -> None:
    assert resolve_day(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("earlier this month", date(2025, 2, 1), date(2025, 2, 25)),
        ("in January", date(2025, 1, 1), date(2025, 1, 31)),
        ("since March", date(2024, 3, 1), date(2024, 3, 31)),
        ("in March 2014", date(2014, 3, 1), date(2014, 3, 31)),
        ("last week", date(2025, 2, 17), date(2025, 2, 23)),
        ("last year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_dates_stretches_have_both_their_ends(text: str, first: date, last: date) -> None:
    [mention] = find_days(text, TUESDAY)
    assert (mention.day, mention.first, mention.last) == (None, first, last)


def test_dates_mentions_are_slices_with_their_preposition() -> None:
    text = "The Council met late on Monday, the Assembly on Friday."
    found = find_days(text, TUESDAY)
    assert [(each.text, each.day) for each in found] == [
        ("late on Monday", date(2025, 2, 24)),
        ("on Friday", date(2025, 2, 21)),
    ]
    assert all(text[each.start : each.end] == each.text for each in found)


def test_dates_a_day_earlier_counts_from_the_day_before_it_in_the_text() -> None:
    found = find_days("It voted on Friday, a day after the first draft and two days later", TUESDAY)
    assert [
        each.day for each in find_days("It voted on Friday. A day earlier it met.", TUESDAY)
    ] == [
        date(2025, 2, 21),
        date(2025, 2, 20),
    ]
    assert found[0].day == date(2025, 2, 21)


def test_dates_without_an_anchor_only_full_ones_are_days() -> None:
    found = find_days("on Monday, yesterday and on 24 February 2025", None)
    assert [each.day for each in found] == [None, None, date(2025, 2, 24)]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("fr", "lundi", date(2025, 2, 24)),
        ("fr", "jeudi dernier", date(2025, 2, 20)),
        ("fr", "le 24 février 2025", date(2025, 2, 24)),
        ("fr", "il y a trois jours", date(2025, 2, 22)),
        ("fr", "hier", date(2025, 2, 24)),
        ("es", "el lunes", date(2025, 2, 24)),
        ("es", "el jueves pasado", date(2025, 2, 20)),
        ("es", "el 24 de febrero de 2025", date(2025, 2, 24)),
        ("es", "hace dos días", date(2025, 2, 23)),
        ("hi", "सोमवार को", date(2025, 2, 24)),
        ("hi", "24 फरवरी 2025", date(2025, 2, 24)),
        ("hi", "तीन दिन पहले", date(2025, 2, 22)),
    ],
)
def test_dates_in_other_languages(lang: str, text: str, day: date) -> None:
    assert resolve_day(text, TUESDAY, lang=lang) == day


def test_dates_hindi_word_for_yesterday_or_tomorrow_settles_nothing() -> None:
    assert resolve_day("कल", TUESDAY, lang="hi") is None


@given(
    st.dates(min_value=date(1946, 1, 1), max_value=date(2100, 1, 1)),
    st.sampled_from(["Monday", "Friday", "Sunday"]),
)
def test_dates_a_weekday_is_within_the_last_seven_days(anchor: date, weekday: str) -> None:
    day = resolve_day(f"on {weekday}", anchor)
    assert day is not None
    assert 0 <= (anchor - day).days < 7
    assert day.strftime("%A") == weekday


@given(st.text(alphabet=st.sampled_from("12 034/.-FebMaronay,lst"), max_size=120))
def test_dates_mentions_never_overlap(text: str) -> None:
    found = find_days(text, TUESDAY)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
