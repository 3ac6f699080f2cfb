"""Article and record in, report out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from votewire import states
from votewire.check.contraries import with_contraries
from votewire.check.holding import Page, against, both_chambers
from votewire.check.linking import Link, link
from votewire.check.measures import Matter, measure
from votewire.check.recalling import recall
from votewire.check.report import Checked, Report, Verdict
from votewire.check.texts import TextFacts, expected_choices, gather
from votewire.check.undated import link_undated
from votewire.press import Article, Claim, When, article_date
from votewire.record import Record

__all__ = ["check"]

_STATED = {"welcomed", "condemned"}
_MEASURED = {"shifted", "divided", "balanced"}
_COMPARED = 3  # states that a shift is measured against, where the page names none
_OVERSEAS = {"USA", "CAN"}  # NATO members outside Europe
# Claims are held against one another, so their number is bounded; news pages make some 30.
_MOST = 1_000
_BEYOND = f"the page makes more claims than the {_MOST:,} that are checked."
_NEWS = timedelta(days=7)
_RECENT = timedelta(days=365)  # "a shift", without a since: over the last year


def check(article: Article, record: Record) -> Report:
    """Every claim of the article with its verdict, in the order of the page.

    Nothing is contradicted unless every rollcall that the page leaves open contradicts it.
    """
    claims = article.claims[:_MOST]
    voting = [c for c in claims if c.action not in _STATED | _MEASURED]
    links = _links(gather(voting), article, record)
    linked = [found.best.rollcall for _, found in links if found.best]
    page = Page(
        article=article,
        texts=tuple(facts for facts, _ in links),
        record=record,
        linked=tuple({rollcall.id: rollcall for rollcall in linked}.values()),
    )
    judged: dict[int, Checked] = {}
    for facts, found in links:
        for claim in facts.claims:
            judged[id(claim)] = _checked(claim, found, page)
    measured = {c.actor for c in claims if c.action in _MEASURED}
    matter = Matter(linked, measured, record)
    for claim in claims:
        if id(claim) not in judged:
            judged[id(claim)] = _without_roll(claim, article, matter)
    for claim in article.claims[_MOST:]:
        judged[id(claim)] = Checked(claim=claim, verdict=Verdict.NOT_CHECKABLE, reason=_BEYOND)
    return Report(
        article=article,
        checked=tuple(
            _with_urls(item, record)
            for item in with_contraries([judged[id(claim)] for claim in article.claims])
        ),
        record_hash=record.hash,
        complete_to=record.completeness,
    )


def _links(
    texts: list[TextFacts], article: Article, record: Record
) -> list[tuple[TextFacts, Link]]:
    """Each text with its rollcall: those of the page's own time first, for they tell the rest."""
    published, both = article_date(article.metadata), both_chambers(article)
    own = [t for t in texts if t.time.kind is not When.OTHER]
    links = [(t, link(t, published=published, record=record, elsewhere=both)) for t in own]
    if published is None:
        words = frozenset(word for facts in own for word in facts.subject)
        links = [(t, _undated(t, found, article, record, words)) for t, found in links]
    reported = [found.best.rollcall for _, found in links if found.best]
    past = [t for t in texts if t.time.kind is When.OTHER]
    keys = {facts.claims[0].reference.key for facts, found in links if found.best}
    recalled = [
        (t, recall(t, reported, record, same=t.claims[0].reference.key in keys)) for t in past
    ]
    return [*links, *recalled]


def _undated(
    facts: TextFacts, found: Link, article: Article, record: Record, words: frozenset[str]
) -> Link:
    """The link of a text, looked for without a day where the page names none for it."""
    if found.best is not None or facts.dates or facts.symbols or found.lacks:
        return found
    return link_undated(facts, article.days, record, words=words, why=found.why)


def _checked(claim: Claim, found: Link, page: Page) -> Checked:
    if claim.hedged:
        return Checked(
            claim=claim, verdict=Verdict.NOT_CHECKABLE, reason="a wish, forecast or condition."
        )
    if found.best is None:
        return Checked(
            claim=claim,
            verdict=Verdict.NOT_IN_RECORD if found.lacks else Verdict.UNCLEAR,
            reason=f"{found.why}.",
            candidates=tuple(c.rollcall.name for c in found.open),
        )
    return against(claim, found, found.best, page)


def _without_roll(claim: Claim, article: Article, matter: Matter) -> Checked:
    """Claims that no single roll answers: statements, and words that want a figure."""
    if claim.action not in _MEASURED or claim.hedged or claim.quoted:
        reason = "a statement or an opinion, not a vote."
        return Checked(claim=claim, verdict=Verdict.NOT_CHECKABLE, reason=reason)
    days = [vote.date for vote in matter.votes]
    until = article_date(article.metadata) or max(days, default=None)
    others = _others(claim, article, until, matter)
    if until is None or claim.actor not in states.codes() or not others:
        reason = "the page names no day, or no states, to measure it by."
        return Checked(claim=claim, verdict=Verdict.NOT_CHECKABLE, reason=reason)
    # The page's own votes, not an earlier one that it recalls, begin the time after.
    news = [day for day in days if until - day <= _NEWS]
    since = claim.since or min(news, default=until - _RECENT)
    measured = measure(claim, others=others, matter=matter, since=since, until=until)
    return Checked(
        claim=claim,
        verdict=measured.judgement.verdict,
        reason=measured.judgement.reason,
        evidence=measured.judgement.evidence,
        figures=measured.figures,
        votes=measured.votes,
        moves=measured.moves,
    )


def _others(claim: Claim, article: Article, on: date | None, matter: Matter) -> tuple[str, ...]:
    """Whom to compare with: states that the claim names, else a group and states of the page.

    A group with a list of members is measured as a whole, beside those of its members that the page
    says most about; "Europe" has none, and is read as the members of the EU, or of NATO in Europe,
    that the page reports a vote of. A balanced stance is between two that voted apart.
    """
    named = tuple(code for code in claim.others if code in states.codes())
    if named:
        return named
    groups = tuple(code for code in claim.others if _has_members(code))
    votes = [c for c in article.claims if expected_choices(c.action) and c.actor != claim.actor]
    told = Counter(c.actor for c in votes if c.actor in states.codes())
    if claim.action == "balanced" and (sides := matter.sides([c for c, _ in told.most_common()])):
        return sides
    if on is not None and (groups or any("EUROPE" in code for code in claim.others)):
        within = [code.removeprefix("G:") for code in groups] or ["EU", "NATO"]
        members = frozenset().union(*(states.group_members(group, on) for group in within))
        told = Counter({code: n for code, n in told.items() if code in members - _OVERSEAS})
    return (*groups, *(code for code, _ in told.most_common(_COMPARED)))


def _has_members(code: str) -> bool:
    group = code.removeprefix("G:")
    return code.startswith("G:") and group in states.groups() and not states.group(group).open


def _with_urls(checked: Checked, record: Record) -> Checked:
    """The evidence with the address where each rollcall can be looked up."""
    evidence = tuple(replace(e, url=record.url_of(e.rollcall)) for e in checked.evidence)
    return replace(checked, evidence=evidence)
