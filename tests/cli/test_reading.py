import json

import pytest

from tests.cli.running import Shell
from tests.conftest import ROOT
from tests.press.test_ninjs import FIELDS, problems
from votewire.cli import main, reading

EXAMPLE = ROOT / "examples" / "assembly-and-council.txt"


@pytest.fixture(autouse=True)
def _registered() -> None:
    if all(command.name != "read" for command in main.app.registered_commands):
        reading.register(main.app)


def test_read_json_holds_slices_of_the_page(shell: Shell) -> None:
    ran = shell("read", str(EXAMPLE), "--json")
    told = json.loads(ran.out)
    text = EXAMPLE.read_text(encoding="utf-8")
    assert ran.status == 0
    for part in (*told["text"], *told["furniture"], *told["quotes"]):
        assert text[part["start"] : part["end"]] == part["text"]
    for claim in told["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["span"]
    assert {quote["speaker"] for quote in told["quotes"]} == {"Lena Hartwell"}
    assert told["metadata"]["headline"]


def test_read_text_has_page_quotes_and_claims_without_furniture(shell: Shell) -> None:
    ran = shell("read", str(EXAMPLE))
    furniture = json.loads(shell("read", str(EXAMPLE), "--json").out)["furniture"]
    assert ran.status == 0
    for said in ("published: 2025-02-25", "Lena Hartwell (goes on)", "CHN abstained", "Quotes"):
        assert said in ran.out
    links = [each["text"] for each in furniture if each["role"] in ("related", "listen", "notice")]
    assert links
    assert not [link for link in links if link in ran.out]


def test_read_takes_standard_input_and_says_what_is_not_there(shell: Shell) -> None:
    ran = shell("read", "-", stdin=b"The hall was empty on Monday, a long and quiet day.")
    assert ran.status == 0
    assert ran.out.count("none found") == 3


@pytest.mark.parametrize(("source", "status"), [(b"", 3), (b"%PDF-1.7\n", 3)])
def test_read_refuses_what_is_no_page(shell: Shell, source: bytes, status: int) -> None:
    ran = shell("read", "-", stdin=source)
    assert (ran.status, ran.out) == (status, "")
    assert len(ran.err.strip().splitlines()) == 1


GERMAN = b"Der Rat hat am Montag mit zehn Stimmen und ohne Gegenstimme eine Resolution angenommen."


@pytest.mark.parametrize("command", ["read", "check"])
def test_read_and_check_name_a_language_that_is_not_read(shell: Shell, command: str) -> None:
    ran = shell(command, "-", stdin=GERMAN)
    assert (ran.status, ran.out) == (8, "")
    said = "This page is in German; votewire reads English, French, Hindi, Portuguese, Spanish."
    assert ran.err.strip() == f"votewire: {said}"


def test_read_marks_a_day_that_the_page_does_not_state(shell: Shell) -> None:
    page = (
        "<html><head><link rel='canonical' href='https://a.example/2025/02/25/text'></head><body>"
        "<h1>Assembly backs a text</h1><p>On Monday China voted against the General Assembly "
        "resolution.</p></body>"
    )
    ran = shell("read", "-", stdin=page.encode())
    assert "published: 2025-02-25 (inferred: the page does not state it)" in ran.out
    told = json.loads(shell("read", "-", "--json", stdin=page.encode()).out)
    assert told["metadata"]["published_from"] == "inferred"
    assert [claim["reference"]["date"] for claim in told["claims"]][-1:] == ["2025-02-24"]


def test_read_names_a_missing_file(shell: Shell) -> None:
    ran = shell("read", "no-such-page.txt")
    assert ran.status == 2
    assert "no such file" in ran.err


def test_read_ninjs_prints_an_object_of_the_standard_and_excludes_json(shell: Shell) -> None:
    ran = shell("read", str(EXAMPLE), "--ninjs")
    assert ran.status == 0
    assert problems(json.loads(ran.out), FIELDS) == []
    refused = shell("read", str(EXAMPLE), "--ninjs", "--json")
    assert (refused.status, refused.out) == (2, "")
    assert "exclude each other" in refused.err


def test_read_tells_who_reacts_to_what(shell: Shell) -> None:
    page = b"A quiet day\n\nKremlin spokesman Ivan Orlov said Russia welcomed the vote on Monday.\n"
    ran = shell("read", "-", stdin=page)
    assert (
        "  RUS welcomed the vote (in speech)\n    \u201cRussia welcomed the vote\u201d" in ran.out
    )
    told = json.loads(shell("read", "-", "--json", stdin=page).out)["reactions"]
    assert [(each["kind"], each["within"], each["end"] - each["start"]) for each in told] == [
        ("welcomed", "speech", len("Russia welcomed the vote"))
    ]
