from __future__ import annotations

import random
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.sources import UNSHRUNK, rolls, source
from votewire import states
from votewire.errors import DuplicateState, SourceError, TallyMismatch, UnknownState
from votewire.record.readers.pasted_header import Header, tallies_in
from votewire.record.readers.pasted_roll import has_lists, read
from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.tables import Chamber, Choice, Kind, Outcome

COUNCIL = source("roll_2774.txt").decode()
LISTS = COUNCIL[COUNCIL.index("In favour") :]
LABELS = {
    Choice.YES: ("In favour", "In favor", "Yes", "Voted in favour", "**In favour**"),
    Choice.NO: ("Against", "No", "Voting against", "- Against"),
    Choice.ABSTAIN: ("Abstaining", "Abstain", "Abstentions"),
    Choice.NON_VOTING: ("Absent", "Not voting", "Did not vote"),
}


def one(text: str) -> ReadRollcall:
    (rollcall,) = read(text.encode()).rollcalls
    return rollcall


def test_read_gives_the_assembly_roll_of_a_press_release() -> None:
    found = one(source("roll_es-11-7.txt").decode())
    assert (found.symbol, found.draft) == ("A/RES/ES-11/7", "A/ES-11/L.10")
    assert (found.chamber, found.session, found.date) == ("GA", "ES-11", date(2025, 2, 24))
    assert found.announced == Totals(yes=93, no=18, abstain=65)
    assert len(found.casts) == 193
    assert found.casts["BOL"] is Choice.ABSTAIN or found.casts["BOL"] is Choice.NON_VOTING
    assert (found.casts["CIV"], found.casts["PRK"]) == (Choice.YES, Choice.NO)
    assert (found.kind, found.outcome) == (Kind.RESOLUTION, Outcome.ADOPTED)
    assert found.title == "the comprehensive peace in Ukraine"


def test_read_gives_the_council_roll() -> None:
    found = one(COUNCIL)
    assert (found.chamber, found.symbol, found.session) == ("SC", "S/RES/2774 (2025)", "2025")
    assert len(found.casts) == 15
    assert found.casts["GBR"] is Choice.ABSTAIN


def test_read_counts_members_in_no_list_as_non_voting_where_the_tally_is_reached() -> None:
    text = source("roll_es-11-7.txt").decode()
    without = text[: text.index("Absent:")]
    assert one(without).casts == one(text).casts


def test_read_leaves_the_roll_partial_where_nothing_says_that_others_did_not_vote() -> None:
    text = source("roll_es-11-7.txt").decode()
    without = text[: text.index("Absent:")].replace("93 in favour to 18 against", "a majority")
    found = one(without)
    assert found.announced is None
    assert len(found.casts) == 93 + 18 + 65


def test_read_leaves_the_roll_partial_where_a_list_is_missing() -> None:
    text = source("roll_es-11-7.txt").decode()
    found = one(text[: text.index("Abstaining:")])
    assert len(found.casts) == 93 + 18
    assert found.announced == Totals(yes=93, no=18, abstain=65)


def test_read_fills_up_with_as_many_as_are_announced_absent() -> None:
    text = source("roll_es-11-7.txt").decode()
    text = text[: text.index("Absent:")].replace("93 in favour to 18 against", "a majority")
    assert len(one(text + "Absent: 17").casts) == 193
    assert len(one(text + "Absent: 16").casts) == 176


def test_read_takes_counts_given_with_the_labels() -> None:
    text = "Symbol: S/RES/2774 (2025)\nDate: 2025-02-24\n" + LISTS.replace(
        "In favour:", "In favour (10):"
    )
    assert one(text).announced == Totals(yes=10)
    with pytest.raises(TallyMismatch):
        one(text.replace("(10)", "(11)"))


def test_read_keeps_what_a_delegation_later_said_in_the_note_only() -> None:
    said = "[Subsequently, the delegation of Panama informed the Secretariat of its intention.]"
    found = one(COUNCIL + said)
    assert found.casts == one(COUNCIL).casts
    assert found.note == said.strip("[]")


def test_read_takes_inline_lists() -> None:
    text = "S/RES/2774 (2025), 24 February 2025\n" + " ".join(LISTS.split()).replace(
        " Against:", ". Against:"
    ).replace(" Abstaining:", ". Abstaining:")
    assert one(text).casts == one(COUNCIL).casts


