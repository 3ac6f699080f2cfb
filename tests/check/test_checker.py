from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import article, claim, tally
from votewire.check import Report, check
from votewire.record import Choice, Record, open_record


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


def verdicts(report: Report) -> list[tuple[str, str | None, str]]:
    return [(c.claim.actor, c.rollcall, c.verdict.value) for c in report.checked]


def test_check_tells_two_texts_of_one_day_apart_by_who_voted_how(record: Record) -> None:
    page = article(claim("USA", "opposed"), claim("GA", "adopted"), claim("CHN", "abstained"))
    assert verdicts(check(page, record)) == [
        ("USA", "A/RES/ES-11/7", "supported"),
        ("GA", "A/RES/ES-11/7", "supported"),
        ("CHN", "A/RES/ES-11/7", "supported"),
    ]


def test_check_tells_them_apart_by_the_tally(record: Record) -> None:
    page = article(claim("GA", "tally", tally=tally(93, 8, 73)), claim("USA", "abstained"))
    assert {c.rollcall for c in check(page, record).checked} == {"A/RES/ES-11/8"}


def test_check_contradicts_what_no_open_rollcall_has(record: Record) -> None:
    page = article(claim("USA", "opposed"), claim("IND", "voted_no"))
    report = check(page, record)
    assert report.contradicted
    assert verdicts(report)[1] == ("IND", "A/RES/ES-11/7", "contradicted")


def test_check_contradicts_nothing_that_another_text_of_the_day_makes_true(record: Record) -> None:
    # Alone, "the US abstained" is true of ES-11/8 and false of ES-11/7.
    report = check(article(claim("USA", "abstained")), record)
    assert not report.contradicted
    both = article(claim("USA", "abstained"), claim("HUN", "voted_no"), claim("ISR", "voted_no"))
    assert not any(
        c.verdict == "contradicted" and c.claim.actor == "USA" for c in check(both, record).checked
    )


def test_check_votes_against_in_the_council_are_contradicted(record: Record) -> None:
    # Two Russian amendments of that meeting had Britain and France against; the resolution had not.
    page = article(
        claim("SC", "adopted", "SC"),
        claim("GBR", "voted_no", "SC"),
        claim("FRA", "voted_no", "SC"),
        claim("RUS", "backed", "SC"),
    )
    report = check(page, record)
    assert [v for _, _, v in verdicts(report)] == [
        "supported",
        "contradicted",
        "contradicted",
        "supported",
    ]


def test_check_a_symbol_settles_it(record: Record) -> None:
    page = article(claim("USA", "voted_yes", "SC", symbol="2774", date=None), published=None)
    assert verdicts(check(page, record)) == [("USA", "S/RES/2774(2025)", "supported")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"chamber": "HRC"}, "another body"),
        ({"date": date(2026, 6, 1)}, "complete to"),
        ({"symbol": "A/RES/99/1"}, "not in the record"),
        ({"date": date(2025, 2, 10)}, "no recorded vote"),
    ],
)
def test_check_says_what_is_missing(record: Record, changed: dict, said: str) -> None:
    made = claim("USA", "voted_no")
    page = article(replace(made, reference=replace(made.reference, **changed)))
    (checked,) = check(page, record).checked
    assert checked.verdict == "not_in_record"
    assert said in checked.reason


def test_check_without_any_day_guesses_nothing(record: Record) -> None:
    page = article(claim("USA", "voted_no", date=None), published=None)
    (checked,) = check(page, record).checked
    assert checked.verdict == "unclear"
    assert "no date" in checked.reason


def test_check_a_busy_day_without_a_subject_is_not_guessed(record: Record) -> None:
    page = article(
        claim("FRA", "voted_no", date=date(2024, 12, 4)), published=datetime(2024, 12, 5)
    )
    (checked,) = check(page, record).checked
    assert checked.verdict == "unclear"
    assert checked.candidates


def test_check_hedged_and_quoted_claims_are_never_contradicted(record: Record) -> None:
    page = article(
        claim("USA", "opposed"),
        claim("IND", "voted_no", hedged=True),
        claim("IND", "voted_no", quoted=True),
    )
    assert [v for _, _, v in verdicts(check(page, record))] == [
        "supported",
        "not_checkable",
        "not_checkable",
    ]


def test_check_measures_a_shift_with_figures_before_and_after(record: Record) -> None:
    page = article(
        claim("USA", "opposed"),
        claim("RUS", "voted_no"),
        claim("USA", "shifted", None, since=date(2025, 1, 1), key=9),
    )
    measured = check(page, record).checked[-1]
    assert measured.verdict == "measured"
    before, after = measured.figures[:2]
    assert before.name == "agreement of United States with Russia"
    assert before.n >= 3
    assert before.value < after.value
    assert before.low <= before.value <= before.high


def test_check_evidence_can_be_looked_up(record: Record) -> None:
    (checked,) = check(article(claim("USA", "opposed")), record).checked
    (fact,) = checked.evidence
    assert (fact.state, fact.choice, fact.tally) == ("USA", "no", "93-18-65")
    assert fact.url is not None
    assert fact.url.startswith("https://digitallibrary.un.org/record/")


@given(st.data())
def test_check_true_casts_of_a_named_rollcall_are_never_contradicted(data: st.DataObject) -> None:
    record = open_record()
    rows = record.rollcalls.with_row_index().filter(
        (record.rollcalls["roll"] == "full") & (record.rollcalls["kind"] == "resolution")
    )["index"]
    rollcall = record.at(data.draw(st.sampled_from(rows.to_list())))
    state = data.draw(st.sampled_from(sorted(rollcall.casts)))
    action = {
        Choice.YES: "voted_yes",
        Choice.NO: "voted_no",
        Choice.ABSTAIN: "abstained",
        Choice.NON_VOTING: "absent",
    }[rollcall.casts[state]]
    made = claim(state, action, rollcall.chamber, symbol=rollcall.symbol, date=rollcall.date)
    assert not check(article(made), record).contradicted


def test_check_measures_against_the_states_named_where_a_group_has_no_members(
    record: Record,
) -> None:
    page = article(
        claim("USA", "opposed"),
        claim("FRA", "voted_yes"),
        claim("CHN", "abstained"),
        claim("USA", "divided", None, others=("G:EUROPE",), key=9),
    )
    measured = check(page, record).checked[-1]
    assert measured.verdict == "measured"
    assert {f.name for f in measured.figures} == {"agreement of United States with France"}
