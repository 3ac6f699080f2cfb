"""An answer drawn to a file, with its table beside it."""

from __future__ import annotations

from pathlib import Path

from votewire import files
from votewire.errors import UsageError
from votewire.plots.charting import chart
from votewire.record import Answer
from votewire.record.export import flat

__all__ = ["draw"]

_ENDINGS = (".svg", ".png", ".html")


def draw(answer: Answer, path: Path) -> tuple[Path, ...]:
    """The paths written: the chart and, beside an .svg or .png, its table as .csv.

    An .html page has the table in it. Same answer, same bytes. Raises UsageError for another
    ending, for a place that cannot be written to, and where `chart` does; MissingExtra without the
    packages of the extra `charts`.
    """
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(
            f"{path}: a chart is drawn to an .svg, .png or .html file. Give such a name."
        )
    if not files.is_folder(path.parent):
        raise UsageError(f"{path}: there is no folder {path.parent}. Make it first.")
    made = {path: _drawn(answer, ending)}
    if ending != ".html":
        made[path.with_suffix(".csv")] = flat(answer.table).write_csv().encode()
    try:
        files.write_all(made)
    except OSError as error:
        raise UsageError(
            f"{error.filename or path}: cannot be written ({error.strerror})."
        ) from None
    return tuple(made)


def _drawn(answer: Answer, ending: str) -> bytes:
    made = chart(answer)
    from votewire.plots.page import page
    from votewire.plots.svg import png, svg

    if ending == ".png":
        return png(made)
    picture = svg(made)
    return (page(answer, made, picture) if ending == ".html" else picture + "\n").encode()
