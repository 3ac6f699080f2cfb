"""The site over two votes of the user's own: every page answers, and says what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests import own_votes
from votewire.config import Settings
from votewire.pipeline import add_files
from votewire.positions import expected, ready
from votewire.web import create_app

LEFT_OUT = "of the shipped record, without your 2 votes."


def never(*given: object, **settings: object) -> Any:
    raise AssertionError("made")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A site on which no model may be made."""
    folder: Path = tmp_path_factory.mktemp("own")
    settings = Settings(data_dir=folder / "data", checks_per_minute=0)
    for path in own_votes.files(folder):
        add_files([path], settings, today=date(2026, 11, 1))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ready, "fit", never)
        patched.setattr(expected, "expect", never)
        with TestClient(create_app(settings), follow_redirects=False) as made:
            yield made


@pytest.mark.parametrize(
    ("address", "panel", "figures"),
    [
        ("/positions", "groups", "Positions are"),
        ("/shifts", "shifts", "Positions are"),
        ("/states", "states", "Positions are"),
        ("/states/USA", "position", "Positions are"),
        ("/states/USA", "surprising", "Surprises are"),
        ("/votes/A/RES/ES-11/7", "surprise", "Surprises are"),
    ],
)
def test_own_votes_pages_say_what_they_leave_out(
    own: TestClient, address: str, panel: str, figures: str
) -> None:
    found = own.get(f"{address}.json")
    assert found.status_code == 200
    assert found.json()["panels"][panel]["told"][-1] == f"{figures} {LEFT_OUT}"
    assert LEFT_OUT in own.get(address).text


@pytest.mark.parametrize("address", ["/", "/compare?a=USA&b=RUS", "/votes?text=made+for+this+test"])
def test_own_votes_the_other_pages_answer(own: TestClient, address: str) -> None:
    assert own.get(address).status_code == 200


def test_own_votes_have_a_page_that_says_why_nothing_was_expected(own: TestClient) -> None:
    found = own.get("/votes/A/RES/81/1.json").json()
    assert "surprise" not in found["panels"]
    assert "votewire surprise A/RES/81/1" in found["missing"]["surprise"]
