"""The command line, the site and the Python functions answer a question with the same numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import votewire
from tests.cli.running import Shell
from votewire import blocs
from votewire.check import explaining
from votewire.check.whatif import whatif
from votewire.errors import VotewireError
from votewire.positions import answers, surprises
from votewire.positions import shifts as moves
from votewire.positions.ready import ready
from votewire.positions.surprise import of_rollcall
from votewire.record import Answer, Choice, Record, Selection
from votewire.record.plain import answer_object

RECORD = votewire.open_record()
FITS = Path("none")  # what ships is enough for the shipped record


@dataclass(frozen=True)
class Question:
    """One question as each door is asked it. panel: of the page, by its id."""

    typed: str
    page: str
    panel: str
    asked: Callable[[Record], Answer]


QUESTIONS = [
    Question(
        "agree USA RUS --by year",
        "/compare.json?a=USA&b=RUS",
        "agreement",
        lambda record: blocs.agree(record, "USA", "RUS", by="year"),
    ),
    Question(
        "friends IND --since 2022-10-30",
        "/states/IND.json",
        "friends",
        lambda record: blocs.friends(record, "IND", within=Selection(since=date(2022, 10, 30))),
    ),
    Question(
        "cohesion EU --by year",
        "/groups/EU.json",
        "cohesion",
        lambda record: blocs.cohesion(record, "EU", by="year"),
    ),
    Question(
        "shifts --session 79 --top 30",
        "/shifts.json?session=79",
        "shifts",
        lambda record: moves.shifts(ready(record), moves.Asked(session=79), 30, record=record),
    ),
    Question(
        "positions rank --session 79",
        "/positions.json?session=79",
        "states",
        lambda record: answers.rank(ready(record), 79, record=record),
    ),
    Question(
        "surprise A/RES/ES-11/7",
        "/votes/A/RES/ES-11/7.json",
        "surprise",
        lambda record: of_rollcall(
            surprises(record, FITS), record, record.rollcall("A/RES/ES-11/7")
        ),
    ),
    Question(
        "rule S/RES/2774",
        "/votes/S/RES/2774.json",
        "rule",
        lambda record: explaining.rule(record, record.rollcall("S/RES/2774")),
    ),
    Question(
        "left A/RES/ES-11/6 A/RES/ES-11/7",
        "/votes/A/RES/ES-11/7.json",
        "changed",
        lambda record: blocs.left(
            record, record.rollcall("A/RES/ES-11/6"), record.rollcall("A/RES/ES-11/7")
        ),
    ),
    Question(
        "whatif S/RES/2774 --set France=no",
        "/votes/S/RES/2774/whatif.json?set=FRA%3Dno",
        "whatif",
        lambda record: whatif(record, record.rollcall("S/RES/2774"), {"FRA": Choice.NO}),
    ),
]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.typed)
def test_doors_answer_alike(client: TestClient, shell: Shell, question: Question) -> None:
    in_python = json.loads(json.dumps(answer_object(question.asked(RECORD))))
    ran = shell(*question.typed.split(), "--json")
    assert ran.status == 0, ran.err
    on_line = json.loads(ran.out)
    on_page = client.get(question.page, follow_redirects=True).json()["panels"][question.panel]
    assert len(in_python["table"]) > 0
    assert on_line == in_python
    assert on_page == in_python


def test_doors_check_a_page_alike(client: TestClient, shell: Shell, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "UNITED NATIONS, Feb 24, 2025\n\nThe United States voted against General Assembly "
        "resolution A/RES/ES-11/7 on Monday. India voted against the resolution.\n",
        encoding="utf-8",
    )
    on_line = json.loads(shell("check", str(page), "--json").out)
    sent = client.post(
        "/check.json", content=page.read_bytes(), headers={"content-type": "text/plain"}
    )
    assert sent.json() == on_line
    assert {claim["verdict"] for claim in on_line["claims"]} >= {"supported", "contradicted"}


def test_doors_refuse_alike(client: TestClient, shell: Shell) -> None:
    """What is not in the record is not in it by any door; each says the same sentence."""
    with pytest.raises(VotewireError) as refused:
        RECORD.rollcall("A/RES/99/999")
    told = str(refused.value)
    on_line = shell("record", "show", "A/RES/99/999")
    on_page = client.get("/votes/A/RES/99/999.json")
    assert on_line.status == 4
    assert told in " ".join(on_line.err.split())
    assert (on_page.status_code, on_page.json()["detail"]) == (404, told)


def test_doors_api_is_paged_without_a_gap(client: TestClient) -> None:
    """The pages of a list hold each row of the whole list once, in its order."""
    whole = RECORD.select(state="HUN", choice="no")["id"].to_list()[::-1]
    rows: list[str] = []
    for page in range(1, 40):
        answer = client.get(f"/states/HUN/votes.json?choice=no&page={page}")
        found = answer.json()["panels"]["votes"]["table"] if answer.status_code == 200 else []
        rows += [row["id"] for row in found]
        if not found or len(rows) >= len(whole):
            break
    assert rows == whole
