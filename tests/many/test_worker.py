from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.many.jobs import prepared, unprepared
from votewire.config import Settings
from votewire.errors import PageGivenUp, TallyMismatch, UnreadablePage, UsageError
from votewire.many import Gone, Worker, answer_once, worker

HANGS = """
import re, sys
from votewire.press import page

# As a page was recognised once: twice as long with every comment.
comments = re.compile(r"(?:<!--.{0,2000}?-->\\s*)*<html", re.DOTALL)
page._is_html = lambda text: comments.match(text) is not None

if __name__ == "__main__":
    from votewire.cli import run

    run()
"""
COMMENTS = b"<!--x-->" * 40 + b"China voted against A/RES/ES-11/7.\n"
TRUE = b"China abstained on A/RES/ES-11/7.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, page_seconds=1)


@pytest.fixture
def one(settings: Settings) -> Iterator[Worker]:
    made = Worker(prepared, settings)
    assert made.answer() == str(settings.data_dir)
    yield made
    made.end(now=True)


def test_worker_answers_job_after_job_in_one_process(one: Worker) -> None:
    found = []
    for _ in range(3):
        one.give("tell")
        found.append(one.answer())
    assert len(set(found)) == 1
    assert found[0] != os.getpid()


def test_worker_is_ended_where_a_job_never_comes_back(one: Worker) -> None:
    one.give("hang in C")
    gone = one.answer()
    assert gone == Gone(seconds=1)
    assert "took more than 1 s" in str(gone.of("page.txt"))


def test_worker_is_ended_where_a_job_waits_for_nothing(
    one: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_ON_THE_CLOCK", 0.2)
    one.give("sleep")
    assert one.answer() == Gone(seconds=1)


def test_worker_that_dies_tells_its_exit_code(one: Worker) -> None:
    one.give("die")
    gone = one.answer()
    assert gone == Gone(code=9)
    assert "page.txt ended the process that checked it (exit code 9)" in str(gone.of("page.txt"))


def test_worker_raises_what_a_job_raised_and_goes_on(one: Worker) -> None:
    one.give("refuse")
    with pytest.raises(UnreadablePage, match="is a PDF"):
        one.answer()
    one.give("keywords")
    with pytest.raises(TallyMismatch) as raised:
        one.answer()
    assert raised.value.announced == (3, 2, 1)
    one.give("unsendable")
    with pytest.raises(RuntimeError, match="Unsendable") as other:
        one.answer()
    assert "jobs.py" in other.value.__notes__[0]
    one.give("tell")
    assert isinstance(one.answer(), int)


def test_worker_that_cannot_begin_says_why(settings: Settings) -> None:
    with pytest.raises(UsageError, match="nothing can be opened"):
        answer_once(unprepared, settings, "tell", page="p")


def test_worker_answers_once_within_the_limit_or_here_without_one(settings: Settings) -> None:
    assert answer_once(prepared, settings, "tell", page="p") != os.getpid()
    assert answer_once(prepared, replace(settings, page_seconds=0), "tell", page="p") == os.getpid()
    with pytest.raises(PageGivenUp, match=r"^p\.txt ended the process"):
        answer_once(prepared, settings, "die", page="p.txt")


def shell(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`votewire` in a process of its own, with a pattern that hangs on comments."""
    (folder / "hangs.py").write_text(HANGS, encoding="utf-8")
    limit = {"VOTEWIRE_PAGE_SECONDS": "2", "VOTEWIRE_DATA_DIR": str(folder / "data")}
    return subprocess.run(
        [sys.executable, str(folder / "hangs.py"), *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **limit},
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "read"])
def test_worker_gives_a_page_up_with_its_name(tmp_path: Path, command: str) -> None:
    page = tmp_path / "comments.txt"
    page.write_bytes(COMMENTS)
    done = shell(tmp_path, command, str(page))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"votewire: {page} took more than 2 s")
    assert done.stderr.count("\n") == 1


def test_worker_gives_one_page_up_and_the_batch_goes_on(tmp_path: Path) -> None:
    for name, source in (("a.txt", TRUE), ("b.txt", COMMENTS), ("c.txt", TRUE + b"So it was.\n")):
        (tmp_path / name).write_bytes(source)
    table = tmp_path / "t.csv"
    pages = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    done = shell(tmp_path, "check", *pages, "--jobs", "1", "--out", str(table))
    assert done.returncode == 0
    assert "b.txt: it took more than 2 s to read and check" in done.stderr
    assert "3 pages: 2 with claims, 1 given up." in done.stdout
    rows = table.read_text(encoding="utf-8").splitlines()
    assert [",given_up," in row for row in rows] == [False, False, True, False]
