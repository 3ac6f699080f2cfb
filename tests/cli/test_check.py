import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Shell
from tests.conftest import ROOT, shared

EXAMPLE = ROOT / "examples" / "assembly-and-council.txt"


def test_check_finds_the_mistake_of_the_example(shell: Shell) -> None:
    ran = shell("check", str(EXAMPLE), "--json")
    report = json.loads(ran.out)
    assert ran.status == 1
    wrong = [c for c in report["claims"] if c["verdict"] == "contradicted"]
    assert wrong
    assert {c["actor"] for c in wrong} == {"IND"}
    text = EXAMPLE.read_text(encoding="utf-8")
    for claim in report["claims"]:
        assert text[claim["start"] : claim["start"] + len(claim["span"])] == claim["span"]


def test_check_text_shows_page_verdicts_and_summary(shell: Shell) -> None:
    ran = shell("check", str(EXAMPLE))
    for said in (
        "CONTRADICTED",
        "SUPPORTED",
        "A/RES/ES-11/7",
        "published 2025-02-25",
        "Record complete",
    ):
        assert said in ran.out


def test_check_reads_standard_input_and_html_alike(shell: Shell) -> None:
    page = b"""<html><head><title>UN vote</title>
      <meta property="article:published_time" content="2025-02-25T10:00:00+00:00"></head><body>
      <article><h1>Assembly backs Ukraine text</h1>
      <p>The United Nations General Assembly on Monday adopted a resolution on peace in Ukraine by
      93 votes in favour, with 18 against and 65 abstentions. The United States voted against
      it.</p>
      <p>Delegates from every region spoke for hours before the ballot, which diplomats had expected
      to be closer than the votes of earlier years on the war.</p></article></body></html>"""
    report = json.loads(shell("check", "-", "--json", stdin=page).out)
    found = {(c["actor"], c["action"]): c for c in report["claims"]}
    assert found["USA", "voted_no"]["verdict"] == "supported"
    assert found["USA", "voted_no"]["rollcall"] == "A/RES/ES-11/7"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"The Assembly voted \xff\xfe on Monday.", "UTF-8"),
        (b"x" * 6_000_000, "MB"),
    ],
)
def test_check_refuses_what_is_no_page(
    shell: Shell, tmp_path: Path, source: bytes, said: str
) -> None:
    page = tmp_path / "page"
    page.write_bytes(source)
    ran = shell("check", str(page))
    assert ran.status == 3
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert ran.out == ""


def test_check_names_a_missing_file(shell: Shell) -> None:
    ran = shell("check", "no-such-page.txt")
    assert ran.status == 2
    assert "no-such-page.txt: no such file" in ran.err


def test_check_from_the_shell_leaves_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "votewire", "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


# The real page that started votewire. It is not committed; the test reads it beside the checkout.
SEED_SUPPORTED = [
    ("SC", "adopted", "S/RES/2774(2025)"),
    ("USA", "drafted", "S/RES/2774(2025)"),
    ("USA", "opposed", "A/RES/ES-11/7"),
    ("GA", "adopted", "A/RES/ES-11/7"),
    ("USA", "backed", "S/RES/2774(2025)"),
    ("GBR", "abstained", "S/RES/2774(2025)"),
    ("FRA", "abstained", "S/RES/2774(2025)"),
    ("RUS", "backed", "S/RES/2774(2025)"),
    ("CHN", "backed", "S/RES/2774(2025)"),
]


def test_seed_claims_hold_and_nothing_is_contradicted(shell: Shell) -> None:
    ran = shell("check", str(shared("articles/seed.txt")), "--json")
    claims = json.loads(ran.out)["claims"]
    found = {(c["actor"], c["action"], c["rollcall"]): c["verdict"] for c in claims}
    assert ran.status == 0
    for expected in SEED_SUPPORTED:
        assert found.get(expected) == "supported", expected
    measured = {c["action"] for c in claims if c["verdict"] == "measured"}
    assert {"shifted", "divided"} <= measured
    assert all(c["figures"] for c in claims if c["verdict"] == "measured")
    assert "contradicted" not in {c["verdict"] for c in claims}


