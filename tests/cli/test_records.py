import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.running import Shell


def test_show_json_has_the_keys_that_programs_rely_on(shell: Shell) -> None:
    ran = shell("record", "show", "A/RES/ES-11/7", "--json")
    shown = json.loads(ran.out)
    assert ran.status == 0
    assert shown["symbol"] == "A/RES/ES-11/7"
    assert (shown["chamber"], shown["date"], shown["outcome"]) == ("GA", "2025-02-24", "adopted")
    assert shown["tally"] == {"yes": 93, "no": 18, "abstain": 65, "non_voting": 17}
    assert [shown["casts"][s] for s in ("USA", "CHN", "FRA")] == ["no", "abstain", "yes"]
    assert len(shown["casts"]) == 193
    assert shown["sources"][0]["url"].startswith("https://digitallibrary.un.org/record/")


@pytest.mark.parametrize("typed", ["ES-11/7", "S/RES/2774 (2025)", "2774", "S/2025/112"])
def test_show_takes_any_alias(shell: Shell, typed: str) -> None:
    assert shell("record", "show", typed).status == 0


def test_show_text_lists_every_choice_and_the_record(shell: Shell) -> None:
    ran = shell("record", "show", "2774")
    for said in ("10-0-5", "yes (10)", "abstain (5)", "France", "Record complete to", "source:"):
        assert said in ran.out


def test_list_json_csv_and_parquet_hold_the_same_rows(shell: Shell, tmp_path: Path) -> None:
    words = ["record", "list", "--state", "USA", "--choice", "no", "--since", "2025-02-01"]
    listed = json.loads(shell(*words, "--json").out)
    csv = pl.read_csv(shell(*words, "--csv").out.encode(), infer_schema_length=None)
    shell(*words, "--parquet", "--out", str(tmp_path / "list.parquet"))
    parquet = pl.read_parquet(tmp_path / "list.parquet")
    assert len(listed) == csv.height == parquet.height > 5
    assert [row["id"] for row in listed] == parquet["id"].to_list() == csv["id"].to_list()


def test_list_asks_of_the_state_that_held_the_seat(shell: Shell) -> None:
    ran = shell(
        "record", "list", "--state", "Russia", "--until", "1985-12-31", "--text", "outer space"
    )
    assert ran.status == 0
    assert "note:" in ran.err
    assert "SUN" in ran.err


def test_verify_passes_on_the_shipped_record(shell: Shell) -> None:
    ran = shell("record", "verify", "--json")
    result = json.loads(ran.out)
    assert ran.status == 0
    assert result["failures"] == []
    assert result["recounted"] > 900_000


def test_info_and_problems_answer_in_text_and_json(shell: Shell) -> None:
    assert "complete to" in shell("record", "info").out
    assert set(json.loads(shell("record", "info", "--json").out)["complete_to"]) == {"GA", "SC"}
    assert json.loads(shell("record", "problems", "--json").out)
    quarantined = json.loads(shell("record", "problems", "--kind", "quarantine", "--json").out)
    assert all(row["reason"] for row in quarantined)


def test_sql_answers_over_the_declared_tables(shell: Shell) -> None:
    query = (
        "SELECT choice, count(*) AS n FROM casts JOIN rollcalls ON rollcall = id "
        "WHERE symbol = 'A/RES/ES-11/7' GROUP BY 1 ORDER BY 1"
    )
    ran = shell("record", "sql", query, "--json")
    assert {row["choice"]: row["n"] for row in json.loads(ran.out)} == {
        "yes": 93,
        "no": 18,
        "abstain": 65,
        "non_voting": 17,
    }


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM casts",
        "CREATE TABLE t AS SELECT 1",
        "SELECT 1; DROP VIEW rollcalls",
        "COPY rollcalls TO 'stolen.csv'",
        "ATTACH 'other.db'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELEC 1",
        "SELECT * FROM no_such_table",
        "",
    ],
)
def test_sql_refuses_all_but_reading(shell: Shell, query: str, tmp_path: Path) -> None:
    ran = shell("record", "sql", query)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    assert not Path("stolen.csv").exists()


