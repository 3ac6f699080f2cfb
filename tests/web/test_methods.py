"""Definitions beside the numbers."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

import votewire
from votewire.web.methods import method_of, terms

SOURCE = Path(votewire.__file__).parent
QUESTION = re.compile(r'question=f?"([a-z_]+)')
NO_PANEL = {"question"}


def test_methods_explain_every_answer_that_there_is() -> None:
    asked = {
        name for path in SOURCE.rglob("*.py") for name in QUESTION.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 25
    assert {name for name in asked if method_of(name) is None} == set()


def test_methods_page_has_each_term_with_its_limits(client: TestClient) -> None:
    page = client.get("/methods").text
    for term in terms():
        assert f'id="{term.id}"' in page
        assert term.says
        assert term.cannot


def test_methods_ids_are_unique_and_questions_explained_once() -> None:
    ids = [term.id for term in terms()]
    named = [name for term in terms() for name in term.questions]
    assert len(ids) == len(set(ids))
    assert len(named) == len(set(named))


def test_methods_are_linked_from_each_panel(client: TestClient) -> None:
    page = client.get("/hi").text
    for term in ("rollcall", "surprise", "shift"):
        assert f'href="/hi/methods#{term}"' in page


def test_methods_are_data_too(client: TestClient) -> None:
    told = client.get("/methods.json").json()
    assert [term["id"] for term in told["terms"]] == [term.id for term in terms()]
