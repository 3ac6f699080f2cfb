"""What a person sees in a window of 60, 80 and 120 columns, through a terminal of that width."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from tests.conftest import ROOT
from votewire.cli.screen import cells

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

PAGE = ROOT / "examples" / "assembly-and-council.txt"
COMMANDS = [
    "record list --state India --since 2025",
    "record problems --top 20",
    "record problems --kind quarantine",
    'record sql "SELECT * FROM rollcalls LIMIT 3"',
    "record info",
    "record show 2774",
    "vetoes --since 2022",
    "topics",
    "topics ukraine",
    "chains --topic nuclear",
    "splits NATO ES-11/7 --all",
    "splits EU --top 5",
    "surprise --top 5",
    "surprise ES-11/7 --top 5",
    "shifts --state Russia --top 5",
    "rule --unexplained --top 20",
    "groups",
    "friends India",
    f"check {PAGE}",
    f"read {PAGE}",
    "config",
    "record list --state India --since 2025 --csv",
]
COLOUR = re.compile(r"\x1b\[[\d;]*m")  # takes no column
UNBREAKABLE = re.compile(r"\s*(https?://\S+|[0-9a-f]{64}|/\S+)$")  # addresses, hashes, paths
TITLE = "Advancing a comprehensive, just and lasting peace in Ukraine"


@pytest.fixture(scope="module", params=[60, 80, 120])
def seen(request: pytest.FixtureRequest) -> tuple[int, dict[str, list[str]]]:
    """The width, and what each command prints on a terminal of that width."""
    from tests.cli.terminal import on_terminal

    printed = on_terminal([shlex.split(command) for command in COMMANDS], request.param)
    plain = ([COLOUR.sub("", line) for line in lines] for lines in printed)
    return request.param, dict(zip(COMMANDS, plain, strict=True))


def test_on_a_terminal_no_line_is_wider(seen: tuple[int, dict[str, list[str]]]) -> None:
    columns, printed = seen
    for command, lines in printed.items():
        if "--csv" not in command:
            long = [line for line in lines if cells(line) > columns]
            assert [line for line in long if not UNBREAKABLE.match(line)] == [], command


def test_on_a_terminal_lines_are_as_long_as_it_is_wide(
    seen: tuple[int, dict[str, list[str]]],
) -> None:
    columns, printed = seen
    assert any(line.startswith(" 1 ✓ SUPPORTED     ") for line in printed[f"check {PAGE}"])
    for command in ("record show 2774", f"check {PAGE}", "friends India"):
        assert columns - 12 < max(map(cells, printed[command])) <= columns


def test_on_a_terminal_every_column_is_shown_or_named(
    seen: tuple[int, dict[str, list[str]]],
) -> None:
    columns, printed = seen
    text = " ".join(" ".join(printed["record list --state India --since 2025"]).split())
    for name in ("date", "symbol", "kind", "yes", "no", "abstain", "choice", "title", "chamber"):
        assert name in text
    assert TITLE[: 24 if columns == 120 else columns - 10] in text
    assert ("In every row: chamber GA, outcome adopted." in text) == (columns < 120)


def test_on_a_terminal_data_for_programs_is_not_fitted(
    seen: tuple[int, dict[str, list[str]]],
) -> None:
    rows = seen[1][COMMANDS[-1]]
    assert rows[0].startswith("id,chamber,session,date,date_exact,symbol,")
    assert max(map(len, rows)) > 120