def test_seed_no_claim_stands_in_the_furniture(shell: Shell) -> None:
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))
    # The gold writes plain spaces where the page has non-breaking ones; offsets are the same.
    text = shared("articles/seed.txt").read_text(encoding="utf-8").replace("\xa0", " ")
    claims = json.loads(shell("check", str(shared("articles/seed.txt")), "--json").out)["claims"]
    assert claims
    for chrome in gold["chrome"]:
        at = text.index(chrome)
        end = text.index("\n", at) if chrome.startswith("(") else at + len(chrome)
        assert not [c for c in claims if at <= c["start"] < end], chrome


def test_seed_with_abstained_changed_is_contradicted(shell: Shell, tmp_path: Path) -> None:
    text = shared("articles/seed.txt").read_text(encoding="utf-8")
    copy = tmp_path / "changed.txt"
    copy.write_text(text.replace("abstained", "voted against"), encoding="utf-8")
    ran = shell("check", str(copy), "--json")
    claims = json.loads(ran.out)["claims"]
    wrong = {(c["actor"], c["rollcall"]) for c in claims if c["verdict"] == "contradicted"}
    assert ran.status == 1
    assert wrong == {("GBR", "S/RES/2774(2025)"), ("FRA", "S/RES/2774(2025)")}


def test_seed_metadata(shell: Shell) -> None:
    data = json.loads(shell("check", str(shared("articles/seed.txt")), "--json").out)["metadata"]
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))["metadata"]
    assert data["headline"] == gold["headline"]
    assert (data["agency"], data["publisher"]) == ("Reuters", "Business Standard")
    assert data["published"] == "2025-02-25T16:32+05:30"
    assert data["updated"] == "2025-02-25T16:33+05:30"
    assert data["read_minutes"] == 2
    assert [link["lang"] for link in data["language_links"]] == ["hi"]
    assert data["credit"] == "Shutterstock"
    assert data["caption"] == gold["picture"]["caption"]
    assert [link["text"] for link in data["related"]] == gold["related_links"]
    assert data["notice"] == gold["feed_notice"]


REVIEWER = (
    "--reviewer",
    "The Vote Desk",
    "--reviewer-url",
    "https://example.org/",
    "--reviewed-on",
    "2025-02-26",
)


