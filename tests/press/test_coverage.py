import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from tests.press.coverage_pages import as_html, head
from votewire.press.coverage import Coverage, is_coverage, read_coverage

DAY = date(2025, 2, 24)

# Of the pages in the shared folder: votes told, lists given.
REAL = {
    "101": (1, 2),
    "102": (1, 0),
    "104": (1, 0),
    "106": (1, 0),
    "107": (2, 4),
    "108": (0, 0),
    "109": (2, 2),
    "111": (2, 4),
    "112": (2, 3),
    "114": (1, 1),
    "115": (3, 2),
    "116": (3, 2),
}


def told(text: str, reference: str = "GA/12675") -> Coverage:
    return read_coverage((head(reference, DAY) + text).encode())


def sides(text: str) -> list[dict[str, tuple[int | None, str | None]]]:
    rolls = told(text).rolls
    return [{name: (s.number, s.listed) for name, s in roll.sides.items()} for roll in rolls]


@pytest.mark.parametrize("item", REAL)
def test_coverage_real_pages_tell_each_vote_and_list(item: str) -> None:
    page = json.loads(shared(f"articles/dev/{item}.json").read_text(encoding="utf-8"))
    rolls = read_coverage(page["text"].encode()).rolls
    assert (len(rolls), sum(len(roll.lists) for roll in rolls)) == REAL[item]
    for roll in rolls:
        for side, words in roll.lists.items():
            assert len(words.split(",")) == roll.sides[side].number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The text was adopted by a recorded vote of 152 in favour to 2 against (Israel, "
            "Palau), with 3 abstentions (Albania, Haiti, Tonga).",
            {
                "yes": (152, None),
                "no": (2, "Israel, Palau"),
                "abstain": (3, "Albania, Haiti, Tonga"),
            },
        ),
        (
            "It was adopted as a whole, by 10 votes in favour to none against, with 5 abstentions "
            "(Denmark, France, Greece, Slovenia, United Kingdom).",
            {
                "yes": (10, None),
                "no": (0, None),
                "abstain": (5, "Denmark, France, Greece, Slovenia, United Kingdom"),
            },
        ),
        (
            "The Council rejected it by a vote of 4 in favour (China, Algeria, Guyana, Somalia) to "
            "3 against (France, Iran (Islamic Republic of), Togo), with 8 abstentions.",
            {
                "yes": (4, "China, Algeria, Guyana, Somalia"),
                "no": (3, "France, Iran (Islamic Republic of), Togo"),
                "abstain": (8, None),
            },
        ),
        (
            "By a vote of 12 in favour, 1 against (United States) and 2 members abstaining "
            "(Switzerland, United Kingdom), the draft was not adopted.",
            {
                "yes": (12, None),
                "no": (1, "United States"),
                "abstain": (2, "Switzerland, United Kingdom"),
            },
        ),
        (
            "It was approved by a recorded vote of 109 in favour to 1against ( United States), "
            "with 48abstentions(see annex II).",
            {"yes": (109, None), "no": (1, "United States"), "abstain": (48, None)},
        ),
        (
            "The text (document A/80/L.4) was adopted (The recorded vote was 145 in favour to 1 "
            "against (Israel) with no abstentions).",
            {"yes": (145, None), "no": (1, "Israel"), "abstain": (0, None)},
        ),
        (
            "The draft got fourteen votes in favour, with one abstention (China).",
            {"yes": (14, None), "abstain": (1, "China")},
        ),
    ],
)
def test_coverage_reads_the_forms_of_a_sentence(
    text: str, wanted: dict[str, tuple[int | None, str | None]]
) -> None:
    assert sides(text) == [wanted]


def test_coverage_keeps_several_votes_of_a_sentence_apart() -> None:
    first, second = sides(
        "Paragraph 3 was retained by 152 in favour to 1 against (India), with 12 abstentions, and "
        "paragraph 9 by 150 in favour to 2 against (India, Pakistan), with 16 abstentions."
    )
    assert first["no"] == (1, "India")
    assert second["no"] == (2, "India, Pakistan")


@pytest.mark.parametrize(
    "text",
    [
        "More than 100 delegations spoke in favour (see annex II).",
        "The speaker was against (and loudly so) the text before the Assembly.",
        "Two States (Israel, Palau) voted against.",
    ],
)
def test_coverage_takes_no_other_brackets_for_a_vote(text: str) -> None:
    assert sides(text) == []


