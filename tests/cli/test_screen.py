"""Text wrapped by what it takes on a terminal."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.cli.screen import cells, columns, wrapped
from votewire.cli.terminal import note

HINDI = "संयुक्त राष्ट्र महासभा में भारत ने मतदान में भाग नहीं लिया"
CHINESE = "安全理事会今天通过决议草案要求立即停火"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", 0),
        ("Côte d’Ivoire", 13),
        ("Türkiye…", 8),
        ("भारत", 3),
        ("安理会", 6),
        ("e\u0301", 1),
        ("🇮🇳", 2),
    ],
)
def test_screen_cells_are_those_of_a_terminal(text: str, taken: int) -> None:
    assert cells(text) == taken


def test_screen_keeps_figures_symbols_and_addresses_whole() -> None:
    text = "On A/RES/ES-11/7 it was a surprise of 9.2 bits (90 % interval 8.7 to 9.7)."
    for room in range(20, 80):
        lines = wrapped(text, room)
        assert " ".join(lines) == text
        assert any("A/RES/ES-11/7" in line for line in lines)
        assert any("90 %" in line for line in lines)
    address = "https://digitallibrary.un.org/record/4076672"
    assert wrapped(f"see {address}", 20) == ["see", address]


@pytest.mark.parametrize("text", [f"{HINDI} " * 4, CHINESE * 6, f"{CHINESE} Ukraine {HINDI} " * 3])
def test_screen_wraps_other_scripts_by_what_they_take(text: str) -> None:
    for room in (40, 60, 80):
        lines = wrapped(text, room, indent="  ", hanging="    ")
        assert max(map(cells, lines)) <= room
        assert min(map(cells, lines[:-1])) > room // 2
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_screen_without_a_terminal_has_one_width() -> None:
    text = "word " * 60
    assert max(map(len, wrapped(text, None))) == 99
    assert max(map(len, wrapped(text, None, piped=96))) == 94


@given(st.lists(st.text(st.sampled_from("abc-é中ि"), min_size=1, max_size=9)), st.integers(40, 200))
def test_screen_loses_no_word(words: list[str], room: int) -> None:
    lines = wrapped(" ".join(words), room)
    assert "".join("".join(lines).split()) == "".join(words)
    assert all(cells(line) <= room for line in lines)


class Terminal(io.StringIO):
    """A terminal that does not know its width."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("said", "columns_"), [("70", 70), ("12", 40), ("900", 200), ("", 80), ("wide", 80)]
)
def test_screen_columns_are_those_that_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, said: str, columns_: int
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert columns() == columns_


def test_screen_has_no_columns_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert (columns(), columns(err=True)) == (None, 70)
    monkeypatch.setattr(sys, "stdout", None)
    assert columns() is None


def test_screen_notes_go_on_below_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Terminal()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stderr", told)
    note("Russia has the seat from 1991-12-24; before, it was the Soviet Union's: ask for SUN.")
    assert told.getvalue().splitlines() == [
        "note: Russia has the seat from",
        "1991-12-24; before, it was the Soviet",
        "Union's: ask for SUN.",
    ]
