import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import article, claim, tally
from tests.conftest import ROOT
from votewire.check import Checked, Report, Verdict
from votewire.check.claimreview import Review, as_json_ld, claim_reviews
from votewire.check.page import page
from votewire.check.wording import alike
from votewire.pipeline import check_page
from votewire.press import Metadata
from votewire.record import open_record

EXAMPLE = ROOT / "examples" / "assembly-and-council.txt"
REVIEW = Review(
    reviewer="The Vote Desk",
    reviewer_url="https://example.org/",
    reviewed_on=date(2025, 2, 26),
    url="https://example.org/checks/7",
    page_url="https://example.com/news/1",
)
# What a type must have, and the properties that schema.org defines for it or what it inherits.
REQUIRED = {
    "ClaimReview": {"claimReviewed", "reviewRating", "url"},
    "Claim": {"appearance"},
    "Rating": {"alternateName", "bestRating", "worstRating", "ratingValue"},
    "Organization": {"name"},
    "NewsArticle": set(),
}
KNOWN = {
    "ClaimReview": {"author", "datePublished", "inLanguage", "isBasedOn", "itemReviewed"}
    | {"reviewBody", *REQUIRED["ClaimReview"]},
    "Claim": {"appearance"},
    "Rating": REQUIRED["Rating"],
    "Organization": {"name", "url"},
    "NewsArticle": {"headline", "url", "datePublished", "inLanguage", "publisher"},
}


@pytest.fixture(scope="module")
def example() -> Report:
    return check_page(EXAMPLE.read_bytes(), open_record())


def valid(value: Any) -> None:
    """Each object has what its type must have, nothing that it cannot, and nothing empty."""
    if isinstance(value, list):
        for each in value:
            valid(each)
    if not isinstance(value, dict):
        assert value not in (None, "", [])
        return
    kind = value["@type"]
    names = value.keys() - {"@type", "@context"}
    assert REQUIRED[kind] <= names <= KNOWN[kind], (kind, names)
    for each in value.values():
        valid(each)


def judged(made: Any, verdict: Verdict = Verdict.SUPPORTED) -> Checked:
    return Checked(claim=made, verdict=verdict, reason="made.", rollcall="A/RES/ES-11/7")


def report_of(*items: Checked) -> Report:
    made = article(*(item.claim for item in items))
    return Report(article=made, checked=items, record_hash="0", complete_to="today")


def test_claimreview_has_what_schema_org_asks_for(example: Report) -> None:
    reviews = claim_reviews(example, REVIEW)
    assert reviews
    for review in reviews:
        valid(review)
        assert review["@context"] == "https://schema.org"
        assert review["author"]["name"] == "The Vote Desk"
        assert date.fromisoformat(review["datePublished"]) == REVIEW.reviewed_on
        rating = review["reviewRating"]
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        shown = review["itemReviewed"]["appearance"]
        assert shown["headline"] == example.article.metadata.headline
        assert shown["url"] == REVIEW.page_url
        assert datetime.fromisoformat(shown["datePublished"]).tzinfo is not None


def test_claimreview_rates_the_mistake_of_the_example(example: Report) -> None:
    wrong = [r for r in claim_reviews(example, REVIEW) if r["reviewRating"]["ratingValue"] == 1]
    (review,) = wrong
    assert review["claimReviewed"] == "India voted No on A/RES/ES-11/7"
    assert review["reviewRating"]["alternateName"] == "Contradicted by the record"
    assert "India abstained" in review["reviewBody"]
    assert review["isBasedOn"] == ["https://digitallibrary.un.org/record/4076672"]


def test_claimreview_points_to_the_evidence_on_the_page(example: Report) -> None:
    made = page(example)
    for review in claim_reviews(example, REVIEW):
        address, _, name = review["url"].partition("#")
        assert address == REVIEW.url
        assert f'id="{name}"' in made


