"""What the record holds, and the record as files."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import votewire
from tests.conftest import ROOT
from votewire.config import Settings
from votewire.pipeline import add_files
from votewire.web import create_app, downloads

RECORD = votewire.open_record()


def test_data_counts_add_up_to_the_record(client: TestClient) -> None:
    panels = client.get("/data.json").json()["panels"]
    for name in ("kinds", "decades"):
        rows = panels[name]["table"]
        assert sum(row["rollcalls"] for row in rows) == len(RECORD)
        assert all(row["rollcalls"] == row["full"] + row["partial"] + row["none"] for row in rows)
    assert len(panels["quarantine"]["table"]) == RECORD.quarantine.height
    counted = sum(row["disagreements"] for row in panels["disagreements"]["table"])
    assert counted == RECORD.disagreements.height


def test_data_files_are_what_their_sums_say(client: TestClient) -> None:
    files = client.get("/data.json").json()["files"]
    assert {"rollcalls.csv", "casts.parquet", "datapackage.json", "SHA256SUMS.txt"} <= {
        file["name"] for file in files
    }
    for file in files:
        if file["size"] < 1_000_000:
            content = client.get(f"/data/{file['name']}").content
            assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_data_casts_are_those_of_the_record(client: TestClient) -> None:
    answer = client.get("/data/casts.parquet")
    assert "attachment" in answer.headers["content-disposition"]
    assert pl.read_parquet(io.BytesIO(answer.content)).height == RECORD.casts.height


def test_data_package_names_every_table_file(client: TestClient) -> None:
    package = json.loads(client.get("/data/datapackage.json").text)
    paths = {resource["path"] for resource in package["resources"]}
    assert {
        f"{table}.{kind}" for table in ("rollcalls", "casts") for kind in ("csv", "parquet")
    } <= (paths)
    assert package["version"] == RECORD.hash


def test_data_file_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/data/quarantine.csv").headers["etag"]
    answer = client.get("/data/quarantine.csv", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("said", "status", "length"),
    [
        *(("bytes=0-9", 206, 10), ("bytes=-7", 206, 7), ("bytes=5-", 206, -5)),
        *(("bytes=abc", 200, 0), ("items=0-1", 200, 0), ("bytes=", 200, 0), ("bytes=9-3", 200, 0)),
        *(("bytes=0-1,", 200, 0), ("bytes=0-1,99999999-", 200, 0), ("bytes=²-", 200, 0)),
    ],
)
def test_data_file_is_sent_in_part_where_a_part_is_named(
    client: TestClient, said: str, status: int, length: int
) -> None:
    whole = client.get("/data/quarantine.csv").content
    headers = {"Range": said.encode("latin-1")}
    answer = client.get("/data/quarantine.csv", headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert len(answer.content) == (length if length > 0 else len(whole) + length)
    assert answer.content in whole


@pytest.mark.parametrize("said", ["bytes=99999999-", "bytes=-0"])
def test_data_file_has_no_part_beyond_its_end(client: TestClient, said: str) -> None:
    size = len(client.get("/data/quarantine.csv").content)
    headers = {"Range": said, "Accept": "application/json"}
    answer = client.get("/data/quarantine.csv", headers=headers)
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert answer.json()["detail"] == f"The file has {size} bytes."


def test_data_files_that_were_cleared_away_are_made_anew(client: TestClient, app: FastAPI) -> None:
    first = client.get("/data/quarantine.csv").content
    path, _ = app.state.site.downloads.path_of("quarantine.csv") or (None, None)
    assert path is not None
    shutil.rmtree(path.parent)
    assert client.get("/data/quarantine.csv").content == first


def test_data_files_that_cannot_be_made_are_no_bug(
    client: TestClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = app.state.site.downloads.path_of("quarantine.csv") or (None, None)
    assert path is not None
    shutil.rmtree(path.parent)

    def full(*_: object) -> str:
        raise subprocess.CalledProcessError(1, "export")

    with monkeypatch.context() as broken:
        broken.setattr(downloads, "_exported_apart", full)
        answer = client.get("/data/quarantine.csv", headers={"accept": "application/json"})
        assert answer.status_code == 507
        assert "cannot be made" in answer.json()["detail"]
    assert client.get("/data/quarantine.csv").status_code == 200


def test_data_other_names_are_not_files(client: TestClient) -> None:
    for name in ("nothing.csv", "..%2f..%2fpyproject.toml", "%2e%2e", "a" * 61):
        assert client.get(f"/data/{name}").status_code in (404, 422)


def test_data_page_says_gaps_and_licences(client: TestClient) -> None:
    page = client.get("/data").text
    assert RECORD.hash in page
    assert "S/RES/2797" in page
    assert page.count("<dt>Licence</dt>") == len(RECORD.manifest["sources"])


def test_data_is_told_to_programs_with_the_terms_of_its_sources(client: TestClient) -> None:
    page = client.get("/data").text
    told = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert [address.rpartition("/")[2] for address in told["license"]] == ["", "data#sources"]
    assert 'id="sources"' in page


def test_data_with_additions_of_ones_own_names_them(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, checks_per_minute=0)
    add_files([ROOT / "examples" / "roll.txt"], settings, today=date(2026, 11, 30))
    with TestClient(create_app(settings)) as client:
        answer = client.get("/data")
    assert answer.status_code == 200
    assert "<h3>your own layer: own:1:roll.txt</h3>" in answer.text
