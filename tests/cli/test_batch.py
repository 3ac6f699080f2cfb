import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import ROOT
from votewire.cli.batch import check_pages, find_pages
from votewire.errors import UsageError, VotewireError

EXAMPLE = (ROOT / "examples" / "assembly-and-council.txt").read_bytes()
TRUE = (
    "A vote at the UN\n\nPublished: 2025-02-25\n\nThe UN General Assembly on Monday, February 24, "
    "2025 adopted resolution A/RES/ES-11/7 by {yes} votes in favour to 18 against, with 65 "
    "abstentions. The United States voted against it. Page {number}.\n"
)

# The workers of a spawned pool import this file too, so what it changes holds in them as well.
SCRIPT = """
import os, sys, time
from pathlib import Path

from votewire.check import batch

real = batch.check

def check(article, record):
    if "Page 3." in article.text:
        raise RuntimeError("made to fail")
    if "Page 5." in article.text:
        os._exit(9)
    if "Page 9." in article.text:
        time.sleep(float(os.environ["WAIT"]))
    return real(article, record)

batch.check = check

if __name__ == "__main__":
    from votewire.cli.batch import check_pages

    folder, jobs, out = sys.argv[1:]
    sys.exit(check_pages([Path(folder)], int(jobs), Path(out), None))
"""


def write(folder: Path, pages: dict[str, bytes]) -> Path:
    for name, source in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source)
    return folder


def names(pages: Sequence[Path], root: Path) -> list[str]:
    return [page.relative_to(root).as_posix() for page in pages]


def test_batch_finds_pages_sorted_and_each_once(tmp_path: Path) -> None:
    made = ("b.html", "a/z.TXT", "a/c.htm", "notes.md", ".hidden.txt", ".git/x.txt", "data.xml")
    root = write(tmp_path, dict.fromkeys(made, b"page"))
    assert names(find_pages([root]), root) == ["a/c.htm", "a/z.TXT", "b.html"]
    given = [root / "notes.md", root / "a" / "c.htm", root, root / "a" / ".." / "b.html"]
    assert len(find_pages(given)) == 4


@pytest.mark.parametrize(
    ("given", "out", "said"),
    [
        (["missing"], "t.csv", "no such file or folder"),
        (["empty"], "t.csv", "no pages found"),
        (["page.txt"], None, "--out results.parquet"),
        (["page.txt"], "t.xlsx", ".parquet, .csv, .jsonl"),
        (["page.txt"], "nowhere/t.csv", "nothing can be written there"),
    ],
)
def test_batch_refuses_before_anything_is_checked(
    tmp_path: Path, given: list[str], out: str | None, said: str
) -> None:
    write(tmp_path, {"page.txt": EXAMPLE})
    (tmp_path / "empty").mkdir()
    target = None if out is None else tmp_path / out
    with pytest.raises(UsageError, match=said):
        check_pages([tmp_path / name for name in given], 1, target, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "page.txt"]


def test_batch_one_bad_page_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {
        "wrong.txt": EXAMPLE,
        "copy-of-wrong.txt": EXAMPLE,
        "true.txt": TRUE.format(yes=93, number=1).encode(),
        "latin.txt": "Le Conseil a voté.".encode("latin-1"),
        "german.txt": b"Der Rat hat am Montag mit zehn Stimmen eine Resolution angenommen.",
        "large.txt": b"x" * 6_000_000,
        "quiet.html": b"<html><body><p>The bakery on the corner opens at seven.</p></body></html>",
    }
    root = write(tmp_path / "pages", pages)
    out = tmp_path / "table.csv"
    assert check_pages([root], 1, out, None) == 1
    table = pl.read_csv(out)
    status = dict(table.select("page", "status").unique().iter_rows())
    assert {Path(page).name: told for page, told in status.items()} == {
        "wrong.txt": "ok",
        "copy-of-wrong.txt": "ok",
        "true.txt": "ok",
        "latin.txt": "unreadable",
        "german.txt": "unreadable",
        "large.txt": "unreadable",
        "quiet.html": "no_claims",
    }
    assert table["page"].is_sorted()
    of = {Path(page[0]).name: rows.drop("page") for page, rows in table.group_by("page")}
    assert of["wrong.txt"].equals(of["copy-of-wrong.txt"])
    assert set(of["true.txt"]["verdict"]) == {"supported"}
    printed = capsys.readouterr()
    assert "latin.txt: the page is not UTF-8" in printed.err
    assert "german.txt: This page is in German; votewire reads English" in printed.err
    assert "7 pages: 3 with claims, 1 without, 3 unreadable." in printed.out
    assert "contradicted: " + (root / "wrong.txt").as_posix() in printed.out
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["table.csv"]


def checked(tmp_path: Path, out: Path) -> int:
    return check_pages([write(tmp_path / "pages", {"a.txt": EXAMPLE, "b.txt": b"x"})], 1, out, None)


