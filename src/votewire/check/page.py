"""A report as one page of HTML: the article with its claims underlined, the evidence beside it.

No script and nothing from another host; every text is escaped, and a policy in the page's head
forbids the browser to run or load anything, should a text slip through. The signs, numbers and
kinds of underline say all that the colours say.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from votewire.check.parts import Parts, anchor, escaped, parts
from votewire.check.report import Report

__all__ = ["anchor", "page"]

_STYLE = Path(__file__).with_name("data") / "page.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(report: Report) -> str:
    """The report as a whole HTML document; same report, same text.

    The article's prose in page order, each claim's words underlined once by verdict, with a number
    that leads to its evidence: in the margin of wide screens, below the paragraph on narrow ones
    and in print. Then a table of all claims and what they were checked against. Claims that the
    page repeats share a number, the one of the printed report. The page around the article (menus,
    dates, links, notices) is left out.
    """
    made = parts(report)
    headline = report.article.metadata.headline or "Page without a headline"
    return f"""\
<!doctype html>
<html lang="{escaped(report.article.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<title>Votes checked: {escaped(headline)}</title>
<style>
{_style()}</style>
</head>
<body>
{_head(made)}
<main>
<article>
{made.article}
</article>
{made.table}
{made.unread}
{made.basis}
</main>
{_foot(made)}
</body>
</html>
"""


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _head(made: Parts) -> str:
    """What was checked, in one line, and how to read the underlines."""
    source = f'<p class="soft">{made.source}</p>\n' if made.source else ""
    return (
        '<header class="about" lang="en">\n'
        "<p>The vote claims of a news page, checked against the United Nations’ record.</p>\n"
        f'<p class="summary">{made.summary}</p>\n{made.first}{made.key}{source}</header>'
    )


def _foot(made: Parts) -> str:
    return (
        '<footer lang="en">\n'
        f"<p>The text of the article belongs to its publisher{made.owner}. This "
        "page is your own copy of it, for your own use. Menus, dates, links and notices around "
        "the article are left out.</p>\n</footer>"
    )
