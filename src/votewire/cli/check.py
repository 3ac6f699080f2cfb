"""`votewire check` and `votewire config`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli import screen
from votewire.cli.batch import Cluster, Jobs, Pages, TableFile, Withheld, are_many, check_pages
from votewire.cli.output import (
    JsonFlag,
    RecordPath,
    as_json,
    page_name,
    print_coloured,
    print_data,
    print_json,
    print_lines,
    read_page,
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
    from collections.abc import Callable, Iterator

    from votewire.check import Checked, Report
    from votewire.check.claimreview import Review
    from votewire.config import Settings

__all__ = ["check", "config"]

Brief = Annotated[
    bool,
    typer.Option("--brief", help="One line for the page, one for each claim that wants a look."),
]
_PIPED, _INDENT = 105, " " * 5


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
    brief: Brief = False,
    withheld: Withheld = False,
) -> None:
    """Check the vote claims of a news page, or of many, against the record.

    Exit status 0 where nothing is contradicted, 1 where something is.
    """
    page = pages[0]
    if are_many(pages, jobs, out, cluster, withheld):
        if json or html or claimreview:
            raise UsageError("--json, --html and --claimreview are for one page; many, a table.")
        raise typer.Exit(check_pages(pages, jobs, out, record, cluster, withheld=withheld))
    keep_apart(page, html, claimreview, json=json)
    review = review_asked(
        asked=claimreview is not None,
        reviewer=reviewer,
        reviewer_url=reviewer_url,
        reviewed_on=reviewed_on,
        url=url,
        page_url=page_url,
    )
    asked = _Asked(
        json=json,
        html=html,
        claimreview=claimreview,
        review=review,
        room=screen.columns(),
        brief=brief,
    )
    found = _found(page, record, asked)
    for path, text in found.files:
        write_out(path, text.encode())
        tell(f"written: {path}")
    if found.is_text:
        print_coloured(found.shown)
    else:
        print_data(found.shown)
    raise typer.Exit(1 if found.contradicted else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The shapes in which a report is wanted.

    room: the columns of the terminal, if any. brief: in a line for each claim that wants a look.
    """

    json: bool
    html: Path | None
    claimreview: Path | None
    review: Review | None
    room: int | None
    brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a page came to: the text to print, the files to write, all made before one is.

    is_text: whether what is printed is for people.
    """

    shown: str
    is_text: bool
    files: tuple[tuple[Path, str], ...]
    contradicted: bool


def _found(page: Path, record: Path | None, asked: _Asked) -> _Found:
    """What the page comes to, within the time that a page may take."""
    from votewire.config import load
    from votewire.many import answer_once

    source = read_page(page)
    name = page_name(page)
    found: _Found = answer_once(_checking, load(record=record), source, name, asked, page=name)
    return found


def _checking(settings: Settings) -> tuple[None, Callable[[bytes, str, _Asked], _Found]]:
    """How a process checks one page: with its record open."""
    from votewire.pipeline import check_page, open_with_layer

    record = open_with_layer(settings)

    def answer(source: bytes, name: str, asked: _Asked) -> _Found:
        report = check_page(source, record, name=name)
        made = dict(_made(report, asked))
        shown = made.pop(STDOUT, None)
        return _Found(
            shown=_shown(report, asked) if shown is None else shown,
            is_text=shown is None and not asked.json,
            files=tuple(made.items()),
            contradicted=report.contradicted,
        )

    return None, answer


def _made(report: Report, asked: _Asked) -> Iterator[tuple[Path, str]]:
    """The files asked for with their content."""
    if asked.html is not None:
        from votewire.check.page import page

        yield asked.html, page(report)
    if asked.claimreview is not None and asked.review is not None:
        from votewire.check.claimreview import as_json_ld, claim_reviews

        yield asked.claimreview, as_json_ld(claim_reviews(report, asked.review))


def _shown(report: Report, asked: _Asked) -> str:
    """The report as it is printed."""
    if asked.json:
        from votewire.check.as_json import as_json as as_object

        return as_json(as_object(report)) + "\n"
    return brief_text(report, asked.room) if asked.brief else as_text(report, asked.room)


def config(json: JsonFlag = False) -> None:
    """Print the settings in force, where each comes from and what it means."""
    from votewire.config import described, load

    rows = described(load())
    if json:
        print_json({name: value for name, value, _, _ in rows})
        return
    for name, value, variable, meaning in rows:
        print_lines(f"{name} = {value or '(not set)'}", f"    {meaning}; {variable} sets it")


def as_text(report: Report, room: int | None = None) -> str:
    """The report for people: how much holds, what does not, what is open, the rest, what is unread.

    room: the columns of the terminal that it is for.
    """
    from votewire.check.ordering import first_line, ordered

    lines = [first_line(report), "", *_heading(report), ""]
    for number, items in ordered(report):
        lines += [*_told(number, items, room), ""]
    lines += [f"note: {warning}" for warning in report.article.warnings]
    lines += _unread(report, room)
    return "\n".join([*lines, report.summary, f"Record {report.record_hash[:12]}."])


def brief_text(report: Report, room: int | None = None) -> str:
    """The report in a few lines: how much holds, and what does not or is unclear."""
    from votewire.check import Verdict
    from votewire.check.ordering import first_line, ordered, read_line

    urgent = (Verdict.CONTRADICTED, Verdict.UNCLEAR, Verdict.PARTLY)
    looked = [(number, items) for number, items in ordered(report) if items[0].verdict in urgent]
    heads = [line for number, items in looked for line in _head(number, items[0], room)]
    return "\n".join(filter(None, [first_line(report), *heads, read_line(report)]))


def _unread(report: Report, room: int | None) -> list[str]:
    """What speaks of voting and was not understood, and how much was."""
    from votewire.check.ordering import read_line

    told = read_line(report)
    if not told:
        return []
    words = [f"“{' '.join(each.words.split())}”" for each in report.article.unread]
    below = [line for each in words for line in _below(each, room)]
    return [told, *(["Not read:", *below] if below else []), ""]


def _heading(report: Report) -> list[str]:
    from votewire.check.wording import source_words, stamps

    data = report.article.metadata
    source = source_words(data)
    return [
        data.headline or "(no headline found)",
        " · ".join([*filter(None, [source]), *stamps(data)]),
    ]


def _told(number: int, items: list[Checked], room: int | None) -> list[str]:
    from votewire.check import wording

    item = items[0]
    spans = [f"“{span}” ({', '.join(where)})" for span, where in wording.wordings(items)]
    may_be = [f"May be about {', '.join(item.candidates)}."] if item.candidates else []
    body = [*spans, *wording.told(item), *may_be, *wording.addresses(item)]
    return [*_head(number, item, room), *(line for text in body for line in _below(text, room))]


def _head(number: int, item: Checked, room: int | None) -> list[str]:
    """The line of a claim: number, verdict, who did what, on which vote."""
    from votewire.check import wording

    mark, verdict = wording.MARKS[item.verdict], wording.verdict_words(item.verdict)
    head = f"{number:>2} {mark} {verdict.upper():<13} "
    head += f"{wording.actor_name(item.claim.actor)} {wording.action_words(item.claim)}"
    head += f" [{item.rollcall}]" if item.rollcall else ""
    return [head] if room is None else screen.wrapped(head, room, hanging=_INDENT)


def _below(text: str, room: int | None) -> list[str]:
    """A paragraph below the line of its claim."""
    return screen.wrapped(text, room, piped=_PIPED, indent=_INDENT, hanging=_INDENT)
