"""A page wrapped at a width is read as its paragraphs, short ones and those without case too."""

from __future__ import annotations

import textwrap

import pytest

from votewire.press import read
from votewire.press.lines import find_paragraphs, fold_page

COUNCIL = (
    "The United States on Thursday vetoed a UN Security Council draft on full membership of "
    "Palestine. Twelve members voted in favour, and Britain and Switzerland abstained. The draft "
    "had been put forward by Algeria."
)
HINDI = (
    "संयुक्त राष्ट्र महासभा में सोमवार को प्रस्ताव पर मतदान हुआ। अमेरिका और रूस ने प्रस्ताव के विरोध में "
    "मतदान किया, जबकि भारत और चीन मतदान से अनुपस्थित रहे।"
)


def spans(text: str) -> list[str]:
    return [" ".join(claim.span.split()) for claim in read(text.encode()).claims]


@pytest.mark.parametrize("width", [58, 64, 72, 80])
@pytest.mark.parametrize("text", [COUNCIL, HINDI], ids=["English", "Hindi"])
def test_lines_a_wrapped_paragraph_has_the_claims_of_the_unwrapped(text: str, width: int) -> None:
    wrapped = textwrap.fill(text, width, break_on_hyphens=False)
    assert find_paragraphs(fold_page(wrapped)) == [(0, len(wrapped))]
    assert spans(wrapped) == spans(text) != []


def test_lines_whole_paragraphs_and_lists_stay_lines_of_their_own() -> None:
    page = "\n".join(
        [
            "Yes: Albania, Austria, Belgium, Bulgaria, Canada, Croatia, Cyprus, Denmark and Latvia",
            "No: Belarus, Eritrea, Nicaragua",
            "Abstaining: Algeria, Angola, Armenia, Bolivia, Burundi, Burkina Faso, Ghana",
            "eight did not vote",
        ]
    )
    assert len(find_paragraphs(page)) == 4
    assert len(find_paragraphs("One sentence of a page here.\nanother, in lower case")) == 2
