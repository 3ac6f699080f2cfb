"""What `votewire check` writes to be shown to others: options, and what goes with what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.addresses import is_web_address
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.check.claimreview import Review

__all__ = [
    "STDOUT",
    "HtmlFile",
    "PageUrl",
    "ReviewFile",
    "ReviewUrl",
    "ReviewedOn",
    "Reviewer",
    "ReviewerUrl",
    "keep_apart",
    "review_asked",
]

STDOUT = Path("-")

HtmlFile = Annotated[
    Path | None,
    typer.Option(
        "--html", help="Write the article with its claims underlined, as one page; - for stdout."
    ),
]
ReviewFile = Annotated[
    Path | None,
    typer.Option(
        "--claimreview", help="Write the verdicts as schema.org ClaimReview; - for stdout."
    ),
]
Reviewer = Annotated[str | None, typer.Option(help="With --claimreview: who reviews.")]
ReviewerUrl = Annotated[str | None, typer.Option(help="With --claimreview: the reviewer's site.")]
ReviewedOn = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="With --claimreview: day of the review: 2025-02-26."),
]
ReviewUrl = Annotated[
    str | None, typer.Option("--url", help="With --claimreview: where the review will stand.")
]
PageUrl = Annotated[
    str | None, typer.Option(help="With --claimreview: the address of the page checked.")
]


def keep_apart(page: Path, html: Path | None, claimreview: Path | None, *, json: bool) -> None:
    """Raises UsageError where two outputs, or the page and an output, are to be in one place."""
    asked = {"--html": html, "--claimreview": claimreview}
    given = {option: path for option, path in asked.items() if path is not None}
    shown = [option for option, path in given.items() if path == STDOUT]
    shown += ["--json"] if json else []
    if len(shown) > 1:
        raise UsageError(f"{' and '.join(shown)} cannot share standard output: name a file.")
    files = {option: path.resolve() for option, path in given.items() if path != STDOUT}
    for option, path in files.items():
        if page != STDOUT and path == page.resolve():
            raise UsageError(f"{option} {path}: that is the page to check. Name another file.")
    if len(set(files.values())) < len(files):
        raise UsageError("--html and --claimreview name the same file. Give each its own.")


def review_asked(
    *,
    asked: bool,
    reviewer: str | None,
    reviewer_url: str | None,
    reviewed_on: datetime | None,
    url: str | None,
    page_url: str | None,
) -> Review | None:
    """Who reviews and when, as the options say; None where no review is asked for.

    Raises UsageError where an option is missing, is given in vain, or is no address of the web.
    """
    needed = {"--reviewer": reviewer, "--reviewer-url": reviewer_url, "--reviewed-on": reviewed_on}
    addresses = {"--reviewer-url": reviewer_url, "--url": url, "--page-url": page_url}
    if not asked:
        _refuse_idle({**needed, **addresses})
        return None
    if not reviewer or not reviewer_url or not reviewed_on:
        missing = " and ".join(option for option, value in needed.items() if not value)
        raise UsageError(f"--claimreview needs {missing}: a review says who made it and when.")
    _refuse_other_than_web(addresses)
    from votewire.check.claimreview import Review

    return Review(
        reviewer=reviewer,
        reviewer_url=reviewer_url,
        reviewed_on=reviewed_on.date(),
        url=url,
        page_url=page_url,
    )


def _refuse_idle(options: Mapping[str, object]) -> None:
    for option, value in options.items():
        if value is not None:
            raise UsageError(f"{option} goes with --claimreview: add --claimreview FILE.")


def _refuse_other_than_web(addresses: Mapping[str, str | None]) -> None:
    for option, address in addresses.items():
        if address is not None and not is_web_address(address):
            raise UsageError(
                f"{option} {address!r}: give a whole address, such as https://example.org/."
            )
