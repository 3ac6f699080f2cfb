"""The commands on positions: fitted at first use, kept, told with their intervals."""

import json
import sys
from pathlib import Path

import pytest

import votewire
from tests.cli.running import Shell
from tests.conftest import shared
from votewire.record import Record

SINCE = ("--since", "2022-09")  # sessions 77 to 80: a fit of a fraction of a second
PUBLISHED = "ccode,session,IdealPoint,Q5%,Q95%\n"


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "votewire-data" / "positions").glob("*.npz"))


def test_positions_fit_says_what_it_rests_on(shell: Shell, tmp_path: Path) -> None:
    ran = shell("positions", "fit", *SINCE, "--json")
    answer = json.loads(ran.out)
    assert ran.status == 0
    assert ran.err == ""
    assert [row["session"] for row in answer["table"]] == [77, 78, 79, 80]
    assert answer["rollcalls"] == sum(row["rollcalls"] for row in answer["table"]) > 250
    assert len(kept(tmp_path)) == 1


def test_positions_are_fitted_once(shell: Shell, tmp_path: Path) -> None:
    first = shell("positions", "rank", *SINCE, "--session", "79", "--csv")
    file = kept(tmp_path)[0]
    written = file.stat().st_mtime_ns
    second = shell("positions", "rank", *SINCE, "--session", "79", "--csv")
    assert first.out == second.out
    assert kept(tmp_path) == [file]
    assert file.stat().st_mtime_ns == written
    shell("positions", "rank", "--since", "2023-09")
    assert len(kept(tmp_path)) == 2


def test_positions_damaged_file_is_noted_and_made_anew(shell: Shell, tmp_path: Path) -> None:
    first = shell("positions", "rank", *SINCE, "--csv")
    kept(tmp_path)[0].write_bytes(b"damaged")
    second = shell("positions", "rank", *SINCE, "--csv")
    assert second.status == 0
    assert second.out == first.out
    assert "note: " in second.err
    assert "made anew" in second.err


def test_positions_rank_has_the_united_states_first(shell: Shell) -> None:
    ran = shell("positions", "rank", *SINCE, "--session", "79")
    assert ran.status == 0
    assert "From United States (" in ran.out
    assert "90 % interval" in ran.out
    first = next(line for line in ran.out.splitlines() if line.startswith("1 "))
    assert first.split()[1] == "USA"


def test_positions_rank_is_of_the_last_session_if_none_is_given(shell: Shell) -> None:
    assert json.loads(shell("positions", "rank", *SINCE, "--json").out)["session"] == 80


@pytest.mark.parametrize(
    ("session", "status", "why"), [("ES-11", 2, "regular session"), ("60", 4, "77, 78, 79")]
)
def test_positions_rank_of_no_such_session(
    shell: Shell, session: str, status: int, why: str
) -> None:
    ran = shell("positions", "rank", *SINCE, "--session", session)
    assert ran.status == status
    assert why in ran.err


def test_positions_show_by_topic_since_a_year(shell: Shell) -> None:
    words = ("positions", "show", "United States", "Cuba", "--topic", "ukraine", "--since", "2022")
    ran = shell(*words, "--csv")
    lines = ran.out.splitlines()
    assert lines[0] == "state,session,year,mean,sd,q05,q95,n_casts,part"
    assert {line.split(",")[0] for line in lines[1:]} == {"USA", "CUB"}
    assert {int(line.split(",")[2]) for line in lines[1:]} == {2022, 2023, 2024}
    assert "topic ukraine" in ran.err


@pytest.mark.parametrize("typed", ["SUN", "Soviet Union", "USSR"])
def test_positions_show_a_state_that_ended(shell: Shell, typed: str) -> None:
    ran = shell("positions", "show", typed, "--json")
    sessions = [row["session"] for row in json.loads(ran.out)["table"] if row["state"] == "SUN"]
    assert json.loads(ran.out)["states"] == ["SUN"]
    assert (sessions[0], sessions[-1]) == (1, 46)
    assert "ask for SUN" not in ran.err
    assert json.loads(shell("positions", "show", "Russia", "--json").out)["states"] == ["RUS"]


def test_positions_show_all(shell: Shell) -> None:
    ran = shell("positions", "show", "--all", "--topic", "ukraine", "--json")
    answer = json.loads(ran.out)
    assert len(answer["states"]) > 150
    assert {row["state"] for row in answer["table"]} == set(answer["states"])


