"""The site in Hindi: every word of the interface, names from CLDR, one font, right languages."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po
from starlette.testclient import TestClient

from tests.conftest import ROOT
from votewire.web.languages import addressed, state_name
from votewire.web.phrases import phrase, said

PO = ROOT / "src" / "votewire" / "web" / "locale" / "hi.po"
HOLES = re.compile(r"%\(\w+\)[sd]|\{\}|%%")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
PAGES = ["/", "/methods", "/data", "/votes/A/RES/ES-11/7", "/states/IND", "/check", "/topics"]


def test_languages_every_word_has_its_translation() -> None:
    """Where this fails, run scripts/messages.py and translate what it adds to hi.po."""
    script = [sys.executable, str(ROOT / "scripts" / "messages.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_languages_translations_keep_what_is_put_into_them() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="hi")
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in filter(None, strings):
            assert sorted(HOLES.findall(string)) == sorted(HOLES.findall(ids[-1])), ids


def test_languages_digits_are_latin() -> None:
    assert re.search(r"[\u0966-\u096f]", PO.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", PAGES)
def test_languages_pages_are_in_hindi(client: TestClient, path: str) -> None:
    answer = client.get(addressed(path, "hi"))
    assert answer.status_code == 200
    assert '<html lang="hi">' in answer.text
    heading = answer.text.partition("<h1")[2].partition("</h1>")[0]
    if 'lang="en"' not in heading:  # titles of texts are English in the record
        assert DEVANAGARI.search(heading)
        title = answer.text.partition("<title>")[2].partition("</title>")[0]
        assert DEVANAGARI.search(title)
    assert 'hreflang="en"' in answer.text


def test_languages_pages_lead_on_in_hindi(client: TestClient) -> None:
    page = client.get("/hi").text.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'href="(/[^"]*)"', page)
    data = (".json", ".csv")
    assert [link for link in links if not link.startswith("/hi")] == []
    assert [link for link in links if link.partition("?")[0].endswith(data)]


def test_languages_names_of_states_are_those_of_cldr() -> None:
    assert [state_name(code, "hi") for code in ("IND", "USA", "UKR")] == [
        "भारत",
        "संयुक्त राज्य",
        "यूक्रेन",
    ]


def test_languages_phrase_is_said_with_its_values() -> None:
    made = phrase("%(one)s and %(two)s compared", one="Hungary", two="India")
    assert made == "Hungary and India compared"
    assert said(made, "en") == "Hungary and India compared"
    assert said(made, "hi") == "हंगरी और भारत की तुलना"


def test_languages_unknown_words_stay_as_they_are() -> None:
    assert said("no such words", "hi") == "no such words"
    assert said("", "hi") == ""


def test_languages_titles_out_of_the_record_are_marked_as_english(client: TestClient) -> None:
    page = client.get("/hi").text
    listed = page.partition('<ol class="votes"')[2].partition("</ol>")[0]
    assert listed.count('lang="en"') == listed.count("<li>")
