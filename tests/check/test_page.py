import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import claim
from tests.conftest import ROOT, shared
from votewire.check import Checked, Evidence, Report, Verdict
from votewire.check.page import page
from votewire.check.underlining import passages
from votewire.check.wording import MARKS, alike
from votewire.pipeline import check_page
from votewire.plots.style import contrast
from votewire.plots.wording import printable
from votewire.press import Article, Block, Metadata
from votewire.record import open_record

EXAMPLE = ROOT / "examples" / "assembly-and-council.txt"
VOID = {"meta", "br"}
TAGS = frozenset(
    re.findall(
        r"\w+",
        "html head meta title style body header main article section footer h1 h2 div p ul li "
        "span a b table thead tbody tr th td q bdi dl dt dd code",
    )
)
HOSTILE = '<script>alert("x")</script>\'"&amp;<img src=x onerror=y> </style></p><!-- '


class Reader(HTMLParser):
    """What a page says, tag by tag: what is underlined by which claims, links, names."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.passages: list[str] = []
        self.lines: list[tuple[tuple[int, ...], set[str], str]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.ids += [given["id"]] if "id" in given else []
        self.targets += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append((tag, given))
        if self._in_article() and tag in ("p", "h1"):
            self.passages.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not self._in_article():
            return
        self.passages[-1] += data
        held = [given for _, given in self.open if "data-claims" in given]
        if held:
            classes = {
                given["class"].split()[1]
                for _, given in self.open
                if given.get("class", "").startswith("line ")
            }
            numbers = tuple(map(int, held[-1]["data-claims"].split()))
            self.lines.append((numbers, classes, data))

    def _in_article(self) -> bool:
        """In the article's own words: a paragraph of it, and no number, note or word of ours."""
        tags = {tag for tag, _ in self.open}
        ours = any("lang" in given for tag, given in self.open if tag != "html")
        return not ours and "article" in tags and bool(tags & {"p", "h1"})


def report(source: bytes) -> Report:
    return check_page(source, open_record())


@pytest.fixture(scope="module")
def example() -> Report:
    return report(EXAMPLE.read_bytes())


def runs(made: Report) -> Iterator[tuple[int, str]]:
    """Number and words of each place where a claim stands, by the passages' own cutting."""
    text = made.article.text
    for passage in passages(made.article, alike(made)):
        running: dict[int, str] = {}
        for stretch in passage.stretches:
            for number in stretch.numbers:
                running[number] = running.get(number, "") + text[stretch.start : stretch.end]
            for number in stretch.ending:
                yield number, running.pop(number)


def underlined_once(made: Report) -> None:
    """Each claim's words are underlined in one run, by its verdict and under its number."""
    numbered = alike(made)
    places = {(n, i.claim.start, i.claim.span) for n, each in enumerate(numbered, 1) for i in each}
    assert Counter(runs(made)) == Counter((n, span) for n, _, span in places)
    read = Reader(page(made))
    for numbers, classes, _ in read.lines:
        assert classes == {str(numbered[n - 1][0].verdict) for n in numbers}
    for number in range(1, len(numbered) + 1):
        said = "".join(words for numbers, _, words in read.lines if number in numbers)
        spans = sorted((start, span) for n, start, span in places if n == number)
        assert said == "".join(span for _, span in spans)


def test_page_underlines_each_claim_of_the_example_once(example: Report) -> None:
    underlined_once(example)


def test_page_underlines_each_claim_of_the_seed_once() -> None:
    made = report(shared("articles/seed.txt").read_bytes())
    underlined_once(made)
    assert 'class="line measured' in page(made)


def test_page_has_the_prose_and_leaves_out_what_is_around_it(example: Report) -> None:
    text = example.article.text
    read = Reader(page(example))
    shown = [passage.strip() for passage in read.passages]
    assert shown == [text[b.start : b.end] for b in example.article.prose()]
    assert "Listen to this article" not in page(example)


def test_page_numbers_lead_to_evidence_and_back(example: Report) -> None:
    made = page(example)
    read = Reader(made)
    assert len(read.ids) == len(set(read.ids))
    inside = [target[1:] for target in read.targets if target.startswith("#")]
    assert set(inside) <= set(read.ids)
    for number in range(1, len(alike(example)) + 1):
        assert {f"claim-{number}", f"text-{number}"} <= set(inside)
    outside = {target for target in read.targets if not target.startswith("#")}
    assert outside == {e.url for item in example.checked for e in item.evidence}


def test_page_has_all_claims_in_a_table_with_evidence(example: Report) -> None:
    made = page(example)
    rows = re.findall(r"<tr class=.*?</tr>", made, re.DOTALL)
    assert len(rows) == len(alike(example))
    row = next(row for row in rows if "contradicted" in row)
    for said in (
        "India",
        "voted no",
        "✗ contradicted",
        "A/RES/ES-11/7, 2025-02-24, adopted 93-18-65: abstain: India.",
        ">https://digitallibrary.un.org/record/4076672</a>",
    ):
        assert said in row
    assert example.summary in made
    assert example.record_hash in made
    assert "belongs to its publisher (Meridian Wire via Meridian Courier)" in made


