"""A checked page as it is sent back: a page of the site, a file to save, or a permanent link."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from votewire.addresses import is_web_address, server_in
from votewire.check import Report, Verdict
from votewire.check.as_json import as_json
from votewire.check.claimreview import Review, as_json_ld, claim_reviews
from votewire.check.ordering import ordered
from votewire.check.page import page as whole_page
from votewire.check.parts import anchor, parts
from votewire.check.wording import MARKS, action_words, actor_name
from votewire.errors import UsageError, VotewireError
from votewire.pipeline.links import KeptPage
from votewire.press import decode_page
from votewire.web.faults import status_of
from votewire.web.languages import addressed
from votewire.web.links import links_of, page_of_link, today
from votewire.web.pasting import Form, Pasted, day_of
from votewire.web.templating import rendered_template

__all__ = [
    "DESCRIPTION",
    "SECRET",
    "SHAPES",
    "TITLE",
    "page_of",
    "refuse_strangers",
    "result",
    "told",
]

TITLE = "Check an article"
DESCRIPTION = (
    "Paste a news page: its claims about votes at the United Nations are underlined, each with "
    "what the record says of it."
)
SECRET = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}  # of what only those may see who have a link to it


def result(
    request: Request,
    form: Form,
    pasted: Pasted,
    report: Report,
    *,
    problem: VotewireError | HTTPException | None = None,
    kept: KeptPage | None = None,
) -> Response:
    """The page checked: underlined, with the evidence beside it."""
    lang = request.state.lang
    links = links_of(request)
    return page_of(
        request,
        "check_result.html",
        problem=problem,
        form=form,
        headline=report.article.metadata.headline,
        urgent=_urgent(report),
        made=parts(_on_site(report, lang), heading="h2"),
        markup=Markup,
        pasted=pasted,
        text=decode_page(pasted.source, name=pasted.name),
        claims=len(report.checked),
        today=today(),
        kept=kept,
        links=links.offered and kept is None,
        days=request.app.state.site.settings.links_days,
        headers=SECRET if kept else None,
    )


def _urgent(report: Report) -> list[tuple[str, str, str]]:
    """The claims that do not hold, not wholly, or are unclear: verdict, place, words."""
    return [
        (
            str(items[0].verdict),
            anchor(number),
            f"{number} {MARKS[items[0].verdict]} {actor_name(items[0].claim.actor)} "
            f"{action_words(items[0].claim)}",
        )
        for number, items in ordered(report)
        if items[0].verdict in (Verdict.CONTRADICTED, Verdict.UNCLEAR, Verdict.PARTLY)
    ]


def _as_page(request: Request, form: Form, pasted: Pasted, report: Report) -> Response:
    return result(request, form, pasted, report)


def _as_html(_request: Request, _form: Form, _pasted: Pasted, report: Report) -> Response:
    return _file(whole_page(report), "votes-checked.html", "text/html; charset=utf-8")


def _as_json(_request: Request, _form: Form, _pasted: Pasted, report: Report) -> Response:
    told = json.dumps(as_json(report), indent=1, ensure_ascii=False)
    return _file(told, "votes-checked.json", "application/json")


def _as_reviews(request: Request, form: Form, _pasted: Pasted, report: Report) -> Response:
    """ClaimReviews that lead to the permanent link, where they are taken from its page."""
    review = _review(form)
    if form["link"]:
        page_of_link(request, form["link"])
        review = replace(review, url=_address_of(request, form["link"]))
    reviews = as_json_ld(claim_reviews(report, review))
    return _file(reviews, "claimreview.json", "application/ld+json")


def _as_link(request: Request, _form: Form, pasted: Pasted, report: Report) -> Response:
    """Keeps the page, and shows once where it is found and how it is deleted."""
    refuse_strangers(request)
    links = links_of(request)
    if not links.offered:
        raise HTTPException(403, "This site keeps no pages.")
    made = links.keep(
        pasted.source,
        pasted.published,
        report.record_hash,
        asker=request.state.client,
        today=today(),
    )
    at = _address_of(request, made.token)
    return page_of(
        request,
        "check_link.html",
        link=at,
        change=f"{at}/change?key={made.key}",
        until=made.until,
        headers=SECRET,
    )


def _address_of(request: Request, token: str) -> str:
    """The whole address of a permanent link."""
    site_url: str = request.app.state.site.settings.site_url
    return site_url + addressed(f"/check/{token}", request.state.lang)


SHAPES = {
    "": _as_page,
    "html": _as_html,
    "json": _as_json,
    "claimreview": _as_reviews,
    "link": _as_link,
}


def _review(form: Form) -> Review:
    """Who reviews, as the form says. Raises UsageError where it says too little."""
    reviewer, reviewed_on = form["reviewer"].strip()[:200], day_of(form["reviewed_on"])
    if not reviewer or reviewed_on is None or not form["reviewer_url"]:
        raise UsageError("A review says who made it, their address, and when: fill in all three.")
    addresses = [form["reviewer_url"], form["page_url"]]
    for address in filter(None, addresses):
        if not is_web_address(address) or len(address) > 2000:
            raise UsageError(f"{address[:60]!r}: give a whole address: https://example.org/.")
    return Review(
        reviewer=reviewer,
        reviewer_url=form["reviewer_url"],
        reviewed_on=reviewed_on,
        page_url=form["page_url"] or None,
    )


def _on_site(report: Report, lang: str) -> Report:
    """The report with its evidence found on this site."""
    checked = [
        replace(
            item,
            evidence=tuple(
                replace(fact, url=addressed(f"/votes/{quote(fact.rollcall, safe='/()')}", lang))
                for fact in item.evidence
            ),
        )
        for item in report.checked
    ]
    return replace(report, checked=tuple(checked))


def page_of(
    request: Request,
    template: str,
    *,
    problem: VotewireError | HTTPException | None = None,
    headers: dict[str, str] | None = None,
    **given: Any,
) -> Response:
    """A page that is not one to keep, with the status of the problem that it tells of."""
    status, why, more = 200, "", {"Cache-Control": "no-store", **(headers or {})}
    if isinstance(problem, HTTPException):
        status, why, more = problem.status_code, problem.detail, {**more, **(problem.headers or {})}
    elif problem is not None:
        status, why = status_of(problem), str(problem)
    about = {"title": TITLE, "description": DESCRIPTION, "panels": (), "problem": why}
    content = rendered_template(request, template, **about, **given)
    return Response(content, status, more, "text/html; charset=utf-8")


def told(found: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """An object as JSON that nobody keeps."""
    content = json.dumps(found, indent=1, ensure_ascii=False)
    more = {"Cache-Control": "no-store", **(headers or {})}
    return Response(content, media_type="application/json", headers=more)


def _file(content: str, name: str, kind: str) -> Response:
    """Something to save, not to show."""
    saved = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=saved)


def refuse_strangers(request: Request) -> None:
    """Raises HTTPException 403 where a page of another site makes a browser keep or change one.

    A browser says so of its own accord, an older one by the page's origin.
    """
    said = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = (request.state.host.lower(), server_in(request.app.state.site.settings.site_url))
    if said is None and origin is not None:
        # What is no address at all, such as `null`, is nobody's.
        sender = server_in(origin)
        said = "same-origin" if sender is not None and sender in own else "cross-site"
    if said not in (None, "none", "same-origin"):
        raise HTTPException(403, "Only the site's own pages can keep, change or delete a page.")
