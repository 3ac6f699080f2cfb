"""Two sides beside each other."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire import blocs
from votewire.record import Selection

NAMES = {each.value.replace("-", "_"): each for each in blocs.Definition}


def test_compare_without_sides_is_a_form(client: TestClient) -> None:
    page = client.get("/compare")
    assert page.status_code == 200
    assert '<datalist id="sides">' in page.text
    assert '<option value="Hungary">HUN</option>' in page.text
    assert client.get("/compare.json").json()["panels"] == {}


@pytest.mark.parametrize("name", list(NAMES))
def test_compare_gives_the_figures_of_the_command(
    client: TestClient, app: FastAPI, name: str
) -> None:
    asked = f"a=USA&b=RUS&definition={name}&since=2022"
    found = client.get(f"/compare.json?{asked}").json()
    within = Selection(since=date(2022, 1, 1))
    expected = blocs.agree(
        app.state.site.record, "USA", "RUS", within=within, by="year", definition=NAMES[name]
    )
    told = found["panels"]["agreement"]
    assert told["value"] == pytest.approx(expected.facts["value"])
    assert told["n"] == expected.facts["n"]
    assert [row["n"] for row in told["table"]] == expected.table["n"].to_list()
    every = {row["definition"]: row for row in found["panels"]["definitions"]["table"]}
    row = every[name.replace("_", "-")]
    assert (row["n"], row["low"]) == (told["n"], pytest.approx(told["low"]))


def test_compare_takes_names_and_a_group(client: TestClient) -> None:
    found = client.get("/compare.json?a=Hungary&b=European Union&since=2020").json()
    assert (found["a"], found["b"]) == ("HUN", "EU")
    assert {row["a"] for row in found["panels"]["opposite"]["table"]} <= {"yes", "no"}
    page = client.get("/compare?a=Hungary&b=European Union&since=2020").text
    assert 'value="Hungary"' in page
    assert 'href="/groups/EU"' in page


def test_compare_lists_only_votes_on_which_they_chose_opposite(
    client: TestClient, app: FastAPI
) -> None:
    rows = client.get("/compare.json?a=USA&b=RUS").json()["panels"]["opposite"]["table"]
    record = app.state.site.record
    for row in rows[:10]:
        casts = record.rollcall(row["id"]).casts
        chosen = {casts["USA"].label, casts["RUS"].label}
        assert chosen == {"yes", "no"} == {row["a"], row["b"]}
    days = [row["date"] for row in rows]
    assert days == sorted(days, reverse=True)


def test_compare_tells_who_held_the_seat_before(client: TestClient) -> None:
    notes = client.get("/compare.json?a=USA&b=Russia").json()["notes"]
    assert any("ask for SUN" in note for note in notes)
    both = client.get("/compare.json?a=USA&b=NAM&since=2024").json()["notes"]
    assert any("Non-Aligned Movement" in note for note in both)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("a=USA&b=Atlantis", 404),
        ("a=EU&b=NATO", 400),
        ("a=USA&b=usa", 400),
        ("a=USA&b=RUS&definition=cosine", 400),
        ("a=USA&b=RUS&since=2024&until=2020", 400),
        ("a=USA&b=RUS&topic=cheese", 404),
    ],
)
def test_compare_refuses_with_the_right_status(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"/compare.json?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_compare_of_states_that_never_voted_together_says_so(client: TestClient) -> None:
    found = client.get("/compare.json?a=SUN&b=SSD").json()
    assert "agreement" not in found["panels"]
    assert any("chose together on none" in why for why in found["missing"])