def test_page_needs_nothing_from_elsewhere(example: Report) -> None:
    made = page(example)
    read = Reader(made)
    assert set(read.tags) <= TAGS
    assert not re.search(r"\b(?:src|srcset|on\w+)=|url\(|@import", made)
    assert made.startswith('<!doctype html>\n<html lang="en">')


def test_page_is_the_same_for_the_same_report(example: Report) -> None:
    assert page(example) == page(report(EXAMPLE.read_bytes()))


def test_page_without_claims_says_so() -> None:
    made = page(report(b"Rain in the north\n\nIt rained on Tuesday in the north of the country."))
    assert "No vote claims found." in made
    assert "<table" not in made
    assert Reader(made).tags["h1"] == 1


def test_page_in_hindi_has_its_language_and_its_claims() -> None:
    text = (
        "महासभा में मतदान\n\nसंयुक्त राष्ट्र महासभा ने 24 फरवरी 2025 को यूक्रेन पर प्रस्ताव पारित किया। "
        "अमेरिका ने प्रस्ताव के खिलाफ मतदान किया।\n"
    )
    made = report(text.encode())
    assert made.checked
    assert '<html lang="hi">' in page(made)
    underlined_once(made)


@pytest.mark.parametrize(
    "words",
    [HOSTILE, "x" * 5000, "צוער \u202e<b>\u202c", "“a” 'b' \"c\"", "a\x00\ud800\x08b"],
)
def test_page_escapes_whatever_a_page_says(words: str) -> None:
    made = page(report_of(f"{words} Russia voted No.", [(0, len(words))], words))
    read = Reader(made)
    assert set(read.tags) <= TAGS
    assert read.passages[1:] == [printable(f"{words} Russia voted No.")]
    assert printable(made) == made


def test_page_links_to_addresses_of_the_web_only() -> None:
    made = page(report_of("Russia voted No.", [(0, 6)], "x", url="javascript:alert(1)"))
    assert not [target for target in Reader(made).targets if not target.startswith("#")]
    assert "javascript:alert(1)" in made


def test_page_shows_a_claim_that_stands_outside_the_prose() -> None:
    made = page(report_of("Russia voted No.", [(90, 93)], "x"))
    read = Reader(made)
    assert "claim-1" in read.ids
    assert "#text-1" not in read.targets


def test_page_tells_each_verdict_by_sign_and_line_too() -> None:
    sheet = style()
    lines = [
        tuple(re.search(rf"\.line\.{v} {{(.*?)}}", sheet)[1].split(";"))  # type: ignore[index]
        for v in Verdict
    ]
    assert len(set(lines)) == len(set(MARKS.values())) == len(Verdict)


def test_page_colours_have_contrast_in_each_scheme() -> None:
    schemes = re.findall(r":root {(.*?)}", style(), re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        assert {*map(str, Verdict), "ink", "soft", "link"} <= colours.keys()
        for ground in (colours["paper"], colours["raised"]):
            for name, colour in colours.items():
                least = {"paper": 1, "raised": 1, "rule": 3}.get(name, 4.5)
                assert contrast(colour, ground) >= least, (name, ground)


def style() -> str:
    made = page(report_of("Rain.", [], ""))
    return re.search(r"<style>(.*?)</style>", made, re.DOTALL)[1]  # type: ignore[index]


def report_of(
    text: str, spans: list[tuple[int, int]], words: str, *, url: str = "https://example.org/1"
) -> Report:
    """A report on a page of one paragraph; `words` stand wherever a page or record has words."""
    fact = Evidence(
        rollcall=words,
        symbol=words,
        chamber="GA",
        date=date(2025, 2, 24),
        outcome="adopted",
        tally="93-18-65",
        state=words,
        choice="no",
        url=url,
    )
    items = [
        Checked(
            claim=claim("RUS", "voted_no", span=text[a:b] or "gone", start=a, where=words),
            verdict=list(Verdict)[at % len(Verdict)],
            reason=f"{words}{at}",
            rollcall=words,
            evidence=(fact,),
            candidates=(words,),
        )
        for at, (a, b) in enumerate(spans)
    ]
    article = Article(
        text=text,
        lang="en",
        blocks=(Block(role="body", start=0, end=len(text)),),
        metadata=Metadata(headline=words, publisher=words, byline=words),
        warnings=(words,),
    )
    return Report(article=article, checked=tuple(items), record_hash=words, complete_to=words)


words = st.text(st.sampled_from("<>&\"' aé\u202eש\u0939\x07\n/"), max_size=60)


@given(words, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6), words)
def test_page_of_random_words_and_spans_is_whole(
    text: str, spans: list[tuple[int, int]], other: str
) -> None:
    inside = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    report = report_of(text, [(a, b) for a, b in inside if a < b], other)
    made = page(report)
    read = Reader(made)
    assert set(read.tags) <= TAGS
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert {target[1:] for target in read.targets if target[0] == "#"} <= set(read.ids)
    shown = "".join(read.passages[1:])  # after the headline
    prose = [printable(text[p.start : p.end]) for p in passages(report.article, [])]
    assert shown == "".join(prose)
    assert made == page(report)
