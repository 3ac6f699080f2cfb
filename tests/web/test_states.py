"""All states, the page of each, and its votes."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire import blocs, states
from votewire.record import Selection

MEMBERS = 193


def ld(page: str) -> dict[str, object]:
    """What the page tells machines."""
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_states_lists_every_state_once_and_marks_former_ones(client: TestClient) -> None:
    answer = client.get("/states.json").json()["panels"]["states"]
    assert sorted(row["state"] for row in answer["table"]) == list(states.codes())
    assert answer["members"] == MEMBERS
    page = client.get("/states").text
    members, _, former = page.partition('<h3 id="former">')
    assert members.count('<tr id="') == MEMBERS
    assert former.count('<tr id="') == len(states.codes()) - MEMBERS
    assert "former: 1945 to 1991" in former


def test_states_agreement_is_what_blocs_counts(client: TestClient, app: FastAPI) -> None:
    record = app.state.site.record
    answer = client.get("/states.json").json()["panels"]["states"]
    within = Selection(since=date.fromisoformat(answer["since"]))
    row = next(row for row in answer["table"] if row["state"] == "IND")
    alone = blocs.agree(record, "IND", "CHN", within=within).facts
    assert row["value_CHN"] == pytest.approx(alone["value"])
    assert (row["n_CHN"], row["low_CHN"]) == (alone["n"], pytest.approx(alone["low"]))
    assert next(r for r in answer["table"] if r["state"] == "CHN")["value_CHN"] is None


def test_state_page_has_every_answer_with_n_interval_and_definition(client: TestClient) -> None:
    found = client.get("/states/IND.json").json()
    assert list(found["panels"]) == [
        *("position", "company", "friends", "agreement", "shifts", "drivers", "surprising"),
        *("groups", "votes"),
    ]
    assert found["missing"] == []
    page = client.get("/states/IND").text
    assert page.count("Record complete to</dt>") == len(found["panels"])
    assert '<link rel="canonical" href="' in page
    assert ld(page)["about"] == {"@type": "Country", "name": "India", "identifier": "IND"}


@pytest.mark.parametrize("typed", ["India", "ind", "भारत", "New Delhi"])
def test_state_page_is_found_by_name(client: TestClient, typed: str) -> None:
    sent = client.get(f"/hi/states/{typed}.json")
    assert sent.status_code == 307
    assert sent.headers["location"] == "/hi/states/IND.json"


def test_state_page_of_a_former_state_says_what_became_of_its_seat(client: TestClient) -> None:
    found = client.get("/states/SUN.json").json()
    assert not found["member"]
    assert ("RUS", "continued_by") in {(each["code"], each["how"]) for each in found["kin"]}
    page = client.get("/states/SUN").text
    assert "former member" in page
    assert "Its seat is continued by" in page


def test_state_page_says_what_is_missing(client: TestClient) -> None:
    """Zanzibar voted for two months of 1964, too rarely to rank its friends."""
    found = client.get("/states/ZAN.json").json()
    assert "friends" not in found["panels"]
    assert any("rollcalls" in why for why in found["missing"])
    assert "What the record does not tell" in client.get("/states/ZAN").text


def test_state_unknown_is_not_found(client: TestClient) -> None:
    answer = client.get("/states/Hungry.json")
    assert answer.status_code == 404
    assert "Hungary (HUN)" in answer.json()["detail"]


def test_state_votes_fit_every_condition(client: TestClient) -> None:
    asked = "choice=abstain&topic=ukraine&since=2022&until=2023-12"
    rows = client.get(f"/states/IND/votes.json?{asked}").json()["panels"]["votes"]["table"]
    assert {row["choice"] for row in rows} == {"abstain"}
    days = [row["date"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert "2022-01-01" <= days[-1] <= days[0] <= "2023-12-31"
    assert "A/RES/ES-11/1" in {row["symbol"] for row in rows}


def test_state_votes_pages_hold_each_vote_once(client: TestClient) -> None:
    first = client.get("/states/SSD/votes.json?choice=yes").json()
    pages = first["paging"]["pages"]
    assert pages > 1
    ids = [
        row["id"]
        for page in range(1, pages + 1)
        for row in client.get(f"/states/SSD/votes.json?choice=yes&page={page}").json()["panels"][
            "votes"
        ]["table"]
    ]
    assert len(ids) == len(set(ids)) == first["paging"]["found"]
    assert client.get(f"/states/SSD/votes.json?choice=yes&page={pages + 1}").status_code == 404
    shown = client.get("/states/SSD/votes?choice=yes&page=2").text
    assert 'rel="prev" href="/states/SSD/votes?choice=yes&amp;page=1"' in shown


def test_state_votes_table_is_csv(client: TestClient) -> None:
    told = client.get("/states/SSD/votes.csv?choice=no&chamber=GA")
    assert told.headers["content-type"].startswith("text/csv")
    assert told.text.splitlines()[0].startswith("date,chamber,id,symbol")


@pytest.mark.parametrize("query", ["choice=perhaps", "page=0", "chamber=XX"])
def test_state_votes_refuses_what_is_no_condition(client: TestClient, query: str) -> None:
    assert client.get(f"/states/IND/votes.json?{query}").status_code == 422


def test_state_votes_refuses_what_is_no_day(client: TestClient) -> None:
    answer = client.get("/states/IND/votes.json?since=24.2.22")
    assert answer.status_code == 400
    assert "2022-02-24" in answer.json()["detail"]


def test_states_friends_are_states_of_the_last_day_asked_about(client: TestClient) -> None:
    now = client.get("/states/IND.json").json()["panels"]["friends"]
    then = client.get("/states/SUN.json").json()["panels"]["friends"]
    assert now["members_of"] == "2025-10-29"
    assert all(states.is_member(row["state"], date(2025, 10, 29)) for row in now["table"])
    assert then["members_of"] == "1991-12-20"  # its last vote