def test_export_describes_every_column(shell: Shell, tmp_path: Path) -> None:
    assert shell("record", "export", str(tmp_path)).status == 0
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        path = tmp_path / resource["path"]
        read = pl.scan_csv if path.suffix == ".csv" else pl.scan_parquet
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert read(path).collect_schema().names() == fields
        assert all(field["description"] for field in resource["schema"]["fields"])


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["record", "show", "A/RES/ES-11/99"], 4, "Nearest: A/RES/ES-11/"),
        (["record", "show", "nonsense"], 4, "not in the record"),
        (["record", "list", "--state", "Atlantis"], 3, "not a known UN member"),
        (["record", "list", "--choice", "no"], 2, "--state"),
        (["record", "list", "--state", "USA", "--choice", "maybe"], 2, "yes, no, abstain"),
        (["record", "list", "--chamber", "Lords"], 2, "GA, SC"),
        (["record", "list", "--since", "yesterday"], 2, "yesterday"),
        (["record", "list", "--json", "--csv"], 2, "exclude each other"),
        (["record", "info", "--record", "no/such/folder"], 3, "no record here"),
        (["record", "nothing"], 2, "nothing"),
        (["record", "show"], 2, "Missing argument"),
    ],
)
def test_bad_input_is_one_clear_line(
    shell: Shell, words: list[str], status: int, said: str
) -> None:
    ran = shell(*words)
    assert ran.status == status
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_list_names_the_state_that_held_the_seat_before(shell: Shell) -> None:
    ran = shell("record", "list", "--state", "Russia", "--since", "1985-01-01", "--chamber", "SC")
    assert "before, it was the Soviet Union's: ask for SUN" in ran.err
    later = shell("record", "list", "--state", "Russia", "--since", "1992-01-01", "--chamber", "SC")
    assert "Soviet" not in later.err


def test_records_list_takes_the_filters_of_the_other_commands(shell: Shell) -> None:
    def listed(*words: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(shell("record", "list", *words, "--csv").out)))

    on_topic = listed("--since", "2022", "--until", "2024-12", "--topic", "Ukraine")
    asked = json.loads(
        shell("topics", "ukraine", "--since", "2022", "--until", "2024-12", "--json").out
    )
    voted = [row["id"] for row in on_topic if row["chamber"] == "GA" and row["roll"] != "none"]
    assert voted == [row["id"] for row in asked["table"]]
    assert {row["date"][:4] for row in on_topic} == {"2022", "2023", "2024"}
    assert "SC" in {row["chamber"] for row in on_topic}
    kinds = {row["kind"] for row in listed("--since", "2017", "--until", "2017")}
    whole = {row["kind"] for row in listed("--since", "2017", "--until", "2017", "--whole-texts")}
    assert whole == kinds - {"paragraph", "amendment", "procedural"} < kinds


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("--topic", "unicorns"), 4, "unicorns"),
        (("--since", "2025", "--until", "2024"), 2, "give the earlier day first"),
        (("--top", "0"), 2, "--top"),
    ],
)
def test_records_list_refuses_what_it_does_not_understand(
    shell: Shell, words: tuple[str, ...], status: int, why: str
) -> None:
    ran = shell("record", "list", *words)
    assert (ran.status, ran.out) == (status, "")
    assert why in ran.err


@pytest.mark.parametrize("words", [("record", "list", "--since", "2025"), ("vetoes",)])
@pytest.mark.parametrize("ending", ["json", "csv", "parquet"])
def test_records_a_files_ending_chooses_the_format(
    shell: Shell, tmp_path: Path, words: tuple[str, ...], ending: str
) -> None:
    by_ending, asked_for = tmp_path / f"a.{ending}", tmp_path / "b"
    shell(*words, "--out", str(by_ending))
    shell(*words, f"--{ending}", "--out", str(asked_for))
    assert by_ending.read_bytes() == asked_for.read_bytes()
    text = tmp_path / "c.txt"
    shell(*words, "--out", str(text))
    assert text.read_bytes() != by_ending.read_bytes()


def test_sql_takes_the_seconds_of_the_setting(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOTEWIRE_SQL_SECONDS", "1")
    ran = shell("record", "sql", "SELECT count(*) FROM range(1000000000000)")
    assert ran.status == 2
    assert "took more than 1 s and was stopped" in ran.err