def test_batch_leaves_a_file_that_is_no_journal_alone(tmp_path: Path) -> None:
    mine = tmp_path / "t.csv.journal"
    mine.write_text("my own notes\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"t.csv.journal: .* what is in it is not. Nothing was"):
        checked(tmp_path, tmp_path / "t.csv")
    assert mine.read_text(encoding="utf-8") == "my own notes\n"
    assert not (tmp_path / "t.csv").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
@pytest.mark.parametrize("kind", ["file", "absent", "/dev/full", "/dev/zero", "pipe", "folder"])
def test_batch_takes_no_link_pipe_or_device_for_its_journal(tmp_path: Path, kind: str) -> None:
    journal, notes = tmp_path / "t.csv.journal", tmp_path / "notes"
    if kind == "pipe":
        os.mkfifo(journal)
    elif kind == "folder":
        journal.mkdir()
    else:
        journal.symlink_to(notes if kind in ("file", "absent") else kind)
    if kind == "file":
        notes.write_bytes(b"")
    with pytest.raises(UsageError, match="a journal of votewire's has that name, and it is not"):
        checked(tmp_path, tmp_path / "t.csv")
    assert notes.exists() == (kind == "file")
    assert kind != "file" or notes.read_bytes() == b""


def test_batch_says_which_lines_of_a_journal_did_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, journal = tmp_path / "t.csv", tmp_path / "t.csv.journal"
    journal.write_bytes(b"votewire-journal 00 " + b"[" * 200_000 + b"\nvotewire-journal {}")
    assert checked(tmp_path, out) == 1
    told = capsys.readouterr().err
    assert "t.csv.journal: 2 lines were cut off or changed; its pages were checked anew." in told
    assert out.exists()
    assert not journal.exists()


def test_batch_given_a_folder_to_write_to_leaves_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(UsageError, match="is a folder; name a file"):
        checked(tmp_path, tmp_path / "d.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.csv", "pages"]


def test_batch_that_cannot_start_leaves_no_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOTEWIRE_RECORD", str(tmp_path / "none"))
    with pytest.raises(VotewireError):
        checked(tmp_path, tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
def test_batch_follows_a_link_and_writes_to_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link, target = tmp_path / "link.csv", tmp_path / "elsewhere" / "real.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert checked(tmp_path, link) == 1
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"page,sha256,")
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in target.parent.iterdir()] == ["real.csv"]
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert checked(tmp_path, pipe) == 1
        assert os.read(reader, 1 << 16) == target.read_bytes()
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    full = tmp_path / "full.csv"
    full.symlink_to("/dev/full")
    with pytest.raises(UsageError, match="No space left on device"):
        checked(tmp_path, full)
    assert full.is_symlink()


def run(script: Path, *words: object, wait: float = 0) -> subprocess.Popen[str]:
    command = [sys.executable, str(script), *map(str, words)]
    env = {**os.environ, "WAIT": str(wait)}
    return subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def lines(journal: Path) -> int:
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def until_killed(script: Path, root: Path, out: Path) -> int:
    """Starts a run that waits at a page, kills it before and returns how many were checked."""
    killed = run(script, root, 1, out, wait=30)
    journal = out.with_name(f"{out.name}.journal")
    deadline = time.monotonic() + 60
    while lines(journal) < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.kill()
    killed.communicate(timeout=60)
    return journal.read_bytes().count(b'"status": "ok"')  # pages that failed are tried again


def test_batch_killed_and_resumed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two pages of twelve fail: the checker raises on one, the other ends its process."""
    pages = {f"{n:02}.txt": TRUE.format(yes=93, number=n).encode() for n in range(1, 13)}
    root = write(tmp_path / "pages", pages)
    script = write(tmp_path, {"many.py": SCRIPT.encode()}) / "many.py"
    whole, resumed = tmp_path / "whole.parquet", tmp_path / "resumed.parquet"
    log = Path(os.environ["VOTEWIRE_DATA_DIR"]) / "votewire.log"

    uninterrupted = run(script, root, 2, whole)
    _, told = uninterrupted.communicate(timeout=60)
    assert uninterrupted.returncode == 0
    assert "03.txt: RuntimeError: made to fail" in told
    assert "05.txt: it ended the process that checked it (exit code 9)" in told
    assert "in check" in log.read_text(encoding="utf-8")
    status = pl.read_parquet(whole).unique("page").sort("page")["status"].to_list()
    assert status == ["ok"] * 2 + ["error", "ok", "error"] + ["ok"] * 7

    done = until_killed(script, root, resumed)
    journal = tmp_path / "resumed.parquet.journal"
    assert 1 <= done < 10
    assert not resumed.exists()
    with journal.open("ab") as file:
        file.write(b'{"version": "torn')

    again = run(script, root, 1, resumed)
    printed, _ = again.communicate(timeout=60)
    assert again.returncode == 0
    assert f"{done} of them were checked by an earlier run." in printed
    assert resumed.read_bytes() == whole.read_bytes()
    assert not journal.exists()