@pytest.mark.parametrize("words", [(), ("USA", "--all")])
def test_positions_show_needs_states_or_all(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell("positions", "show", *words)
    assert ran.status == 2
    assert "--all" in ran.err


def test_positions_compare_with_a_file(shell: Shell) -> None:
    file = shared("data/idealpoints/IdealpointestimatesAll_Apr2020.csv")
    words = ("--since", "2017-10", "--until", "2019-12", "--json")
    answer = json.loads(shell("positions", "compare", str(file), *words).out)
    assert answer["n"] == 579
    assert answer["r"] > 0.9
    assert [row["session"] for row in answer["table"]] == [72, 73, 74]


@pytest.mark.parametrize(
    ("source", "status", "why"),
    [
        ("state,ideal\nUSA,2\n", 3, "lack ccode"),
        (PUBLISHED + "2,40,2.0,1.8,2.2\n", 4, "a comparison needs 10"),
    ],
)
def test_positions_compare_with_what_cannot_be_compared(
    shell: Shell, source: str, status: int, why: str
) -> None:
    ran = shell("positions", "compare", "-", *SINCE, stdin=source.encode())
    assert ran.status == status
    assert why in ran.err


def test_positions_of_the_council_are_refused_with_the_reason(shell: Shell) -> None:
    ran = shell("positions", "fit", "--chamber", "SC")
    assert ran.status == 5
    assert "15 members" in ran.err


def test_positions_of_the_whole_record_come_with_votewire(shell: Shell, tmp_path: Path) -> None:
    ran = shell("positions", "rank", "--session", "79", "--json")
    answer = json.loads(ran.out)
    assert ran.status == 0
    assert ran.err == ""
    assert answer["table"][0]["state"] == "USA"
    assert answer["method"] in ("laplace", "sampled")
    assert kept(tmp_path) == []


def test_positions_diagnose(shell: Shell) -> None:
    ran = shell("positions", "diagnose", *SINCE, "--json")
    answer = json.loads(ran.out)
    assert ran.status == 0
    assert answer["sweeps"] > 0
    assert [row["session"] for row in answer["table"]] == [77, 78, 79, 80]
    assert answer["method"] == "laplace"


def test_positions_build_writes_a_fit_to_a_folder(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from votewire.positions import expected, ready

    found = ready.ready(ready_record())
    assert found is not None
    monkeypatch.setattr(ready, "fit", lambda *given, **settings: found)
    monkeypatch.setattr(ready, "false_moves", lambda record: {"rate": 0.02, "real": 0.06})
    kept_ones = (expected.surprises(ready_record()), expected.standing_of(ready_record()))
    monkeypatch.setattr(expected, "expect", lambda record, on_day=None: kept_ones)
    ran = shell("positions", "build", "--out", str(tmp_path / "fit"))
    assert ran.status == 0
    shipped = [path.name for path in expected.SHIPPED.iterdir()]
    assert sorted(path.name for path in (tmp_path / "fit").iterdir()) == sorted(shipped)
    assert "961,324 casts" in ran.out


def ready_record() -> Record:
    return votewire.open_record()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--prior", "flat"), "give rw or bsv"),
        (("--dims", "7"), "give 1, 2 or 3"),
        (("--prior", "bsv", "--dims", "2"), "one dimension"),
    ],
)
def test_positions_settings_that_do_not_go(shell: Shell, words: tuple[str, ...], why: str) -> None:
    ran = shell("positions", "fit", *SINCE, *words)
    assert ran.status == 2
    assert why in ran.err


def test_positions_progress_is_drawn_on_a_terminal_alone(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("positions", "fit", *SINCE).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = shell("positions", "fit", "--since", "2023-09")
    assert "fitting: sweep 1, largest move " in ran.err
    assert "fitting" not in ran.out


def test_positions_without_numba_name_the_extra(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = ("fit", "sweeps", "kernels", "posterior")
    for name in list(sys.modules):
        if name.startswith(tuple(f"votewire.positions.{part}" for part in compiled)):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    ran = shell("positions", "rank", *SINCE)
    assert ran.status == 2
    assert "pip install 'votewire[fit]'" in ran.err
