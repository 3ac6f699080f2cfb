"""The parts that a checked article is shown by, as HTML: its words underlined, evidence, table.

The stand-alone page of `check --html` and the page of the site are put together from them. Every
text is escaped, no part has a script, and no address but one of the web, or of the site itself,
becomes a link. The signs, numbers and kinds of underline say all that the colours say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from votewire.check.ordering import first_line, ordered, read_line
from votewire.check.report import Checked, Report, Verdict
from votewire.check.underlining import Passage, Stretch, passages
from votewire.check.wording import (
    MARKS,
    action_words,
    actor_name,
    alike,
    evidence_words,
    source_words,
    stamps,
    told,
    verdict_words,
    wordings,
)
from votewire.plots.wording import printable

__all__ = ["Parts", "anchor", "escaped", "parts"]

_MEANINGS = {
    Verdict.CONTRADICTED: "the record says otherwise",
    Verdict.PARTLY: "part of it holds; the reason says which",
    Verdict.MEASURED: "a word such as “dramatic”, answered with figures",
    Verdict.UNCLEAR: "the page does not settle which vote is meant",
    Verdict.SUPPORTED: "the record says so",
    Verdict.NOT_IN_RECORD: "the record has no such vote",
    Verdict.NOT_CHECKABLE: "opinion, motive, forecast, a statement outside a vote",
}
_COLUMNS = ("No.", "Words", "Actor", "Action", "Verdict", "Rollcall", "Reason", "Evidence")

_URGENT = (Verdict.CONTRADICTED, Verdict.UNCLEAR)
_WEB = ("https://", "http://")
_SITE_WORDS = "The vote"  # what an address of the site is called, which says nothing to a reader

_Numbered = Sequence[Sequence[Checked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a checked page, each HTML; empty where there is nothing to say.

    summary: how many claims hold, and how many of each verdict. first: those to look at first. key:
    how to read the underlines. source: whose page it is, and of when. article: its prose,
    underlined, with the evidence beside it. table: all claims, in the order of `ordered`. unread:
    what was not read. basis: what they were checked against. owner: whose the text is.
    """

    summary: str
    first: str
    key: str
    source: str
    article: str
    table: str
    unread: str
    basis: str
    owner: str


def parts(report: Report, *, heading: str = "h1") -> Parts:
    """The parts of a report; same report, same parts.

    heading: the element that the article's headline stands in.
    """
    numbered = alike(report)
    return Parts(
        summary=escaped(f"{first_line(report)} {report.summary}"),
        first=_first(report),
        key=_key(report),
        source=_source(report),
        article=_article(report, numbered, heading),
        table=_table(ordered(report)),
        unread=_unread(report),
        basis=_basis(report),
        owner=_owner(report),
    )


def anchor(number: int) -> str:
    """The name of the place on the page where the evidence of a claim stands."""
    return f"claim-{number}"


def _key(report: Report) -> str:
    """The verdicts that occur, each with its sign, its underline, how often, and what it means."""
    counts = Counter(item.verdict for item in report.checked)
    key = "".join(
        f'<li><span class="{v} verdict"><span class="line {v} at0">{MARKS[v]} {verdict_words(v)}'
        f"</span></span> {counts[v]}: {escaped(_MEANINGS[v])}</li>\n"
        for v in _MEANINGS
        if counts[v]
    )
    return f'<ul class="key" aria-label="Verdicts on this page">\n{key}</ul>\n' if key else ""


def _source(report: Report) -> str:
    data = report.article.metadata
    about = [source_words(data), data.byline or "", *stamps(data)]
    return escaped(" · ".join(filter(None, about)))


def _article(report: Report, numbered: _Numbered, heading: str) -> str:
    text = report.article.text
    shown = passages(report.article, numbered)
    places = _Places(numbered)
    titled = any(passage.role == "headline" for passage in shown)
    made = [] if titled else [f'<{heading} dir="auto">{_headline(report)}</{heading}>']
    first = True
    for passage in shown:
        heads = passage.role == "headline" and first
        first = first and not heads
        made.append(_passage(passage, text, numbered, places, tag=heading if heads else "p"))
    placed = {number for passage in shown for number in passage.new}
    apart = [n for n in range(1, len(numbered) + 1) if n not in placed]
    if apart:
        made.append(f'<p lang="en">Elsewhere on the page:</p>\n{_notes(apart, numbered, set())}')
    return "\n".join(made)


