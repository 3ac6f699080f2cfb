"""/methods: every term and figure of the site, with its definition and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass, field

from votewire.web.methods import Term, terms
from votewire.web.phrases import phrase
from votewire.web.shown import Page, View
from votewire.web.site import Site

__all__ = ["VIEWS", "methods"]


@dataclass(frozen=True, kw_only=True)
class Methods(Page):
    """The terms."""

    terms: tuple[Term, ...] = field(metadata={"help": "each term with its definition"})


def methods(site: Site) -> Methods:
    """The definitions beside the numbers."""
    del site  # definitions are the same for every record
    return Methods(
        title=phrase("Methods"),
        description=phrase(
            "What each figure means: its definition, its formula, its interval, where the method "
            "is from, and what it cannot say."
        ),
        terms=terms(),
    )


VIEWS = (
    View(path="/methods", make=methods, template="methods.html", name="Methods", tables=False),
)
