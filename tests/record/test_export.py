"""The record as files, held against the validator that their readers use."""

import hashlib
import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package, Resource

from tests.conftest import ROOT
from votewire.config import load
from votewire.pipeline import add_files, open_with_layer
from votewire.record import TABLES, Record, open_record
from votewire.record.export import export, flat

DATA = ROOT / "src" / "votewire" / "record" / "data"
# Frictionless reads 40,000 rows a second; beyond these the casts are more of the same.
ROWS = 50_000
NAMES = [f"{table.name}-{kind}" for table in TABLES for kind in ("csv", "parquet")]


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


@pytest.fixture(scope="module")
def folder(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("un-votes")
    export(record, place)
    return place


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def named(package: dict[str, Any], name: str) -> dict[str, Any]:
    return next(resource for resource in package["resources"] if resource["name"] == name)


def test_export_package_is_valid(folder: Path) -> None:
    assert [resource.name for resource in Package(folder / "datapackage.json").resources] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_export_resource_is_valid(folder: Path, name: str) -> None:
    resource = Package(folder / "datapackage.json").get_resource(name)
    report = resource.validate(limit_rows=ROWS)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_export_resource_with_a_changed_file_is_not_valid(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    csv = tmp_path / "quarantine.csv"
    days = re.compile(rb"(?<=,\d{3})\d(?=-\d\d-\d\d,)")
    changed, found = days.subn(b"x", csv.read_bytes(), 1)
    assert found
    csv.write_bytes(changed)
    resource: Resource = Package(tmp_path / "datapackage.json").get_resource("quarantine-csv")
    assert {"hash-count", "type-error"} <= {
        error for (error,) in resource.validate().flatten(["type"])
    }


def test_export_files_are_what_the_package_says(folder: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_export_of_either_kind_holds_the_record(folder: Path, record: Record) -> None:
    for table in TABLES:
        frame: pl.DataFrame = getattr(record, table.name)
        assert pl.read_parquet(folder / f"{table.name}.parquet").equals(frame)
        schema = flat(frame).schema
        read = pl.read_csv(folder / f"{table.name}.csv", schema=schema)
        lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
        assert read.with_columns(pl.col(lists).fill_null("")).equals(flat(frame))


def test_export_requires_no_field_that_it_leaves_empty(
    folder: Path, package: dict[str, Any]
) -> None:
    for table in TABLES:
        read = pl.read_csv(folder / f"{table.name}.csv", infer_schema=False)
        required = {
            field["name"]
            for field in named(package, f"{table.name}-csv")["schema"]["fields"]
            if field["constraints"]["required"]
        }
        assert required
        assert not [name for name in required if read[name].null_count()]


def test_export_states_the_licence_of_each_source(package: dict[str, Any], record: Record) -> None:
    casts = named(package, "casts-csv")
    library = next(each for each in casts["licenses"] if "Hammarskjöld" in each["title"])
    assert library["name"] == "other-nc"
    assert "non-commercial use with attribution" in library["title"]
    assert len(casts["licenses"]) == len(casts["sources"]) + 1
    assert {licence["name"] for licence in casts["licenses"]} > {"CC0-1.0", "MIT"}
    assert package["licenses"] == casts["licenses"]
    aside = named(package, "quarantine-parquet")["sources"]
    titles = {s["id"]: f"{s['publisher']}: {s['title']}" for s in record.manifest["sources"]}
    assert {source["title"] for source in aside} == {
        titles[name] for name in record.quarantine["source"].unique()
    }


def test_export_knows_the_licence_of_every_source_by_its_words(record: Record) -> None:
    read = tomllib.loads((DATA / "licences.toml").read_text(encoding="utf-8"))
    known = {licence["says"] for licence in read["licence"]}
    listed = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"]
    assert known - {"none stated"} == {source["licence"] for source in listed}
    assert known >= {source["licence"] for source in record.manifest["sources"]}


def test_export_with_additions_of_ones_own_is_valid(tmp_path: Path) -> None:
    settings = load()
    add_files([ROOT / "examples" / "roll.txt"], settings, today=date(2026, 11, 30))
    export(open_with_layer(settings), tmp_path / "out")
    package = Package(tmp_path / "out" / "datapackage.json")
    assert package.get_resource("rollcalls-csv").validate().valid
    described = package.to_descriptor()
    assert described["sources"][-1]["title"] == "your own layer: own:1:roll.txt"
    assert described["licenses"][-1] == {
        "name": "notspecified",
        "title": "your own layer: none stated",
    }
