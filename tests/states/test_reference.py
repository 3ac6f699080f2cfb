"""The examples of docs/reference/states.md give what they show."""

from __future__ import annotations

import doctest

from tests.conftest import ROOT
from votewire.states import groups


def test_reference_examples_give_what_they_show() -> None:
    page = ROOT / "docs" / "reference" / "states.md"
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried > 10
    assert failed == 0


def test_reference_names_every_group() -> None:
    page = (ROOT / "docs" / "reference" / "groups.md").read_text(encoding="utf-8")
    assert [group_id for group_id in groups() if f"`{group_id}`" not in page] == []
