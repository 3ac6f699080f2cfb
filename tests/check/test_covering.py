from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.press.coverage_pages import (
    annex,
    as_html,
    casts_at,
    full_rows,
    head,
    in_brackets,
    without,
)
from votewire import open_record, states
from votewire.check.covering import Covered, coverage_rolls
from votewire.check.covering_committees import committee_votes
from votewire.errors import DuplicateState, SourceError, TallyMismatch, UnknownState
from votewire.press.coverage import read_coverage
from votewire.record import Record
from votewire.record.readers.result import ReadRollcall
from votewire.record.tables import Choice, Kind, Outcome

DAY = date(2026, 3, 2)
ABSTAINED = ("DNK", "FRA", "GRC", "LVA", "GBR")


@cache
def nothing() -> Record:
    return without(open_record())


def covered(text: str, *, record: Record | None = None, **how: bool) -> Covered:
    return coverage_rolls(read_coverage(text.encode()), record or nothing(), **how)


def one(text: str) -> ReadRollcall:
    (found,) = covered(text).rollcalls
    return found


def assembly(no: int = 3, abstain: int = 4, absent: int = 5) -> dict[str, Choice]:
    """A roll of the Assembly's members on DAY."""
    marks = [Choice.NO] * no + [Choice.ABSTAIN] * abstain + [Choice.NON_VOTING] * absent
    members = sorted(states.members_on(DAY))
    return dict(zip(members, [*marks, *[Choice.YES] * (len(members) - len(marks))], strict=True))


def council(no: tuple[str, ...] = (), abstain: tuple[str, ...] = ()) -> dict[str, Choice]:
    return {
        code: Choice.NO if code in no else Choice.ABSTAIN if code in abstain else Choice.YES
        for code in states.council_members(DAY)
    }


def release(text: str, reference: str = "GA/12700") -> str:
    return head(reference, DAY) + text


@settings(max_examples=25)
@given(
    row=st.sampled_from(full_rows("GA", date(1993, 1, 1))),
    width=st.sampled_from((0, 78)),
    html=st.booleans(),
)
def test_covering_an_annex_reads_back_as_it_was_written(row: int, width: int, html: bool) -> None:
    record = open_record()
    day, casts = record.rollcalls["date"][row], casts_at(record, row)
    text = head("GA/12675", day) + annex(casts, day, width=0 if html else width)
    found = one(as_html(text) if html else text)
    assert found.casts == casts
    assert (found.chamber, found.date, found.draft) == ("GA", day, "A/80/L.1")


@settings(max_examples=25)
@given(row=st.sampled_from(full_rows("SC", date(1994, 1, 1))), yes=st.booleans())
def test_covering_a_council_vote_in_a_sentence_is_the_whole_roll(row: int, yes: bool) -> None:
    record = open_record()
    day, casts = record.rollcalls["date"][row], casts_at(record, row)
    sides = [Choice.NO, Choice.ABSTAIN, *([Choice.YES] if yes else [])]
    vote = in_brackets(casts, day, *sides)
    page = head("SC/16005", day) + f"The Council adopted the text by a vote of {vote}."
    if not yes and not {Choice.NO, Choice.ABSTAIN} & set(casts.values()):
        with pytest.raises(SourceError, match="no vote with a list"):
            covered(page)
    elif Choice.NON_VOTING in casts.values() and not yes:
        assert one(page).casts.items() <= casts.items()
    else:
        assert one(page).casts == casts


@settings(max_examples=25)
@given(row=st.sampled_from(full_rows("GA", date(1993, 1, 1))), off=st.sampled_from((-1, 1)))
def test_covering_refuses_a_count_that_is_off_by_one(row: int, off: int) -> None:
    record = open_record()
    day, casts = record.rollcalls["date"][row], casts_at(record, row)
    yes = sum(choice is Choice.YES for choice in casts.values())
    no, abstain = (sum(c is side for c in casts.values()) for side in (Choice.NO, Choice.ABSTAIN))
    page = head("GA/12675", day) + annex(casts, day, tally=(yes + off, no, abstain))
    with pytest.raises(TallyMismatch, match=f"read {yes}-.*announces {yes + off}-"):
        covered(page)