def test_check_writes_page_and_reviews_and_prints_the_report_as_ever(
    shell: Shell, tmp_path: Path
) -> None:
    html, reviews = tmp_path / "checked.html", tmp_path / "reviews.jsonld"
    plain = shell("check", str(EXAMPLE))
    ran = shell(
        "check", str(EXAMPLE), "--html", str(html), "--claimreview", str(reviews), *REVIEWER
    )
    assert (ran.status, ran.out) == (plain.status, plain.out)
    assert ran.err == f"written: {html}\nwritten: {reviews}\n"
    assert 'id="claim-8" class="contradicted"' in html.read_text(encoding="utf-8")
    assert {r["@type"] for r in json.loads(reviews.read_text(encoding="utf-8"))} == {"ClaimReview"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["checked.html", "reviews.jsonld"]


def test_check_writes_the_page_beside_json(shell: Shell, tmp_path: Path) -> None:
    html = tmp_path / "checked.html"
    ran = shell("check", str(EXAMPLE), "--json", "--html", str(html))
    assert json.loads(ran.out)["contradicted"]
    assert html.exists()


def test_check_gives_page_or_reviews_on_standard_output(shell: Shell) -> None:
    html = shell("check", str(EXAMPLE), "--html", "-")
    assert html.status == 1
    assert html.out.startswith("<!doctype html>")
    assert html.out.endswith("</html>\n")
    reviews = shell("check", str(EXAMPLE), "--claimreview", "-", *REVIEWER)
    assert json.loads(reviews.out)
    assert html.err == reviews.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--claimreview", "-"), "needs --reviewer and --reviewer-url and --reviewed-on:"),
        (("--claimreview", "-", *REVIEWER[:4]), "needs --reviewed-on:"),
        (("--claimreview", "-", "--reviewer", "", *REVIEWER[2:]), "needs --reviewer:"),
        (("--claimreview", "-", *REVIEWER[:5], "26 February"), "--reviewed-on"),
        (REVIEWER[:2], "--reviewer goes with --claimreview"),
        (("--url", "https://example.org/"), "--url goes with --claimreview"),
        (("--claimreview", "-", *REVIEWER, "--url", "example.org"), "--url 'example.org'"),
        (("--claimreview", "-", *REVIEWER, "--page-url", "javascript:x"), "--page-url"),
        (("--claimreview", "-", "--html", "-", *REVIEWER), "cannot share standard output"),
        (("--json", "--html", "-"), "--html and --json cannot share"),
        (("--html", "same", "--claimreview", "./same", *REVIEWER), "name the same file"),
        (("--html", str(EXAMPLE)), "that is the page to check"),
        (("--html", "no-such-folder/page.html"), "cannot be written (No such file or directory)"),
        (("--html", str(EXAMPLE.parent)), "cannot be written"),
    ],
)
def test_check_says_what_is_wrong_with_what_to_write(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = EXAMPLE.read_bytes()
    ran = shell("check", str(EXAMPLE), *words)
    assert ran.status == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""
    assert [p.name for p in tmp_path.iterdir()] == []
    assert EXAMPLE.read_bytes() == before


def test_check_keeps_what_was_there_if_writing_fails(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = tmp_path / "checked.html"
    html.write_text("the old page", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ran = shell("check", str(EXAMPLE), "--html", str(html))
    assert ran.status == 2
    assert "cannot be written (No space left on device)" in ran.err
    assert html.read_text(encoding="utf-8") == "the old page"
    assert [p.name for p in tmp_path.iterdir()] == ["checked.html"]


def test_check_writes_through_a_link(shell: Shell, tmp_path: Path) -> None:
    target, link = tmp_path / "target.html", tmp_path / "link.html"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    shell("check", str(EXAMPLE), "--html", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_check_writes_into_a_pipe_and_leaves_it_there(shell: Shell, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        assert shell("check", "-", "--html", str(pipe), stdin=b"It rained.").status == 0
        assert os.read(reader, 15) == b"<!doctype html>"
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_check_brief_has_a_line_for_each_claim_that_wants_a_look(shell: Shell) -> None:
    lines = shell("check", str(EXAMPLE), "--brief").out.splitlines()
    assert lines[0].startswith("Of 27 claims 25 hold, 1 does not")
    assert "India voted no" in lines[1]
    assert len(lines) == 3


def test_check_tells_what_is_wrong_before_the_rest_and_what_was_not_read_last(
    shell: Shell,
) -> None:
    out = shell("check", str(EXAMPLE)).out
    places = [out.index(w) for w in ("Of 27 claims", "CONTRADICTED", "SUPPORTED", "Not read:")]
    assert places == sorted(places)


def test_judge_answers_as_check_does(shell: Shell) -> None:
    claims = b'[{"actor": "IND", "action": "voted_no", "symbol": "A/RES/ES-11/7"}]'
    ran = shell("judge", "-", "--json", stdin=claims)
    assert ran.status == 1
    (claim,) = json.loads(ran.out)["claims"]
    assert (claim["verdict"], claim["rollcall"]) == ("contradicted", "A/RES/ES-11/7")


def test_judge_refuses_what_is_no_claim(shell: Shell) -> None:
    ran = shell("judge", "-", stdin=b'[{"actor": "IND"}]')
    assert ran.status == 3
    assert "claims[0] lacks action" in ran.err
    assert shell("judge").status == 2
