"""Furniture patterns: each with one text that it must match and one that it must not."""

from __future__ import annotations

import pytest

from votewire.press.calendars import LANGUAGES
from votewire.press.furniture import PROSE
from votewire.press.page import read_text
from votewire.press.patterns import KINDS, Pattern, patterns

ALL = {
    pattern.id: pattern
    for lang in LANGUAGES
    for kind in KINDS
    for pattern in patterns(lang)[kind].patterns
}


def matches(pattern: Pattern, text: str) -> bool:
    if not any(cue in text.lower() for cue in pattern.cues):
        return False
    find = {
        "inline": pattern.regex.search,
        "tail": pattern.regex.search,
        "lead": pattern.regex.match,
    }
    return find.get(pattern.kind, pattern.regex.fullmatch)(text) is not None


@pytest.mark.parametrize("pattern", ALL.values(), ids=ALL)
def test_furniture_pattern_matches_its_example(pattern: Pattern) -> None:
    assert matches(pattern, pattern.hit)


@pytest.mark.parametrize("pattern", ALL.values(), ids=ALL)
def test_furniture_pattern_misses_its_counterexample(pattern: Pattern) -> None:
    assert not matches(pattern, pattern.miss)


@pytest.mark.parametrize("pattern", ALL.values(), ids=ALL)
def test_furniture_pattern_has_known_kind_and_role_and_lower_case_cues(pattern: Pattern) -> None:
    assert pattern.kind in KINDS
    assert pattern.role not in PROSE
    assert all(cue == cue.lower() for cue in pattern.cues)


STORY = (
    "Council adopts a text on the war\n"
    "The Security Council adopted a text on Monday by ten votes to none, its president said.\n"
    "{line}\n"
    "Five members abstained, and the meeting ended soon after the vote had been announced."
)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Advertisement", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("Story continues below this ad", "advert"),
        ("Subscribe", "advert"),
        ("Sign up for our newsletter", "advert"),
        ("Share this article", "advert"),
        ("Follow us on Google News", "advert"),
        ("READ MORE: Russia vetoes a text on Syria", "related"),
        ("Also Read | India abstains on a text about Syria", "related"),
        ("Read also: Envoys clash in the Council", "related"),
        ("Related: Russia vetoes a text on Syria", "related"),
        ("WATCH | Envoys clash in the Council", "related"),
        ("Listen · 4 min", "listen"),
        ("3 MIN READ", "read_time"),
        ("Published On 24 Feb 2025", "published"),
        ("Updated 5:02 PM EST, Mon February 24, 2025", "updated"),
        ("By A. Name", "byline"),
        ("(AP Photo/Ana Name)", "credit"),
        ("Photo: Getty Images", "credit"),
        ("File photo", "credit"),
        ("All Sections", "breadcrumb"),
        ("We use cookies to improve your experience on this site.", "notice"),
        ("© 2025 The Meridian Courier. All rights reserved.", "notice"),
        ("Tags: Russia, Ukraine, United Nations", "related"),
        ("12 comments", "advert"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "notice"),
        ("Reporting by A. Name; Editing by B. Name", "byline"),
        ("Facebook | Twitter | WhatsApp | Email", "advert"),
        ("https://example.org/a/very/long/address", "related"),
        ("TwitterWhatsAppFacebookEmail", "advert"),
        ("World NewsPress Trust of IndiaFeb 25, 2025 08:07 am IST", "byline"),
        ("This article is more than 3 months old", "notice"),
        ("GA/12675", "breadcrumb"),
    ],
)
def test_furniture_line_between_paragraphs_gets_its_role(line: str, role: str) -> None:
    text = STORY.format(line=line)
    start = text.index(line)
    block = next(each for each in read_text(text).blocks if each.start <= start < each.end)
    assert (block.role, block.furniture) == (role, True)
    others = [each for each in read_text(text).blocks if not each.furniture]
    assert not any(each.start < start + len(line) and start < each.end for each in others)