def test_coverage_annex_takes_the_tally_above_it() -> None:
    (roll,) = told(
        "ANNEX I\n\nVote on Syria\n\nThe draft resolution on the situation there (document "
        "A/66/L.36) was adopted by a recorded vote of 2 in favour to 1 against, with no "
        "abstentions, as follows:\n\nIn favour:  Albania,\nAndorra.\n\nAgainst:  Belarus.\n\n"
        "Abstain:  None.\n\nAbsent:\n\nKiribati.\n\n* *** *\n"
    ).rolls
    assert roll.annex
    assert {side: each.number for side, each in roll.sides.items()} == {
        "yes": 2,
        "no": 1,
        "abstain": 0,
        "non_voting": None,
    }
    assert roll.lists["yes"].split() == ["Albania,", "Andorra."]
    assert roll.lists["non_voting"] == "Kiribati."
    assert (roll.matter.draft, roll.matter.title) == ("A/66/L.36", "the situation there")
    assert (roll.matter.kind, roll.matter.outcome) == ("resolution", "adopted")


def test_coverage_annex_counts_beside_labels_are_the_tally_where_no_sentence_is() -> None:
    (roll,) = told(
        "In favour (2): Albania, Andorra. Against (1): Belarus. Abstaining (0): None."
    ).rolls
    assert [roll.sides[side].number for side in ("yes", "no", "abstain")] == [2, 1, 0]


def test_coverage_annex_says_which_side_has_two_lists() -> None:
    (roll,) = told("In favour: Albania.\n\nAgainst: Belarus.\n\nAgainst: Cuba.\n").rolls
    assert roll.twice == ("no",)


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("The Council failed to adopt the draft by 9 votes in favour", "draft", "rejected"),
        ("The amendment was rejected by a recorded vote of 9 in favour", "amendment", "rejected"),
        ("Operative paragraph 4 was retained by 9 in favour", "paragraph", "adopted"),
        (
            "The text as a whole, with paragraph 4, was adopted by 9 in favour",
            "resolution",
            "adopted",
        ),
        ("The draft decision was adopted by 9 in favour", "decision", "adopted"),
        ("The motion was defeated by 9 in favour", "procedural", "rejected"),
        ("The draft was vetoed with 9 in favour", "draft", "vetoed"),
    ],
)
def test_coverage_says_what_was_voted_on_and_what_became_of_it(
    text: str, kind: str, outcome: str
) -> None:
    (roll,) = told(f"{text} to 3 against, with 3 abstentions.").rolls
    assert (roll.matter.kind, roll.matter.outcome) == (kind, outcome)


@pytest.mark.parametrize(
    ("text", "draft", "symbol"),
    [
        ("resolution 2774 (2025) was adopted", None, "S/RES/2774(2025)"),
        ("the draft (document S/2025/112) was adopted", "S/2025/112", None),
        ("the draft was adopted, recalling resolution 2231 (2015),", None, None),
        ("one of the drafts A/79/L.2 and A/79/L.3 was adopted", None, None),
        ("the text A/ES-11/L.10/Rev.1 was adopted", "A/ES-11/L.10/Rev.1", None),
    ],
)
def test_coverage_names_a_text_only_where_one_is_named(
    text: str, draft: str | None, symbol: str | None
) -> None:
    (roll,) = told(f"By the Council {text} by 10 votes in favour to none against.").rolls
    assert (roll.matter.draft, roll.matter.symbol) == (draft, symbol)


@pytest.mark.parametrize(
    ("top", "release", "body", "day", "session"),
    [
        (
            "GA/11035\n\n10 December 2010\nSixty-fifth General Assembly\n",
            "GA/11035",
            "GA",
            "2010-12-10",
            "65",
        ),
        ("Press Release\nGA/SPD/307\n24/11/2004\n", "GA/SPD/307", "C4", "2004-11-24", ""),
        ("GA/EF/2899\n19991124\n", "GA/EF/2899", "C2", "1999-11-24", ""),
        ("SC/16005\nMonday, 24 February 2025\n", "SC/16005", "SC", "2025-02-24", ""),
        (
            "General Assembly\nEleventh Emergency Special Session\n2 March 2022\n",
            None,
            "GA",
            "2022-03-02",
            "ES-11",
        ),
        ("General Assembly\nThird Committee\n", None, "C3", None, ""),
        ("The Council met.\n", None, "SC", None, ""),
        ("The Assembly and the Council met.\n", None, None, None, ""),
    ],
)
def test_coverage_head(
    top: str, release: str | None, body: str | None, day: str | None, session: str
) -> None:
    found = read_coverage(f"{top}\nNothing was put to a vote that day.\n".encode()).head
    assert (found.release, found.body, found.session) == (release, body, session)
    assert found.day == (date.fromisoformat(day) if day else None)


def test_coverage_html_is_read_with_the_reference_of_its_address() -> None:
    vote = "The text was adopted by 93 votes in favour to 1 against (Cuba), with none abstaining."
    page = as_html(f"24 February 2025\n\n{vote}").encode()
    assert is_coverage(page)
    found = read_coverage(page)
    assert (found.head.release, found.head.body, found.head.day) == ("GA/12675", "GA", DAY)
    assert found.head.url == "https://press.un.org/en/2025/ga12675.doc.htm"
    assert found.rolls[0].lists == {"no": "Cuba"}


