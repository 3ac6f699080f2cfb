"""What a page shows: its words, and panels, each an answer out of the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from votewire.record import Answer, Record
from votewire.record.plain import answer_object, plain

__all__ = ["Moved", "Page", "Panel", "View", "page_object"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """An answer on a page.

    id: its name on the page, in `?panel=` and in JSON. heading: what stands above it, the answer's
    title if empty. drawn: with its chart. rows: how many of the table are shown before the rest is
    left to the CSV. open: whether the table is shown at once or unfolded.
    """

    id: str
    answer: Answer
    heading: str = ""
    drawn: bool = True
    rows: int = 20
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a template gets and what `.json` answers; a page with more to say adds fields.

    The metadata of each field says what it holds, and `json`, if false, that it is for the template
    alone. status: with which a page of the kind answers.
    shown_by: its own template, where it is not the view's.
    """

    status: ClassVar[int] = 200
    shown_by: ClassVar[str] = ""

    title: str = field(metadata={"help": "what the page is about, for its title and heading"})
    description: str = field(metadata={"help": "the page in a sentence, for search and sharing"})
    panels: tuple[Panel, ...] = field(default=(), metadata={"help": "answers, in order"})


class Moved(Exception):
    """Raised by a maker: the page asked for has another address.

    name: what stands last in it, in place of what was asked; or, with a slash before it, the whole
    path, of a page in English.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page of the site: where it is, what makes it, what shows it.

    path: as FastAPI takes it, such as /states/{code}. make: (site, ...) -> Page; what it takes
    beside the site are the path's and the query's parameters, with their types and meanings.
    template: the file's name. name: what the page is, for the description of the API. tables:
    whether it answers as CSV and its charts as SVG and PNG.
    """

    path: str
    make: Callable[..., Page]
    template: str
    name: str
    tables: bool = True


def page_object(page: Page, record: Record) -> dict[str, Any]:
    """The page as one JSON object: its fields, its answers by name, and which record it is of."""
    told = [f.name for f in fields(page) if f.name != "panels" and f.metadata.get("json", True)]
    own = {name: plain(getattr(page, name)) for name in told}
    panels = {panel.id: answer_object(panel.answer) for panel in page.panels}
    about = {"complete_to": record.completeness, "hash": record.hash}
    return {**own, "panels": panels, "record": about}
