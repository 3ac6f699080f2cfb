from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from tests.conftest import shared
from votewire import open_record
from votewire.record import Record
from votewire.record.chains import _keyed, chain_table, chains, same_matter, same_text

Pair = tuple[int, int]


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


def row(record: Record, symbol: str) -> int:
    return record.row_of(record.rollcall(symbol).id)


def symbols(record: Record, rows: np.ndarray) -> list[str]:
    return record.rollcalls["symbol"].gather(rows).drop_nulls().to_list()


def test_chains_text_is_the_same_item_year_after_year(record: Record) -> None:
    rows = same_text(record, row(record, "A/RES/79/7"))
    found = record.rollcalls[rows]
    assert found["symbol"].to_list()[:2] == ["A/RES/47/19", "A/RES/48/16"]
    assert found["session"].to_list() == [str(n) for n in range(47, 81) if n != 76]
    assert found["yes"].to_list()[0] == 59


def test_chains_every_row_is_in_its_own_and_ids_are_first_rows(record: Record) -> None:
    ids = chains(record)
    assert (ids <= np.arange(len(record))).all()
    assert (ids[ids] == ids).all()
    for at in (0, 4000, len(record) - 1):
        assert at in same_text(record, at)
        assert at in same_matter(record, at)


def test_chains_hold_one_whole_text_of_a_session_and_chamber(record: Record) -> None:
    frame = record.rollcalls.with_columns(chain=pl.Series(chains(record)))
    recurring = frame.filter(pl.len().over("chain") > 1)
    assembly = recurring.filter(pl.col("chamber") == "GA")
    assert assembly.select("chain", "session").is_duplicated().sum() == 0
    assert set(recurring["kind"]) <= {"resolution", "decision", "draft"}
    assert recurring.group_by("chain").agg(pl.col("chamber").n_unique())["chamber"].max() == 1


def test_chains_parts_of_a_text_are_not_the_text(record: Record) -> None:
    parts = record.rollcalls["kind"].is_in(["paragraph", "amendment", "procedural"]).to_numpy()
    ids = chains(record)
    assert (ids[parts] == np.flatnonzero(parts)).all()


def test_chains_letters_of_parts_stay_apart(record: Record) -> None:
    one, two = (
        set(symbols(record, same_text(record, row(record, s))))
        for s in ("A/RES/41/46A", "A/RES/41/46B")
    )
    assert one == {"A/RES/41/46A", "A/RES/42/26A", "A/RES/43/63A"}
    assert two == {"A/RES/41/46B", "A/RES/42/26B", "A/RES/43/63B"}


def test_chains_a_letter_is_not_followed_where_the_rolls_speak_against_it(record: Record) -> None:
    # In 1978 and 1979 the parts of this report stood in another order.
    after = same_text(record, row(record, "A/RES/33/113[A]"))
    assert symbols(record, after) == ["A/RES/33/113[A]"]


def test_chains_links_as_a_plain_loop_does(record: Record) -> None:
    """All titles that one text of a session has; parts are linked by their rolls too."""
    keyed = _keyed(record).filter(pl.col("letter") == "").sort("order", "row")
    last: dict[tuple[str, str], tuple[int, int]] = {}
    expected = np.arange(len(record))
    for at, chamber, order, key, _ in keyed.iter_rows():
        before, first = last.get((chamber, key), (-99, at))
        first = first if order - before <= 5 else at
        last[chamber, key] = (order, first)
        expected[at] = first
    rows = keyed["row"].to_numpy()
    assert (chains(record)[rows] == expected[rows]).all()


def test_chains_table_has_the_longest_first(record: Record) -> None:
    table = chain_table(record)
    assert table["rollcalls"].is_sorted(descending=True)
    assert table["rollcalls"].min() == 2
    longest = table.filter(pl.col("chamber") == "GA").row(0, named=True)
    assert longest["title"].startswith("Implementation of the Declaration on the Granting")
    assert longest["rollcalls"] == len(longest["rows"])


def test_chains_matter_of_an_emergency_session_is_its_item(record: Record) -> None:
    rows = same_matter(record, row(record, "A/RES/ES-11/7"))
    assert set(record.rollcalls["session"].gather(rows)) == {"ES-11"}
    assert symbols(record, rows) == [f"A/RES/ES-11/{n}" for n in range(1, 9)]
    assert len(rows) == 12  # and the four amendments of 24 February 2025


@pytest.mark.parametrize("symbol", ["A/RES/77/229", "A/RES/78/220", "A/RES/75/177", "2774"])
def test_chains_matter_holds_the_text_and_is_sorted(record: Record, symbol: str) -> None:
    at = row(record, symbol)
    matter = same_matter(record, at)
    assert set(same_text(record, at)) <= set(matter)
    assert (np.diff(matter) > 0).all()


def test_chains_matter_is_the_country_and_not_the_whole_item(record: Record) -> None:
    rows = same_matter(record, row(record, "A/RES/77/229"))
    titles = record.rollcalls["title"].gather(rows)
    assert titles.str.contains("Ukraine").all()
    assert 8 <= len(rows) <= 20


def test_chains_matter_of_the_council_is_the_situation(record: Record) -> None:
    rows = same_matter(record, row(record, "2774"))
    found = record.rollcalls[rows]
    assert set(found["chamber"]) == {"SC"}
    assert "Amendment to S/2025/112: the root causes of the conflict" in found["title"].to_list()


def published(record: Record) -> set[Pair]:
    """Rows of the recurring texts that Voeten published, one session and the next."""
    matches = pl.read_csv(shared("data/idealpoints/Matches.csv"))
    of = record.sources.filter(pl.col("source") == "voeten")
    ids = dict(zip(of["source_key"], of["rollcall"], strict=True))
    known = {str(key): record.row_of(ids[key]) for key in ids}
    pairs = zip(matches["rcid1"].cast(str), matches["rcid2"].cast(str), strict=True)
    return {(known[a], known[b]) for a, b in pairs if a in known and b in known}


def linked(record: Record) -> Iterator[Pair]:
    """Rows of one chain in a session of the Assembly and the next, to Voeten's last one."""
    sessions = record.rollcalls["session"].cast(pl.Int32, strict=False).to_list()
    assembly = chain_table(record).filter(pl.col("chamber") == "GA")
    for rows in assembly["rows"].to_list():
        for a, b in pairwise(rows):
            if sessions[b] - sessions[a] == 1 and sessions[b] <= 74:
                yield a, b


def test_chains_agree_with_the_published_matches(record: Record) -> None:
    theirs, ours = published(record), set(linked(record))
    both = theirs & ours
    starts, ends = {a for a, _ in theirs}, {b for _, b in theirs}
    against = {(a, b) for a, b in ours - theirs if a in starts or b in ends}
    assert len(theirs) > 900
    assert len(both) / len(theirs) > 0.87
    assert len(both) / (len(both) + len(against)) > 0.985
    since = {pair for pair in theirs if record.days[pair[1]] >= np.datetime64("2000-01-01")}
    assert len(since & ours) / len(since) > 0.97
