"""How fast the Digital Library's bulk CSV is read and recounted, from bytes to rollcalls.

    python bench/bulk_csv.py

The official files cannot be had without a browser, so the extract in ../shared/data is written out
as they would hold it (360 MB and 14 MB), in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from measuring import report, timed
from votewire.record.readers import digital_library_csv

EXTRACT = Path(__file__).parents[2] / "shared" / "data" / "undl"
_LINK = "https://digitallibrary.un.org/record/"


def main() -> int:
    if not EXTRACT.exists():
        print("nothing to read: ../shared/data/undl is absent")
        return 0
    rows = _rows()
    assembly = _bulk(rows.filter(body="GA"), _ASSEMBLY)
    council = _bulk(rows.filter(body="SC"), _COUNCIL)

    def read() -> None:
        digital_library_csv.read(assembly)
        digital_library_csv.read(council)

    return report([timed(f"bulk CSV, {rows.height:,} casts", read, limit=3.0, runs=5)])


def _rows() -> pl.DataFrame:
    """One row for each cast, with the columns of both files."""
    rollcalls = pl.read_parquet(EXTRACT / "rollcalls.parquet").drop("body", "symbol", "date")
    votes = pl.read_parquet(EXTRACT / "votes_long.parquet")
    mark = pl.col("vote").str.to_uppercase()
    totals = votes.group_by("undl_id").agg(
        *(
            (mark == letter).sum().cast(pl.Float64).alias(column)
            for letter, column in _TALLY.items()
        ),
        pl.len().cast(pl.Float64).alias("total_ms"),
    )
    rows = votes.join(rollcalls, on="undl_id", maintain_order="left")
    return rows.join(totals, on="undl_id", maintain_order="left").with_columns(
        ms_code=pl.col("ms_name").str.slice(0, 3),
        ms_vote="vote",
        session=pl.lit(""),
        resolution="symbol",
        draft=pl.lit(""),
        description="title",
        agenda_title="agenda",
        subjects=pl.lit(""),
        vote_note=pl.lit(""),
        permanent_member=pl.lit("False"),
        modality=pl.when(pl.col("total_non_voting") == pl.col("total_ms"))
        .then(pl.lit("ADOPTED WITHOUT VOTE"))
        .otherwise(pl.lit("ADOPTED BY VOTE")),
        undl_link=pl.lit(_LINK) + pl.col("undl_id").cast(pl.String),
    )


_TALLY = {
    "Y": "total_yes",
    "N": "total_no",
    "A": "total_abstentions",
    "X": "total_non_voting",
}
_TOTALS = [*_TALLY.values(), "total_ms", "undl_link"]
_ASSEMBLY = [
    *("undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft"),
    *("committee_report", "meeting", "title", "agenda_title", "subjects", "vote_note"),
    *_TOTALS,
]
_COUNCIL = [
    *("undl_id", "ms_code", "ms_name", "permanent_member", "ms_vote", "date", "resolution"),
    *("draft", "meeting", "description", "agenda", "subjects", "vote_note", "modality"),
    *_TOTALS,
]


def _bulk(rows: pl.DataFrame, columns: list[str]) -> bytes:
    return rows.select(columns).write_csv().encode()


if __name__ == "__main__":
    sys.exit(main())
