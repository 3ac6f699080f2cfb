"""The pages of votes, over the shipped record."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from starlette.testclient import TestClient

import votewire
from tests.cli.conftest import shell
from tests.cli.running import Shell

__all__ = ["shell"]  # a fixture

BROWSER = {"accept": "text/html"}
PATHS = {
    "resolution": "/votes/A/RES/ES-11/7",
    "council": "/votes/S/RES/2774(2025)",
    "vetoed": "/votes/S/2025/116",
    "veto alone": "/votes/S/21326",
    "1963": "/votes/S/RES/180(1963)",
    "without a vote": "/votes/S/RES/2034(2012)",
    "partial": "/votes/VOETEN-6009",
    "no tally": "/votes/GA-2025-02-24-L.11-amendment-2",
}


def page(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, answer.text[:500]
    return answer.text


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_vote_answers_as_page_and_as_json(client: TestClient, path: str) -> None:
    assert "Record complete to" in page(client, path)
    told = client.get(f"{path}.json")
    assert told.status_code == 200
    panels = {*told.json()["panels"], *told.json()["missing"]}
    assert panels >= {"roll", "rule", "surprise", "groups", "text", "matter", "changed", "flip"}


@pytest.mark.parametrize("path", [PATHS["resolution"], PATHS["council"], PATHS["veto alone"]])
def test_vote_json_holds_what_the_command_line_shows(
    client: TestClient, shell: Shell, path: str
) -> None:
    ran = shell("record", "show", path.removeprefix("/votes/"), "--json")
    assert client.get(f"{path}.json").json()["vote"] == json.loads(ran.out)


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("2774", "S/RES/2774(2025)"),
        ("A/ES-11/L.10", "A/RES/ES-11/7"),
        ("ES-11/7", "A/RES/ES-11/7"),
        ("UNDL-4076672", "A/RES/ES-11/7"),
        ("S/RES/180", "S/RES/180(1963)"),
    ],
)
def test_vote_any_spelling_leads_to_its_own_address(
    client: TestClient, asked: str, own: str
) -> None:
    for ending in ("", ".json", "/whatif", "/embed", "/map.svg"):
        answer = client.get(f"/votes/{asked}{ending}")
        assert answer.status_code == 307
        assert answer.headers["location"] == f"/votes/{own}{ending}"
    sorted_so = client.get(f"/votes/{asked}?sort=choice").headers["location"]
    assert sorted_so == f"/votes/{own}?sort=choice"
    assert client.get(f"/hi/votes/{asked}").headers["location"] == f"/hi/votes/{own}"


def test_vote_own_address_is_the_id_where_the_symbol_has_several(client: TestClient) -> None:
    answer = client.get("/votes/A/RES/57/214")
    assert answer.status_code == 307
    own = answer.headers["location"]
    assert re.fullmatch(r"/votes/UNDL-\d+", own)
    text = page(client, own)
    assert "Also voted on under this symbol" in text
    assert len(client.get(f"{own}.json").json()["others"]) == 7


def test_vote_of_a_symbol_with_several_lists_them(client: TestClient) -> None:
    text = page(client, "/votes/A/RES/71/272", 300)
    for rollcall in ("VOETEN-5976", "VOETEN-5977", "VOETEN-5978"):
        assert f"/votes/{rollcall}" in text
    assert "65–82–15" in text
    told = client.get("/votes/A/RES/71/272.json")
    assert told.status_code == 300
    assert [row["kind"] for row in told.json()["panels"]["candidates"]["table"]] == [
        "procedural",
        "amendment",
        "amendment",
    ]


@pytest.mark.parametrize("path", ["/votes/A/RES/99/999", "/votes/nothing/whatif", "/votes/x/embed"])
def test_vote_that_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).status_code == 404


def test_vote_tells_the_rule_and_its_margin(client: TestClient) -> None:
    text = page(client, PATHS["resolution"])
    assert "93–18–65" in text
    assert "of 111 voting, 56 are needed for a simple majority" in text
    assert "56 Yes needed" in text


def test_vote_has_one_tile_for_each_member(client: TestClient) -> None:
    text = page(client, PATHS["resolution"])
    assert len(re.findall(r'class="tile (?:yes|no|abstain|non_voting)" data-state', text)) == 193
    assert "<title>Hungary: No</title>" in text
    hindi = page(client, f"/hi{PATHS['resolution']}")
    assert "<title>हंगरी: " in hindi


@pytest.mark.parametrize(("name", "seats"), [("council", 15), ("1963", 11), ("veto alone", 15)])
def test_vote_of_the_council_has_its_seats(client: TestClient, name: str, seats: int) -> None:
    assert len(re.findall(r'class="tile \w+" data-state', page(client, PATHS[name]))) == seats


def test_vote_with_a_veto_alone_is_shown_as_not_in_the_record(client: TestClient) -> None:
    text = page(client, PATHS["veto alone"])
    assert "tally not in the record" in text
    assert "The record has the choice of 1 of 15 members" in text
    assert "no source here gives the tally" in text
    assert "0–" not in text.split("<main")[1].split('id="earlier"')[0]
    told = client.get(f"{PATHS['veto alone']}.json").json()
    assert {row["choice"] for row in told["panels"]["roll"]["table"]} == {"no", "not_recorded"}
    assert set(told["missing"]) >= {"surprise", "groups", "flip", "whatif"}


def test_vote_without_a_vote_has_neither_map_nor_tally(client: TestClient) -> None:
    text = page(client, PATHS["without a vote"])
    assert "without a vote" in text
    assert 'id="map"' not in text
    assert client.get(f"{PATHS['without a vote']}/map.svg").status_code == 400
    assert client.get(f"{PATHS['without a vote']}/tally.svg").status_code == 400


def test_vote_with_an_approximate_day_says_so(client: TestClient) -> None:
    record = votewire.open_record()
    rollcall = record.rollcalls.filter(~record.rollcalls["date_exact"])["id"][0]
    answer = client.get(f"/votes/{rollcall}", headers=BROWSER, follow_redirects=True)
    assert "day approximate" in answer.text
    linked = answer.text.split('application/ld+json">')[1].split("</script>")[0]
    assert [each["@type"] for each in json.loads(linked)["@graph"]] == ["Dataset"]


def test_vote_roll_is_sorted_as_asked(client: TestClient) -> None:
    roll = client.get(f"{PATHS['resolution']}.json?sort=surprise").json()["panels"]["roll"]
    assert [row["state"] for row in roll["table"][:3]] == ["USA", "ISR", "HUN"]
    assert roll["table"][0]["bits"] == pytest.approx(9.3)
    by_choice = client.get(f"{PATHS['resolution']}.csv?sort=choice").text.splitlines()
    assert [line.split(",")[2] for line in by_choice[1:19]] == ["no"] * 18
    assert client.get(f"{PATHS['resolution']}?sort=size").status_code == 422


def test_vote_names_who_broke_ranks(client: TestClient) -> None:
    told = client.get(f"{PATHS['resolution']}.json").json()["panels"]
    groups = {row["group"]: row for row in told["groups"]["table"]}
    assert groups["EU"]["broke"] == ["HUN"]
    assert groups["EU"]["cohesion"] == pytest.approx(0.944, abs=0.001)
    assert groups["P5"]["majority"] is None
    council = client.get(f"{PATHS['council']}.json").json()["panels"]["groups"]["table"]
    assert "BRICS" not in {row["group"] for row in council}  # two members there


def test_vote_compares_with_the_last_one_on_the_matter(client: TestClient) -> None:
    changed = client.get(f"{PATHS['resolution']}.json").json()["panels"]["changed"]
    assert changed["changed"] == 60
    assert "A/RES/ES-11/6" in changed["title"]


def test_vote_cites_the_record_by_hash_and_day(client: TestClient) -> None:
    told = client.get(f"{PATHS['resolution']}.json").json()
    record = votewire.open_record()
    for text in (told["citation"], told["bibtex"]):
        assert record.hash[:12] in text
        assert str(record.complete_to["GA"]) in text
    assert "A/ES-11/PV.20" in told["citation"]
    assert told["bibtex"].count("{") == told["bibtex"].count("}")


def test_vote_is_linked_data(client: TestClient) -> None:
    text = page(client, PATHS["council"])
    linked = json.loads(text.split('application/ld+json">')[1].split("</script>")[0])
    event, dataset = linked["@graph"]
    assert event["startDate"] == "2025-02-24"
    assert dataset["distribution"][0]["contentUrl"].endswith("/votes/S/RES/2774(2025).json")


def test_vote_embed_may_stand_in_a_frame_and_the_page_may_not(client: TestClient) -> None:
    embedded = client.get(f"{PATHS['council']}/embed")
    assert "frame-ancestors *" in embedded.headers["content-security-policy"]
    assert "<script" not in embedded.text
    whole = client.get(PATHS["council"], headers=BROWSER)
    assert "frame-ancestors 'none'" in whole.headers["content-security-policy"]
    assert "&lt;iframe src=" in whole.text


def test_vote_pages_have_no_inline_style_or_script(client: TestClient) -> None:
    for path in (PATHS["resolution"], f"{PATHS['council']}/whatif", f"{PATHS['council']}/embed"):
        text = page(client, path)
        assert " style=" not in text
        assert "<style" not in text
        scripts = re.findall(r"<script[^>]*>", text)
        assert all("src=" in each or "ld+json" in each for each in scripts)


@pytest.mark.parametrize("name", ["map", "tally"])
def test_vote_pictures_are_files_with_source_and_hash(client: TestClient, name: str) -> None:
    drawn = client.get(f"{PATHS['resolution']}/{name}.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert votewire.open_record().hash[:12] in drawn.text
    assert "93 Yes" in drawn.text
    assert client.get(f"{PATHS['council']}/{name}.png").content.startswith(b"\x89PNG")


def test_whatif_gives_the_command_lines_answer(client: TestClient, shell: Shell) -> None:
    told = client.get(f"{PATHS['council']}/whatif.json?set=GBR=no").json()
    ran = json.loads(shell("whatif", "2774", "--set", "GBR=no", "--json").out)
    assert told["panels"]["whatif"] == ran
    assert told["panels"]["whatif"]["outcome_after"] == "vetoed"
    flip = json.loads(shell("whatif", "2774", "--set", "GBR=no", "--flip", "--json").out)
    assert told["panels"]["flip"] == flip


def test_whatif_takes_the_form_without_script(client: TestClient) -> None:
    path = f"{PATHS['resolution']}/whatif"
    told = client.get(
        f"{path}.json?set=&set=abstainers=no&set=India=yes&state=&vote=no&two_thirds=1"
    ).json()
    assert told["every"] == {"abstainers": "no"}
    assert told["changes"] == {"IND": "yes"}
    assert told["panels"]["whatif"]["tally_after"] == {
        "yes": 94,
        "no": 82,
        "abstain": 0,
        "non_voting": 17,
    }
    assert told["panels"]["whatif"]["outcome_after"] == "rejected"
    text = page(client, f"{path}?state=Hungary&vote=yes")
    assert "The outcome stays the same." in text
    assert re.search(r'<option value="HUN=yes" selected>', text)
    assert 'class="tile yes marked" data-state="HUN"' in text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("set=GBR", 400),
        ("set=GBR=perhaps", 400),
        ("set=GBR=no&set=GBR=yes", 400),
        ("set=IND=no", 400),
        ("two_thirds=1", 400),
        (f"set={'x' * 90}=no", 400),
        ("procedural=maybe", 422),
    ],
)
def test_whatif_refuses_what_is_no_vote(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"{PATHS['council']}/whatif?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_whatif_of_a_vote_without_a_tally_says_why(client: TestClient) -> None:
    assert client.get(f"{PATHS['veto alone']}/whatif").status_code == 404
    text = page(client, PATHS["veto alone"])
    assert "The record has no tally of this vote." in text


def test_votes_filters_stand_in_the_address(client: TestClient) -> None:
    query = "chamber=GA&topic=ukraine&state=Hungary&choice=no&since=2022&outcome=&kind=resolution"
    told = client.get(f"/votes.json?{query}").json()
    assert [row["symbol"] for row in told["panels"]["votes"]["table"]] == ["A/RES/ES-11/7"]
    text = page(client, f"/votes?{query}")
    assert "1 vote<" in text.replace("</b>", "<")
    assert '<option value="no" selected>' in text


def test_votes_pages_hold_every_vote_once(client: TestClient) -> None:
    query = "chamber=SC&outcome=vetoed"
    first = client.get(f"/votes.json?{query}").json()
    ids = [
        row["id"]
        for number in range(1, first["pages"] + 1)
        for row in client.get(f"/votes.json?{query}&page={number}").json()["panels"]["votes"][
            "table"
        ]
    ]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/votes.csv?{query}").text)))
    assert ids == [row["id"] for row in rows]
    assert len(set(ids)) == len(ids) == first["found"] > 200
    days = [row["date"] for row in rows]
    assert days == sorted(days, reverse=True)
    text = page(client, f"/votes?{query}&page=2")
    assert 'rel="prev"' in text
    assert 'rel="next"' in text
    assert client.get(f"/votes?{query}&page=99", headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["choice=no", "chamber=XX", "outcome=maybe", "since=yesterday", "since=2023&until=2022"],
)
def test_votes_refuses_a_filter_that_is_none(client: TestClient, query: str) -> None:
    assert client.get(f"/votes?{query}").status_code == 400
    assert client.get(f"/votes.csv?{query}").status_code == 400


def test_votes_without_a_fit_says_so(client: TestClient) -> None:
    assert "No vote in the record fits" in page(client, "/votes?text=zzzzz")


@pytest.mark.parametrize(
    ("path", "own"),
    [("/votes?chamber=SC&page=2", r"/votes[?.]"), (PATHS["council"], r".*2774\(2025\)[./?]")],
)
def test_votes_links_of_a_page_to_its_other_forms_answer(
    client: TestClient, path: str, own: str
) -> None:
    every = re.findall(r'href="([^"#]+)"', page(client, path))
    links = {link.replace("&amp;", "&") for link in every if re.match(own, link)}
    assert len(links) >= 4
    for link in sorted(links):
        assert client.get(link, headers=BROWSER).status_code == 200, link
