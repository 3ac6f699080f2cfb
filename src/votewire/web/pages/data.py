"""/data: what the record holds, what it lacks, what is wrong with it, and the record as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as Part
from fastapi.responses import FileResponse

from votewire.errors import NotInRecord
from votewire.record import TABLES
from votewire.record.holdings import by_decade, by_kind, disagreeing, set_aside
from votewire.web.downloads import Download
from votewire.web.phrases import phrase
from votewire.web.ranges import settle_range
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "data", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A table of the record: its name, what a row is, its key, its columns with their meanings."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str, bool, str], ...]


@dataclass(frozen=True, kw_only=True)
class Data(Page):
    """The record as a whole."""

    complete_to: dict[str, date] = field(metadata={"help": "last day of adopted texts, by chamber"})
    failed_to: dict[str, date] = field(metadata={"help": "last day of failed texts, by chamber"})
    gaps: tuple[str, ...] = field(metadata={"help": "what the record lacks"})
    sources: tuple[dict[str, Any], ...] = field(metadata={"help": "whose facts these are"})
    files: tuple[Download, ...] = field(metadata={"help": "the record as files, with SHA-256"})
    tables: tuple[Codebook, ...] = field(metadata={"help": "every column and its meaning"})


def data(site: Site) -> Data:
    """What the record holds, and how to take it."""
    record = site.record
    return Data(
        title=phrase("Data"),
        description=phrase(
            "What the record holds and lacks, where it comes from, where its sources disagree, and "
            "all of it as CSV and Parquet."
        ),
        complete_to=record.complete_to,
        failed_to=record.failed_complete_to,
        gaps=tuple(record.manifest.get("gaps", ())),
        sources=tuple(record.manifest["sources"]),
        files=site.downloads.files,
        tables=_codebook(),
        panels=(
            _panel("kinds", phrase("By chamber and kind"), by_kind(record)),
            _panel("decades", phrase("By decade"), by_decade(record)),
            _panel("disagreements", phrase("Where sources disagree"), disagreeing(record)),
            _panel("quarantine", phrase("What was set aside"), set_aside(record), rows=40),
        ),
    )


@router.get(
    "/data/{name}",
    summary="A table of the record as a file",
    tags=["Data"],
    response_class=FileResponse,
    responses={
        200: {"content": {"application/octet-stream": {}}},
        404: {"description": "No such file", "content": {"application/problem+json": {}}},
    },
)
def file(
    request: Request,
    name: Annotated[str, Part(max_length=60, description="A file of /data, such as casts.csv.")],
) -> Response:
    """One file, or the part of it that is asked for. Its tag is its SHA-256."""
    downloads = request.app.state.site.downloads
    found = downloads.path_of(name)
    if found is None:
        names = tuple(each.name for each in downloads.files)
        raise NotInRecord(f"file {name}", nearest=names)
    path, about = found
    headers = {"ETag": f'"{about.sha256}"', "Cache-Control": "no-cache"}
    if f'"{about.sha256}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    settle_range(request, about.size)
    return FileResponse(path, headers=headers, filename=name)


def _panel(name: str, heading: str, answer: Any, rows: int = 60) -> Panel:
    return Panel(id=name, answer=answer, heading=heading, drawn=False, rows=rows)


def _codebook() -> tuple[Codebook, ...]:
    return tuple(
        Codebook(
            name=table.name,
            meaning=table.meaning,
            key=tuple(table.key),
            columns=tuple((c.name, str(c.type), c.nullable, c.meaning) for c in table.columns),
        )
        for table in TABLES
    )


VIEWS = (View(path="/data", make=data, template="data.html", name="Data"),)
