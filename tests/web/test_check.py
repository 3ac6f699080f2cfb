from __future__ import annotations

import json
import logging
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.conftest import ROOT
from votewire.check import Verdict
from votewire.check.as_json import as_json
from votewire.check.page import page
from votewire.pipeline import check_page
from votewire.plots.style import contrast
from votewire.record import open_record
from votewire.record.plain import plain
from votewire.web.limiting import LONGEST
from votewire.web.trying import examples

EXAMPLE = (ROOT / "examples" / "assembly-and-council.txt").read_text(encoding="utf-8")
BROWSER = {"accept": "text/html"}
SHORT = "Russia voted against A/RES/ES-11/7. India voted in favour of A/RES/ES-11/7."
HOSTILE = (
    "<script>alert(1)</script> Russia voted against A/RES/ES-11/7 <svg/onload=alert(2)>"
    "</textarea><img src=x onerror=alert(3)> [x](javascript:alert(4)) \"' </article>"
)


class Reader(HTMLParser):
    """The tags of a page with their attributes, and its addresses."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def runs_nothing(markup: str) -> None:
    """No script but the site's modules, no handler, no style of its own, no other scheme."""
    for tag, given in Reader(markup).tags:
        assert tag != "style"
        assert not any(name.startswith("on") or name == "style" for name in given), (tag, given)
        if tag == "script":
            assert given.get("type") == "application/ld+json" or given["src"].startswith("/static/")
        for name in ("href", "src", "action", "formaction"):
            assert not given.get(name, "").lower().lstrip().startswith(("javascript", "data:"))


def test_check_has_a_form_that_works_without_a_script(client: TestClient) -> None:
    answer = client.get("/check", headers=BROWSER)
    assert answer.status_code == 200
    tags = Reader(answer.text).tags
    form = next(given for tag, given in tags if tag == "form" and given.get("class") == "check")
    assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
    assert form["action"] == "/check"
    assert {"text", "file", "published"} <= {given.get("name") for _, given in tags}


