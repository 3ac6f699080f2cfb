from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import Shell
from votewire.cli.output import as_json
from votewire.cli.terminal import in_json, one_line, shown, tell

OBEYED = (
    *map(chr, range(32)),
    *map(chr, range(0x7F, 0xA0)),
    *("\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
    *("\u2066", "\u2067", "\u2068", "\u2069", "\ud800", "\udce9"),
)
TEXT = st.text(st.characters() | st.sampled_from(OBEYED))


@given(TEXT)
def test_shown_leaves_nothing_that_a_terminal_obeys(text: str) -> None:
    assert set(shown(text)).isdisjoint(set(OBEYED) - {"\t", "\n"})
    assert set(one_line(text)).isdisjoint(OBEYED)
    shown(text).encode()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"))))
def test_shown_changes_nothing_else(text: str) -> None:
    assert shown(text) == one_line(text) == text


@pytest.mark.parametrize(
    "text", ["बांग्ला\u200dदेश", "Ko\u0308ln", "👩\u200d🚀", "مصر\u200f", "a\u00a0b"]
)
def test_shown_keeps_what_writing_needs(text: str) -> None:
    assert shown(text) == text


@given(TEXT)
def test_json_says_the_same_without_what_a_terminal_obeys(text: str) -> None:
    written = as_json({"text": text})
    assert set(written).isdisjoint(set(OBEYED) - {"\n"})
    assert json.loads(written) == {"text": text}
    assert in_json(written) == written


def test_tell_keeps_both_ends_of_a_long_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell(f"votewire: {'x' * 5_000}: no such file.\nGive another.")
    line = capsys.readouterr().err
    assert line.startswith("votewire: xxx")
    assert line.endswith("x: no such file.\\nGive another.\n")
    assert len(line) < 1_010


HOSTILE = (
    "GENEVA, Feb 24 (Reuters) - \x1b[31mRussia\x1b]0;owned\x07 voted\x9b2J against A/RES/ES-11/7 "
    "on 24 February 2025 \u202egnihton\u2066.\n\nThe U\x08S voted against A/RES/ES-11/7.\r\n"
)


@pytest.mark.parametrize("command", ["check", "read"])
def test_a_page_reaches_the_terminal_as_letters(shell: Shell, command: str) -> None:
    ran = shell(command, "-", stdin=HOSTILE.encode())
    assert ran.status in (0, 1)
    assert set(ran.out).isdisjoint(set(OBEYED) - {"\n"})
    told = shell(command, "-", "--json", stdin=HOSTILE.encode()).out
    assert set(told).isdisjoint(set(OBEYED) - {"\n"})
    assert json.loads(told)
