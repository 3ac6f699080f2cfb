"""Tables: in full into a pipe; on a terminal as wide as it, with a word for what has no room."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from votewire.cli.screen import cells
from votewire.cli.tables import as_table

VOTES = pl.DataFrame(
    {
        "id": ["UNDL-1", "UNDL-2"],
        "chamber": ["GA", "GA"],
        "symbol": ["A/RES/ES-11/7", "A/RES/79/284"],
        "kind": ["resolution", "draft"],
        "yes": [93, 140],
        "abstain": [65, 3],
        "title": [
            "Advancing a comprehensive, just and lasting peace in Ukraine after three years",
            "Cooperation between the United Nations and the Council of Europe",
        ],
    }
)


def test_tables_into_a_pipe_have_every_column() -> None:
    lines = as_table(VOTES).splitlines()
    assert lines[0].split() == VOTES.columns
    assert lines[2].endswith("Advancing a comprehensive, just and lasting peace in Ukrain…")
    assert len(lines) == 4


def test_tables_on_a_wide_terminal_cut_nothing() -> None:
    text = as_table(VOTES, 200)
    assert all(title in text for title in VOTES["title"])


def test_tables_shorten_titles_first() -> None:
    lines = as_table(VOTES, 90).splitlines()
    assert lines[0].split() == VOTES.columns
    assert max(map(cells, lines)) == 90
    assert "A/RES/79/284" in lines[3]


def test_tables_say_what_is_the_same_in_every_row_and_put_titles_below() -> None:
    lines = as_table(VOTES, 50).splitlines()
    assert lines[:2] == ["symbol         kind        yes  abstain", "  title"]
    assert lines[3:5] == [
        "A/RES/ES-11/7  resolution  93   65",
        "  Advancing a comprehensive, just and lasting pea…",
    ]
    assert lines[-2:] == [
        "In every row: chamber GA.",
        "No room here for id; --csv prints every column.",
    ]


def test_tables_keep_the_code_of_a_state_where_no_name_stands_beside_it() -> None:
    figures = {f"figure_{number}": [1.125, 2.25] for number in range(6)}
    coded = as_table(pl.DataFrame({"state": ["USA", "RUS"], **figures}), 40)
    assert coded.startswith("state ")
    named = {"state": ["USA", "RUS"], "name": ["United States", "Russia"], **figures}
    assert as_table(pl.DataFrame(named), 40).startswith("name ")


@pytest.mark.parametrize(
    "title",
    [
        "संयुक्त राष्ट्र महासभा में भारत ने मतदान में भाग नहीं लिया और रूस ने विरोध किया",
        "安全理事会今天通过决议草案要求立即停火并撤出所有军队 以及 恢复谈判进程",
    ],
)
def test_tables_measure_wide_characters_and_marks(title: str) -> None:
    table = pl.DataFrame({"title": [title, "x " * 30], "yes": [93, 1]})
    head, rule, first, second = as_table(table, 40).splitlines()
    where = cells(head) - len("yes")
    assert cells(first) == where + 2
    assert cells(first.removesuffix("93")) == where
    assert rule[where:] == "---"
    assert first.startswith(title[:8])
    assert "…" in first
    assert max(map(cells, (head, rule, first, second))) <= 40


words = st.text(st.sampled_from("ab é1नि中ठक्"), max_size=70)


@given(
    st.lists(st.tuples(words, words, st.integers(0, 999)), min_size=1, max_size=4),
    st.integers(40, 200),
)
@example([("", "1" * 17, 0), ("1" * 10 + "िि中中中 ि", "", 100)], 40)
def test_tables_are_never_wider_than_the_terminal(
    rows: list[tuple[str, str, int]], room: int
) -> None:
    frame = pl.DataFrame(rows, schema=["symbol", "title", "yes"], orient="row")
    text = as_table(frame, room)
    assert max(map(cells, text.splitlines())) <= room
    told = text.replace("\n", " ")
    for name in frame.columns:
        assert name in told