def _headline(report: Report) -> str:
    found = report.article.metadata.headline
    return escaped(found) if found else '<span lang="en">Page without a headline</span>'


class _Places:
    """Counts how often each number was set in the text, so that each place has its own name."""

    def __init__(self, numbered: _Numbered) -> None:
        self._numbered = numbered
        self._set: Counter[int] = Counter()

    def number(self, number: int) -> str:
        """The number of a claim as a link to its evidence, with its sign; the name is unique."""
        self._set[number] += 1
        verdict = self._numbered[number - 1][0].verdict
        again = f"-{self._set[number]}" if self._set[number] > 1 else ""
        return (
            f'<a class="number {verdict}" id="text-{number}{again}" href="#{anchor(number)}" '
            f'lang="en">{number}<span aria-hidden="true">{MARKS[verdict]}</span>'
            f'<span class="unseen"> {verdict_words(verdict)}</span></a>'
        )


def _passage(passage: Passage, text: str, numbered: _Numbered, places: _Places, *, tag: str) -> str:
    """A paragraph, and beside it the evidence of the claims that it is the first to make."""
    kind = "text" if passage.role == "body" else passage.role
    name = '<b lang="en">Caption:</b> ' if passage.role == "caption" else ""
    words = "".join(_stretch(stretch, text, places) for stretch in passage.stretches)
    ended = {number for stretch in passage.stretches for number in stretch.ending}
    notes = f"\n{_notes(passage.new, numbered, ended)}" if passage.new else ""
    made = f'<{tag} class="{escaped(kind)}" dir="auto">{name}{words}</{tag}>'
    return f'<div class="passage">\n{made}{notes}\n</div>'


def _stretch(stretch: Stretch, text: str, places: _Places) -> str:
    """Its words inside one underlined element for each verdict, then the numbers that end here."""
    words = escaped(text[stretch.start : stretch.end])
    claims = " ".join(map(str, stretch.numbers))
    for at, (verdict, level) in enumerate(reversed(stretch.lines)):
        held = f' data-claims="{claims}"' if at == 0 else ""
        words = f'<span class="line {verdict} at{level}"{held}>{words}</span>'
    return words + "".join(map(places.number, stretch.ending))


def _notes(numbers: Iterable[int], numbered: _Numbered, ended: set[int]) -> str:
    """The evidence of some claims. ended: those with a place in the text to lead back to."""
    notes = "\n".join(_note(n, numbered[n - 1][0], back=n in ended) for n in numbers)
    return f'<ul class="notes" lang="en" aria-label="Evidence">\n{notes}\n</ul>'


def _note(number: int, item: Checked, *, back: bool) -> str:
    """Number and verdict, the claim, what the record says, where to look it up."""
    named = f"{number} {MARKS[item.verdict]} {verdict_words(item.verdict)}"
    linked = f'<a href="#text-{number}">{named}</a>' if back else named
    symbols = dict.fromkeys((e.symbol, e.url) for e in item.evidence if e.url)
    links = ", ".join(_link(url, symbol) for symbol, url in symbols)
    said = [escaped(paragraph) for paragraph in _said(item)]
    said[0] = f'<span class="verdict">{linked}</span> {said[0]}'
    said[-1] += f" See {links}." if links else ""
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in said)
    return (
        f'<li id="{anchor(number)}" class="{item.verdict}">\n{paragraphs}\n{_candidates(item)}</li>'
    )


def _said(item: Checked) -> list[str]:
    """What the record says, with the claim before it unless the reason begins with its actor."""
    actor = actor_name(item.claim.actor)
    first, *others = told(item)
    known = first.startswith(actor) and not item.figures
    return [first if known else f"{actor} {action_words(item.claim)}: {first}", *others]


def _candidates(item: Checked) -> str:
    return (
        f"<p>May be about {escaped(', '.join(item.candidates))}.</p>\n" if item.candidates else ""
    )