def test_read_takes_one_name_on_each_line() -> None:
    text = "S/RES/2774 (2025), 24 February 2025\nAbstaining:\nDenmark\nFrance\n\nIn favour:\nPanama"
    assert one(text).casts == {
        "DNK": Choice.ABSTAIN,
        "FRA": Choice.ABSTAIN,
        "PAN": Choice.YES,
    }


def test_read_takes_a_vetoed_draft_that_has_no_resolution_number() -> None:
    text = (
        "Draft: S/2025/115\nDate: 24 February 2025\nKind: amendment\n"
        "It was not adopted owing to the negative vote of a permanent member.\n"
        "In favour: Denmark\nAgainst: Russia"
    )
    found = one(text)
    assert (found.symbol, found.draft) == (None, "S/2025/115")
    assert (found.kind, found.outcome) == (Kind.AMENDMENT, Outcome.VETOED)
    assert found.casts["RUS"] is Choice.NO


def test_read_gives_the_state_that_held_the_seat_that_day() -> None:
    text = "A/RES/40/61, 9 December 1985\nIn favour: Russia, Burma\nAgainst: none"
    assert one(text).casts == {"SUN": Choice.YES, "MMR": Choice.YES}


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("tally", TallyMismatch, "read 10-0-5 but the source announces 11-0-4"),
        ("unknown_state", UnknownState, "'Atlantis' is not a known UN member"),
        ("state_twice", DuplicateState, "CHN is listed twice"),
    ],
)
def test_read_raises_what_is_wrong_with_a_roll(
    name: str, error: type[SourceError], said: str
) -> None:
    with pytest.raises(error, match=said):
        read(source(f"broken/roll_{name}.txt"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24 February 2025\n" + LISTS, "no symbol above the roll"),
        ("S/RES/2774 (2025)\n" + LISTS, "no day of the vote"),
        ("S/RES/2774 (2025), 31 February 2025\n" + LISTS, "'31 February 2025' is no day"),
        ("S/RES/2774 (2025), 24 February 2025, 1 May 2025\n" + LISTS, "which is meant"),
        ("S/RES/2774 (2025), S/RES/2775 (2025), 1 May 2025\n" + LISTS, "which is meant"),
        ("S/RES/2774 (2025), 24 February 2025, unanimous", "no lists of states found"),
        (COUNCIL.replace("Panama", "Brazil"), "'Brazil' is not a known UN member with a seat"),
        ("Draft: A/C.3/79/L.40\n20 November 2024\n" + LISTS, "before a Main Committee"),
        ("", "is empty"),
    ],
)
def test_read_says_what_is_missing_in_one_line(text: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read(text.encode())
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("93-18-65", Totals(yes=93, no=18, abstain=65)),
        ("93–18–65", Totals(yes=93, no=18, abstain=65)),
        ("93-18-65-17", Totals(yes=93, no=18, abstain=65, non_voting=17)),
        (
            "by a recorded vote of 93 in favour to 18 against, with 65 abstentions",
            Totals(yes=93, no=18, abstain=65),
        ),
        ("10 votes in favour, none against and 5 abstentions", Totals(yes=10, no=0, abstain=5)),
        ("fifteen in favor to none against", Totals(yes=15, no=0, abstain=0)),
        (
            "93 in favour to 18 against, with 65 abstentions, 17 members not voting",
            Totals(yes=93, no=18, abstain=65, non_voting=17),
        ),
    ],
)
def test_tallies_in_reads_figures_and_words(text: str, tally: Totals) -> None:
    assert tallies_in(text) == [tally]


HEAD = "Symbol: S/RES/2774 (2025)\nDate: 24 February 2025\n{}\n\n" + LISTS


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Tally: rubbish",
            "Tally: 10-0",
            "Tally: 1000-0-5",
            "Tally: 10-0-5000",
            "Tally: 10-0-5-1-1",
        ),
        *("Tally: ten", "Tally: 10/0/5", "Tally: 1000 in favour", "Tally: 2025-02-24"),
        *("Vote: 1000-0-5", "Vote: 10-0-5000", "Vote: 10 – 0 – 5000", "Vote: 10-0-5-1-1"),
        *("by 1000 in favour to 0 against", "with 1000 abstentions"),
        *("Total: 99 to 0", "Result: 10/0", "Votes: 10, 0, 5", "> Recorded vote: 10 for - 0"),
    ],
)
def test_read_refuses_a_roll_whose_tally_is_not_understood(said: str) -> None:
    with pytest.raises(SourceError, match=r'is no tally\. .* such as "Tally: 93-18-65"'):
        one(HEAD.format(said))