def test_claimreview_uses_no_words_of_the_publisher(example: Report) -> None:
    other = tuple(replace(i, claim=replace(i.claim, span="zzz")) for i in example.checked)
    assert claim_reviews(replace(example, checked=other), REVIEW) == claim_reviews(example, REVIEW)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_claimreview_is_of_what_a_roll_can_answer(verdict: Verdict) -> None:
    reviews = claim_reviews(report_of(judged(claim("IND", "voted_no"), verdict)), REVIEW)
    rated = {Verdict.CONTRADICTED: [1], Verdict.PARTLY: [3], Verdict.SUPPORTED: [5]}
    assert [r["reviewRating"]["ratingValue"] for r in reviews] == rated.get(verdict, [])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (claim("USA", "voted_yes"), "The United States voted Yes on A/RES/ES-11/7"),
        (claim("FRA", "abstained"), "France abstained on A/RES/ES-11/7"),
        (claim("FRA", "absent"), "France did not vote on A/RES/ES-11/7"),
        (claim("RUS", "vetoed"), "Russia vetoed A/RES/ES-11/7"),
        (claim("G:EU", "backed"), "European Union members backed A/RES/ES-11/7"),
        (claim("GA", "adopted"), "A/RES/ES-11/7 was adopted"),
        (claim("GA", "adopted", manner="unanimous"), "A/RES/ES-11/7 was adopted unanimously"),
        (claim("SC", "rejected"), "A/RES/ES-11/7 was rejected"),
        (
            claim("GA", "tally", tally=tally(93, 18, 65)),
            "The vote on A/RES/ES-11/7 was 93 in favour, 18 against and 65 abstaining",
        ),
    ],
)
def test_claimreview_states_the_claim_in_a_sentence_of_its_own(made: Any, said: str) -> None:
    (review,) = claim_reviews(report_of(judged(made)), REVIEW)
    assert review["claimReviewed"] == said


def test_claimreview_is_one_for_a_repeated_claim_and_keeps_the_report_s_numbers() -> None:
    opinion = Checked(claim=claim("RUS", "welcomed"), verdict=Verdict.NOT_CHECKABLE, reason="-")
    vote = judged(claim("IND", "voted_no"))
    report = report_of(opinion, vote, vote, judged(claim("FRA", "voted_no")))
    numbers = [r["url"].partition("#")[2] for r in claim_reviews(report, REVIEW)]
    assert len(alike(report)) == 3
    assert numbers == ["claim-2", "claim-3"]


def test_claimreview_leaves_out_what_nobody_said() -> None:
    report = report_of(judged(claim("IND", "voted_no")))
    report = replace(report, article=replace(report.article, metadata=Metadata()))
    (review,) = claim_reviews(report, replace(REVIEW, url=None, page_url=None))
    assert "url" not in review
    assert review["itemReviewed"]["appearance"] == {"@type": "NewsArticle", "inLanguage": "en"}


def test_claimreview_gives_a_day_without_an_hour_as_a_day() -> None:
    report = report_of(judged(claim("IND", "voted_no")))
    data = Metadata(published=datetime(2025, 2, 25))
    report = replace(report, article=replace(report.article, metadata=data))
    (review,) = claim_reviews(report, REVIEW)
    assert review["itemReviewed"]["appearance"]["datePublished"] == "2025-02-25"


def test_claimreview_without_claims_is_an_empty_list() -> None:
    assert json.loads(as_json_ld(claim_reviews(report_of(), REVIEW))) == []


@given(st.text(max_size=40))
def test_claimreview_can_stand_inside_a_page_whatever_a_headline_says(words: str) -> None:
    report = report_of(judged(claim("IND", "voted_no")))
    data = Metadata(headline=f"{words}</script><!--", published=datetime(2025, 2, 25, 9, 30))
    report = replace(report, article=replace(report.article, metadata=data))
    reviews = claim_reviews(report, REVIEW)
    text = as_json_ld(reviews)
    assert "<" not in text
    shown = json.loads(text)[0]["itemReviewed"]["appearance"]["headline"]
    assert shown.endswith("</script><!--")
    assert as_json_ld(claim_reviews(report, REVIEW)) == text
