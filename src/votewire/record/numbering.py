"""Whether a symbol can be that of its vote: what it says of chamber, session, year and number.

The Assembly's symbols name the session, in Roman numerals to the 30th: `A/RES/377(V)`,
`A/RES/67/46`; the Council's the year: `S/RES/2774(2025)`. Spaces do not count. The session opens in
September and may be resumed until the next one does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from votewire.record.readers.result import Problem, ReadResult, ReadRollcall
from votewire.record.symbols import roman
from votewire.record.tables import ROLLCALLS, Chamber

__all__ = ["impossible", "without_impossible"]

_LAST_ROMAN = 30
_SPECIAL = [(kind, number) for kind in ("S", "ES") for number in range(1, 40)]
_SESSIONS = {
    **{roman(number): str(number) for number in range(1, _LAST_ROMAN + 1)},
    **{f"{kind}-{roman(number)}": f"{kind}-{number}" for kind, number in _SPECIAL},
    **{f"{kind}-{number}": f"{kind}-{number}" for kind, number in _SPECIAL},
    "ES-IANDII": "ES-1",  # A/RES/996, adopted for both
}
_NO_SESSION = "?"
_NIGHT = "2d"  # a vote in the night of New Year is of either year
# The Council has adopted 93 resolutions in a year (1993), and began in 1946.
_MOST, _BEFORE_FIRST = 100, 1945
# Session N opens in the September of 1945 + N and is resumed until the next one opens. The earliest
# and the latest votes of the record's sessions are of 1 September, and of 5 November a year on (the
# 5th); the first session alone met in January. Some weeks more, and no vote of the record is out.
_SESSION_0, _OPENS, _ENDS = 1945, (8, 1), (11, 30)
_OPENED_FIRST = date(1946, 1, 1)

_TELLING = ("symbol", "chamber", "session", "date")
_CHAMBERS = {"A": Chamber.GA.value, "S": Chamber.SC.value}
_SERIES = r"^([AS])/(?:RES|DEC)/"
_LATER = r"^A/(?:RES|DEC)/((?:E?S-)?\d+)/(?:\d|XX)"
_EARLY = r"^A/(?:RES|DEC)/\d+[A-Z]*\(([^)]+)\)"
_NUMBER = r"^S/RES/(\d+)"
_YEAR = r"^S/RES/\d+\((\d{4})\)"

Row = dict[str, Any]


def impossible(rollcalls: pl.DataFrame) -> list[tuple[int, str]]:
    """Rows whose symbol cannot be that of their vote, with the reason; in row order.

    rollcalls: the ROLLCALLS frame. A symbol of another series (of a draft, say) is not judged, nor
    one that names a session before the 31st in digits: that is a spelling, or the page of the
    records by which Voeten numbers a vote.
    """
    wrong = _told(rollcalls).filter(_cannot_be())
    return [(row["row"], _reason(row)) for row in wrong.iter_rows(named=True)]


def without_impossible(result: ReadResult) -> ReadResult:
    """What a reader found, with each rollcall whose symbol cannot be its own among the problems."""
    schema = {name: ROLLCALLS.schema[name] for name in _TELLING}
    rows = [[getattr(rollcall, name) for name in _TELLING] for rollcall in result.rollcalls]
    wrong = dict(impossible(pl.DataFrame(rows, schema=schema, orient="row")))
    problems = [_problem(result.rollcalls[at], reason) for at, reason in wrong.items()]
    kept = tuple(rollcall for at, rollcall in enumerate(result.rollcalls) if at not in wrong)
    return replace(result, rollcalls=kept, problems=(*result.problems, *problems))


def _problem(rollcall: ReadRollcall, reason: str) -> Problem:
    key, symbol, day = rollcall.source_key, rollcall.symbol, rollcall.date
    return Problem(source_key=key, symbol=symbol, date=day, reason=reason)


def _told(rollcalls: pl.DataFrame) -> pl.DataFrame:
    """What each symbol of the three series says, beside what its rollcall does."""
    plain = pl.col("symbol").str.replace_all(r"\s", "").str.to_uppercase()
    facts = rollcalls.select(*_TELLING, plain=plain)
    extracted = {
        name: pl.col("plain").str.extract(pattern)
        for name, pattern in (
            ("of", _SERIES),
            ("later", _LATER),
            ("early", _EARLY),
            ("number", _NUMBER),
            ("year", _YEAR),
        )
    }
    told = facts.with_row_index("row").with_columns(**extracted).filter(pl.col("of").is_not_null())
    return told.with_columns(
        of=pl.col("of").replace_strict(_CHAMBERS),
        early=pl.when(pl.col("early").is_not_null()).then(
            pl.col("early").replace_strict(_SESSIONS, default=_NO_SESSION)
        ),
        number=pl.col("number").cast(pl.Int64, strict=False),
        year=pl.col("year").cast(pl.Int32),
    ).with_columns(spelling=pl.col("later").cast(pl.Int64, strict=False) <= _LAST_ROMAN)


def _cannot_be() -> pl.Expr:
    """What no symbol can say of its vote; each check is null where it says nothing of the kind."""
    session, day = pl.col("session"), pl.col("date")
    opens, ends = _span(_number_of_session())
    named = pl.when(~pl.col("spelling").fill_null(value=False)).then(pl.col("later"))
    checks = (
        pl.col("of") != pl.col("chamber"),
        pl.all_horizontal(pl.col("later", "early", "number").is_null()),
        (pl.coalesce(named, "early") != session) & (session != ""),
        (day < opens) | (day > ends),
        (pl.col("year") < day.dt.offset_by(f"-{_NIGHT}").dt.year()),
        (pl.col("year") > day.dt.offset_by(_NIGHT).dt.year()),
        pl.col("number") > _MOST * (day.dt.year().cast(pl.Int64) - _BEFORE_FIRST),
    )
    return pl.any_horizontal(check.fill_null(value=False) for check in checks)


def _number_of_session() -> pl.Expr:
    """The number in a symbol that names a regular session; null for all others."""
    named = pl.when(~pl.col("spelling").fill_null(value=False)).then(pl.col("later"))
    return pl.coalesce(named, "early").cast(pl.Int32, strict=False)


def _span(session: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The days between which a session may vote."""
    year = session + _SESSION_0
    opens = pl.when(session > 1).then(pl.date(year, *_OPENS)).otherwise(_OPENED_FIRST)
    return opens, pl.date(year + 1, *_ENDS)


def _reason(row: Row) -> str:
    session, day = row["later"] or row["early"], row["date"]
    if row["of"] != row["chamber"]:
        return "its symbol is one of the other chamber"
    if row["number"] is None and session in (None, _NO_SESSION):
        return "its symbol is none that the series has"
    if session is not None and session == row["session"]:
        return f"its symbol names session {session}, which did not vote on {day}: correct one"
    if session is not None:
        return f"its symbol names session {session}, but the vote is of session {row['session']}"
    if row["year"] is not None and row["year"] != day.year:
        return f"its symbol names the year {row['year']}, but the vote is of {day}"
    return f"the Council cannot have reached its number by {day.year}"
