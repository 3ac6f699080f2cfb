"""The examples of docs/reference/states.md give what they show."""

from __future__ import annotations

import doctest

from tests.conftest import ROOT
from votewire.states import groups
from votewire.states.datafiles import read_table


def test_reference_examples_give_what_they_show() -> None:
    page = ROOT / "docs" / "reference" / "states.md"
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried > 10
    assert failed == 0


def test_reference_names_every_group() -> None:
    page = (ROOT / "docs" / "reference" / "states.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `AFRICAN_UNION`")]
    with_members, is_open = rows[0].strip("|").split("|")
    table = read_table("groups")
    for group_id in groups():
        assert f"`{group_id}`" in (is_open if table[group_id].get("open") else with_members)
