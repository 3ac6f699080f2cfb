"""Reactions: our own cases, every example of the data, the gold set, and invariants."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, shared
from tests.press.articles import article, cases
from votewire.press import read, read_claims
from votewire.press.article import Reaction
from votewire.press.langfiles import read_toml
from votewire.press.reaction_words import KINDS, reaction_words
from votewire.press.reactions import read_reactions
from votewire.press.speakers import read_quotes

LANGUAGES = ("en", "es", "fr", "hi", "pt")
CASES = cases("reactions.toml")
ENTRIES = [
    pytest.param(lang, row, id=f"{lang}-{row['id']}")
    for lang in LANGUAGES
    for row in read_toml(lang, "reactions.toml")["reaction"]
]

# Gold claims "welcomed" and "condemned", in the news items and the seed, with their texts.
CORPUS = "a5208fc6fdfe987d9b83b4bd711d25c02d862a5d3228883dbaf1c0962b091776"
STANCES = ("welcomed", "condemned")
FLOORS = {"precision": 1.0, "recall": 1.0}


def reactions(text: str, **how: str) -> tuple[Reaction, ...]:
    page = article(text, **how)
    return read_reactions(replace(page, quotes=read_quotes(page)))


def key(reaction: Reaction) -> str:
    actor, target = reaction.actor, reaction.target
    codes = "+".join(actor.codes)
    who = actor.name or codes or actor.role or actor.words
    who += f" ({codes})" if actor.name and codes else ""
    what = "-"
    if target is not None:
        named = f" {'+'.join(target.codes)}" if target.codes else ""
        words = "" if target.kind in ("state", "group") else f" “{target.words}”"
        what = f"{target.kind}{named}{words}"
    return f"{reaction.kind}: {who} > {what}{f' [{reaction.within}]' if reaction.within else ''}"


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_reactions_case_has_these_events_and_no_others(case: dict) -> None:
    found = reactions(case["text"], lang=case.get("lang", "en"))
    assert [key(each) for each in found] == case["events"]


def test_reactions_cases_are_many_and_a_quarter_of_them_traps() -> None:
    assert len(CASES) >= 80
    assert sum(not case["events"] for case in CASES) >= len(CASES) / 4


@pytest.mark.parametrize(("lang", "row"), ENTRIES)
def test_reactions_entry_matches_its_example_and_not_the_other(lang: str, row: dict) -> None:
    assert row["id"] in {each.rule for each in reactions(row["match"], lang=lang)}
    assert row["id"] not in {each.rule for each in reactions(row["avoid"], lang=lang)}


def test_reactions_kinds_are_a_closed_list_that_the_docs_explain() -> None:
    told = (ROOT / "docs" / "reference" / "read.md").read_text(encoding="utf-8")
    used = {row["kind"] for lang in LANGUAGES for row in reaction_words(lang).entries.values()}
    assert used == set(KINDS)
    for kind in KINDS:
        assert f"| `{kind}` |" in told


def test_reactions_of_a_language_without_verbs_for_them_are_none() -> None:
    assert reaction_words("xx") is None
    assert reactions("Norway condemned the raid.", lang="xx") == ()


@pytest.mark.parametrize("verb", ["urged", "thanked", "accused", "warned", "called on"])
def test_reactions_are_no_claims_of_votes(verb: str) -> None:
    text = f"The UN Security Council met on Monday. Norway {verb} Russia over the resolution."
    assert reactions(text)
    assert not [claim for claim in read_claims(article(text)) if claim.actor == "NOR"]


def test_reactions_stay_the_stances_that_claims_have() -> None:
    text = "Ukraine welcomed the General Assembly vote; Russia condemned the resolution."
    stances = [(claim.actor, claim.action) for claim in read_claims(article(text))]
    assert stances == [("UKR", "welcomed"), ("RUS", "condemned")]
    assert [(each.actor.codes[0], each.kind) for each in reactions(text)] == stances


def test_reactions_in_a_quote_are_its_speakers() -> None:
    text = "“We condemn the raid,” said Kenyan ambassador Joy Otieno."
    (found,) = reactions(text)
    assert (found.actor.name, found.actor.codes) == ("Joy Otieno", ("KEN",))
    assert (found.actor.words, found.within) == ("We", "quote")
    page = article(text)
    assert not read_reactions(page)  # whose the quote is has not been read


def test_reactions_stand_in_an_article_that_is_read() -> None:
    source = "Peru hails the vote\n\nPeru hailed the Council’s vote on Monday, and left.\n".encode()
    found = read(source).reactions
    assert [each.kind for each in found] == ["welcomed", "welcomed"]
    assert read(source, quotes=False).reactions == ()


def gold() -> tuple[list[tuple[str, set, set]], str]:
    """Name, gold pairs and read pairs of each item: state or group, and kind."""
    folder = shared("articles/gold").parent
    digest = hashlib.sha256()
    rows = []
    for path in sorted((folder / "gold").glob("*.json")):
        claims = json.loads(path.read_text("utf-8")).get("claims", [])
        wanted = {(c["actor"], c["action"]) for c in claims if c["action"] in STANCES}
        if path.stem == "seed":
            source = (folder / "seed.txt").read_bytes()
            found = read(source).reactions
        else:
            source = (folder / "dev" / path.name).read_bytes()
            item = json.loads(source)
            found = reactions(item["text"], lang=item["lang"]) if item["kind"] == "news" else ()
        digest.update(source + json.dumps(sorted(wanted)).encode())
        got = {
            (each.actor.codes[0], each.kind)
            for each in found
            if each.actor.kind in ("state", "group") and each.kind in STANCES
        }
        rows.append((path.stem, wanted, got))
    return rows, digest.hexdigest()


def test_gold_reactions_stay_above_the_floors() -> None:
    """The gold has the stances of states and groups; who else reacts is not in it."""
    rows, corpus = gold()
    right = sum(len(wanted & got) for _, wanted, got in rows)
    assert corpus == CORPUS
    assert right / sum(len(got) for _, _, got in rows) >= FLOORS["precision"]
    assert right / sum(len(wanted) for _, wanted, _ in rows) >= FLOORS["recall"]


PARTS = ["Norway", "Peru and Chile", "the Council", "condemned", "was hailed by", "called on"]
PARTS += ["thanked", "“We welcome this,”", "said", "Kenji Mori", "the envoy", "the vote", ",", "."]
PARTS += [
    "who",
    "it",
    "did not",
    "and",
    "to stop",
    "\n",
    "expressed regret over",
    '"',
    "(",
    "after",
]


@given(st.lists(st.sampled_from(PARTS), max_size=40).map(" ".join))
def test_reactions_are_slices_of_the_text_whatever_the_words(text: str) -> None:
    check_slices(text)


@given(st.text(max_size=150), st.sampled_from(LANGUAGES))
def test_reactions_of_any_text_are_read_without_an_error(text: str, lang: str) -> None:
    check_slices(f"Norway condemned {text} and “we thank {text}” said Peru", lang=lang)


def check_slices(text: str, **how: str) -> None:
    for each in reactions(text, **how):
        assert text[each.start : each.end] == each.span
        for party in (each.actor, each.target):
            assert party is None or text[party.start : party.end] == party.words
        assert each.kind in KINDS
        assert each.within in (None, "quote", "speech")


@pytest.mark.parametrize("filler", ["Norway condemned the raid. ", "condemned ", "“we thank Peru "])
def test_reactions_of_a_long_text_are_read_without_an_error(filler: str) -> None:
    check_slices(filler * 2_000)