@pytest.mark.parametrize(
    "line",
    [
        "Read the text before you vote, the envoy told members.",
        "Share of the votes fell to a half, the tally showed.",
        "Home to the Council, New York saw protests on Monday.",
        "By 93 votes to 18 the Assembly adopted the other text.",
        "Published reports of a deal were denied by both states.",
        "Listen to the victims, the envoy of Ukraine told members.",
        "Photographs of the vote were shown to all members.",
        "The image of the Council suffered, a diplomat said.",
        '"No."',
        "He also read: first the names, then the votes.",
        "Advertising the vote as a win, the envoy smiled.",
        "Follow the vote, not the speech, she told the room.",
        "Topics ranged from the war to the price of grain.",
        "Sources: three diplomats and a draft seen by this paper.",
    ],
)
def test_furniture_prose_that_looks_like_it_stays_in_the_body(line: str) -> None:
    text = STORY.format(line=line)
    start = text.index(line)
    block = next(each for each in read_text(text).blocks if each.start <= start < each.end)
    assert (block.role, block.start, block.end) == ("body", start, start + len(line))


@pytest.mark.parametrize(
    ("paragraph", "furniture"),
    [
        (
            "It passed, he told reporters.\u00a0 ALSO READ:\u00a0Envoys clash over a comma\u00a0",
            "ALSO READ:\u00a0Envoys clash over a comma",
        ),
        (
            "It passed. Also Read | Envoys clash over a comma",
            "Also Read | Envoys clash over a comma",
        ),
        (
            "It passed. ALSO READ: Envoys clash over a comma  He left the room.",
            "ALSO READ: Envoys clash over a comma",
        ),
        (
            'It passed. READ MORE: Envoys clash over a comma "We go on," he told the members.',
            "READ MORE: Envoys clash over a comma",
        ),
        (
            "It passed. (Reporting by A. Name; editing by B. Name)",
            "(Reporting by A. Name; editing by B. Name)",
        ),
        ("It passed. (With inputs from PTI)", "(With inputs from PTI)"),
        ("It passed. (ANI)", "(ANI)"),
    ],
)
def test_furniture_inside_a_paragraph_is_cut_out_and_splits_it(
    paragraph: str, furniture: str
) -> None:
    article = read_text(STORY.format(line=paragraph))
    cut = [article.text[each.start : each.end] for each in article.blocks if each.furniture]
    assert cut == [furniture]
    body = [article.text[each.start : each.end] for each in article.blocks if each.role == "body"]
    assert "It passed" in body[1]
    assert body[-1].startswith("Five members abstained")


def test_furniture_without_an_end_takes_one_sentence_and_leaves_the_rest() -> None:
    tail = "The envoy of Ukraine answered at length. " * 6
    article = read_text(STORY.format(line=f"It passed. ALSO READ: Envoys clash {tail}"))
    body = " ".join(
        article.text[each.start : each.end] for each in article.blocks if each.role == "body"
    )
    assert body.count("answered at length") == 5


@pytest.mark.parametrize(
    ("lead", "rest"),
    [
        ("UNITED NATIONS, Feb 24 (Reuters) - ", "The Council met on Monday to vote on the draft."),
        ("UNITED NATIONS (AP) — ", "The Council met on Monday to vote on the draft."),
        ("UNITED NATIONS, February 24. /TASS/. ", "The Council met on Monday to vote on a draft."),
        ("GENEVA: ", "The Council met on Monday to vote on the draft."),
        ("(VOVworld) ", "On Monday, the Council met to vote on the draft."),
        (
            "Geneva/ New Delhi | Meridian News Desk: ",
            "India voted on Monday, its envoy told the press.",
        ),
    ],
)
def test_furniture_dateline_is_cut_off_the_first_paragraph(lead: str, rest: str) -> None:
    article = read_text(f"Council votes on a draft text\n{lead}{rest}")
    body = next(each for each in article.blocks if each.role == "body")
    assert article.text[body.start : body.end] == rest
    assert article.metadata.dateline == lead.rstrip(" -—:")


def test_furniture_titles_under_a_heading_are_links_and_the_next_prose_is_body() -> None:
    article = read_text(
        STORY.format(line="More from World News\nRussia vetoes a text on Syria\nUS quits a council")
    )
    assert [link.text for link in article.metadata.related] == [
        "Russia vetoes a text on Syria",
        "US quits a council",
    ]
    assert article.text[article.blocks[-1].start :].startswith("Five members")
    assert article.blocks[-1].role == "body"


def test_furniture_titles_after_the_last_line_of_a_story_are_links() -> None:
    article = read_text(STORY.format(line="") + "\n© 2025 Courier\nRussia vetoes a text on Syria\n")
    assert article.blocks[-1].role == "related"
