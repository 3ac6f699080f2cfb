"""A report's verdicts as schema.org ClaimReview, the form in which fact checks are exchanged.

Source: schema.org, types ClaimReview, Claim, Rating; what they must have as Google's
documentation of the fact-check markup lists it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from votewire import states
from votewire.check.page import anchor
from votewire.check.report import Checked, Report, Verdict
from votewire.check.wording import actor_name, addresses, alike, day_only
from votewire.plots.wording import listed, printable
from votewire.press import Article, Claim, Tally

__all__ = ["Review", "as_json_ld", "claim_reviews"]

# A ClaimReview says how true a claim is: no figure, gap or opinion has a place on that scale.
_RATINGS = {
    Verdict.CONTRADICTED: (1, "Contradicted by the record"),
    Verdict.PARTLY: (3, "Partly supported by the record"),
    Verdict.SUPPORTED: (5, "Supported by the record"),
}
_WORST, _BEST = 1, 5
_DID = {
    "voted_yes": "voted Yes on",
    "voted_no": "voted No on",
    "abstained": "abstained on",
    "absent": "did not vote on",
}
_MANNERS = {"": "", "unanimous": " unanimously", "consensus": " without a vote"}
_SIDES = {
    "yes": "in favour",
    "no": "against",
    "abstain": "abstaining",
    "non_voting": "not voting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who publishes the reviews, when, and where.

    url: address of the page that will carry them. page_url: address of the page checked.
    """

    reviewer: str
    reviewer_url: str
    reviewed_on: date
    url: str | None = None
    page_url: str | None = None


def claim_reviews(report: Report, review: Review) -> list[dict[str, Any]]:
    """One ClaimReview for each claim that is supported, contradicted or partly so.

    In the order and with the numbers of the report: `url` ends in the claim's anchor on the page
    that `votewire.check.page` makes. Repeated claims are one. Each states its claim in a sentence
    made from facts, not in the publisher's words. Nothing is taken from the clock.
    """
    return [
        _review(number, items[0], report.article, review)
        for number, items in enumerate(alike(report), start=1)
        if items[0].verdict in _RATINGS and items[0].rollcall is not None
    ]


def as_json_ld(reviews: list[dict[str, Any]]) -> str:
    """The reviews as JSON-LD that may stand as it is inside a script element of a page."""
    text = json.dumps(reviews, indent=1, ensure_ascii=False)
    return printable(text.replace("<", "\\u003c")) + "\n"


def _review(number: int, item: Checked, article: Article, review: Review) -> dict[str, Any]:
    author = {"@type": "Organization", "name": review.reviewer, "url": review.reviewer_url}
    return _stated(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": review.url and f"{review.url.partition('#')[0]}#{anchor(number)}",
            "inLanguage": "en",
            "datePublished": review.reviewed_on.isoformat(),
            "author": author,
            "claimReviewed": _sentence(item),
            "itemReviewed": {"@type": "Claim", "appearance": _appearance(article, review)},
            "reviewRating": _rating(item.verdict),
            "reviewBody": item.reason,
            "isBasedOn": addresses(item),
        }
    )


def _appearance(article: Article, review: Review) -> dict[str, Any]:
    """The article that makes the claim, as far as its page says what it is."""
    data = article.metadata
    published = data.published
    name = data.publisher or data.agency
    return _stated(
        {
            "@type": "NewsArticle",
            "headline": data.headline,
            "url": review.page_url,
            "datePublished": published
            and (published.date() if day_only(published) else published).isoformat(),
            "inLanguage": article.lang,
            "publisher": name and {"@type": "Organization", "name": name},
        }
    )


def _rating(verdict: Verdict) -> dict[str, Any]:
    value, words = _RATINGS[verdict]
    return {
        "@type": "Rating",
        "ratingValue": value,
        "worstRating": _WORST,
        "bestRating": _BEST,
        "alternateName": words,
    }


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def _sentence(item: Checked) -> str:
    """The claim as a sentence of its facts: `India voted No on A/RES/ES-11/7`."""
    claim, rollcall = item.claim, item.rollcall or ""
    made = _CHAMBER_ACTIONS.get(claim.action, _of_actor)
    return made(claim, rollcall)


def _of_actor(claim: Claim, rollcall: str) -> str:
    verb = _DID.get(claim.action, claim.action.replace("_", " "))
    return f"{_subject(claim.actor)} {verb} {rollcall}"


def _of_outcome(claim: Claim, rollcall: str) -> str:
    # The chamber is left out: it is the rollcall's, and a page may mistake it without being wrong
    # about the outcome.
    counts = f" with {counted}" if (counted := _counts(claim.tally)) else ""
    return f"{rollcall} was {claim.action}{_MANNERS.get(claim.manner, '')}{counts}"


def _of_tally(claim: Claim, rollcall: str) -> str:
    return f"The vote on {rollcall} was {_counts(claim.tally) or 'recorded'}"


def _counts(tally: Tally | None) -> str:
    """The counts that a claim states: `93 in favour, 18 against and 65 abstaining`."""
    stated = {side: getattr(tally, side, None) for side in _SIDES}
    return listed([f"{n} {_SIDES[side]}" for side, n in stated.items() if n is not None])


def _subject(code: str) -> str:
    """The actor at the head of a sentence: `The United States`, `European Union members`."""
    name = actor_name(code)
    if code in states.codes():
        return f"The {name}" if states.state(code).article else name
    return name if name.endswith("s") or " of " in name else f"{name} members"


_CHAMBER_ACTIONS: dict[str, Callable[[Claim, str], str]] = {
    "adopted": _of_outcome,
    "rejected": _of_outcome,
    "tally": _of_tally,
}