def test_covering_names_only_those_against_and_abstaining_where_others_were_absent() -> None:
    casts = assembly(absent=5)
    vote = in_brackets(casts, DAY, Choice.NO, Choice.ABSTAIN)
    found = one(release(f"The text (document A/80/L.7) was adopted by {vote}."))
    assert set(found.casts.values()) == {Choice.NO, Choice.ABSTAIN}
    assert found.announced is not None
    assert found.announced.yes == 181


def test_covering_gives_the_rest_to_the_side_without_a_list_where_nobody_was_absent() -> None:
    casts = assembly(absent=0)
    vote = in_brackets(casts, DAY, Choice.NO, Choice.ABSTAIN)
    assert one(release(f"The text was adopted by {vote}.")).casts == casts


def test_covering_members_in_no_list_did_not_vote_where_all_lists_reach_their_counts() -> None:
    casts = assembly()
    labels = {Choice.YES: "In favour", Choice.NO: "Against", Choice.ABSTAIN: "Abstaining"}
    assert one(release(annex(casts, DAY, labels=labels))).casts == casts


def test_covering_two_sides_without_lists_stay_open() -> None:
    casts = assembly(absent=0)
    found = one(release(f"The text was adopted by {in_brackets(casts, DAY, Choice.NO)}."))
    assert set(found.casts.values()) == {Choice.NO}


def test_covering_a_council_text_that_had_the_votes_and_failed_was_vetoed() -> None:
    vote = in_brackets(council(no=("USA",)), DAY, Choice.NO)
    page = release(f"The Council failed to adopt draft S/2026/90 by {vote}.", "SC/16100")
    found = one(page)
    assert (found.outcome, found.kind, found.draft) == (Outcome.VETOED, Kind.DRAFT, "S/2026/90")
    assert found.casts == council(no=("USA",))


def test_covering_a_council_text_without_the_votes_was_rejected() -> None:
    casts = council(no=("USA",), abstain=("FRA", "GBR", "DNK", "GRC", "LVA", "PAN"))
    vote = in_brackets(casts, DAY, Choice.NO, Choice.ABSTAIN)
    assert one(release(f"The Council rejected it by {vote}.", "SC/1")).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (("Against:  ", "Against:  Freedonia, "), UnknownState, "'Freedonia' is not a known"),
        (("Against:  ", "Against:  Afghanstan, "), UnknownState, "Nearest: .*Afghanistan"),
        (("Zimbabwe.", ""), TallyMismatch, "read 180-.*announces 181-"),
        (("Zambia, Zimbabwe.", "Zam"), UnknownState, "'Zam'"),
        (("Against:  ", "Against:  Zimbabwe, "), DuplicateState, "ZWE is listed twice"),
        (("Absent:", "Against:  None.\n\nAbsent:"), SourceError, "two lists"),
        (("Against:  ", "Against:  Holy See, "), UnknownState, "Holy See"),
    ],
)
def test_covering_refuses_a_broken_roll_and_says_why(
    change: tuple[str, str], error: type[Exception], says: str
) -> None:
    page = release(annex(assembly(), DAY)).replace(*change)
    with pytest.raises(error, match=says):
        covered(page)


def test_covering_refuses_a_list_in_brackets_that_is_cut_off() -> None:
    vote = in_brackets(assembly(), DAY, Choice.NO, Choice.ABSTAIN)
    with pytest.raises(TallyMismatch, match=r"read \?-3-3 .* announces 181-3-4"):
        covered(release(f"The text was adopted by {vote[: vote.rindex(',')]}"))


def test_covering_refuses_a_state_that_was_no_member_that_day() -> None:
    day = date(1999, 11, 3)
    text = "It was adopted by 155 votes in favour to 2 against (Israel, Switzerland)."
    with pytest.raises(UnknownState, match="with a seat in the chamber on 1999-11-03"):
        covered(head("GA/9600", day) + text)


def test_covering_refuses_more_votes_than_there_are_members() -> None:
    text = (
        "It was adopted by 193 votes in favour to 2 against (Israel, Palau), with no abstentions."
    )
    with pytest.raises(SourceError, match="193 votes have no list, but only 191 members"):
        covered(release(text))


