"""Made source files for the compiler's readers: Parquet, CSV and a workbook of given rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import polars as pl

_SUMS = {"Y": "yes", "N": "no", "A": "abst", "X": "nonv"}
_HEADER = {
    "ID": "id",
    "Year": "year",
    "Date,": "date",
    "Resolution": "resolution",
    "Meeting": "meeting",
    "Draft": "draft",
    "Agenda item": "agenda",
    "Submitted by": "sponsors",
    "Outcome results": "outcome",
    "Vote": "vote",
    "Member State": "member",
}
_COUNTS = ("n_ms", *_SUMS.values())
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def parquet(frame: pl.DataFrame) -> bytes:
    """The frame as the bytes of a Parquet file."""
    held = io.BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


def library_item(key: int, symbol: str, day: str, marks: str, **changed: Any) -> dict[str, Any]:
    """One row of the Library's rollcalls whose counts are those of `marks` in capitals."""
    counted = {column: marks.count(letter) for letter, column in _SUMS.items()}
    return {
        "undl_id": key,
        "body": "SC" if symbol.startswith("S/") else "GA",
        "symbol": symbol,
        "date": day,
        "meeting": "A/PV.1",
        "title": f"Text {key} : resolution / adopted by the General Assembly",
        "agenda": "N/A",
        "n_ms": len(marks),
        **counted,
        **changed,
    }


def library_files(
    items: Sequence[Mapping[str, Any]], rolls: Mapping[int, Mapping[str, str]]
) -> tuple[bytes, bytes]:
    """Both files of the Library's extract. rolls: key -> name of a state as written -> mark."""
    kinds = {"undl_id": pl.Int64, **dict.fromkeys(_COUNTS, pl.Int64)}
    heads = pl.DataFrame(items, schema_overrides=kinds)
    rows = [(key, mark, name) for key, roll in rolls.items() for name, mark in roll.items()]
    schema = {"undl_id": pl.Int64, "vote": pl.String, "ms_name": pl.String}
    votes = pl.DataFrame(rows, schema=schema, orient="row")
    return parquet(heads), parquet(votes)


def voeten_head(rcid: int, day: str, **changed: Any) -> dict[str, Any]:
    """One row of Voeten's roll calls."""
    head = {"rcid": rcid, "session": int(day[:4]) - 1945, "date": day, "unres": None}
    totals = {"yes": None, "no": None, "abstain": None, "amend": 0, "para": 0}
    return {**head, **totals, "short": None, "descr": None, **changed}


def voeten_files(
    heads: Sequence[Mapping[str, Any]], rolls: Mapping[int, Mapping[int, int]]
) -> tuple[bytes, bytes]:
    """Votes as Parquet, roll calls as CSV. rolls: rcid -> COW number -> code."""
    rows = [(rcid, state, code) for rcid, roll in rolls.items() for state, code in roll.items()]
    schema = {"rcid": pl.Int64, "ccode": pl.Int64, "vote": pl.Int8}
    table = pl.DataFrame(heads, infer_schema_length=None).write_csv(null_value="NA")
    return parquet(pl.DataFrame(rows, schema=schema, orient="row")), table.encode()


def sheet_rows(key: int, votes: Mapping[str, str], **changed: Any) -> list[dict[str, Any]]:
    """The rows of one rollcall of the workbook: a row for each member and its vote."""
    head = {
        "id": key,
        "year": 2025,
        "date": "2025-02-24 00:00:00",
        "resolution": None,
        "meeting": "9866",
        "draft": f"S/2025/{key}",
        "agenda": "A matter",
        "sponsors": "United States",
        "outcome": "Adopted Unanimously",
        **changed,
    }
    return [{**head, "member": name, "vote": vote} for name, vote in votes.items()]


def workbook(rows: Sequence[Mapping[str, Any]], *, without: str | None = None) -> bytes:
    """A workbook with one sheet of these rows, under the header that the Council's has."""
    columns = {old: new for old, new in _HEADER.items() if new != without}
    lines = [list(columns), *([row[new] for new in columns.values()] for row in rows)]
    sheet = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", _types())
        archive.writestr("_rels/.rels", _links("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _links("worksheet", "worksheets/sheet1.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
            '<sheet name="votes" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        )
    return held.getvalue()


def veto_csv(*rows: Mapping[str, str]) -> bytes:
    """The list of vetoes with these rows; what a row leaves out is empty."""
    columns = ("date", "draft", "meeting_record", "agenda_item")
    members = ("member_veto1", "member_veto2", "member_veto3")
    blank = dict.fromkeys((*columns, *members), "")
    return pl.DataFrame([{**blank, **row} for row in rows]).write_csv().encode()


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _types() -> str:
    parts = (("workbook.xml", "sheet.main"), ("worksheets/sheet1.xml", "worksheet"))
    listed = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{_OFFICE}.{kind}+xml"/>'
        for path, kind in parts
    )
    links = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    return f'<Types xmlns="{_PACK}/content-types">{links}.relationships+xml"/>{listed}</Types>'


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{_LINK}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACK}/relationships">{link}</Relationships>'
