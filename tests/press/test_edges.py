"""Days at the edges of the calendar, and counts without end, are no days and no counts."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.press import edge_pages as edges
from tests.press.hostile_pages import answer
from votewire import check, open_record, press
from votewire.pipeline import check_page
from votewire.press.calendars import LANGUAGES
from votewire.press.dates import find_days
from votewire.press.feeds import read_feed
from votewire.press.feeds_items import read_item
from votewire.record import Record
from votewire.states.bounds import FIRST_DAY, LAST_DAY, MOST_MEMBERS

DAYS = st.one_of(st.sampled_from(edges.DAYS), st.dates())
TONGUES = st.sampled_from(LANGUAGES)


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


def possible(day: date | datetime | None) -> bool:
    on = day.date() if isinstance(day, datetime) else day
    return on is None or FIRST_DAY <= on <= LAST_DAY


@given(day=DAYS, anchor=DAYS, lang=TONGUES, words=st.data())
def test_edges_of_the_calendar_are_no_days_of_a_text(
    day: date, anchor: date, lang: str, words: st.DataObject
) -> None:
    said = words.draw(st.lists(st.sampled_from([*edges.SAID[lang], *edges.said_days(day, lang)])))
    for mention in find_days(" ".join(said), anchor, lang=lang):
        assert possible(mention.day)
        assert possible(mention.first)
        assert possible(mention.last)


@settings(max_examples=150)
@given(day=DAYS, lang=TONGUES, zone=st.sampled_from(edges.ZONES), words=st.data())
@pytest.mark.parametrize("kind", edges.PAGES)
def test_edges_of_the_calendar_are_no_days_of_a_page(
    kind: str, day: date, lang: str, zone: str, words: st.DataObject, record: Record
) -> None:
    stamps = [edges.moment(day, zone), *edges.said_days(day, lang)]
    told = words.draw(st.sampled_from([*edges.SAID[lang], *edges.said_days(day, lang)]))
    page = edges.PAGES[kind](lang, words.draw(st.sampled_from(stamps)), told)
    article = press.read(page)
    assert possible(article.metadata.published)
    assert all(possible(claim.reference.date) for claim in article.claims)
    assert answer(page, record) == "read"


@given(day=DAYS, zone=st.sampled_from(edges.ZONES), rfc=st.booleans())
@pytest.mark.parametrize("kind", edges.FEEDS)
def test_edges_of_the_calendar_are_no_days_of_a_feed(
    kind: str, day: date, zone: str, rfc: bool, record: Record
) -> None:
    stamp = f"{day.day} {day:%b} {day.year} 10:00:00 {zone or 'GMT'}" if rfc else None
    for item in read_feed(edges.FEEDS[kind](stamp or edges.moment(day, zone))):
        article = read_item(item.packed())
        assert possible(article.metadata.published)
        check.check(article, record)


@pytest.mark.parametrize("day", edges.DAYS)
def test_edges_of_the_calendar_are_no_days_given_with_a_page(day: date, record: Record) -> None:
    page = edges.vote_of("en", "Yesterday").encode()
    warned = check_page(page, record, published=day).article.warnings
    assert any("as given" in each for each in warned) == possible(day)


@pytest.mark.parametrize(
    ("offset", "kept"),
    [("+14:00", True), ("-14:00", True), ("-23:59:59", False), ("+15:00", False)],
)
def test_edges_zone_that_none_has_is_left_out(offset: str, kept: bool) -> None:
    page = edges.PAGES["meta"]("en", f"2025-02-24T10:00:00{offset}", "Yesterday")
    published = press.read(page).metadata.published
    assert published is not None
    assert published.date() == date(2025, 2, 24)
    assert (published.tzinfo is not None) == kept


@settings(max_examples=150)
@given(
    digits=st.integers(0, 30) | st.sampled_from([4_299, 4_300, 4_301, 9_000]), seed=st.integers()
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_edges_of_numbers_are_no_counts(lang: str, digits: int, seed: int, record: Record) -> None:
    count = edges.number(digits, Random(seed))
    page = edges.PAGES["text"](lang, "2025-02-24", f"on Monday by {count} to {count}-{count}, ")
    page += edges.vote_of(lang, "2025-02-24", count).encode()
    for claim in press.read(page).claims:
        for tally in filter(None, (claim.tally, claim.reference.tally)):
            sides = (tally.yes, tally.no, tally.abstain, tally.non_voting)
            assert all(side is None or 0 <= side <= MOST_MEMBERS for side in sides)
    assert answer(page, record) == "read"


def test_edges_count_of_three_digits_is_one_and_of_four_none() -> None:
    def counted(count: str) -> list[int | None]:
        text = f"News\n\n2025-02-24\n\n{edges.vote_of('en', 'On Monday', count)}"
        return [claim.tally.yes for claim in press.read(text.encode()).claims if claim.tally]

    assert counted("193") == [193]
    assert counted("999") == [999]
    assert counted("1,000") == counted("9" * 20) == []