def test_covering_leaves_out_what_is_broken_where_told_to() -> None:
    whole = annex(assembly(), DAY, number="I", document="A/80/L.1")
    broken = annex(assembly(), DAY, number="II", document="A/80/L.2", tally=(180, 3, 4))
    found = covered(release(whole + broken), skip_broken=True)
    assert [roll.draft for roll in found.rollcalls] == ["A/80/L.1"]
    assert [problem.source_key for problem in found.left_out] == ["A/80/L.2"]
    assert "181" in found.left_out[0].reason


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (
            "GA/SHC/4300\n2 March 2026\nIt passed by 9 votes in favour to 1 against (Cuba).",
            "the Third Committee",
        ),
        ("2 March 2026\nIt passed by 9 votes in favour to 1 against (Cuba).", "whose meeting"),
        ("GA/12700\nIt passed by 9 votes in favour to 1 against (Cuba).", "its day"),
        ("GA/12700\n2 March 2026\nIt passed by 9 votes in favour to 1 against.", "no vote with a"),
    ],
)
def test_covering_refuses_a_page_that_it_cannot_place(page: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        covered(page)


def test_covering_tells_a_vote_once_that_a_page_tells_three_times() -> None:
    casts = assembly()
    lead = in_brackets(casts, DAY, Choice.NO)
    course = in_brackets(casts, DAY, Choice.NO, Choice.ABSTAIN)
    text = (
        f"By a vote of {lead}, the Assembly adopted a text on outer space.\n\nIt then adopted the "
        f"draft resolution on outer space (document A/80/L.1) by {course}.\n\n{annex(casts, DAY)}"
    )
    found = one(release(text))
    assert found.casts == casts
    assert found.draft == "A/80/L.1"


def test_covering_keeps_paragraphs_of_one_draft_apart() -> None:
    texts = [
        f"Paragraph {number} of the draft (A/80/L.1) was retained by "
        f"{in_brackets(assembly(no=number), DAY, Choice.NO)}."
        for number in (1, 2)
    ]
    found = covered(release("\n\n".join(texts))).rollcalls
    assert [roll.kind for roll in found] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert len({roll.source_key for roll in found}) == 2
    assert {roll.draft for roll in found} == {None}
    assert all("A/80/L.1" in (roll.title or "") for roll in found)


def test_covering_says_where_it_was_read() -> None:
    found = one(release(annex(assembly(), DAY)))
    assert found.note == "read from coverage (GA/12700)"
    assert found.session == "80"


def test_covering_knows_a_vote_that_the_record_has_under_a_symbol() -> None:
    record = open_record()
    row = record.rows("A/RES/66/253A")[0]
    casts, day = casts_at(record, row), record.rollcalls["date"][row]
    page = head("GA/11207", day) + annex(casts, day, document="A/66/L.36")
    found = covered(page, record=record)
    assert (found.rollcalls, found.known, found.left_out) == ((), 1, ())


def test_covering_knows_a_vote_of_the_night_after() -> None:
    record = open_record()
    row = record.rows("A/RES/66/253A")[0]
    casts, day = casts_at(record, row), record.rollcalls["date"][row]
    eve = day.replace(day=day.day - 1)
    assert covered(head("GA/11207", eve) + annex(casts, eve), record=record).known == 1


def test_covering_fills_in_what_the_record_has_in_part() -> None:
    record = open_record()
    row = record.rows("A/RES/66/253A")[0]
    casts, day = casts_at(record, row), record.rollcalls["date"][row]
    choices = record.choices.copy()
    choices[row] = [
        Choice.NOT_RECORDED if mark == Choice.YES else mark for mark in choices[row].tolist()
    ]
    poorer = Record(
        rollcalls=record.rollcalls,
        choices=choices,
        manifest=record.manifest,
        side_table=lambda name: getattr(record, name),
    )
    page = head("GA/11207", day) + annex(casts, day, document="A/66/L.36")
    (found,) = covered(page, record=poorer).rollcalls
    assert (found.symbol, found.casts) == ("A/RES/66/253A", casts)


def test_covering_leaves_open_which_of_several_alike_it_is() -> None:
    record = open_record()
    rows = [record.rows(symbol)[0] for symbol in ("A/RES/65/100", "A/RES/65/101", "A/RES/65/103")]
    casts = casts_at(record, rows[0])
    against = states.codes().index("USA")
    choices = record.choices.copy()
    for row in rows:  # each keeps one choice only
        choices[row][choices[row] <= Choice.NON_VOTING] = Choice.NOT_RECORDED
        choices[row][against] = Choice.NO
    poorer = Record(
        rollcalls=record.rollcalls,
        choices=choices,
        manifest=record.manifest,
        side_table=lambda name: getattr(record, name),
    )
    day = date(2010, 12, 10)
    text = f"The Assembly adopted it by {in_brackets(casts, day, Choice.NO)}."
    found = covered(head("GA/11035", day) + text, record=poorer)
    assert (found.rollcalls, found.known) == ((), 0)
    assert all(record.rollcalls["id"][row] in found.left_out[0].reason for row in rows)
    told = text.replace("it by", "the draft resolution on Palestine refugees’ properties by")
    (named,) = covered(head("GA/11035", day) + told, record=poorer).rollcalls
    assert named.symbol == "A/RES/65/101"


COMMITTEE = (
    "GA/SHC/4410\n2 March 2026\nThe Committee approved the draft resolution on the right to food "
    "(document A/C.3/80/L.44) by 175 votes in favour to 2 against (Israel, Palau), with 1 "
    "abstention (Mali).\n\nBy 60 votes in favour to 80 against (Chad, Fiji), with 30 abstentions, "
    "it rejected an amendment (document A/C.3/80/L.60).\n"
)


def test_covering_of_a_committee_tells_its_votes_and_stores_none() -> None:
    with pytest.raises(SourceError) as refused:
        covered(COMMITTEE)
    told = str(refused.value).splitlines()
    assert "Third Committee (GA/SHC/4410)" in told[0]
    assert "nothing was stored" in told[0]
    assert told[1].strip() == (
        "A/C.3/80/L.44 (the right to food): approved 175-2-1, 3 of 178 votes listed"
    )
    assert "A/C.3/80/L.60: rejected 60-80-30; its lists do not hold: read" in told[2]


def test_covering_of_a_committee_gives_its_votes_with_choices() -> None:
    first, second = committee_votes(read_coverage(COMMITTEE.encode()))
    assert (first.committee, first.name, first.outcome) == ("C3", "A/C.3/80/L.44", "approved")
    assert first.tally == (175, 2, 1)
    assert first.casts == {"ISR": Choice.NO, "PLW": Choice.NO, "MLI": Choice.ABSTAIN}
    assert (second.casts, bool(second.broken)) == ({}, True)
    assert committee_votes(read_coverage(release("Nothing was put to a vote.").encode())) == ()


@pytest.mark.parametrize("reference", ["GA/DIS/3700", "GA/EF/3600", "GA/SPD/780", "GA/L/3700"])
def test_covering_stores_no_page_of_any_committee(reference: str) -> None:
    with pytest.raises(SourceError, match="Committee"):
        covered(head(reference, DAY) + annex(assembly(), DAY), skip_broken=True)


@pytest.mark.parametrize(
    "told",
    [
        "The Third Committee had approved the text by {}.",
        "The draft (A/C.3/80/L.44) was approved by {}.",
        "The delegate of Togo said that the count should have been {}.",
    ],
)
def test_covering_leaves_out_a_vote_that_a_page_of_the_assembly_recalls(told: str) -> None:
    sides = in_brackets(assembly(), DAY, Choice.NO, Choice.ABSTAIN)
    found = covered(release(told.format(sides) + "\n\n" + annex(assembly(), DAY)))
    assert [roll.draft for roll in found.rollcalls] == ["A/80/L.1"]
    assert len(found.left_out) == 1


def test_covering_refuses_more_votes_than_a_meeting_takes() -> None:
    vote = "It was adopted by 9 votes in favour to 1 against (Cuba).\n\n"
    with pytest.raises(SourceError, match="2001 votes are more than"):
        covered(release(vote * 2001))