def test_check_underlines_what_was_pasted_with_evidence_of_the_site(client: TestClient) -> None:
    answer = client.post("/check", data={"text": EXAMPLE}, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    report = check_page(EXAMPLE.encode(), open_record())
    assert report.summary in answer.text
    assert 'href="/votes/UNDL-4076672">A/RES/ES-11/7</a>' in answer.text
    assert "digitallibrary" not in answer.text
    assert 'class="line contradicted' in answer.text
    assert re.search(r'<a class="verdict contradicted" href="#claim-\d+"', answer.text)
    runs_nothing(answer.text)


def test_check_of_a_file_is_that_of_its_text(client: TestClient) -> None:
    sent = client.post("/check", data={"text": EXAMPLE}, headers=BROWSER)
    file = {"file": ("page.txt", EXAMPLE.encode(), "text/plain")}
    assert client.post("/check", files=file, headers=BROWSER).text == sent.text
    other = client.post("/check", data={"text": EXAMPLE}, files={"file": ("", b"")})
    assert other.text == sent.text


def test_check_in_hindi_leads_to_pages_in_hindi(client: TestClient) -> None:
    answer = client.post("/hi/check", data={"example": "ukraine-2025.hi"}, headers=BROWSER)
    assert '<html lang="hi">' in answer.text
    assert 'href="/hi/votes/UNDL-4076672"' in answer.text


def test_check_json_is_what_the_command_prints(client: TestClient) -> None:
    expected = plain(as_json(check_page(EXAMPLE.encode(), open_record())))
    for body, kind in (
        (EXAMPLE.encode(), "text/plain"),
        (EXAMPLE.encode(), "text/html; charset=utf-8"),
        (json.dumps({"text": EXAMPLE}).encode(), "application/json"),
    ):
        answer = client.post("/check.json", content=body, headers={"content-type": kind})
        assert answer.status_code == 200
        assert answer.json() == expected
    as_file = client.post("/check", data={"text": EXAMPLE, "as": "json"})
    assert as_file.json() == expected


def test_check_takes_the_day_of_a_page_that_names_none(client: TestClient) -> None:
    text = "On Monday Russia voted against the General Assembly resolution on Ukraine."
    at = "/check.json"
    without = client.post(at, json={"text": text}).json()
    given = client.post(at, json={"text": text, "published": "2025-02-25"}).json()
    assert without["metadata"]["published"] is None
    assert given["metadata"]["published"] == "2025-02-25T00:00"
    assert given["claims"][0]["date"] == "2025-02-24"
    assert any("as given" in note for note in given["warnings"])
    dated = f"Published: 3 March 2022\n\n{text}"
    kept = client.post(at, json={"text": dated, "published": "2025-02-25"}).json()
    assert kept["metadata"]["published"].startswith("2022-03-03")


def test_check_is_to_be_had_as_the_page_that_the_command_writes(client: TestClient) -> None:
    answer = client.post("/check", data={"text": EXAMPLE, "as": "html"}, headers=BROWSER)
    assert answer.text == page(check_page(EXAMPLE.encode(), open_record()))
    assert answer.headers["content-disposition"].startswith("attachment")


def test_check_as_claimreview_says_who_and_when(client: TestClient) -> None:
    asked = {"text": EXAMPLE, "as": "claimreview"}
    refused = client.post("/check", data=asked, headers=BROWSER)
    assert refused.status_code == 400
    assert "fill in all three" in refused.text
    who = {"reviewer": "Desk", "reviewer_url": "https://a.example/", "reviewed_on": "2025-02-26"}
    reviews = client.post("/check", data={**asked, **who}).json()
    assert {review["author"]["name"] for review in reviews} == {"Desk"}
    wrong = client.post("/check", data={**asked, **who, "reviewer_url": "javascript:x"})
    assert wrong.status_code == 400


@pytest.mark.parametrize("example", [each.id for each in examples()])
def test_check_examples_have_one_thing_wrong_each(client: TestClient, example: str) -> None:
    found = client.post("/check", data={"example": example, "as": "json"}).json()
    verdicts = [claim["verdict"] for claim in found["claims"]]
    assert verdicts.count("contradicted") == 1
    assert verdicts.count("supported") >= 4


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"   \n", 422, "is empty"),
        (b"%PDF-1.7 x", 422, "is a PDF"),
        ("Änderung".encode("latin-1"), 422, "is not UTF-8"),
        ("Russia voted No".encode("utf-16")[:-1], 422, "UTF-16"),
        (
            b"Der Rat hat am Montag mit zehn Stimmen eine Resolution zum Krieg angenommen.",
            422,
            "This page is in German; votewire reads English, French, Hindi, Portuguese, Spanish.",
        ),
        (b"word " * (LONGEST // 5 + 1), 422, "characters of text"),
        (b"x" * (1024 * 1024 + 1), 413, "are the most"),
    ],
)
def test_check_says_what_is_wrong_with_a_page(
    client: TestClient, body: bytes, status: int, said: str
) -> None:
    answer = client.post("/check.json", content=body, headers={"content-type": "text/plain"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert answer.json()["instance"].startswith("urn:votewire:fault:")
    file = {"file": ("page.txt", body, "text/plain")}
    form = client.post("/check", files=file, data={"text": "kept <words>"}, headers=BROWSER)
    assert form.status_code == status
    assert said in form.text
    assert "kept &lt;words&gt;</textarea>" in form.text


def test_check_keeps_the_words_and_the_day_that_were_wrong(client: TestClient) -> None:
    sent = {"text": "Some words.", "published": "yesterday"}
    answer = client.post("/check", data=sent, headers=BROWSER)
    assert answer.status_code == 400
    assert "Some words.</textarea>" in answer.text
    assert 'value="yesterday"' in answer.text


def test_check_without_claims_says_so(client: TestClient) -> None:
    answer = client.post("/check", data={"text": "It rained in the north."}, headers=BROWSER)
    assert answer.status_code == 200
    assert "No vote claims found." in answer.text


@pytest.mark.parametrize("kind", ["text", "html"])
def test_check_runs_nothing_that_was_pasted(client: TestClient, kind: str) -> None:
    text = HOSTILE if kind == "text" else f"<html><body><p>{HOSTILE}</p><p>x</p></body></html>"
    answer = client.post("/check", data={"text": text}, headers=BROWSER)
    assert answer.status_code == 200
    runs_nothing(answer.text)
    names = {tag for tag, _ in Reader(answer.text).tags}
    assert "svg" not in names
    assert sum(tag == "textarea" for tag, _ in Reader(answer.text).tags) == 2
    assert "<script>alert" not in answer.text


def test_check_of_strange_bodies_is_refused_as_such(client: TestClient) -> None:
    for body, kind, status in (
        (b"x", "application/xml", 415),
        (b"{", "application/json", 422),
        (b"[" * 5000, "application/json", 422),
        (b'{"text": "\\ud800"}', "application/json", 422),
        (b'{"text": "x", "zz": 1}', "application/json", 422),
    ):
        answer = client.post("/check.json", content=body, headers={"content-type": kind})
        assert answer.status_code == status, body[:20]
    for kind in ("multipart/form-data", "multipart/form-data; boundary=a", "text/plain"):
        answer = client.post("/check", content=b"--b\r\n", headers={"content-type": kind})
        assert answer.status_code in (400, 415, 422), kind


def test_check_takes_no_form_of_very_many_fields(client: TestClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/check", content=b"&" * 1_000_000, headers=kind)
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The form has more than 20 fields."


def test_check_logs_no_warning_of_a_form_that_is_broken(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    kind = {"content-type": "multipart/form-data; boundary=a"}
    answer = client.post("/check", content=b"--b\r\nsecret", headers=kind)
    assert answer.status_code == 400
    assert [each for each in caplog.records if each.name.startswith("python_multipart")] == []


def test_check_stores_nothing_and_logs_nothing_of_what_is_pasted(
    client: TestClient,
    app: FastAPI,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a small page, of a large file and of one that breaks the program."""
    folder = app.state.site.settings.data_dir
    before = set(folder.rglob("*"))
    opened: list[object] = []
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *a, **k: opened.append(a))
    monkeypatch.setattr("tempfile._TemporaryFileWrapper", lambda *a, **k: opened.append(a))
    caplog.set_level(logging.DEBUG)
    secret = "Zanzibarine"
    large = f"{secret} voted against A/RES/ES-11/7.\n" + f"<script>{'x=1;' * 400_000}</script>"
    client.post("/check", data={"text": f"{secret}. {SHORT}"}, headers=BROWSER)
    client.post("/check", files={"file": ("page.html", large.encode())}, headers=BROWSER)
    client.post("/check.json", json={"text": secret, "zz": secret})

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr(app.state.checkers, "check", broken)
    assert client.post("/check", data={"text": secret}, headers=BROWSER).status_code == 500
    assert set(folder.rglob("*")) == before
    assert opened == []
    assert "RuntimeError" in caplog.text
    assert secret not in caplog.text


def test_check_underlines_as_the_stand_alone_page_does() -> None:
    rule = re.compile(r"^\.line\.(\w+) {.*}$|^\.at\d.* {.*}$", re.MULTILINE)
    folder = ROOT / "src" / "votewire"
    own = (folder / "web" / "static" / "check.css").read_text(encoding="utf-8")
    alone = (folder / "check" / "data" / "page.css").read_text(encoding="utf-8")
    found = [match.group() for match in rule.finditer(own)]
    assert len(found) == 11
    assert found == [match.group() for match in rule.finditer(alone)]


def test_check_colours_have_contrast_in_each_scheme() -> None:
    folder = ROOT / "src" / "votewire" / "web" / "static"
    sheets = "".join((folder / n).read_text(encoding="utf-8") for n in ("style.css", "check.css"))
    schemes = [{}, {}]  # type: list[dict[str, str]]
    for dark, block in re.findall(r"(dark\) {\s*)?:root {(.*?)}", sheets, re.DOTALL):
        for name, colour in re.findall(r"--(\w+): (#\w+)", block):
            full = colour if len(colour) == 7 else "#" + "".join(2 * sign for sign in colour[1:])
            schemes[bool(dark)].setdefault(name, full)
    for colours in schemes:
        for verdict in Verdict:
            for ground in ("paper", "raised"):
                assert contrast(colours[verdict], colours[ground]) >= 4.5, (verdict, ground)


def test_judge_json_answers_claims_of_any_reader(client: TestClient) -> None:
    claims = [{"actor": "IND", "action": "voted_no", "symbol": "A/RES/ES-11/7"}]
    answer = client.post("/judge.json", json={"claims": claims})
    assert answer.json()["claims"][0]["verdict"] == "contradicted"


def test_judge_json_refuses_what_is_no_claim(client: TestClient) -> None:
    answer = client.post("/judge.json", json=[{"actor": "IND"}])
    assert answer.status_code == 422
    assert "claims[0] lacks action" in answer.json()["detail"]
    assert (
        client.post("/judge.json", content=b"x", headers={"content-type": "text/plain"}).status_code
        == 415
    )
