"""`votewire links`: the pages that a site keeps for permanent links, for who runs it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.bare import help_if_bare
from votewire.cli.output import (
    CsvFlag,
    JsonFlag,
    OutFile,
    ParquetFlag,
    print_frame,
    print_lines,
)
from votewire.cli.terminal import tell
from votewire.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votewire.pipeline.links import Link, Links

__all__ = ["app"]

app = typer.Typer(
    help="The pages that the site keeps for permanent links: list them, delete them.",
    callback=help_if_bare,
    invoke_without_command=True,
)
_ADDRESS = re.compile(r"^https?://[^?#]*/check/([^/?#]+)")


@app.command("list", epilog="Example: votewire links list --ended")
def show(
    ended: Annotated[bool, typer.Option("--ended", help="Only those that have ended.")] = False,
    json: JsonFlag = False,
    csv: CsvFlag = False,
    parquet: ParquetFlag = False,
    out: OutFile = None,
) -> None:
    """The permanent links, newest first: until when, how large, whose, and what cites them.

    An asker is the same for the links of one address, and tells nothing else of it.
    """
    import polars as pl

    links = [each for each in _links().listed() if not ended or _has_ended(each)]
    columns = {"id": pl.String, "kept_on": pl.Date, "until": pl.Date, "bytes": pl.Int64}
    columns |= {"asker": pl.String, "cited": pl.String}
    rows = [(e.id, e.kept_on, e.until, e.size, e.asker, e.cited) for e in links]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    print_frame(frame, json=json, csv=csv, parquet=parquet, out=out)
    total = sum(each.size for each in links)
    tell(f"{len(links):,} link{'' if len(links) == 1 else 's'}, {total:,} bytes of pages")


@app.command(epilog="Example: votewire links purge --ended")
def purge(
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LINK]...", help="Ids of the list, or whole addresses of links."),
    ] = None,
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended.")] = False,
    before: Annotated[
        str | None, typer.Option("--before", help="Those kept before this day: 2026-01-31.")
    ] = None,
    asker: Annotated[
        str | None, typer.Option("--asker", help="Those of one address, as the list names it.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Delete permanent links and their pages, for good; nobody who has them is told."""
    if not (named or ended or before or asker or every):
        raise UsageError("Say which: links by id or address, --ended, --before, --asker or --all.")
    links = _links()
    listed = links.listed()
    wanted = {_id(each, listed) for each in named or ()}
    day = _day(before)
    for each in listed:
        old = day is not None and each.kept_on < day
        if every or old or (ended and _has_ended(each)) or each.asker == asker:
            wanted.add(each.id)
    print_lines(f"{links.drop(sorted(wanted)):,} of {len(listed):,} links deleted")


def _links() -> Links:
    from votewire.config import load
    from votewire.pipeline.links import Links

    return Links(load())


def _id(named: str, listed: Sequence[Link]) -> str:
    """The id of a link named by it or by its address. Raises UsageError where there is none."""
    from votewire.pipeline.links import id_of

    address = _ADDRESS.match(named)
    found = id_of(address[1].removesuffix(".json")) if address else named
    if found not in {each.id for each in listed}:
        raise UsageError(f"{named}: no such link. `votewire links list` has them all.")
    return found


def _has_ended(link: Link) -> bool:
    return link.until is not None and link.until < datetime.now(UTC).date()


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise UsageError(f"--before {typed!r}: give a day, such as 2026-01-31.") from None
