"""A report as one page of HTML: the article with its claims underlined, the evidence beside it.

No script and nothing from another host; every text is escaped, and a policy in the page's head
forbids the browser to run or load anything, should a text slip through. The signs, numbers and
kinds of underline say all that the colours say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

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

__all__ = ["anchor", "page"]

_STYLE = Path(__file__).with_name("data") / "page.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MEANINGS = {
    Verdict.SUPPORTED: "the record says so",
    Verdict.CONTRADICTED: "the record says otherwise",
    Verdict.PARTLY: "part of it holds; the reason says which",
    Verdict.MEASURED: "a word such as “dramatic”, answered with figures",
    Verdict.NOT_IN_RECORD: "nothing, or nothing unique, to check it against",
    Verdict.NOT_CHECKABLE: "opinion, motive, forecast, a statement outside a vote",
}
_COLUMNS = ("No.", "Words", "Actor", "Action", "Verdict", "Rollcall", "Reason", "Evidence")

_WEB = ("https://", "http://")

_Numbered = Sequence[Sequence[Checked]]


def page(report: Report) -> str:
    """The report as a whole HTML document; same report, same text.

    The article's prose in page order, each claim's words underlined once by verdict, with a number
    that leads to its evidence: in the margin of wide screens, below the paragraph on narrow ones
    and in print. Then a table of all claims and what they were checked against. Claims that the
    page repeats share a number, the one of the printed report. The page around the article (menus,
    dates, links, notices) is left out.
    """
    numbered = alike(report)
    headline = report.article.metadata.headline or "Page without a headline"
    return f"""\
