from hypothesis import given
from hypothesis import strategies as st

from tests.check.made import claim
from votewire.check import Checked, Verdict
from votewire.check.underlining import Passage, passages
from votewire.press import Article, Block, Metadata

TEXT = "Assembly adopts text.\n\nRussia voted\nNo. ALSO READ: more\n\n \nIndia abstained on it."
BLOCKS = (
    Block(role="headline", start=0, end=21),
    Block(role="body", start=23, end=39),
    Block(role="related", start=40, end=55, furniture=True),
    Block(role="body", start=59, end=len(TEXT)),
)
ARTICLE = Article(text=TEXT, lang="en", blocks=BLOCKS, metadata=Metadata())


def checked(start: int, end: int, verdict: Verdict = Verdict.SUPPORTED) -> Checked:
    made = claim("RUS", "voted_no", span=TEXT[start:end], start=start)
    return Checked(claim=made, verdict=verdict, reason="made.")


def told(passage: Passage) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(TEXT[s.start : s.end], s.numbers, s.ending) for s in passage.stretches]


def test_underlining_cuts_a_paragraph_where_claims_begin_and_end() -> None:
    headline, *_ = passages(ARTICLE, [[checked(0, 8)], [checked(0, 15)]])
    assert told(headline) == [
        ("Assembly", (1, 2), (1,)),
        (" adopts", (2,), (2,)),
        (" text.", (), ()),
    ]
    assert headline.new == (1, 2)


def test_underlining_keeps_the_distance_of_a_verdict_while_stretches_touch() -> None:
    far = checked(0, 15, Verdict.SUPPORTED)
    near = checked(9, 20, Verdict.CONTRADICTED)
    headline, *_ = passages(ARTICLE, [[far], [near]])
    assert [s.lines for s in headline.stretches] == [
        ((Verdict.SUPPORTED, 1),),
        ((Verdict.CONTRADICTED, 0), (Verdict.SUPPORTED, 1)),
        ((Verdict.CONTRADICTED, 0),),
        (),
    ]


def test_underlining_numbers_a_repeated_claim_at_each_place_and_new_at_the_first() -> None:
    headline, body, _ = passages(ARTICLE, [[checked(0, 8), checked(23, 29)]])
    assert (headline.new, body.new) == ((1,), ())
    assert body.stretches[0].ending == (1,)


def test_underlining_marks_both_sides_of_what_stands_around_the_article() -> None:
    _, before, after = passages(ARTICLE, [[checked(36, 64)]])
    assert [s.numbers for s in before.stretches] == [(), (1,)]
    assert [s.ending for s in before.stretches] == [(), ()]
    assert told(after)[0] == ("India", (1,), (1,))
    assert after.new == (1,)


def test_underlining_parts_a_block_at_blank_lines_only() -> None:
    text = "One line\nand its second.\n \nAnother paragraph.\n\n"
    article = Article(
        text=text,
        lang="en",
        blocks=(Block(role="body", start=0, end=len(text)),),
        metadata=Metadata(),
    )
    shown = [text[p.start : p.end] for p in passages(article, [])]
    assert shown == ["One line\nand its second.", "Another paragraph."]


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=6))
def test_underlining_covers_each_letter_by_just_the_claims_that_have_it(
    places: list[list[list[int]]],
) -> None:
    numbered = [
        [checked(a, b, list(Verdict)[at]) for a, b in each] for at, each in enumerate(places)
    ]
    found: dict[int, set[int]] = {}
    for passage in passages(ARTICLE, numbered):
        at = passage.start
        for stretch in passage.stretches:
            assert stretch.start == at < stretch.end
            assert {v for v, _ in stretch.lines} == {list(Verdict)[n - 1] for n in stretch.numbers}
            assert set(stretch.ending) <= set(stretch.numbers)
            found |= {letter: set(stretch.numbers) for letter in range(at, stretch.end)}
            at = stretch.end
        assert at == passage.end
    prose = [at for block in ARTICLE.prose() for at in range(block.start, block.end)]
    assert sorted(found) == prose
    for letter, numbers in found.items():
        assert numbers == {
            n for n, each in enumerate(places, start=1) if any(a <= letter < b for a, b in each)
        }


@given(st.lists(spans, min_size=1, max_size=6))
def test_underlining_ends_a_claim_once(places: list[list[int]]) -> None:
    shown = passages(ARTICLE, [[checked(a, b)] for a, b in places])
    ending = [n for p in shown for s in p.stretches for n in s.ending]
    prose = {at for block in ARTICLE.prose() for at in range(block.start, block.end)}
    seen = [n for n, (a, b) in enumerate(places, start=1) if prose & set(range(a, b))]
    assert sorted(ending) == seen
    assert sorted(n for p in shown for n in p.new) == seen
