"""Two votes of one's own, on an installation without the extra `fit`: every command goes on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests import own_votes
from tests.cli.running import Shell
from tests.conftest import ROOT

LEFT_OUT = "of the shipped record, without your 2 votes."
COMPILED = ("fitting", "sweeps", "kernels", "posterior", "sampling", "bsv", "placebo")
PAGE = """UNITED NATIONS, Feb 25 2025

On Monday the General Assembly adopted resolution ES-11/7 by 93 votes to 18. The United States
voted against it with Russia, while Britain and France voted in favour.

The votes, on the third anniversary of the war in Ukraine, highlighted the dramatic shift in
Washington's position since President Donald Trump took office in January.
"""


@pytest.fixture
def own(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The shell after two additions, without numba and scipy."""
    for path in own_votes.files(tmp_path):
        added = shell("record", "add", str(path))
        assert (added.status, added.out[:5]) == (0, "1 new")
    for name in list(sys.modules):
        if name.startswith(tuple(f"votewire.positions.{part}" for part in COMPILED)):
            monkeypatch.delitem(sys.modules, name)
    for name in ("numba", "llvmlite", "scipy", "threadpoolctl"):
        monkeypatch.setitem(sys.modules, name, None)
    return shell


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("positions show USA --since 2020", "Positions are"),
        ("positions rank --session 79", "Positions are"),
        ("positions diagnose", "Positions are"),
        ("shifts --state USA", "Positions are"),
        ("shifts --state USA --drivers", "Positions are"),
        ("surprise A/RES/ES-11/7", "Surprises are"),
        ("surprise --state USA", "Surprises are"),
        ("forecast A/RES/77/229", "The forecast is"),
    ],
)
def test_own_votes_commands_answer_from_the_shipped_models(
    own: Shell, words: str, figures: str
) -> None:
    ran = own(*words.split())
    assert (ran.status, ran.err) == (0, "")
    assert f"\n{figures} {LEFT_OUT}\n" in ran.out
    assert f"{figures} {LEFT_OUT}" in json.loads(own(*words.split(), "--json").out)["told"]
    assert "without your 2 votes" in own(*words.split(), "--csv").err


def test_own_votes_a_fit_of_them_is_made_where_it_is_asked_for(own: Shell) -> None:
    ran = own("positions", "fit")
    assert ran.status == 2
    assert "pip install 'votewire[fit]'" in ran.err


def test_own_votes_counting_takes_them_in(own: Shell) -> None:
    ran = own("agree", "USA", "India", "--since", "2026-10-05", "--json")
    assert json.loads(ran.out)["table"][0]["n"] == 1
    assert "without your" not in ran.out


def test_own_votes_a_check_says_what_its_measures_leave_out(own: Shell, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    ran = own("check", str(page))
    assert LEFT_OUT in " ".join(ran.out.split())
    own("record", "undo")
    own("record", "undo")
    assert "without your" not in own("check", str(page)).out


def test_own_votes_the_example_of_the_readme_is_checked_as_before(own: Shell) -> None:
    ran = own("check", str(ROOT / "examples" / "assembly-and-council.txt"))
    assert ran.status == 1
    assert "27 claims: 25 supported, 1 contradicted, 1 measured." in ran.out
