import pytest

from tests.check.made import claim, tally
from votewire.check import Verdict
from votewire.check.verdicts import judge
from votewire.record import Record, open_record


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


@pytest.mark.parametrize(
    ("symbol", "actor", "action", "verdict"),
    [
        ("A/RES/ES-11/7", "USA", "voted_no", "supported"),
        ("A/RES/ES-11/7", "USA", "opposed", "supported"),
        ("A/RES/ES-11/7", "IND", "voted_no", "contradicted"),
        ("A/RES/ES-11/7", "IND", "opposed", "partly"),
        ("A/RES/ES-11/7", "IND", "abstained", "supported"),
        ("A/RES/ES-11/7", "FRA", "abstained", "contradicted"),
        ("A/RES/ES-11/7", "CHN", "absent", "partly"),
        ("A/RES/ES-11/7", "FRA", "absent", "contradicted"),
        ("S/RES/2774", "RUS", "backed", "supported"),
        ("S/RES/2774", "GBR", "voted_no", "contradicted"),
        ("S/RES/2774", "IND", "voted_yes", "not_in_record"),
        ("S/RES/2774", "USA", "drafted", "supported"),
        ("S/RES/2774", "FRA", "drafted", "not_in_record"),
        ("S/2025/115", "RUS", "vetoed", "supported"),
        ("S/2025/115", "CHN", "vetoed", "contradicted"),
        ("S/RES/2774", "USA", "vetoed", "contradicted"),
        ("A/RES/ES-11/7", "RUS", "vetoed", "partly"),
        ("S/2014/916", "USA", "vetoed", "partly"),
        ("A/RES/ES-11/7", "GA", "adopted", "supported"),
        ("A/RES/ES-11/7", "GA", "rejected", "contradicted"),
        ("S/2025/115", "SC", "rejected", "supported"),
        ("S/2025/115", "SC", "adopted", "contradicted"),
        ("A/RES/ES-11/7", "G:EUROPE", "voted_yes", "not_checkable"),
        ("A/RES/ES-11/7", "G:EU", "voted_yes", "partly"),
        ("S/RES/2774", "G:EU", "abstained", "supported"),
        ("S/RES/2774", "G:EU", "voted_no", "contradicted"),
    ],
)
def test_judge_says_what_the_roll_says(
    record: Record, symbol: str, actor: str, action: str, verdict: str
) -> None:
    judged = judge(claim(actor, action), record.rollcall(symbol))
    assert judged.verdict == Verdict(verdict), judged.reason


def test_judge_veto_needs_nine_votes_to_stop(record: Record) -> None:
    judged = judge(claim("USA", "vetoed", "SC"), record.rollcall("S/2014/916"))
    assert "no veto: the text was not adopted with 8 votes in favour, 9 needed." in judged.reason


def test_judge_group_names_who_broke_ranks(record: Record) -> None:
    judged = judge(claim("G:EU", "voted_yes"), record.rollcall("A/RES/ES-11/7"))
    assert "26 of 27" in judged.reason
    assert "Hungary" in judged.reason
    assert {e.state: e.choice for e in judged.evidence}["HUN"] == "no"


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((93, 18, 65), "supported"),
        ((93, None, None), "supported"),
        ((93, 18, 64), "contradicted"),
        ((143, 5, 35), "contradicted"),
    ],
)
def test_judge_compares_each_count(record: Record, counts: tuple, verdict: str) -> None:
    stated = claim("GA", "tally", tally=tally(*counts))
    assert judge(stated, record.rollcall("A/RES/ES-11/7")).verdict == verdict


@pytest.mark.parametrize(
    ("symbol", "manner", "verdict"),
    [
        ("S/RES/2118", "unanimous", "supported"),
        ("S/RES/2774", "unanimous", "partly"),
        ("S/RES/1929", "unanimous", "contradicted"),
        ("A/RES/ES-11/7", "consensus", "contradicted"),
    ],
)
def test_judge_a_vote_against_refutes_unanimity(
    record: Record, symbol: str, manner: str, verdict: str
) -> None:
    rollcall = record.rollcall(symbol)
    said = claim(rollcall.chamber, "adopted", rollcall.chamber, manner=manner)
    assert judge(said, rollcall).verdict == Verdict(verdict)


def test_judge_without_a_roll_contradicts_nothing(record: Record) -> None:
    silent = record.select(chamber="SC").filter(record.select(chamber="SC")["roll"] == "none")
    rollcall = record.rollcall(silent["id"][0])
    assert judge(claim("USA", "voted_no", "SC"), rollcall).verdict == "not_in_record"
