"""Sources that grow: what each reader is given, as long as is asked."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from tests.record.r_workspace import vector, workspace
from tests.record.sources import source

Pump = Callable[[int], bytes]

_ROLL = "Symbol: A/RES/79/1\nDate: 1 October 2024\n{above}\nIn favour: {yes}\nAgainst: {no}\n"
_CSV = source("ga_2026.csv").split(b"\n", 1)[0] + b"\n"
_ROW = b"%d,AFG,AFGHANISTAN,X,2025-02-24,79,A/RES/79/%d,,,,T,,,,,,,,,https://x/%d\n"
_XML = b"<collection>%s</collection>"
_VOTES = b"rcid,session,ccode,vote,unres,date\n"


def _roll(above: str = "", yes: str = "Chad", no: str = "Peru") -> bytes:
    return _ROLL.format(above=above, yes=yes, no=no).encode()


def _marc(fields: bytes, n: int) -> bytes:
    one = b'<record><controlfield tag="001">1</controlfield>%s</record>' % fields
    return _XML % (one * n)


def _mark(code: bytes) -> bytes:
    return (
        b'<datafield tag="967"><subfield code="c">%s</subfield>'
        b'<subfield code="d">Y</subfield></datafield>' % code
    )


def _page(text: str) -> bytes:
    return f"GA/12700\n2 March 2026\n\n{text}\n".encode()


def _nils(n: int) -> bytes:
    return workspace(x=struct.pack(">ii", 19, n) + struct.pack(">i", 254) * n)


ROLLS: Mapping[str, Pump] = {
    "commas": lambda n: _roll(yes="," * n),
    "ands": lambda n: _roll(yes=" and" * (n // 4)),
    "names": lambda n: _roll(yes="Chad, " * (n // 6)),
    "names joined": lambda n: _roll(yes="Chad and " * (n // 9)),
    "lines": lambda n: _roll(yes="\nChad" * (n // 5)),
    "brackets": lambda n: _roll(yes="(," * (n // 2)),
    "letters": lambda n: _roll(yes="x" * n),
    "labels": lambda n: _roll(no="none\nYes: none" * (n // 14)),
    "tallies": lambda n: _roll(above="1-1-1 " * (n // 6)),
    "figures": lambda n: _roll(above="1111 - " * (n // 7)),
    "days": lambda n: _roll(above="1 May 2024, " * (n // 12)),
    "prose": lambda n: _roll(above="a vote " * (n // 7)),
}
TABLES: Mapping[str, Pump] = {
    "short rows": lambda n: _CSV + b"1,2\n" * (n // 4),
    "rows": lambda n: _CSV + b"".join(_ROW % (10_000 + i, i, i) for i in range(n // 80)),
    "one rollcall": lambda n: _CSV + (_ROW % (10_000, 1, 10_000)) * (n // 80),
    "commas in a row": lambda n: _CSV + b"," * n,
    "quotes": lambda n: _CSV + b'"' * n,
    "broken lines": lambda n: _CSV + b"10000,AFG,A\nB," * (n // 14),
}
MARC: Mapping[str, Pump] = {
    "records": lambda n: _marc(_mark(b"AFG"), n // 170),
    "marks": lambda n: _marc(_mark(b"AFG") * (n // 105), 1),
    "text": lambda n: _marc(b'<datafield tag="245">' + b"x " * (n // 2) + b"</datafield>", 1),
}
VOETEN: Mapping[str, Pump] = {
    "votes": lambda n: (
        _VOTES
        + b"".join(b"%d,79,2,1,R/79/1,%d-10-01\n" % (i, 1950 + i % 70) for i in range(n // 30))
    ),
    "one roll": lambda n: _VOTES + b"1,79,2,1,R/79/1,2024-10-01\n" * (n // 27),
    "short": lambda n: _VOTES + b"1,2\n" * (n // 4),
    "states of no name": lambda n: (
        _VOTES.replace(b"ccode", b"country")
        + b"".join(b"1,79,X%d,1,R/79/1,2024-10-01\n" % i for i in range(n // 30))
    ),
    "nothing in R": lambda n: _nils(n // 4),
    "texts in R": lambda n: workspace(x=vector([str(i) for i in range(n // 14)])),
}
VOTEVIEW: Mapping[str, Pump] = {
    "votes": lambda n: (
        b"congress,chamber,rollnumber,icpsr,cast_code\n"
        + b"".join(b"111,Senate,1,%d,1\n" % i for i in range(n // 20))
    ),
    "short": lambda n: b"congress,chamber,rollnumber,icpsr,cast_code\n" + b"1,2\n" * (n // 4),
}
COVERAGE: Mapping[str, Pump] = {
    "annexes": lambda n: _page(
        "ANNEX\n\nVote on X\n\nIn favour:  Chad, Peru.\n\nAgainst:  None.\n\n" * (n // 67)
    ),
    "names": lambda n: _page("ANNEX\n\nVote on X\n\nIn favour:  " + "Chad, " * (n // 6)),
    "ands": lambda n: _page("ANNEX\n\nVote on X\n\nIn favour:  " + "Chad and " * (n // 9)),
}