<!doctype html>
<html lang="{_text(report.article.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<title>Votes checked: {_text(headline)}</title>
<style>
{_style()}</style>
</head>
<body>
{_head(report)}
<main>
<article>
{_article(report, numbered)}
</article>
{_table(numbered)}
{_basis(report)}
</main>
{_foot(report)}
</body>
</html>
"""


def anchor(number: int) -> str:
    """The name of the place on the page where the evidence of a claim stands."""
    return f"claim-{number}"


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _head(report: Report) -> str:
    """What was checked, in one line, and how to read the underlines."""
    data = report.article.metadata
    about = [source_words(data), data.byline or "", *stamps(data)]
    counts = Counter(item.verdict for item in report.checked)
    key = "".join(
        f'<li><span class="{v} verdict"><span class="line {v} at0">{MARKS[v]} {verdict_words(v)}'
        f"</span></span> {counts[v]}: {_text(_MEANINGS[v])}</li>\n"
        for v in Verdict
        if counts[v]
    )
    known = _text(" · ".join(filter(None, about)))
    source = f'<p class="soft">{known}</p>\n' if known else ""
    listed = f'<ul class="key" aria-label="Verdicts on this page">\n{key}</ul>\n' if key else ""
    return (
        '<header class="about" lang="en">\n'
        "<p>The vote claims of a news page, checked against the United Nations’ record.</p>\n"
        f'<p class="summary">{_text(report.summary)}</p>\n{listed}{source}</header>'
    )


def _article(report: Report, numbered: _Numbered) -> str:
    text = report.article.text
    shown = passages(report.article, numbered)
    places = _Places(numbered)
    titled = any(passage.role == "headline" for passage in shown)
    parts = [] if titled else [f'<h1 dir="auto">{_headline(report)}</h1>']
    first = True
    for passage in shown:
        heading = passage.role == "headline" and first
        first = first and not heading
        parts.append(_passage(passage, text, numbered, places, heading=heading))
    placed = {number for passage in shown for number in passage.new}
    apart = [n for n in range(1, len(numbered) + 1) if n not in placed]
    if apart:
        parts.append(f'<p lang="en">Elsewhere on the page:</p>\n{_notes(apart, numbered, set())}')
    return "\n".join(parts)


def _headline(report: Report) -> str:
    found = report.article.metadata.headline
    return _text(found) if found else '<span lang="en">Page without a headline</span>'


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


def _passage(
    passage: Passage, text: str, numbered: _Numbered, places: _Places, *, heading: bool
) -> str:
    """A paragraph, and beside it the evidence of the claims that it is the first to make."""
    tag = "h1" if heading else "p"
    kind = "text" if passage.role == "body" else passage.role
    name = '<b lang="en">Caption:</b> ' if passage.role == "caption" else ""
    words = "".join(_stretch(stretch, text, places) for stretch in passage.stretches)
    ended = {number for stretch in passage.stretches for number in stretch.ending}
    notes = f"\n{_notes(passage.new, numbered, ended)}" if passage.new else ""
    made = f'<{tag} class="{_text(kind)}" dir="auto">{name}{words}</{tag}>'
    return f'<div class="passage">\n{made}{notes}\n</div>'


def _stretch(stretch: Stretch, text: str, places: _Places) -> str:
    """Its words inside one underlined element for each verdict, then the numbers that end here."""
    words = _text(text[stretch.start : stretch.end])
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
    said = [_text(paragraph) for paragraph in _said(item)]
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
    return f"<p>May be about {_text(', '.join(item.candidates))}.</p>\n" if item.candidates else ""


def _table(numbered: _Numbered) -> str:
    if not numbered:
        return ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "\n".join(_row(number, items) for number, items in enumerate(numbered, start=1))
    return (
        '<section lang="en">\n<h2>All claims</h2>\n'
        "<p>The claims in the order of the page; repeated ones once.</p>\n"
        '<div class="wide" tabindex="0" role="region" aria-label="Table of all claims">\n'
        '<table aria-label="All claims">\n'
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        "</section>"
    )


def _row(number: int, items: Sequence[Checked]) -> str:
    item = items[0]
    words = "".join(
        f"<li><q><bdi>{_text(span)}</bdi></q> ({_text(', '.join(where))})</li>"
        for span, where in wordings(items)
    )
    facts = "".join(
        f"<li>{_text(fact)} {_link(url, url) if url else ''}</li>"
        for fact, url in evidence_words(item)
    )
    return (
        f'<tr class="{item.verdict}"><th scope="row"><a href="#{anchor(number)}">{number}</a></th>'
        f'<td class="words"><ul>{words}</ul></td><td>{_text(actor_name(item.claim.actor))}</td>'
        f"<td>{_text(action_words(item.claim))}</td>"
        f'<td class="verdict verdict-cell">{MARKS[item.verdict]} {verdict_words(item.verdict)}</td>'
        f'<td>{_text(item.rollcall or "")}</td><td class="reason"><p>{_text(item.reason)}</p>'
        f'{_candidates(item)}</td><td class="facts"><ul>{facts}</ul></td></tr>'
    )


def _basis(report: Report) -> str:
    warnings = "".join(f"<dd>{_text(warning)}</dd>" for warning in report.article.warnings)
    noted = f"<dt>Notes on the page</dt>{warnings}\n" if warnings else ""
    return (
        '<section lang="en">\n<h2>What this was checked against</h2>\n<dl>\n'
        "<dt>Record</dt><dd>Votes of the UN General Assembly and Security Council, compiled by "
        "votewire</dd>\n"
        f"<dt>Record complete to</dt><dd>{_text(report.complete_to)}</dd>\n"
        f"<dt>Hash of the record</dt><dd><code>{_text(report.record_hash)}</code></dd>\n{noted}"
        "</dl>\n</section>"
    )


def _foot(report: Report) -> str:
    owner = source_words(report.article.metadata)
    named = f" ({_text(owner)})" if owner else ""
    return (
        f'<footer lang="en">\n<p>The text of the article belongs to its publisher{named}. This '
        "page is your own copy of it, for your own use. Menus, dates, links and notices around "
        "the article are left out.</p>\n</footer>"
    )


def _link(address: str, words: str) -> str:
    """A link where the address is one of the web; its words alone where it is anything else."""
    if not address.startswith(_WEB):
        return _text(words)
    return f'<a href="{_text(address)}">{_text(words)}</a>'


def _text(text: str) -> str:
    return escape(printable(text))
