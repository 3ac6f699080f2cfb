import io
import json
from pathlib import Path

import polars as pl
import pytest

import votewire
from tests.conftest import ROOT
from votewire.check import batch
from votewire.check.batch import Journal, PageResult, PageSource, Status
from votewire.record import Record

EXAMPLE = ROOT / "examples" / "assembly-and-council.txt"
READ = PageResult(status=Status.NO_CLAIMS, headline="A quiet day")


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def page(name: str, sha256: str | None = None) -> PageSource:
    return PageSource(name=name, sha256=sha256)


def opened(file: io.BytesIO, record_hash: str = "r") -> Journal:
    return Journal(file, record_hash=record_hash, version="1")


def test_batch_rows_say_what_the_report_says(record: Record) -> None:
    source = EXAMPLE.read_bytes()
    report = votewire.check_page(source, record)
    journal = opened(io.BytesIO(), record.hash)
    journal.add(page("example.txt", "00"), batch.check_source(source, record))
    table = batch.table_of(batch.rows_of(journal.at(journal.places()["00"]), page="example.txt"))
    assert table["verdict"].to_list() == [item.verdict.value for item in report.checked]
    assert table["span"].to_list() == [item.claim.span for item in report.checked]
    assert table["claim"].to_list() == list(range(1, len(report.checked) + 1))
    assert table["published"].unique().to_list() == ["2025-02-25T17:01+05:30"]
    assert table["record_hash"].unique().to_list() == [record.hash]


def test_batch_figures_are_json_of_measured_claims_alone(record: Record) -> None:
    claims = batch.check_source(EXAMPLE.read_bytes(), record).claims
    measured = [c for c in claims if c["verdict"] == "measured"]
    assert measured
    assert [c for c in claims if c["figures"] is not None] == measured
    for figure in json.loads(measured[0]["figures"]):
        assert {"name", "value", "low", "high", "n"} <= figure.keys()


@pytest.mark.parametrize(
    ("source", "status", "why"),
    [
        (b"The bakery on the corner opens at seven.\n", "no_claims", None),
        (b"", "unreadable", "the page is empty"),
        (b"The Assembly voted \xff on Monday.", "unreadable", "the page is not UTF-8 (byte 19"),
        (b"x" * 6_000_000, "unreadable", "more than 5 MB"),
    ],
)
def test_batch_page_without_claims_is_one_row_with_the_reason(
    record: Record, source: bytes, status: str, why: str | None
) -> None:
    result = batch.check_source(source, record)
    journal = opened(io.BytesIO(), record.hash)
    journal.add(page("a.txt"), result)
    row = batch.table_of(batch.rows_of(journal.at(0), page="a.txt")).row(0, named=True)
    assert (row["page"], row["status"], row["claim"]) == ("a.txt", status, None)
    assert (why is None and row["error"] is None) or why in row["error"]


def test_batch_failure_of_the_checker_is_a_result(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(article: object, record: object) -> None:
        raise RuntimeError("made to fail")

    monkeypatch.setattr(batch, "check", failing)
    result = batch.check_source(b"The Assembly voted.\n", record)
    assert (result.status, result.error) == (Status.ERROR, "RuntimeError: made to fail")
    assert "in failing" in result.trace


def test_batch_journal_passes_over_torn_lines_and_goes_on_after_them() -> None:
    file = io.BytesIO()
    journal = opened(file)
    journal.add(page("a", "aa"), READ)
    journal.add(page("b", "bb"), READ)
    whole = file.getvalue()
    for cut in range(whole.index(b"\n") + 1, len(whole) - 1):
        torn = opened(io.BytesIO(whole[:cut]))
        assert torn.settled() == {"aa"}
        torn.add(page("c", "cc"), READ)
        assert torn.settled() == {"aa", "cc"}
        assert torn.at(torn.places()["cc"])["page"] == "c"


@pytest.mark.parametrize(
    "change",
    [
        *((b'"no_claims"', b'"zzz"'), (b'"claims": []', b'"claims": 5'), (b"quiet", b"\xff")),
        *((b'"error": null', b'"error": 5'), (b'"sha256": "aa"', b'"sha256": []')),
        *((b"A quiet day", b"\\ud800"), (b"{", b"[" * 200_000), (b"votewire-", b"votewire_")),
    ],
)
def test_batch_journal_passes_over_what_was_changed(change: tuple[bytes, bytes]) -> None:
    file = io.BytesIO()
    opened(file).add(page("a", "aa"), READ)
    opened(file).add(page("b", "bb"), READ)
    first, second = file.getvalue().splitlines(keepends=True)
    assert change[0] in first
    journal = opened(io.BytesIO(first.replace(*change) + second))
    assert journal.settled() == {"bb"}
    assert journal.damaged == 1
    assert list(journal.places()) == ["bb"]
    assert journal.damaged == 1


def test_batch_journal_is_known_by_its_beginning() -> None:
    file = io.BytesIO()
    opened(file).add(page("a", "aa"), READ)
    assert all(batch.is_journal(file.getvalue()[:length]) for length in range(100))
    assert not any(map(batch.is_journal, (b"{}", b"my own notes", b"\n", b"votewire, a diary")))


def test_batch_journal_settles_neither_failures_nor_pages_that_were_not_read() -> None:
    journal = opened(io.BytesIO())
    journal.add(page("a", "aa"), PageResult(status=Status.ERROR, error="the process ended"))
    journal.add(page("b"), PageResult(status=Status.UNREADABLE, error="it cannot be read"))
    journal.add(page("c", "cc"), PageResult(status=Status.UNREADABLE, error="not UTF-8"))
    assert journal.settled() == {"cc"}
    journal.add(page("a", "aa"), READ)
    assert journal.settled() == {"aa", "cc"}
    assert journal.at(journal.places()["aa"])["status"] == "no_claims"
    assert journal.at(journal.places()["b"])["error"] == "it cannot be read"


def test_batch_journal_of_another_record_or_version_does_not_count() -> None:
    file = io.BytesIO()
    opened(file).add(page("a", "aa"), READ)
    assert opened(file).settled() == {"aa"}
    assert Journal(file, record_hash="other", version="1").settled() == set()
    assert Journal(file, record_hash="r", version="2").settled() == set()


def test_batch_halves_of_characters_do_not_reach_the_table() -> None:
    journal = opened(io.BytesIO())
    journal.add(page("a", "aa"), PageResult(status=Status.NO_CLAIMS, headline="half \ud83d"))
    table = batch.table_of(batch.rows_of(journal.at(0), page="a"))
    assert table["headline"].to_list() == ["half ?"]


def test_batch_table_refuses_one_page_twice() -> None:
    journal = opened(io.BytesIO())
    journal.add(page("a", "aa"), READ)
    rows = batch.rows_of(journal.at(0), page="a")
    assert batch.table_of(rows).schema == pl.Schema(batch.RESULTS.schema)
    with pytest.raises(ValueError, match="two rows share page, claim"):
        batch.table_of(rows + rows)


def test_batch_columns_are_those_of_the_docs() -> None:
    docs = Path(ROOT / "docs" / "how-to" / "check-many-pages.md").read_text(encoding="utf-8")
    for column in batch.RESULTS.columns:
        assert f"| `{column.name}` | {column.meaning} |" in docs
