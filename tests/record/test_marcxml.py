from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings

from tests.record.sources import UNSHRUNK, rolls, source
from votewire import states
from votewire.errors import DuplicateState, SourceError, TallyMismatch, UnknownState
from votewire.record.readers.marcxml import read
from votewire.record.readers.result import Totals
from votewire.record.tables import Choice, Kind, Modality, Outcome

LETTERS = {Choice.YES: "Y", Choice.NO: "N", Choice.ABSTAIN: "A", Choice.NON_VOTING: ""}
RECORD = source("marc_2774.xml")


def field(tag: str, *subfields: tuple[str, str]) -> str:
    inside = "".join(f'<subfield code="{c}">{escape(text)}</subfield>' for c, text in subfields)
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inside}</datafield>'


def record(day: date, casts: dict[str, Choice]) -> bytes:
    """A bare record, without a namespace, as small as a vote can be."""
    marks = [
        field("967", ("c", code), ("e", states.name_of(code, on=day)), *mark)
        for code, choice in casts.items()
        for mark in [(("d", LETTERS[choice]),) if LETTERS[choice] else ()]
    ]
    fields = (field("269", ("a", f"{day:%Y%m%d}")), field("791", ("a", "A/RES/1/1")), *marks)
    return f"<record><controlfield tag='001'>5</controlfield>{''.join(fields)}</record>".encode()


def test_read_gives_one_record() -> None:
    (found,) = read(RECORD).rollcalls
    assert (found.symbol, found.draft) == ("S/RES/2774(2025)", "S/2025/112")
    assert (found.chamber, found.session, found.date) == ("SC", "2025", date(2025, 2, 24))
    assert found.announced == Totals(yes=10, no=0, abstain=5, non_voting=0, members=15)
    assert (found.casts["USA"], found.casts["FRA"]) == (Choice.YES, Choice.ABSTAIN)
    assert (found.kind, found.outcome) == (Kind.RESOLUTION, Outcome.ADOPTED)
    assert found.url == f"https://digitallibrary.un.org/record/{found.source_key}"
    assert found.agenda[-1] == "UKRAINE SITUATION"


def test_read_is_not_misled_by_a_second_791_without_a_symbol() -> None:
    assert RECORD.count(b'tag="791"') == 2
    assert read(RECORD).rollcalls[0].symbol == "S/RES/2774(2025)"


def test_read_gives_a_collection() -> None:
    found = {
        rollcall.symbol: rollcall for rollcall in read(source("marc_collection.xml")).rollcalls
    }
    rule = found["A/RES/17(I)[RULE-73]"]
    assert list(rule.casts.values()).count(Choice.NON_VOTING) == 8
    assert (rule.kind, rule.session, rule.meeting) == (Kind.PARAGRAPH, "1", "A/PV.18")
    assert rule.title == "Amendments to the provisional rules of procedure [Rule 73]"
    assert found["S/RES/704(1991)"].modality is Modality.WITHOUT_VOTE
    assert found["S/RES/704(1991)"].casts == {}


def test_read_keeps_the_tally_of_a_record_without_marks() -> None:
    unmarked = RECORD
    for letter in (b"Y", b"A"):
        unmarked = unmarked.replace(b'<subfield code="d">' + letter + b"</subfield>", b"")
    (found,) = read(unmarked).rollcalls
    assert found.casts == {}
    assert found.announced == Totals(yes=10, no=0, abstain=5, non_voting=0, members=15)
    assert found.note == "RECORDED; the record lists members without their marks"


@pytest.mark.parametrize(
    ("name", "error"),
    [("tally", TallyMismatch), ("unknown_state", UnknownState), ("state_twice", DuplicateState)],
)
def test_read_raises_what_is_wrong_with_a_single_record(
    name: str, error: type[SourceError]
) -> None:
    with pytest.raises(error):
        read(source(f"broken/marc_{name}.xml"))


@pytest.mark.parametrize("name", ["tally", "unknown_state", "state_twice"])
def test_read_keeps_a_broken_record_out_of_a_collection(name: str) -> None:
    good = source("marc_collection.xml")
    bad = source(f"broken/marc_{name}.xml")
    broken = bad[bad.index(b"<record>") : bad.index(b"</collection>")]
    result = read(good.replace(b"</collection>", broken + b"</collection>"))
    assert len(result.rollcalls) == 3
    assert [problem.symbol for problem in result.problems] == ["S/RES/2774(2025)"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("marc_entity_bomb.xml", "declares a document type or entities"),
        ("marc_cut.xml", "is not well-formed XML"),
        ("empty.csv", "is empty"),
        ("binary.csv", "is a binary file"),
    ],
)
def test_read_refuses_a_broken_file_in_one_line(name: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read(source(f"broken/{name}"), name="vote.xml")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'tag="967"', b'tag="966"', "holds no voting record"),
        (b">2025-02-24<", b">Monday<", "has no day of the vote, but 'Monday'"),
        (b">PLENARY MEETING<", b">FIRST COMMITTEE<", "a vote in committee"),
        (b">A</subfield>", b">Z</subfield>", "mark 'Z' of"),
        (b'code="a">S/', b'code="a">X/', "names a document of the Assembly or the Council"),
    ],
)
def test_read_says_what_a_record_lacks(old: bytes, new: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(RECORD.replace(old, new))


def test_read_takes_the_roll_from_all_three_fields_that_hold_it() -> None:
    head, *marks = RECORD.split(b'tag="967"')
    spread = head
    for at, mark in enumerate(marks):
        spread += (b'tag="967"', b'tag="968"', b'tag="969"')[at % 3] + mark
    assert read(spread).rollcalls[0].casts == read(RECORD).rollcalls[0].casts


@settings(max_examples=15, phases=UNSHRUNK)
@given(rolls())
def test_read_gives_back_any_roll(roll: tuple[date, dict[str, Choice]]) -> None:
    day, casts = roll
    (found,) = read(record(day, casts)).rollcalls
    assert found.casts == casts
    assert found.date == day
