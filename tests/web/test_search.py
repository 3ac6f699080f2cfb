"""What the search understands, and where it leads."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import votewire
from votewire.web.searching import found, nearest, titled
from votewire.web.understanding import is_article, understood

RECORD = votewire.open_record()
SEED = (
    "The General Assembly adopted the text on Monday.\n\nHungary voted against it, and so did the "
    "United States."
)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("ES-11/7", "/votes/UNDL-4076672"),
        ("a/res/es-11/7", "/votes/UNDL-4076672"),
        ("A/RES/ES-11/7 Hungary", "/votes/UNDL-4076672"),
        ("how did India vote on ES-11/7?", "/votes/UNDL-4076672"),
        ("S/RES/2774 (2025)", "/votes/UNDL-4077111"),
        ("Hungary", "/states/HUN"),
        ("hungary", "/states/HUN"),
        ("भारत", "/states/IND"),
        ("Allemagne", "/states/DEU"),
        ("Соединенные Штаты", "/states/USA"),
        ("the European Union", "/groups/EU"),
        ("NATO", "/groups/NATO"),
        ("नाटो", "/groups/NATO"),
        ("UK", "/states/GBR"),
        ("यूके", "/states/GBR"),
        ("death penalty", "/topics/death-penalty"),
        ("USA vs Russia", "/compare?a=USA&b=RUS"),
        ("hungary eu", "/compare?a=HUN&b=EU"),
        ("India nuclear weapons", "/states/IND/votes?topic=nuclear"),
        ("how did us vote on the death penalty", "/states/USA/votes?topic=death-penalty"),
    ],
)
def test_search_leads_straight_to_what_can_only_be_meant(
    client: TestClient, words: str, path: str
) -> None:
    answer = client.get("/search", params={"q": words})
    assert (answer.status_code, answer.headers["location"]) == (303, path)


@pytest.mark.parametrize("words", ["Hungary Ukraine", "Ukraine", "2774", "cuba sanctions", "zzzz"])
def test_search_lists_where_several_may_be_meant(client: TestClient, words: str) -> None:
    answer = client.get("/search", params={"q": words})
    assert answer.headers["location"].startswith("/find?q=")


def test_search_a_state_and_a_topic_comes_first() -> None:
    paths = [hit.path for hit in found(RECORD, "Hungary Ukraine")]
    assert paths[:2] == ["/states/HUN/votes?topic=ukraine", "/compare?a=HUN&b=UKR"]


def test_search_keeps_the_language(client: TestClient) -> None:
    assert client.get("/hi/search?q=Hungary").headers["location"] == "/hi/states/HUN"
    assert client.get("/hi/search?q=zzzz").headers["location"] == "/hi/find?q=zzzz"


def test_search_mistyped_state_is_guessed(client: TestClient) -> None:
    assert nearest(RECORD, "hungray") == ("Hungary (HUN)",)
    assert "Hungary (HUN)" in client.get("/find?q=hungray").text


def test_search_finds_votes_with_all_the_words() -> None:
    votes = titled(RECORD, "Cuba embargo necessity 2024")
    assert votes.number == 1
    assert votes.table["symbol"].to_list() == ["A/RES/79/7"]


@pytest.mark.parametrize("words", ["NATO", "Modi", "नाटो", "मोदी"])
def test_search_letters_inside_a_word_are_no_word(words: str) -> None:
    """ "NATO" is in coordinator, and "Modi" in commodities."""
    assert titled(RECORD, words).number == 0


def test_search_a_name_is_no_beginning_of_another() -> None:
    ukraine = set(titled(RECORD, "Ukraine").table["id"])
    assert not ukraine & set(titled(RECORD, "UK").table["id"])
    assert titled(RECORD, "Niger").number < titled(RECORD, "Nigeri").number


def test_search_page_of_all_votes_has_as_many_as_the_search(client: TestClient) -> None:
    number = titled(RECORD, "UK").number
    assert client.get("/votes.json", params={"text": "UK"}).json()["found"] == number


def test_search_small_words_are_no_codes() -> None:
    """ "in", "no" and "can" are codes of India, Norway and Canada."""
    names = understood(RECORD, "who voted no in the vote can we tell").names
    assert names == ()
    assert [name.state for name in understood(RECORD, "CAN vs USA").names] == ["CAN", "USA"]


def test_search_a_year_is_no_resolution_among_words() -> None:
    asked = understood(RECORD, "Russia 2022")
    assert asked.year == 2022
    assert [name.rollcalls for name in asked.names] == [()]


def test_search_article_is_told_from_words() -> None:
    assert is_article(SEED)
    assert is_article("word " * 80)
    assert not is_article("how did Hungary vote on the resolution of February 2025")


def test_search_posted_words_and_articles_go_their_ways(client: TestClient) -> None:
    words = client.post("/search", data={"text": " Hungary \n"})
    assert (words.status_code, words.headers["location"]) == (303, "/search?q=Hungary")
    article = client.post("/hi/search", data={"text": SEED})
    assert (article.status_code, article.headers["location"]) == (307, "/hi/check")


def test_search_article_in_an_address_is_offered_to_the_check(client: TestClient) -> None:
    answer = client.get("/search", params={"q": SEED + " <script>alert(1)</script>"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert '<form action="/check" method="post">' in answer.text
    assert "<script>alert" not in answer.text


def test_search_nothing_asked_is_a_page(client: TestClient) -> None:
    assert client.get("/find").status_code == 200
    assert client.get("/search").headers["location"] == "/find?q="
