from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record.small import compiled, pack_to, roll, rollcall, ukraine
from votewire import states
from votewire.errors import Ambiguous, NotInRecord
from votewire.record import Choice, Record, open_record


@pytest.fixture(scope="session")
def record() -> Record:
    return open_record()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return pack_to(tmp_path_factory.mktemp("small"), ukraine())


@pytest.mark.parametrize(
    ("symbol", "tally", "casts"),
    [
        (
            "A/RES/ES-11/7",
            (93, 18, 65, 17),
            {
                Choice.NO: "USA RUS ISR HUN",
                Choice.ABSTAIN: "CHN IND",
                Choice.YES: "FRA GBR UKR",
            },
        ),
        ("A/RES/ES-11/8", (93, 8, 73, 19), {Choice.ABSTAIN: "USA", Choice.NO: "RUS"}),
        ("S/RES/2774", (10, 0, 5, 0), {Choice.YES: "USA RUS CHN", Choice.ABSTAIN: "FRA GBR"}),
        ("A/RES/3379(XXX)", (72, 35, 32, None), {Choice.NO: "USA ISR GBR"}),
        ("A/RES/2758(XXVI)", (76, 35, 17, None), {Choice.YES: "SUN GBR FRA", Choice.NO: "USA JPN"}),
        ("A/RES/ES-11/1", (141, 5, 35, None), {Choice.NO: "RUS BLR PRK SYR ERI"}),
        ("A/RES/ES-10/19", (128, 9, 35, None), {Choice.NO: "HND", Choice.ABSTAIN: "CAN"}),
    ],
)
def test_record_holds_what_history_knows(
    record: Record, symbol: str, tally: tuple[int, ...], casts: dict[Choice, str]
) -> None:
    rollcall = record.rollcall(symbol)
    found = rollcall.tally
    assert (found.yes, found.no, found.abstain) == tally[:3]
    assert tally[3] in (None, found.non_voting)
    for choice, codes in casts.items():
        assert set(codes.split()) <= set(rollcall.states(choice))


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("ES-11/7", "A/RES/ES-11/7"),
        ("S/RES/2774 (2025)", "S/RES/2774(2025)"),
        ("2774", "S/RES/2774(2025)"),
        ("S/2025/112", "S/RES/2774(2025)"),
    ],
)
def test_record_finds_by_any_alias(record: Record, typed: str, symbol: str) -> None:
    assert record.rollcall(typed).symbol == symbol


def test_record_bare_number_is_the_councils_and_names_the_assemblys(record: Record) -> None:
    found = record.find("2774")
    assert found.rollcall.chamber == "SC"
    assert found.note is not None
    assert "A/RES/2774(XXVI)" in found.note


def test_record_names_the_nearest_symbols(record: Record) -> None:
    with pytest.raises(NotInRecord) as raised:
        record.rollcall("A/RES/ES-11/99")
    assert raised.value.nearest
    assert all(name.startswith("A/RES/ES-11/") for name in raised.value.nearest)
    assert "complete to GA" in str(raised.value)


def test_record_adoptions_without_a_vote_are_no_yes_votes(record: Record) -> None:
    silent = record.rollcalls.filter(record.rollcalls["modality"] == "without_vote")
    assert silent.height > 40
    assert set(silent["roll"]) == {"none"}
    assert silent["yes"].null_count() == silent.height
    assert not record.casts.join(silent, left_on="rollcall", right_on="id", how="semi").height


def test_record_resolutions_of_the_council_are_all_there(record: Record) -> None:
    adopted = record.select(chamber="SC", outcome="adopted")["symbol"].drop_nulls()
    numbers = {int(s.split("/")[2].split("(")[0]) for s in adopted if s.startswith("S/RES/")}
    assert set(range(1, 2797)) - numbers == set()
    assert 2798 in numbers


def test_record_matrix_agrees_with_the_casts(record: Record) -> None:
    matrix = record.matrix(chamber="SC", since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert matrix.values.dtype == np.int8
    assert matrix.values.shape == (len(matrix.rollcalls), len(matrix.states))
    row = matrix.rollcalls[0]
    usa = matrix.values[0, matrix.states.index("USA")]
    assert record.at(record.row_of(row)).casts["USA"] == usa
    assert matrix.dates.min() >= np.datetime64("2024-01-01")


def test_record_casts_are_the_matrix_in_long_form(small: Record) -> None:
    assert small.casts.height == 2 * 193
    usa = small.casts.filter(small.casts["state"] == "USA")
    assert sorted(usa["choice"]) == ["no", "yes"]


def test_record_select_by_state_choice_text_and_day(record: Record) -> None:
    frame = record.select(
        state="USA", choice="no", chamber="GA", since=date(2025, 2, 24), until=date(2025, 2, 24)
    )
    assert "A/RES/ES-11/7" in frame["symbol"].to_list()
    assert set(frame["choice"]) == {"no"}
    assert record.select(text="ES-11/7").height >= 1
    assert record.select(text="no title has these words").height == 0


def test_record_whole_text_goes_before_its_parts(small: Record) -> None:
    found = small.find("A/RES/78/900")
    assert found.rollcall.kind == "resolution"
    assert found.others == ("MADE-PART (A/RES/78/900, amendment)",)
    assert small.rollcall("A/78/L.9").id == "MADE-PART"
    assert small.rollcall("MADE-PART").kind == "amendment"


def test_record_says_when_a_symbol_is_ambiguous(tmp_path: Path) -> None:
    day = date(2024, 5, 1)
    choices = roll(day, {"USA": Choice.NO})
    rows = [
        (rollcall("A/RES/78/900", day, choices, id=f"MADE-{n}", kind="paragraph"), choices)
        for n in (1, 2)
    ]
    with pytest.raises(Ambiguous) as raised:
        pack_to(tmp_path, compiled(rows)).rollcall("A/RES/78/900")
    assert raised.value.candidates == ("MADE-1", "MADE-2")


def test_record_days_may_be_written(record: Record) -> None:
    written = record.matrix(chamber="GA", since="2025-01-01", until="2025-06-30")
    assert (
        written.rollcalls
        == record.matrix(chamber="GA", since=date(2025, 1, 1), until=date(2025, 6, 30)).rollcalls
    )
    assert record.select(since="2025-10-01").equals(record.select(since=date(2025, 10, 1)))
    with pytest.raises(ValueError, match="yesterday"):
        record.matrix(since="yesterday")
    with pytest.raises(ValueError, match="Lords"):
        record.matrix(chamber="Lords")


@given(marks=st.lists(st.sampled_from(list(Choice)[:4]), min_size=1, max_size=60))
def test_record_matrix_casts_and_totals_say_the_same(
    marks: list[Choice], tmp_path_factory: pytest.TempPathFactory
) -> None:
    day = date(2024, 5, 1)
    choices = roll(day, dict(zip(sorted(states.members_on(day)), marks, strict=False)))
    row = rollcall("A/RES/78/900", day, choices)
    record = pack_to(tmp_path_factory.mktemp("any"), compiled([(row, choices)]))
    counted = dict(record.casts.group_by("choice").len().iter_rows())
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING):
        in_matrix = int((record.matrix().values == choice).sum())
        assert counted.get(choice.label, 0) == in_matrix == row[choice.label]
        assert len(record.at(0).states(choice)) == in_matrix
