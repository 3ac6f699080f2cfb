"""`votewire check` of feeds: an item is a page, one bad one stops nothing, a killed run goes on."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.cli.running import Shell
from tests.cli.test_batch import SCRIPT, TRUE, lines, run, until_killed, write
from tests.conftest import ROOT
from votewire.cli.batch import check_pages, find_pages

WIRE = (ROOT / "examples" / "wire.xml").read_bytes()


def ninjs(number: int) -> dict[str, str]:
    head, _, body = TRUE.format(yes=93, number=number).partition("\n\nPublished: 2025-02-25\n\n")
    return {"uri": f"urn:x:{number}", "headline": head, "body_text": body}


def pages_of(table: Path) -> list[str]:
    frame = pl.read_parquet(table) if table.suffix == ".parquet" else pl.read_csv(table)
    return [Path(page).name for page in frame["page"].unique(maintain_order=True)]


def test_feeds_items_are_pages_by_path_and_id(tmp_path: Path) -> None:
    write(tmp_path, {"wire.txt": WIRE})  # its name says nothing
    out = tmp_path / "t.parquet"
    assert check_pages([tmp_path / "wire.txt"], 1, out, None) == 1
    assert pages_of(out) == [f"wire.txt#meridian-2025-0224-{n}" for n in (1, 2, 3)]
    first = pl.read_parquet(out).row(0, named=True)
    assert first["headline"] == "Assembly tells Moscow to leave Ukraine"
    assert first["published"] == "2025-02-24T21:40+00:00"


def test_feeds_in_a_folder_are_found_where_they_are_feeds(tmp_path: Path) -> None:
    made = {"a.xml": WIRE, "b.xml": b"<config/>", "c.json": b'{"headline": "A"}', "d.json": b"[1]"}
    root = write(tmp_path, {**made, "e.html": b"<p>A page</p>"})
    assert [page.name for page in find_pages([root])] == ["a.xml", "c.json", "e.html"]


def test_feeds_bad_items_and_broken_feeds_stop_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [json.dumps(ninjs(1)), "{no json", json.dumps(ninjs(2)), json.dumps(ninjs(2))]
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha">]><rss><channel><title>&a;</title></channel></rss>'
    write(
        tmp_path,
        {
            "1.ndjson": "\n".join(told).encode(),
            "2.xml": WIRE[:-200],
            "3.xml": bomb,
            "4.json": b'{"name": "no feed"}',
            "5.txt": TRUE.format(yes=93, number=5).encode(),
        },
    )
    out = tmp_path / "t.csv"
    given = sorted(path for path in tmp_path.iterdir() if path != out)
    assert check_pages(given, 1, out, None) == 1
    table = pl.read_csv(out).unique("page", keep="first", maintain_order=True)
    status = {Path(page).name: told for page, told in table.select("page", "status").iter_rows()}
    assert status == {
        "1.ndjson#urn:x:1": "ok",
        "1.ndjson#item 2": "unreadable",
        "1.ndjson#urn:x:2": "ok",
        "1.ndjson#urn:x:2 (2)": "ok",
        "2.xml#meridian-2025-0224-1": "ok",
        "2.xml#meridian-2025-0224-2": "ok",
        "2.xml": "unreadable",
        "3.xml": "unreadable",
        "4.json": "unreadable",
        "5.txt": "ok",
    }
    errors = "\n".join(table["error"].drop_nulls())
    for why in ("no JSON", "broken XML at line", "declares entities", "JSON but no ninjs"):
        assert why in errors
    assert "10 pages: 6 with claims, 4 unreadable." in capsys.readouterr().out


def test_feeds_killed_and_resumed_give_the_same_bytes(tmp_path: Path) -> None:
    feed = "\n".join(json.dumps(ninjs(n)) for n in range(1, 13)).encode()
    root = write(tmp_path / "pages", {"wire.json": feed})
    script = write(tmp_path, {"many.py": SCRIPT.encode()}) / "many.py"
    whole, resumed = tmp_path / "whole.parquet", tmp_path / "resumed.parquet"
    first = run(script, root, 2, whole)
    first.communicate(timeout=60)
    assert first.returncode == 0
    done = until_killed(script, root, resumed)
    assert 1 <= done < 10
    again = run(script, root, 1, resumed)
    printed, _ = again.communicate(timeout=60)
    assert f"{done} of them were checked by an earlier run." in printed
    assert resumed.read_bytes() == whole.read_bytes()
    assert lines(tmp_path / "resumed.parquet.journal") == 0


@pytest.mark.parametrize("address", ["https://wire.example/un.xml", "HTTP://wire.example/un.xml"])
def test_feeds_addresses_are_not_fetched(shell: Shell, address: str) -> None:
    ran = shell("check", address)
    assert ran.status == 2
    assert "fetches nothing. Download it first" in ran.err
    assert "wire.example/un.xml:" in ran.err
    assert "://" in ran.err


def test_feeds_need_a_table_and_make_one(shell: Shell, tmp_path: Path) -> None:
    feed = tmp_path / "wire"
    shutil.copy(ROOT / "examples" / "wire.xml", feed)
    refused = shell("check", str(feed))
    assert (refused.status, refused.out) == (2, "")
    assert "--out results.parquet" in refused.err
    ran = shell("check", str(feed), "--out", str(tmp_path / "t.csv"))
    assert ran.status == 1
    assert "3 pages: 2 with claims, 1 without." in ran.out
