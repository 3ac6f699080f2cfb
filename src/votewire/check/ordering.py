"""A report's claims in the order in which somebody in a hurry wants them, and its first line."""

from __future__ import annotations

from collections import Counter

from votewire.check.report import Checked, Report, Verdict
from votewire.check.wording import alike

__all__ = ["first_line", "ordered", "read_line"]

_FIRST = (Verdict.CONTRADICTED, Verdict.UNCLEAR)
_OPEN = (Verdict.UNCLEAR, Verdict.NOT_IN_RECORD)


def ordered(report: Report) -> list[tuple[int, list[Checked]]]:
    """The claims with their numbers: what is contradicted, what is unclear, then the rest.

    The numbers are those of the page's own order; see `alike`.
    """
    numbered = list(enumerate(alike(report), start=1))
    return sorted(numbered, key=lambda each: _rank(each[1][0].verdict))


def _rank(verdict: Verdict) -> int:
    return _FIRST.index(verdict) if verdict in _FIRST else len(_FIRST)


def first_line(report: Report) -> str:
    """How many claims hold, how many do not, how many are open."""
    if report.withheld:
        return f"This item is {report.withheld}: no verdicts are given."
    count = Counter(item.verdict for item in report.checked)
    total = sum(count.values())
    if not total:
        return "No claim about a vote was found."
    wrong, held = count[Verdict.CONTRADICTED], count[Verdict.SUPPORTED]
    open_ones = sum(count[verdict] for verdict in _OPEN)
    of = "Of 1 claim" if total == 1 else f"Of {total} claims"
    told = [
        f"{held} hold{'s' if held == 1 else ''}",
        f"{wrong} {'does' if wrong == 1 else 'do'} not",
        f"{open_ones} {'is' if open_ones == 1 else 'are'} open",
    ]
    return f"{of} {', '.join([*told, *_others(count)])}."


def _others(count: Counter[Verdict]) -> list[str]:
    words = {
        Verdict.PARTLY: ("holds in part", "hold in part"),
        Verdict.MEASURED: ("is answered with figures", "are answered with figures"),
        Verdict.NOT_CHECKABLE: ("is nothing that a vote answers", "are nothing that votes answer"),
    }
    return [
        f"{count[v]} {one if count[v] == 1 else many}"
        for v, (one, many) in words.items()
        if count[v]
    ]


def read_line(report: Report) -> str:
    """How much of what speaks of voting was read; empty where nothing does."""
    article = report.article
    left = sum(each.kind == "sentence" for each in article.unread)
    names = sum(each.kind == "name" for each in article.unread)
    if not article.voting:
        return ""
    read = article.voting - left
    share = f"{read} of {article.voting} sentences that speak of voting were read"
    unknown = f"; {names} name{'' if names == 1 else 's'} nobody here knows" if names else ""
    return f"{share} ({100 * read // article.voting} %){unknown}."
