"""The ideal points that Bailey, Strezhnev and Voeten publish, read from their CSV file."""

from __future__ import annotations

from datetime import date

import polars as pl

from votewire import states
from votewire.errors import SourceError, UnknownState

__all__ = ["COLUMNS", "read_published"]

# Theirs -> ours. NVotes is missing from some releases.
COLUMNS = {
    "ccode": "ccode",
    "session": "session",
    "IdealPoint": "mean",
    "Q5%": "q05",
    "Q95%": "q95",
}
_CASTS = "NVotes"
_DECEMBER = 12  # the main part of a session ends in it; who has a seat then has the session's row
_FIRST_YEAR = 1945


def read_published(source: bytes) -> pl.DataFrame:
    """The published estimates: state, session, mean, q05, q95, n_casts; by state and session.

    source: the CSV of the Dataverse (doi:10.7910/DVN/LEJUQZ), Latin-1 or UTF-8, with the columns
    ccode (Correlates of War number), session, IdealPoint, Q5% and Q95%; NVotes where it has them. A
    number that two states have had, such as the Soviet Union and Russia, is the one that was a
    member in the December of the session. Where two numbers come to one seat in a session (China in
    the 26th) the row with more casts stays. Raises SourceError for other files.
    """
    table = _table(_text(source))
    day = [date(_FIRST_YEAR + n, _DECEMBER, 1) for n in table["session"]]
    codes = [_code(number, on) for number, on in zip(table["ccode"], day, strict=True)]
    found = table.with_columns(state=pl.Series(codes, dtype=pl.String)).sort(
        "state", "session", "n_casts", descending=(False, False, True), nulls_last=True
    )
    return found.unique(["state", "session"], keep="first", maintain_order=True).select(
        "state", "session", "mean", "q05", "q95", "n_casts"
    )


def _text(source: bytes) -> bytes:
    """The file in UTF-8. Latin-1 has a character for every byte, so that it is tried last."""
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            return source.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    raise AssertionError("every byte is Latin-1")


def _table(text: bytes) -> pl.DataFrame:
    """The columns that are read, as numbers, under our names."""
    try:
        raw = pl.read_csv(text, infer_schema=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"the published estimates are no CSV: {reason}.") from None
    missing = [name for name in COLUMNS if name not in raw.columns]
    if missing:
        raise SourceError(
            f"the published estimates lack {', '.join(missing)}: give the file "
            f"IdealpointestimatesAll with the columns {', '.join(COLUMNS)}."
        )
    if raw.is_empty():
        raise SourceError("the published estimates have no rows: the file ends after its head.")
    casts = pl.col(_CASTS) if _CASTS in raw.columns else pl.lit(None, dtype=pl.String)
    taken = raw.select(*(pl.col(old).alias(new) for old, new in COLUMNS.items()), n_casts=casts)
    whole, parts = ("ccode", "session", "n_casts"), ("mean", "q05", "q95")
    numbers = taken.with_columns(
        pl.col(whole).cast(pl.Int64, strict=False), pl.col(parts).cast(pl.Float64, strict=False)
    )
    _check(taken, numbers)
    return numbers


def _check(taken: pl.DataFrame, numbers: pl.DataFrame) -> None:
    """Raises SourceError with the line of the first cell that is no number, or no session."""
    read = numbers.select(COLUMNS.values())
    good = read.select(
        pl.all_horizontal(pl.all().is_not_null() & pl.all().cast(pl.Float64).is_finite())
        & pl.col("session").is_between(1, 200)
    ).to_series()
    wrong = good.arg_min()
    if wrong is not None and not good[wrong]:
        cells = ", ".join(str(cell) for cell in taken.select(COLUMNS.values()).row(wrong))
        raise SourceError(
            f"the published estimates, line {wrong + 2}: {cells} are not all numbers, or no such "
            "session. Nothing was compared."
        )


def _code(number: int, on: date) -> str:
    try:
        return states.from_cow(number, on)
    except UnknownState as error:
        raise SourceError(f"the published estimates: {error}") from None
