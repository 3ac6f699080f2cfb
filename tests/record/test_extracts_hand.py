from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

import votewire.record
from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts import hand_table
from votewire.record.readers.result import Totals
from votewire.record.tables import Kind, Outcome

SHIPPED = Path(votewire.record.__file__).with_name("data") / "hand_table.toml"
ENTRY = """
[[entry]]
key = "S/2025/117"
chamber = "SC"
session = "2025"
date = 2025-02-24
kind = "amendment"
outcome = "rejected"
sponsors = ["RUS"]
tally = { yes = 4, no = 6, abstain = 5 }
sources = [{ publisher = "A paper", url = "https://a.example/1", date = "2025-02-24" }]
"""


def test_hand_table_reads_an_entry() -> None:
    (found,) = hand_table.read(ENTRY.encode()).rollcalls
    assert (found.source_key, found.date) == ("S/2025/117", date(2025, 2, 24))
    assert (found.kind, found.outcome) == (Kind.AMENDMENT, Outcome.REJECTED)
    assert found.announced == Totals(yes=4, no=6, abstain=5)
    assert (found.casts, found.url) == ({}, "https://a.example/1")


@pytest.mark.parametrize(
    "broken",
    [
        "not toml =",
        "",
        ENTRY.replace('kind = "amendment"', 'kind = "song"'),
        ENTRY.replace("date = 2025-02-24\nkind", "kind"),
        ENTRY.replace("abstain = 5", "maybe = 5"),
        ENTRY.split("sources")[0],
        ENTRY.split("sources")[0] + "sources = []",
    ],
)
def test_hand_table_refuses_an_entry_that_is_unreadable_or_uncited(broken: str) -> None:
    with pytest.raises(SourceError, match="an entry cannot be read"):
        hand_table.read(broken.encode())
    with pytest.raises(SourceError, match="an entry cannot be read"):
        hand_table.read(b"\xff")


def test_hand_table_that_ships_cites_every_entry_and_its_tally() -> None:
    source = SHIPPED.read_bytes()
    read = hand_table.read(source).rollcalls
    assert len({found.source_key for found in read}) == len(read)
    for entry in tomllib.loads(source.decode())["entry"]:
        cited = entry["sources"]
        assert all(row["url"].startswith("http") and row["publisher"] for row in cited)
        if "tally" in entry:
            tally = "-".join(str(entry["tally"][side]) for side in ("yes", "no", "abstain"))
            assert any(tally in row["states"] for row in cited), entry["key"]


def test_hand_table_that_ships_names_members_as_sponsors() -> None:
    for found in hand_table.read(SHIPPED.read_bytes()).rollcalls:
        coded = [sponsor for sponsor in found.sponsors if sponsor.isupper()]
        assert set(coded) <= states.members_on(found.date)