@pytest.mark.parametrize(
    "said",
    [
        *("Tally: 10-0-5", "Tally: 10-0-5-0", "Tally: 010-0-5", "Tally:"),
        "Tally: ten in favour to none against, with five abstentions",
        *("on 24-02-2025", "2025-02-24", "meeting 9866-9867", "10-0-5, call 212-963-4475"),
        *("Vote: 24 February 2025", "Total: 15 members", "Result: adopted, 24 February 2025"),
        *("by a vote of 10 to 0, with 5 abstentions", "Result: 10 votes to 0 and 5 abstentions"),
        *("10 votes to none, with 5 abstentions", "by 10 votes to 0 against, 5 abstaining"),
    ],
)
def test_read_takes_a_tally_that_is_understood_and_what_is_none(said: str) -> None:
    found = one(HEAD.format(said))
    assert found.casts == one(COUNCIL).casts
    expected = None if "10" not in said and "ten" not in said else (10, 0, 5)
    announced = found.announced
    assert (announced and (announced.yes, announced.no, announced.abstain)) == expected


HEADLINE = "S/RES/2774 (2025), 24 February 2025: {}\n\n" + LISTS


@pytest.mark.parametrize(
    ("said", "named"),
    [
        *(("11 0 4", "11 0 4"), ("11.0.4", "11.0.4"), ("11, 0, 4", "11, 0, 4")),
        *(("11/0/4", "11/0/4"), ("11 : 0 : 4", "11 : 0 : 4"), ("11-0", "11-0")),
        *(("yes 11 no nought", "11 no"), ("+11 -0 =4", "+11 -0 =4"), ("XI-0-IV", "XI-0-IV")),
        *(
            ("adopted 11 votes", "11"),
            ("adopted, eleven votes", "eleven"),
            ("XI–I–III", "XI–I–III"),
            *(
                ("XI votes", "XI votes"),
                ("11_0_4", "11_0_4"),
                ("11x0x4", "11x0x4"),
                ("Y11 N0", "Y11"),
            ),
            *(
                ("a dozen votes", "dozen"),
                ("11²", "11²"),
                ("carried, 11:04", "11:04"),
                ("11y 0n", "11y"),
            ),
            ("11 members", "11"),
        ),
        *(("11 members voted for it", "11"), ("eleven of fifteen", "eleven"), ("11 decided", "11")),
        *(
            ("one hundred", "hundred"),
            ("10-0-5, or rather 11 0 4", "11 0 4"),
            ("(11|0|4)", "11|0|4"),
        ),
        *(("11 members, and none against", "11"), ("supported by 11 states", "11")),
        ("five abstentions, or 6 abstentions", "6"),
    ],
)
def test_read_names_a_number_that_it_does_not_understand(said: str, named: str) -> None:
    with pytest.raises(SourceError, match=rf"{re.escape(repr(named))} is no tally\. Write it as"):
        one(HEADLINE.format(said))


@pytest.mark.parametrize(
    "said",
    [
        *("11−0−4", "11‑0‑4", "11―0―4", "11 yes, 0 no, 4 abstaining", "yes 11, no 0, abstaining 4"),
        *(
            "yes: 11, no: 0, abstained: 4",
            "11 to 0 to 4",
            "eleven-zero-four",
            "eleven – nil – four",
        ),
        *("eleven to none to four", "yes 11 no 0 abstain 4", "11 yes 0 no 4 abstain"),
    ],
)
def test_read_understands_what_is_plain(said: str) -> None:
    with pytest.raises(TallyMismatch, match="read 10-0-5 but the source announces 11-0-4"):
        one(HEADLINE.format(said))
    assert Totals(yes=11, no=0, abstain=4) in tallies_in(said)


@pytest.mark.parametrize(
    "said",
    [
        'titled "The 12 points, 1 2 3"',
        "on “three years of war, 11 0 4”",
        "after the 9866th meeting (item 12, paragraph 3), the seventy-ninth session",
        "resolution 79/1, resolution 2202 (2015), S/2025/112, S/PV.9866, SC/16005",
        "at 10:30 a.m., at 3 p.m., at 15:00, on 24 Feb., since 2014",
        "a text of two drafts, three years after, by the 15-member Council",
        "with the five abstentions, 10 in favour",
        "one of the texts",
        "10-0-5, with eleven speakers and 4 guests",
    ],
)
def test_read_takes_numbers_that_are_no_count_of_votes(said: str) -> None:
    assert one(HEADLINE.format(said)).casts == one(COUNCIL).casts


