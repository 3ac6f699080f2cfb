"""A chart as one page of HTML: the picture, the same in a table, and where it comes from.

No script and nothing from another host; every text of the answer is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from votewire.plots.charting import Chart
from votewire.plots.wording import figure, origin, printable
from votewire.record import Answer

__all__ = ["page"]

_STYLE = """\
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --line: #767676; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #161616; --line: #8f8f8f; } }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
figure { margin: 1rem 0; overflow-x: auto; background: #fff; }
figure svg { max-width: 100%; height: auto; display: block; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: start; padding: .5rem 0; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: start;
  vertical-align: top; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
@media print { body { max-width: none; padding: 0; color: #000; background: #fff; }
  thead { display: table-header-group; } tr, figure { break-inside: avoid; } }
"""


def page(answer: Answer, chart: Chart, svg: str) -> str:
    """The page of an answer with its chart as inline SVG; same input, same text."""
    told = "".join(f"<p>{_text(sentence)}</p>\n" for sentence in answer.told)
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{_text(chart.description)}">
<title>{_text(chart.title)}</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
<h1>{_text(chart.title)}</h1>
{told}<figure>
{svg}
</figure>
{_table(answer)}
<h2>Where this comes from</h2>
<dl>
{_basis(answer)}<dt>Definition</dt><dd>{_text(answer.definition)}</dd>
<dt>Source</dt><dd>{_text(origin(answer))}, compiled by votewire</dd>
<dt>Record complete to</dt><dd>{_text(answer.complete_to)}</dd>
<dt>Hash of the record</dt><dd><code>{_text(answer.record_hash)}</code></dd>
</dl>
</main>
</body>
</html>
"""


def _basis(answer: Answer) -> str:
    """Which rollcalls were counted; nothing for groups, which rest on none."""
    if answer.question in ("group", "groups"):
        return ""
    return f"<dt>Rollcalls</dt><dd>{_text(answer.basis)}</dd>\n"


def _table(answer: Answer) -> str:
    """The answer's table; the first column heads its row."""
    frame = answer.table
    numeric = [kind.is_numeric() for kind in frame.dtypes]
    heads = "".join(
        f'<th scope="col"{_side(number)}>{_text(name)}</th>'
        for name, number in zip(frame.columns, numeric, strict=True)
    )
    rows = "\n".join(f"<tr>{''.join(_cells(row, numeric))}</tr>" for row in frame.iter_rows())
    caption = f"All figures of the chart: {_text(answer.title)}"
    return (
        '<h2>Table</h2>\n<div class="wide" tabindex="0" role="region" aria-label="Table">\n'
        "<table>\n"
        f"<caption>{caption}</caption>\n<thead>\n<tr>{heads}</tr>\n</thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _cells(row: tuple[Any, ...], numeric: list[bool]) -> Iterator[str]:
    for at, (value, number) in enumerate(zip(row, numeric, strict=True)):
        tag = 'th scope="row"' if at == 0 else "td"
        yield f"<{tag}{_side(number)}>{_text(figure(value))}</{tag[:2]}>"


def _side(number: bool) -> str:
    return ' class="number"' if number else ""


def _text(text: str) -> str:
    return escape(printable(text))
