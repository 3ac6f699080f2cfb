from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.conftest import shared
from tests.record.extract_files import library_files, library_item
from votewire import states
from votewire.errors import SourceError, UsageError
from votewire.record.compile import SOURCES_FILE, compile_record
from votewire.record.invariants import breaches
from votewire.record.rules import rules
from votewire.record.store import SHIPPED, Compiled, content_hash
from votewire.record.tables import Choice

TABLE = """
[[source]]
id = "undl"
title = "A made extract"
read = 2025-11-01
files = { rollcalls = "rollcalls.parquet", votes = "votes.parquet" }
"""
MARKS = {"UNITED STATES": "Y", "RUSSIAN FEDERATION": "N", "FRANCE": "A"}


@pytest.fixture(scope="session")
def record() -> Compiled:
    return compile_record(SOURCES_FILE, shared("data"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a table of one source, and its two files."""
    names = dict.fromkeys(("CHINA", "UNITED KINGDOM"), "X") | MARKS
    item = library_item(7, "S/RES/9999(1994)", "1994-05-04", "".join(names.values()))
    for name, held in zip(("rollcalls", "votes"), library_files([item], {7: names}), strict=True):
        (tmp_path / f"{name}.parquet").write_bytes(held)
    (tmp_path / "sources.toml").write_text(TABLE)
    return tmp_path


def row(record: Compiled, **wanted: object) -> dict[str, Any]:
    """The only rollcall that has these facts, with its roll by state."""
    frame = record.rollcalls.with_row_index("at")
    found = frame.filter(pl.lit(True), *(pl.col(k) == value for k, value in wanted.items()))
    assert found.height == 1, found
    facts = found.row(0, named=True)
    marks = record.choices[facts["at"]].tolist()
    return {**facts, "roll_of": dict(zip(states.codes(), map(Choice, marks), strict=True))}


def tally(facts: dict[str, Any]) -> tuple[int, int, int, int]:
    return (facts["yes"], facts["no"], facts["abstain"], facts["non_voting"])


def test_compile_breaks_no_invariant(record: Compiled) -> None:
    assert breaches(record.rollcalls, record.choices) == []


def test_compile_has_every_part(record: Compiled) -> None:
    counts = record.manifest["counts"]
    assert record.choices.shape == (record.rollcalls.height, len(states.codes()))
    assert record.choices.dtype == np.int8
    assert counts["GA"]["rollcalls"] > 8_400
    assert counts["SC"]["rollcalls"] > 3_000
    assert counts["GA"]["casts"] + counts["SC"]["casts"] > 1_100_000
    assert counts["quarantined"] == record.quarantine.height == 24
    assert counts["unresolved"] == 2


def test_compile_sorts_by_day_chamber_and_id(record: Compiled) -> None:
    keys = record.rollcalls.select("date", "chamber", "id").rows()
    assert keys == sorted(keys)
    assert record.rollcalls["id"].is_unique().all()


def test_compile_is_the_same_again(record: Compiled) -> None:
    again = compile_record(SOURCES_FILE, shared("data"))
    assert content_hash(again) == content_hash(record)
    assert json.dumps(again.manifest) == json.dumps(record.manifest)


def test_compile_made_the_record_that_ships(record: Compiled) -> None:
    shipped = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))
    assert shipped["hash"] == content_hash(record), "run `make record`"


@pytest.mark.parametrize(
    ("symbol", "totals"),
    [
        ("A/RES/ES-11/7", (93, 18, 65, 17)),
        ("A/RES/ES-11/8", (93, 8, 73, 19)),
        ("A/RES/ES-11/1", (141, 5, 35, 12)),
        ("A/RES/ES-10/19", (128, 9, 35, 21)),
        ("A/RES/3379(XXX)", (72, 35, 32, 3)),
        ("A/RES/2758(XXVI)", (76, 35, 17, 3)),
        ("A/RES/181(II)[A]", (33, 13, 10, 1)),
        ("A/RES/377(V)[A-C]", (52, 5, 2, 1)),
        ("S/RES/2774(2025)", (10, 0, 5, 0)),
    ],
)
def test_compile_has_the_known_tallies(
    record: Compiled, symbol: str, totals: tuple[int, int, int, int]
) -> None:
    assert tally(row(record, symbol=symbol, kind="resolution")) == totals


def test_compile_has_the_rolls_of_february_2025(record: Compiled) -> None:
    ukraine = row(record, symbol="A/RES/ES-11/7")
    assert {ukraine["roll_of"][code] for code in ("USA", "RUS", "ISR", "HUN")} == {Choice.NO}
    assert {ukraine["roll_of"][code] for code in ("CHN", "IND")} == {Choice.ABSTAIN}
    assert {ukraine["roll_of"][code] for code in ("FRA", "GBR", "UKR")} == {Choice.YES}
    peace = row(record, symbol="A/RES/ES-11/8")
    assert (peace["roll_of"]["USA"], peace["roll_of"]["RUS"]) == (Choice.ABSTAIN, Choice.NO)
    assert (peace["draft"], peace["sponsors"]) == ("A/ES-11/L.11", ["USA"])
    council = row(record, symbol="S/RES/2774(2025)")
    assert (council["draft"], council["sponsors"]) == ("S/2025/112", ["USA"])


@pytest.mark.parametrize(
    ("number", "outcome", "totals"),
    [
        (114, "rejected", (6, 1, 8, 0)),
        (115, "vetoed", (9, 1, 5, 0)),
        (116, "vetoed", (11, 1, 3, 0)),
        (117, "rejected", (4, 6, 5, 0)),
        (118, "rejected", (1, 7, 7, 0)),
    ],
)
def test_compile_has_the_councils_amendments(
    record: Compiled, number: int, outcome: str, totals: tuple[int, int, int, int]
) -> None:
    facts = row(record, id=f"SC-2025-{number}")
    assert (facts["kind"], facts["outcome"], facts["meeting"]) == (
        "amendment",
        outcome,
        "S/PV.9866",
    )
    assert tally(facts) == totals
    assert facts["sponsors"]


def test_compile_has_every_council_resolution(record: Compiled) -> None:
    symbols = record.rollcalls.filter(chamber="SC", kind="resolution")["symbol"]
    numbers = symbols.str.extract(r"S/RES/(\d+)").cast(pl.Int64).sort().to_list()
    assert numbers == [*range(1, 2797), 2798]


def test_compile_dates_the_councils_resolutions_in_the_order_of_their_numbers(
    record: Compiled,
) -> None:
    held = record.rollcalls.filter(chamber="SC", kind="resolution")
    held = held.sort(pl.col("symbol").str.extract(r"S/RES/(\d+)").cast(pl.Int64))
    assert held["date"].is_sorted()
    assert held.filter(~pl.col("date_exact"))["symbol"].to_list() == [
        "S/RES/451(1979)",
        "S/RES/593(1986)",
    ]


@pytest.mark.parametrize(
    ("symbol", "day", "meeting"),
    [
        ("S/RES/840(1993)", date(1993, 6, 15), "S/PV.3237"),
        ("S/RES/857(1993)", date(1993, 8, 20), "S/PV.3265"),
    ],
)
def test_compile_takes_two_days_from_the_hand_table(
    record: Compiled, symbol: str, day: date, meeting: str
) -> None:
    facts = row(record, symbol=symbol)
    assert (facts["date"], facts["date_exact"], facts["meeting"]) == (day, True, meeting)
    assert facts["note"] is None


@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_compile_has_no_vote_before_the_assembly_first_met(record: Compiled, number: int) -> None:
    facts = row(record, id=f"VOETEN-{number}")
    assert (facts["date"], facts["date_exact"]) == (date(1946, 1, 10), False)


@pytest.mark.parametrize("number", [1110, 1111])
def test_compile_has_no_vote_of_fiji_before_its_admission(record: Compiled, number: int) -> None:
    facts = row(record, id=f"VOETEN-{number}")
    assert (facts["roll"], facts["no"], facts["members"]) == ("full", 24, 126)
    assert facts["roll_of"]["FJI"] is Choice.NOT_MEMBER
    listed = record.disagreements.filter(rollcall=facts["id"])
    assert listed.select("field", "other", "rule").rows() == [("cast:FJI", "no", "beyond-totals")]


@pytest.mark.parametrize(
    ("key", "rollcall"),
    [
        ("5696", "UNDL-479328"),  # A/RES/57/59, put as orally amended
        ("5700", "UNDL-479341"),  # A/RES/57/78, the same
        ("5763", "UNDL-562929"),  # A/RES/60/112, the same
        ("5884", "UNDL-700454"),  # A/RES/65/206, put among others that had an amendment
        ("3094", "UNDL-280813"),  # 41/209E, section V
        ("3097", "UNDL-280817"),  # 41/209I, section IX
    ],
)
def test_compile_has_a_vote_of_both_sources_once(record: Compiled, key: str, rollcall: str) -> None:
    listed = record.sources.filter(source="voeten", source_key=key)
    assert listed["rollcall"].to_list() == [rollcall]


def test_compile_mends_symbols_that_cannot_be(record: Compiled) -> None:
    assert row(record, id="VOETEN-5924")["symbol"] == "A/RES/67/46"
    assert row(record, id="UNDL-626865")["symbol"] == "A/RES/36/235IX"
    assert record.rollcalls.filter(pl.col("meeting").str.contains("//")).is_empty()


def test_compile_has_every_veto_once(record: Compiled) -> None:
    listed = record.sources.filter(source="veto-list")
    assert listed.height == listed["source_key"].n_unique() == 214
    assert listed["rollcall"].n_unique() == 214


def test_compile_has_no_roll_where_nobody_was_counted(record: Compiled) -> None:
    silent = record.rollcalls.filter(roll="none")
    assert set(silent["modality"]) <= {"unstated", "without_vote", "recorded"}
    assert silent.filter(pl.col("yes").is_not_null()).height <= 2  # of the hand table
    assert row(record, symbol="A/RES/39/28A")["modality"] == "without_vote"


def test_compile_has_every_session(record: Compiled) -> None:
    ordinary = record.rollcalls.filter(chamber="GA")["session"].str.extract(r"^(\d+)$").cast(int)
    held = ordinary.drop_nulls().value_counts().sort("session")
    assert held["session"].to_list() == list(range(1, 81))
    assert held["count"].min() is not None
    assert set(record.rollcalls.filter(chamber="GA")["session"]) >= {"ES-11", "ES-10", "S-5"}


def test_compile_knows_the_source_of_every_rollcall(record: Compiled) -> None:
    assert set(record.sources["rollcall"]) == set(record.rollcalls["id"])
    assert set(record.disagreements["rollcall"]) <= set(record.rollcalls["id"])


def test_compile_writes_down_every_rule_it_used(record: Compiled) -> None:
    used = {rule["id"]: rule["used"] for rule in record.manifest["rules"]}
    assert set(used) == set(rules())
    assert set(record.disagreements["rule"]) <= set(used)
    assert [name for name, times in used.items() if not times] == []


def test_compile_says_how_far_it_reaches(record: Compiled) -> None:
    assert record.manifest["complete_to"] == {"GA": "2025-10-29", "SC": "2025-10-30"}
    assert record.manifest["failed_complete_to"] == {"GA": "2017-12-24", "SC": "2025-06-04"}


def test_compile_has_votes_that_only_voeten_has_in_the_sessions_that_it_says(
    record: Compiled,
) -> None:
    own = record.rollcalls.filter(pl.col("id").str.starts_with("VOETEN-"))
    held = own.filter(pl.col("session").str.contains(r"^\d+$"))["session"].cast(pl.Int64)
    rich = {*range(1, 30), *range(52, 68), 71, 72}
    assert set(held) >= rich
    assert held.filter(~held.is_in(sorted(rich))).len() == 24
    assert held.filter(held.is_between(68, 70) | (held > 72)).len() == 0
    assert any("30th to 51st session but for 24" in gap for gap in record.manifest["gaps"])


def test_compile_describes_its_sources(record: Compiled) -> None:
    sources = record.manifest["sources"]
    assert {source["id"] for source in sources} == set(record.sources["source"])
    for source in sources:
        assert all(source[key] for key in ("title", "publisher", "url", "licence", "coverage"))
        assert all(len(file["sha256"]) == 64 and file["bytes"] for file in source["files"])


def test_compile_reads_a_small_table(small: Path) -> None:
    made = compile_record(small / "sources.toml", small)
    facts = row(made, id="UNDL-7")
    assert (facts["date"], facts["roll"], facts["tally_from"]) == (
        date(1994, 5, 4),
        "partial",
        "none",
    )
    assert facts["roll_of"]["USA"] is Choice.YES
    assert facts["roll_of"]["BRA"] is Choice.NOT_RECORDED
    assert facts["roll_of"]["DEU"] is Choice.NOT_MEMBER


def test_compile_of_no_source_is_empty(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("source = []")
    made = compile_record(tmp_path / "sources.toml", tmp_path)
    assert (made.rollcalls.height, made.choices.shape) == (0, (0, len(states.codes())))


@pytest.mark.parametrize(
    ("broken", "error", "said"),
    [
        (lambda folder: (folder / "votes.parquet").unlink(), UsageError, "votes.parquet: missing"),
        (lambda folder: (folder / "sources.toml").unlink(), UsageError, "no such table"),
        (lambda folder: cut(folder / "votes.parquet"), SourceError, "cut or damaged"),
        (lambda folder: swap(folder, "[[source]]", "[[sauce]]"), SourceError, "not a table"),
        (lambda folder: swap(folder, "]]", "]"), SourceError, "not a table"),
        (lambda folder: swap(folder, '"undl"', '"hearsay"'), SourceError, "'hearsay' is repeated"),
        (lambda folder: swap(folder, TABLE, TABLE + TABLE), SourceError, "'undl' is repeated"),
        (lambda folder: swap(folder, "votes =", "roll ="), SourceError, "lack the role 'votes'"),
        (lambda folder: swap(folder, "id =", "name ="), SourceError, "lacks id"),
        (lambda folder: swap(folder, "read =", "seen ="), SourceError, "lacks read"),
        (lambda folder: swap(folder, "files =", "file ="), SourceError, "lacks files"),
        (lambda folder: swap(folder, '"votes.parquet"', "7"), SourceError, "are texts"),
        (lambda folder: swap(folder, TABLE, "gaps = 7\n" + TABLE), SourceError, "gaps are"),
        (lambda folder: swap(folder, TABLE, "source = [1]"), SourceError, "not a table"),
        (lambda folder: swap(folder, TABLE, "a = " + "[" * 20_000), SourceError, "not a table"),
    ],
)
def test_compile_says_what_is_wrong(
    small: Path, broken: Callable[[Path], object], error: type[Exception], said: str
) -> None:
    broken(small)
    with pytest.raises(error, match=said):
        compile_record(small / "sources.toml", small)


def test_compile_names_the_folder_that_lacks_the_real_files(tmp_path: Path) -> None:
    table = shutil.copy(SOURCES_FILE, tmp_path)
    with pytest.raises(UsageError, match=r"rollcalls\.parquet: missing"):
        compile_record(Path(table), tmp_path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def swap(folder: Path, old: str, new: str) -> None:
    table = folder / "sources.toml"
    table.write_text(table.read_text().replace(old, new))