def _first(report: Report) -> str:
    """Links to what is contradicted and what is unclear; empty where nothing is."""
    urgent = [(n, i[0]) for n, i in ordered(report) if i[0].verdict in _URGENT]
    links = ", ".join(
        f'<a class="verdict {item.verdict}" href="#{anchor(number)}">{number} '
        f"{MARKS[item.verdict]} {escaped(actor_name(item.claim.actor))} "
        f"{escaped(action_words(item.claim))}</a>"
        for number, item in urgent
    )
    return f"<p>Look at first: {links}</p>\n" if links else ""


def _unread(report: Report) -> str:
    """What speaks of voting and was not understood."""
    told = read_line(report)
    if not told:
        return ""
    words = "".join(
        f"<li><q><bdi>{escaped(' '.join(each.words.split()))}</bdi></q></li>\n"
        for each in report.article.unread
    )
    listed = f"<p>Not read:</p>\n<ul>\n{words}</ul>\n" if words else ""
    return (
        f'<section lang="en">\n<h2>What was read</h2>\n<p>{escaped(told)}</p>\n{listed}</section>'
    )


def _table(numbered: Sequence[tuple[int, Sequence[Checked]]]) -> str:
    if not numbered:
        return ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "\n".join(_row(number, items) for number, items in numbered)
    return (
        '<section lang="en">\n<h2>All claims</h2>\n'
        "<p>What is contradicted, what is unclear, then the rest in the order of the page; "
        "repeated claims once, under the numbers of the page.</p>\n"
        '<div class="wide" tabindex="0" role="region" aria-label="Table of all claims">\n'
        '<table aria-label="All claims">\n'
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        "</section>"
    )


def _row(number: int, items: Sequence[Checked]) -> str:
    item = items[0]
    words = "".join(
        f"<li><q><bdi>{escaped(span)}</bdi></q> ({escaped(', '.join(where))})</li>"
        for span, where in wordings(items)
    )
    facts = "".join(_fact(fact, url) for fact, url in evidence_words(item))
    return (
        f'<tr class="{item.verdict}"><th scope="row"><a href="#{anchor(number)}">{number}</a></th>'
        f'<td class="words"><ul>{words}</ul></td><td>{escaped(actor_name(item.claim.actor))}</td>'
        f"<td>{escaped(action_words(item.claim))}</td>"
        f'<td class="verdict verdict-cell">{MARKS[item.verdict]} {verdict_words(item.verdict)}</td>'
        f'<td>{escaped(item.rollcall or "")}</td><td class="reason"><p>{escaped(item.reason)}</p>'
        f'{_candidates(item)}</td><td class="facts"><ul>{facts}</ul></td></tr>'
    )


def _fact(words: str, address: str | None) -> str:
    """A rollcall that a verdict rests on, and where to look it up."""
    named = _SITE_WORDS if address and address.startswith("/") else address
    return f"<li>{escaped(words)} {_link(address, named) if address and named else ''}</li>"


def _basis(report: Report) -> str:
    warnings = "".join(f"<dd>{escaped(warning)}</dd>" for warning in report.article.warnings)
    noted = f"<dt>Notes on the page</dt>{warnings}\n" if warnings else ""
    return (
        '<section lang="en">\n<h2>What this was checked against</h2>\n<dl>\n'
        "<dt>Record</dt><dd>Votes of the UN General Assembly and Security Council, compiled by "
        "votewire</dd>\n"
        f"<dt>Record complete to</dt><dd>{escaped(report.complete_to)}</dd>\n"
        f"<dt>Hash of the record</dt><dd><code>{escaped(report.record_hash)}</code></dd>\n{noted}"
        "</dl>\n</section>"
    )


def _owner(report: Report) -> str:
    owner = source_words(report.article.metadata)
    return f" ({escaped(owner)})" if owner else ""


def _link(address: str, words: str) -> str:
    """A link where the address is of the web or the site; its words alone where it is not."""
    of_site = address.startswith("/") and address[1:2] not in ("/", "\\")
    if not of_site and not address.startswith(_WEB):
        return escaped(words)
    return f'<a href="{escaped(address)}">{escaped(words)}</a>'


def escaped(text: str) -> str:
    """The text as it may stand in HTML, between tags or quoted."""
    return escape(printable(text))
