"""Claims and articles made by hand, so that a verdict can be tested without the grammar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from votewire.press import Article, Block, Claim, Metadata, Tally, TextReference

DAY = date(2025, 2, 24)


def claim(actor: str, action: str, chamber: str | None = "GA", **given: Any) -> Claim:
    """A claim; keyword arguments of Claim and of TextReference both go where they belong."""
    about = {
        name: given.pop(name)
        for name in list(given)
        if name in TextReference.__dataclass_fields__
        and not (name == "tally" and action == "tally")
    }
    reference = TextReference(**{"key": 1, "chamber": chamber, "date": DAY, **about})
    return Claim(
        **{
            "actor": actor,
            "action": action,
            "reference": reference,
            "span": f"{actor} {action}",
            "start": 0,
            "where": "body",
            "rule": "made",
            **given,
        }
    )


def article(*claims: Claim, published: datetime | None = datetime(2025, 2, 25, 16, 32)) -> Article:
    """An article of one body block that makes these claims."""
    text = "made"
    return Article(
        text=text,
        lang="en",
        blocks=(Block(role="body", start=0, end=len(text)),),
        metadata=Metadata(published=published),
        claims=claims,
    )


def tally(yes: int | None = None, no: int | None = None, abstain: int | None = None) -> Tally:
    """A stated tally."""
    return Tally(yes=yes, no=no, abstain=abstain)
