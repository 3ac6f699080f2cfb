"""Pages made to break a reader: each is answered or refused, in time linear in its length.

The short form of scripts/fuzz.py, and what that script has found, each case once.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import shared
from tests.patterns.pumps import pumps
from tests.press.edge_pages import edge_page
from tests.press.hostile_pages import (
    BUILT,
    MARKS,
    PUMPED,
    SENTENCE,
    TALLY,
    answer,
    built,
    good_pages,
    pumped,
    run_of,
    spoiled,
)
from votewire import check, open_record, press
from votewire.check.report import Verdict
from votewire.check.verdicts import Judgement, judge
from votewire.errors import UnknownState, UnreadablePage
from votewire.press import Claim
from votewire.record import Record, Rollcall

SIZE = 4_000
# What is quadratic takes a minute at this size, what is linear a tenth of a second.
LARGE = 60_000
# Found by the script: a run of spaces behind a full stop took 90 s for 32 kB in the labels of
# annexes, and 60 s for 200 kB between the paragraphs of the HTML page; articles, and figures, in a
# row were counted from each of them; a page of 7,600 claims held each against all, and one of 1,000
# wrong ones in a sentence told again and again did so too, in 16 s.
FOUND = (" ", "\t", "a ", "the ", "A ", "1-", ". ", "* ")
LETTERS = st.sampled_from([*SENTENCE.split(), *TALLY.split(), *MARKS, "\n\n", "Сhina", "\u202e"])


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


@pytest.mark.parametrize("name", BUILT)
def test_hostile_built_page_is_answered(name: str, record: Record) -> None:
    assert answer(built(name, SIZE), record) in ("read", "refused")


@pytest.mark.parametrize("unit", FOUND)
def test_hostile_run_is_read_without_going_back_over_it(unit: str, record: Record) -> None:
    assert answer(run_of(unit, LARGE if unit.isspace() else SIZE), record) == "read"


def test_hostile_changes_of_good_pages_are_answered(record: Record) -> None:
    rng, good = Random(11), good_pages()
    said = [answer(spoiled(rng.choice(good), rng)[:20_000], record) for _ in range(15)]
    assert {"read", "refused"} == set(said)


def test_hostile_days_and_numbers_that_cannot_be_are_answered(record: Record) -> None:
    rng = Random(11)
    assert {answer(edge_page(rng), record) for _ in range(60)} <= {"read", "refused"}


@pytest.mark.parametrize("where", PUMPED)
def test_hostile_pumped_page_is_answered(where: str, record: Record) -> None:
    for pump in Random(11).sample(pumps(r"\s*(?:<!--.*?-->\s*)*<(?:html|head)|(\d+ ?)+ to"), 12):
        assert answer(pumped(pump, SIZE, where), record) in ("read", "refused")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(LETTERS, st.text(max_size=3)), max_size=60).map(" ".join))
def test_hostile_words_in_any_order_are_answered(text: str) -> None:
    answer(text.encode("utf-8", "surrogatepass"), open_record())


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "empty"),
        (b" \n\xc2\xa0\n", "empty"),
        (b"China voted\x00 against.", "binary"),
        ("China voted against.".encode("utf-16")[:-1], "UTF-16"),
        ("L’Assemblée générale".encode("latin-1", "replace"), "not UTF-8"),
        ("China \ud800 voted".encode("utf-8", "surrogatepass"), "not UTF-8"),
        (b"China voted against. " * 300_000, "5 MB"),
    ],
)
def test_hostile_bytes_that_are_no_page_are_refused(source: bytes, says: str) -> None:
    with pytest.raises(UnreadablePage, match=says):
        press.read(source)


@pytest.mark.parametrize("name", ["Сhina", "Chinа", "Сhіna", "Chi\u200bna"])
def test_hostile_lookalike_of_a_state_is_no_state(name: str) -> None:
    page = press.read(f"{name} voted against the resolution in the General Assembly.".encode())
    assert not [claim for claim in page.claims if claim.actor == "CHN"]


def test_hostile_lookalike_leaves_the_other_states_of_its_sentence() -> None:
    text = "Russia and Сhina voted against the resolution in the General Assembly."
    assert "CHN" not in {claim.actor for claim in press.read(text.encode()).claims}


def test_hostile_lookalike_in_a_list_of_coverage_is_refused(record: Record) -> None:
    from votewire.check.covering import coverage_rolls
    from votewire.press.coverage import read_coverage

    text = "GA/12700\n2 March 2026\nIt passed by 9 votes in favour to 1 against (Сhina)."
    with pytest.raises(UnknownState):
        coverage_rolls(read_coverage(text.encode()), record)


@pytest.mark.parametrize(
    "name",
    ["overflow.txt", "redos-comments.txt", "tally-20-digits.txt", "y0001b.html", "y9999.html"],
)
def test_hostile_page_that_broke_it_once_is_read(name: str, record: Record) -> None:
    assert answer(shared(f"articles/hostile/{name}").read_bytes(), record) == "read"


def test_hostile_number_of_claims_is_bounded(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("votewire.check.checker._MOST", 10)
    page = press.read((SENTENCE * 8).encode())
    report = check.check(page, record)
    beyond = [item for item in report.checked if "more claims than" in item.reason]
    assert len(report.checked) == len(page.claims) > 10
    assert [item.claim for item in beyond] == list(page.claims[10:])


def test_hostile_sentence_again_and_again_is_held_against_itself_alone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judged(claim: Claim, rollcall: Rollcall) -> Judgement:
        asked.append(claim)
        return judge(claim, rollcall)

    asked: list[Claim] = []
    monkeypatch.setattr("votewire.check.holding.judge", judged)
    report = check.check(press.read(built("wrong votes", LARGE // 10)), record)
    assert {item.verdict for item in report.checked} == {Verdict.CONTRADICTED}
    assert len(report.checked) > 90
    assert len(asked) < 3 * len(report.checked)  # held against all others: 70 each
