"""`votewire check --cluster`: the same table from a Dask cluster, here inside this process."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.test_batch import TRUE, write
from tests.conftest import ROOT
from votewire import config
from votewire.check import batch
from votewire.cli.batch import check_pages
from votewire.errors import MissingExtra, UsageError
from votewire.pipeline import check_many, cluster


@pytest.fixture
def dask(socket_enabled: None) -> Iterator[object]:
    """A cluster of two workers in this process; what they say to each other stays in it."""
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    forget = cluster._record.cache_clear
    forget()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as made:
        yield made
    forget()


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    made = {f"{n:02}.txt": TRUE.format(yes=92 + n % 2, number=n).encode() for n in range(1, 13)}
    made["13.txt"] = b"The Assembly voted \xff on Monday."
    made["14.xml"] = (ROOT / "examples" / "wire.xml").read_bytes()
    return sorted(write(tmp_path / "pages", made).iterdir())


def test_cluster_gives_the_same_bytes(dask: object, pages: list[Path], tmp_path: Path) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    alone = check_many(pages, config.load(), out=here)
    done = check_many(pages, config.load(), out=there, cluster=dask.scheduler_address)
    assert there.read_bytes() == here.read_bytes()
    assert (done.pages, done.statuses, done.verdicts) == (16, alone.statuses, alone.verdicts)
    assert done.statuses == {"ok": 14, "unreadable": 1, "no_claims": 1}


def test_cluster_run_that_was_stopped_goes_on(
    dask: object, pages: list[Path], tmp_path: Path
) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    check_many(pages, config.load(), out=here)

    def stop(done: int, _total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_many(pages, config.load(), out=there, cluster=dask.scheduler_address, on_step=stop)
    assert not there.exists()
    again = check_many(pages, config.load(), out=there, cluster=dask.scheduler_address)
    assert again.resumed == 5
    assert there.read_bytes() == here.read_bytes()


def test_cluster_bad_page_is_a_row_and_a_lost_worker_is_retried(
    dask: object, pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = batch.check

    def slow(article: object, record: object) -> object:
        if "Page 3." in article.text:
            raise RuntimeError("made to fail")
        time.sleep(0.05)
        return real(article, record)

    monkeypatch.setattr(batch, "check", slow)
    lost: list[object] = []

    def lose(done: int, _total: int) -> None:
        if done == 4 and not lost:
            lost.append(dask.workers[0])
            dask.sync(dask.workers[0].close, nanny=False)

    out = tmp_path / "t.parquet"
    done = check_many(pages, config.load(), out=out, cluster=dask.scheduler_address, on_step=lose)
    assert lost
    assert done.statuses == {"ok": 13, "error": 1, "unreadable": 1, "no_claims": 1}
    assert ("RuntimeError: made to fail") in [why for _, why in done.failed]


def test_cluster_with_another_record_is_refused(
    dask: object, pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_record", lambda _settings: SimpleNamespace(hash="f" * 64))
    with pytest.raises(UsageError, match="record ffffffffffff, this machine"):
        check_many(pages, config.load(), out=tmp_path / "t.csv", cluster=dask.scheduler_address)


def test_cluster_that_does_not_answer_is_told(
    socket_enabled: None, pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    monkeypatch.setattr(cluster, "_PATIENCE", "0.2s")
    for address in ("tcp://127.0.0.1:1", "no address"):
        with pytest.raises(UsageError, match="no Dask scheduler answers"):
            check_many(pages, config.load(), out=tmp_path / "t.csv", cluster=address)


def test_cluster_without_the_extra_says_what_to_install(
    pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"votewire\[cluster\]"):
        check_many(pages, config.load(), out=tmp_path / "t.csv", cluster="tcp://127.0.0.1:1")


def test_cluster_and_jobs_exclude_each_other(pages: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        check_pages(pages, 2, tmp_path / "t.csv", None, "tcp://127.0.0.1:1")