@pytest.mark.parametrize(
    "said", ["with 4 abstentions", "11 votes in favour", "3 against", "twenty-one in favour"]
)
def test_read_recounts_the_count_of_one_side(said: str) -> None:
    with pytest.raises(TallyMismatch, match="read 10"):
        one(HEADLINE.format(said))


def test_read_asks_which_tally_is_meant_as_people_write_it() -> None:
    with pytest.raises(SourceError, match=r"which is meant, 10-0-5, 11-0-4\? Say it in a line"):
        one(HEADLINE.format("10-0-5 and 11-0-4"))


@pytest.mark.parametrize("said", ["Tally: 11-0-4", "11 votes to none, with 4 abstentions"])
def test_read_recounts_whatever_tally_is_understood(said: str) -> None:
    with pytest.raises(TallyMismatch, match="read 10-0-5 but the source announces 11-0-4"):
        one(HEAD.format(said))


def test_read_refuses_more_votes_than_there_are_members() -> None:
    with pytest.raises(SourceError, match="110-0-5 is announced, but the chamber had 15 members"):
        one(HEAD.format("Tally: 110-0-5"))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("24 February 2099", "who has a seat in the Security Council on 2099-02-24 is not known"),
        ("24 February 9999", "is no day of a vote"),
        ("24 February 1066", "is no day of a vote"),
        ("31 December 9999", "is no day of a vote"),
    ],
)
def test_read_refuses_a_day_on_which_nobody_voted(day: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        one(HEAD.format("").replace("24 February 2025", day))


def test_read_refuses_what_is_far_too_long_for_a_roll() -> None:
    with pytest.raises(SourceError, match="Give the roll alone"):
        one(COUNCIL + " " * 500_000)


@pytest.mark.parametrize("text", ["on 2025-02-24", "A/79/251-12-3", "24-02-2025", "in favour"])
def test_tallies_in_takes_no_date_for_a_tally(text: str) -> None:
    assert tallies_in(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 February 2025", date(2025, 2, 24)),
        ("February 24, 2025", date(2025, 2, 24)),
        ("24 Feb. 2025", date(2025, 2, 24)),
        ("2025-02-24", date(2025, 2, 24)),
        ("Sept. 3rd 1993", date(1993, 9, 3)),
    ],
)
def test_header_reads_the_day(text: str, day: date) -> None:
    assert Header(text, name="x").day == day


def test_header_lets_a_line_win_over_sentences() -> None:
    header = Header(
        "Recalling A/RES/ES-11/1 and A/RES/ES-11/2\nSymbol: A/RES/ES-11/7\nTally: 93-18-65",
        name="x",
    )
    assert header.symbol == "A/RES/ES-11/7"
    assert header.chamber is Chamber.GA
    assert header.tally == Totals(yes=93, no=18, abstain=65)


def test_has_lists_wants_two_kinds_of_lists() -> None:
    assert has_lists("In favour: France\nAgainst: none")
    assert not has_lists("In favour: France")
    assert not has_lists("He spoke in favour of it, and against.")


def written(day: date, casts: dict[str, Choice], chance: random.Random, *, absent: bool) -> str:
    """A roll as a person might paste it, its labels, line lengths and last "and" by chance."""
    marks = list(casts.values())
    tally = "-".join(str(marks.count(c)) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN))
    lines = [f"A/RES/1/1, {day.day} {day:%B} {day.year}: {tally}"]
    for choice, labels in LABELS.items():
        names = [states.name_of(code, on=day) for code in casts if casts[code] is choice]
        if choice is Choice.NON_VOTING and not absent:
            continue
        chance.shuffle(names)
        text = ", ".join(names)
        if len(names) > 1 and chance.random() < 0.5:
            text = f"{', '.join(names[:-1])} and {names[-1]}"
        words = text.replace("'", "’").split(" ") if names else ["None"]
        broken = [word + (" " if chance.random() < 0.8 else "\n") for word in words]
        lines.append(f"{chance.choice(labels)}: {''.join(broken)}")
    return "\n\n".join(lines)


@settings(max_examples=40, phases=UNSHRUNK)
@given(rolls(), st.randoms(use_true_random=False), st.booleans())
def test_read_gives_back_any_roll(
    roll: tuple[date, dict[str, Choice]], chance: random.Random, absent: bool
) -> None:
    day, casts = roll
    assert one(written(day, casts, chance, absent=absent)).casts == casts