@pytest.mark.parametrize(
    ("source", "whether"),
    [
        (b"GA/12675\n\n24 February 2025\n", True),
        (b"<!doctype html><p>A page</p>", True),
        (b"Symbol: A/RES/81/1\nIn favour: Albania\nAgainst: Cuba\n", False),
        (b"date,state,vote\n2025-02-24,USA,N\n", False),
        (b"<?xml version='1.0'?><collection><record/></collection>", False),
        (b"S/15156/Rev.2, 4 June 1982: 9-2-4\n", False),
    ],
)
def test_coverage_is_told_from_other_sources(source: bytes, whether: bool) -> None:
    assert is_coverage(source) is whether


@given(st.text(alphabet="(),.:\n 12ABnofavurgist-/“”", max_size=400))
def test_coverage_answers_any_text(text: str) -> None:
    found = read_coverage(f"GA/1\n{text}".encode())
    assert all(0 <= roll.start <= roll.end <= len(found.text) for roll in found.rolls)


def test_coverage_time_is_linear_in_open_brackets() -> None:
    text = "1 in favour (" * 4_000 + "\nIn favour: " * 4_000
    assert read_coverage(f"GA/1\n{text}".encode()).head.release == "GA/1"


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        ("The Third Committee had approved the draft by 9 votes in favour", "C3"),
        ("The Committee then approved it by 9 votes in favour", "C"),
        ("The text was approved by the Sixth Committee (Legal) by 9 votes in favour", "C6"),
        ("The text, approved in the First Committee, got 9 votes in favour", "C1"),
        ("The Assembly adopted the text of its Third Committee by 9 votes in favour", None),
        (
            "The Assembly adopted the draft of its Second Committee by 9 votes in favour",
            None,
        ),
        ("Acting on the report of the Fourth Committee, it adopted it by 9 votes in favour", None),
        (
            "The text on the Committee on the Rights of Palestinians was adopted by 9 in favour",
            None,
        ),
    ],
)
def test_coverage_says_which_committee_votes(text: str, committee: str | None) -> None:
    (roll,) = told(f"{text} to 3 against, with 3 abstentions.").rolls
    assert roll.committee == committee


@pytest.mark.parametrize(
    "text",
    [
        "Togo said the count should read 9 in favour to 2 against, with no abstentions.",
        "It got 9 in favour to 2 against, with 1 abstention, instead of 8 in favour to 2 against.",
    ],
)
def test_coverage_knows_a_count_that_is_corrected(text: str) -> None:
    rolls = told(text).rolls
    assert rolls
    assert all(roll.corrects for roll in rolls)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Names that have "and" in them, and a list that ends with it.
        (
            "It was adopted by 9 votes in favour to 4 against (Bosnia and Herzegovina, Israel, "
            "Trinidad and Tobago, United States), with 2 abstentions (Fiji and Saint Lucia).",
            {
                "yes": (9, None),
                "no": (4, "Bosnia and Herzegovina, Israel, Trinidad and Tobago, United States"),
                "abstain": (2, "Fiji and Saint Lucia"),
            },
        ),
        # A bracket that never opened gives no list.
        (
            "It was adopted by 99 votes in favour to 2 against Israel, Palau), with 4 abstentions.",
            {"yes": (99, None), "no": (2, None), "abstain": (4, None)},
        ),
        (
            "The amendment was rejected by a (non-recorded) vote of 20 in favour to 90 against, "
            "with 30 abstentions.",
            {"yes": (20, None), "no": (90, None), "abstain": (30, None)},
        ),
        (
            "It was adopted by 9 votes in favour to 1 against (Côte d'Ivoire), with 1 abstention "
            "(Lao People’s Democratic Republic).",
            {
                "yes": (9, None),
                "no": (1, "Côte d'Ivoire"),
                "abstain": (1, "Lao People’s Democratic Republic"),
            },
        ),
    ],
)
def test_coverage_reads_lists_that_are_easily_misread(
    text: str, wanted: dict[str, tuple[int | None, str | None]]
) -> None:
    assert sides(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("draft resolution III on the right to food, contained in (A/80/458)", "the right to food"),
        ("draft decision II on trade (document A/80/L.2)", "trade"),
        ("draft resolution on MIL matters (document A/80/L.2)", "MIL matters"),
    ],
)
def test_coverage_takes_the_title_behind_a_number(text: str, title: str) -> None:
    (roll,) = told(f"It adopted {text} by 9 votes in favour to 3 against.").rolls
    assert roll.matter.title == title
