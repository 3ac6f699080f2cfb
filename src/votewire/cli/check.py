"""`votewire check` and `votewire config`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from votewire.cli.batch import Cluster, Jobs, Pages, TableFile, are_many, check_pages
from votewire.cli.output import (
    JsonFlag,
    RecordPath,
    print_data,
    print_json,
    print_lines,
    print_text,
    read_input,
    write_out,
)
from votewire.cli.publishing import (
    STDOUT,
    HtmlFile,
    PageUrl,
    ReviewedOn,
    Reviewer,
    ReviewerUrl,
    ReviewFile,
    ReviewUrl,
    keep_apart,
    review_asked,
)
from votewire.cli.terminal import tell
from votewire.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from votewire.check import Checked, Report
    from votewire.check.claimreview import Review

__all__ = ["check", "config"]

_WIDTH = 100


def check(
    pages: Pages,
    json: JsonFlag = False,
    html: HtmlFile = None,
    claimreview: ReviewFile = None,
    reviewer: Reviewer = None,
    reviewer_url: ReviewerUrl = None,
    reviewed_on: ReviewedOn = None,
    url: ReviewUrl = None,
    page_url: PageUrl = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: TableFile = None,
    record: RecordPath = None,
) -> None:
    """Check the vote claims of a news page, or of many, against the record.

    Exit status 0 where nothing is contradicted, 1 where something is.
    """
    page = pages[0]
    if are_many(pages, jobs, out, cluster):
        if json or html or claimreview:
            raise UsageError("--json, --html and --claimreview are for one page; many, a table.")
        raise typer.Exit(check_pages(pages, jobs, out, record, cluster))
    keep_apart(page, html, claimreview, json=json)
    review = review_asked(
        asked=claimreview is not None,
        reviewer=reviewer,
        reviewer_url=reviewer_url,
        reviewed_on=reviewed_on,
        url=url,
        page_url=page_url,
    )
    report = _checked(page, record)
    made = dict(_made(report, html, claimreview, review))
    shown = made.pop(STDOUT, None)
    for path, text in made.items():
        write_out(path, text.encode())
        tell(f"written: {path}")
    _show(report, shown, json=json)
    raise typer.Exit(1 if report.contradicted else 0)


def _checked(page: Path, record: Path | None) -> Report:
    from votewire.config import load
    from votewire.pipeline import check_page, open_with_layer
    from votewire.press import MAX_BYTES

    settings = load(record=record)
    source = read_input(page, MAX_BYTES)
    name = "standard input" if page == STDOUT else str(page)
    return check_page(source, open_with_layer(settings), name=name)


def _made(
    report: Report, html: Path | None, claimreview: Path | None, review: Review | None
) -> Iterator[tuple[Path, str]]:
    """The files asked for with their content, all made before one is written."""
    if html is not None:
        from votewire.check.page import page

        yield html, page(report)
    if claimreview is not None and review is not None:
        from votewire.check.claimreview import as_json_ld, claim_reviews

        yield claimreview, as_json_ld(claim_reviews(report, review))


def _show(report: Report, shown: str | None, *, json: bool) -> None:
    """Prints the report, or the one file that was asked for on standard output."""
    if shown is not None:
        print_data(shown)
    elif json:
        from votewire.check.as_json import as_json

        print_json(as_json(report))
    else:
        print_text(as_text(report))


def config(json: JsonFlag = False) -> None:
    """Print the settings in force, where each comes from and what it means."""
    from votewire.config import described, load

    rows = described(load())
    if json:
        print_json({name: value for name, value, _, _ in rows})
        return
    for name, value, variable, meaning in rows:
        print_lines(f"{name} = {value or '(not set)'}", f"    {meaning}; {variable} sets it")


def as_text(report: Report) -> str:
    """The report for people: the page's own data, each claim with its verdict, a summary."""
    from votewire.check.wording import alike

    lines = [*_heading(report), ""]
    for number, items in enumerate(alike(report), start=1):
        lines += [*_told(number, items), ""]
    lines += [f"note: {warning}" for warning in report.article.warnings]
    return "\n".join([*lines, report.summary, f"Record {report.record_hash[:12]}."])


def _heading(report: Report) -> list[str]:
    from votewire.check.wording import source_words, stamps

    data = report.article.metadata
    source = source_words(data)
    return [
        data.headline or "(no headline found)",
        " · ".join([*filter(None, [source]), *stamps(data)]),
    ]


def _told(number: int, items: list[Checked]) -> list[str]:
    from textwrap import wrap

    from votewire.check import wording

    item = items[0]
    mark, verdict = wording.MARKS[item.verdict], wording.verdict_words(item.verdict)
    head = f"{number:>2} {mark} {verdict.upper():<13} "
    head += f"{wording.actor_name(item.claim.actor)} {wording.action_words(item.claim)}"
    head += f" [{item.rollcall}]" if item.rollcall else ""
    spans = [f"“{span}” ({', '.join(where)})" for span, where in wording.wordings(items)]
    body = [*spans, *wording.told(item), *wording.addresses(item)]
    return [head, *(f"     {part}" for text in body for part in wrap(text, _WIDTH))]
