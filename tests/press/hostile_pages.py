"""Pages made to break a reader: built ones of any size, and changes that spoil a good page.

Also pages around what a regular expression goes back over (`tests.patterns.pumps`); those with days
at the edges of the calendar are in `edge_pages`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from html import escape
from pathlib import Path
from random import Random

from tests.patterns.pumps import Pump
from tests.press.edge_pages import some_edge
from votewire import check, press
from votewire.check.claimreview import Review, as_json_ld, claim_reviews
from votewire.check.covering import coverage_rolls
from votewire.check.page import page
from votewire.errors import VotewireError
from votewire.press.coverage import read_coverage
from votewire.press.feeds import feed_kind, read_feed
from votewire.press.feeds_items import read_item
from votewire.record import Record

DATA = Path(__file__).parent / "data"
FILES = ("gulf_daily", "wire_page", "levant_post", "southern_paper", "french", "spanish", "hindi")
REVIEW = Review(reviewer="A desk", reviewer_url="https://example.org", reviewed_on=date(2025, 3, 1))
RELEASE = """GA/12675

General Assembly Acts on Texts

24 February 2025
General AssemblyGA/12675

The draft resolution “A just peace” (document A/ES-11/L.10) was adopted by a recorded vote of 3 in
favour (Albania, Côte d’Ivoire, Iran (Islamic Republic of)) to 2 against (Israel, United States),
with 1 abstention (China).

ANNEX I

Vote on Peace

In favour:  Albania, Andorra.

Against:  Belarus.

Abstain:  China.

Absent:  None.
"""
SENTENCE = (
    "The General Assembly adopted the Ukrainian draft on 24 February 2025 by 93 votes to 18, with "
    "65 abstentions; “a wake-up call”, said Marta Kovac, the ambassador of Slovenia. "
)
WRONG = (
    "On 24 February 2025 the UN General Assembly adopted resolution ES-11/7 by 91 votes to 18, and "
    "China voted against. "
)
TALLY = "by a recorded vote of 152 in favour (Albania, Andorra) to 5 against (Israel, Palau), with "
MARKS = "“”«»\"'‘’()[]{}<>&;:,.—–-।|/\\*_#"
_FURNITURE = 650  # characters of a line, few more than which are asked what furniture they are
# Cyrillic and Greek letters that look like Latin ones, and digits of other scripts.
LOOKALIKES = str.maketrans("aceopxyACEHKMOPTBi10", "асеорхуАСЕНКМОРТВі१०")
INVISIBLE = ("\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301", "\u2028", "\x0b")


def good_pages() -> list[bytes]:
    """Pages that are read well: ours in every language, as text and HTML, and a release."""
    texts = [(DATA / f"{name}.txt").read_text("utf-8") for name in FILES]
    return [
        *(text.encode() for text in texts),
        *(as_page(text).encode() for text in texts[:2]),
        RELEASE.encode(),
        as_page(RELEASE).encode(),
    ]


def as_page(text: str) -> str:
    """The text as a web page with metadata."""
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n") if part.strip())
    data = '{"@type": "NewsArticle", "datePublished": "2025-02-24T10:00:00Z", "author": [{}]}'
    return (
        "<!DOCTYPE html><html lang='en'><head><title>A page</title>"
        "<meta property='og:title' content='A page'>"
        f"<script type='application/ld+json'>{data}</script></head>"
        f"<body><article><h1>A page</h1>{body}</article></body></html>"
    )


def _filled(part: str, size: int) -> str:
    return part * (size // len(part.encode()) + 1)


def _html(inner: str) -> str:
    return f"<html><body><article><p>{SENTENCE}</p>{inner}</article></body></html>"


BUILT: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: _filled(SENTENCE, n),
    "one sentence": lambda n: _filled(SENTENCE.replace(". ", ", ").replace(";", ","), n),
    "one word": lambda n: "a" * n,
    "one name": lambda n: _filled("Kovac", n) + " said “no”.",
    "capital words": lambda n: _filled("Kovac ", n),
    "opened brackets": lambda n: SENTENCE + TALLY + "(" * n,
    "nested brackets": lambda n: TALLY + "(" * (n // 2) + "China" + ")" * (n // 2),
    "opened quotes": lambda n: _filled("“a ", n),
    "nested quotes": lambda n: _filled("« a “b ", n),
    "straight quotes": lambda n: _filled('said "', n),
    "digits": lambda n: "by " + "9" * n + " votes to 3",
    "numbers": lambda n: _filled("93 to 18, ", n),
    "tallies": lambda n: "GA/1\n\n24 February 2025\n\n" + _filled(TALLY + "9 abstentions, ", n),
    "labels": lambda n: "GA/1\n\n24 February 2025\n\n" + _filled("In favour: A. Against: B.\n", n),
    "states": lambda n: "Voting against were " + _filled("China, Russia and ", n),
    "ands": lambda n: "China " + _filled("and ", n),
    "commas": lambda n: SENTENCE + _filled(", ", n),
    "wrong votes": lambda n: "Votes\n\n25 February 2025\n\n" + _filled(WRONG, n),
    "verbs": lambda n: _filled("voted ", n) + _filled("said ", n),
    "apposition": lambda n: "“No,” said Marta Kovac" + _filled(", the envoy of Peru", n) + ".",
    "pronouns": lambda n: "Marta Kovac spoke. " + _filled("“No,” she said. ", n),
    "french": lambda n: "Le texte est là et les pays. " + _filled("« Non », a-t-il dit à la ", n),
    "spanish": lambda n: (
        "El texto de los países que. " + _filled("“No”, dijo en la embajada y ", n)
    ),
    "hindi": lambda n: _filled("भारत के राजदूत ने कहा “नहीं” और ", n),
    "symbols": lambda n: _filled("A/RES/ES-11/7 S/2025/112/Rev.1 ", n),
    "dates": lambda n: _filled("on 24 February 2025, on Monday, ", n),
    "blank lines": lambda n: SENTENCE + "\n" * n + SENTENCE,
    "spaces": lambda n: SENTENCE + " " * n + SENTENCE,
    "short lines": lambda n: _filled("China\n", n),
    "invisible": lambda n: _filled("Chi\u200bna vo\u00adted \u202eagainst\u2066. ", n),
    "lookalikes": lambda n: _filled(SENTENCE.translate(LOOKALIKES), n),
    "accents": lambda n: "China" + "\u0301" * (n // 2) + " voted against.",
    "emoji": lambda n: _filled("🇨🇳 voted 👩‍👩‍👧 against. ", n),
    "hyphens": lambda n: _filled("secretary-general-", n),
    "initials": lambda n: _filled("U.S. ", n),
    "ordinals": lambda n: "GA/1\n\n" + _filled("twenty-first emergency special ", n),
    "nested tags": lambda n: _html("<div>" * (n // 5) + SENTENCE + "</div>" * (n // 6)),
    "nested spans": lambda n: _html("<p>" + "<b><i>" * (n // 6) + SENTENCE),
    "unclosed tags": lambda n: _html("<p" * (n // 2)),
    "attributes": lambda n: _html(f"<p class='{'x ' * (n // 2)}'>{SENTENCE}</p>"),
    "comments": lambda n: "<!--" + "-" * n + _html(""),
    "comments in rows": lambda n: _filled("<!-- a -->", n) + _html(""),
    "comments before text": lambda n: _filled("<!--x-->", n) + SENTENCE,
    "meetings": lambda n: SENTENCE + "\n\n" + _filled("1" * 60 + " Meetings\n", n),
    "spaces in a credit": lambda n: SENTENCE + "\n\n" + _filled("| photo" + " " * 600 + "|\n", n),
    "entities": lambda n: _html("<p>" + "&amp;" * (n // 5) + "</p>"),
    "bare ampersands": lambda n: _html("<p>" + "&#x" * (n // 3) + "</p>"),
    "entity bomb": lambda n: (
        "<!DOCTYPE html [<!ENTITY a 'China'>"
        + "".join(f"<!ENTITY a{i} '{f'&a{i - 1 or str()};' * 10}'>" for i in range(1, 12))
        + "]>"
        + _html("<p>" + "&a11;" * max(1, n // 5000) + "</p>")
    ),
    "json-ld deep": lambda n: _html("").replace(
        "<body>", "<body><script type='application/ld+json'>" + "[" * (n // 2) + "</script>"
    ),
    "json-ld numbers": lambda n: _html("").replace(
        "<body>",
        "<body><script type='application/ld+json'>"
        + '{"@type":"NewsArticle","datePublished":1e999,"wordCount":'
        + "9" * n
        + "}</script>",
    ),
    "tables": lambda n: _html("<table>" + "<tr><td>China" * (n // 13)),
    "lists": lambda n: _html("<ul><li>" * (n // 8) + "China"),
    "json-ld objects": lambda n: _html("").replace(
        "<body>",
        "<body><script type='application/ld+json'>[" + "{}," * (n // 3) + "{}]</script>",
    ),
    "meta": lambda n: _html("").replace(
        "<body>", "<meta name='author' content='Marta Kovac'>" * (n // 44) + "<body>"
    ),
}


# Repeated without end between two sentences: what a pattern may go back over.
UNITS = (
    *MARKS,
    *" \t\n\r\u00a0\u200b0aA1é中क",
    *(
        "\n ",
        " \n",
        ". ",
        ", ",
        "- ",
        "a.",
        "A.",
        "1,",
        "1.",
        "1-",
        "a-",
        "a'",
        "a’",
        "’s ",
        "A ",
        "a ",
    ),
    *(
        "said ",
        "the ",
        "of ",
        "and ",
        "A B. ",
        "<p>",
        "</",
        "&a",
        "A/",
        "(A",
        "A)",
        "“A”, ",
        "* ",
        "by ",
    ),
    *(
        "China, ",
        "Mr. ",
        "ने ",
        "de ",
        "a dit ",
        ", dijo ",
        "voted for ",
        "In favour: ",
        "93-18-65 ",
    ),
)


def run_of(unit: str, size: int) -> bytes:
    """A good sentence, then the unit over and over up to about that size, then a good sentence."""
    return (SENTENCE + _filled(unit, size) + SENTENCE).encode()


def _pump(pump: Pump, size: int) -> str:
    """The pumped string; with a mark that a page may hold for the one that makes it binary."""
    return pump.of(pump.copies(size)).replace("\x00", "\x02")


def _between(text: str) -> str:
    return f"{SENTENCE}\n\n{text}\n\n{SENTENCE}"


def _pumped_page(pump: Pump, size: int) -> str:
    """As title, heading and paragraph, and as what the markup declares."""
    held = _pump(pump, size // 5)
    found = as_page(_between(escape(held))).replace("A page", escape(held))
    return found.replace("[{}]", json.dumps(held).replace("<", "\\u003c"))


def _pumped_feed(pump: Pump, size: int) -> str:
    held = _pump(pump, size // 3)
    return json.dumps({"headline": held, "byline": held, "body_text": _between(held)})


# Where on a page it stands: (pump, size) -> a page of about that size.
PUMPED: dict[str, Callable[[Pump, int], str]] = {
    "text": lambda pump, n: _between(_pump(pump, n)),
    "lines": lambda pump, n: _between(
        _filled(_pump(pump, _FURNITURE).replace("\n", " ") + "\n", n)
    ),
    "page": _pumped_page,
    "release": lambda pump, n: RELEASE.replace("with 1", _pump(pump, n // 2) + "with 1").replace(
        "Vote on", _pump(pump, n // 2) + "Vote on"
    ),
    "feed": _pumped_feed,
}


def pumped(pump: Pump, size: int, where: str) -> bytes:
    """What a pattern goes back over, up to about that size, at a place of a good page."""
    return PUMPED[where](pump, size).encode("utf-8", "surrogatepass")


def built(name: str, size: int) -> bytes:
    """A built page of about that many bytes."""
    return BUILT[name](size).encode("utf-8", "surrogatepass")


def spoiled(source: bytes, rng: Random) -> bytes:
    """The page after one to six changes: of its bytes, its marks, its letters, its order."""
    for _ in range(rng.randint(1, 6)):
        source = rng.choice(_CHANGES)(source, rng)
    return source[: 1 << 20]


def _cut(source: bytes, rng: Random) -> bytes:
    a, b = sorted((rng.randint(0, len(source)), rng.randint(0, len(source))))
    return source[:a] + source[b:] if rng.random() < 0.5 else source[a:b]


def _doubled(source: bytes, rng: Random) -> bytes:
    a, b = sorted((rng.randint(0, len(source)), rng.randint(0, len(source))))
    return source[:b] + source[a : min(b, a + 4000)] * rng.randint(1, 20) + source[b:]


def _flipped(source: bytes, rng: Random) -> bytes:
    changed = bytearray(source)
    for _ in range(min(len(changed), rng.randint(1, 8))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _inserted(source: bytes, rng: Random) -> bytes:
    at = rng.randint(0, len(source))
    what = rng.choice(
        (
            rng.choice(MARKS) * rng.randint(1, 300),
            rng.choice(INVISIBLE) * rng.randint(1, 40),
            str(rng.choice((-1, 10**30, 2**63, 0, 3.5))),
            rng.choice(("<div>", "</p>", "<!--", "<script>", "<![CDATA[", "&#0;", "&a;", "<svg>")),
            rng.choice(
                ("\u202eanihC", "ِالصين", "中国", "😀", "\u0915\u094d", "\ud800", "\x00", "\x1b[2J")
            ),
            rng.choice(("In favour: ", "Against: ", "GA/1\n", "24 February 2025", "31/02/2025\n")),
            some_edge(rng),
        )
    )
    return source[:at] + what.encode("utf-8", "surrogatepass") + source[at:]


def _respelled(source: bytes, rng: Random) -> bytes:
    text = source.decode("utf-8", "ignore")
    a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    change = rng.choice((str.upper, str.lower, str.swapcase, str.title, lambda s: s[::-1]))
    part = text[a:b].translate(LOOKALIKES) if rng.random() < 0.3 else change(text[a:b])
    return (text[:a] + part + text[b:]).encode("utf-8", "surrogatepass")


def _without(source: bytes, rng: Random) -> bytes:
    """Without one letter or mark anywhere: spaces, commas, stops, closing quotes."""
    mark = rng.choice((" ", ",", ".", "”", ")", "\n", ">", '"', "»", "।"))
    return source.replace(mark.encode(), rng.choice((b"", b" ", b"\n\n", b"\xc2\xa0")))


def _recoded(source: bytes, rng: Random) -> bytes:
    code = rng.choice(("utf-16", "latin-1", "cp1252", "utf-7", "utf-8-sig", "koi8-r"))
    return source.decode("utf-8", "ignore").encode(code, "ignore")


def _shuffled(source: bytes, rng: Random) -> bytes:
    lines = source.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


_CHANGES = (
    _cut,
    _doubled,
    _flipped,
    _inserted,
    _inserted,
    _respelled,
    _without,
    _recoded,
    _shuffled,
)


def answer(source: bytes, record: Record) -> str:
    """ "read" or "refused": what all that reads pages makes of the bytes.

    Any other error than one of votewire's own passes through.
    """
    said = "refused"
    with suppress(VotewireError):
        article = press.read(source)
        for quote in article.quotes:
            assert article.text[quote.start : quote.end] == quote.text
        report = check.check(article, record)
        assert page(report).startswith("<!")
        as_json_ld(claim_reviews(report, REVIEW))
        said = "read"
    with suppress(VotewireError):
        coverage_rolls(read_coverage(source), record, skip_broken=True)
    for item in _items(source):
        with suppress(VotewireError):
            check.check(read_item(item), record)
    return said


def _items(source: bytes) -> list[bytes]:
    """The items of a feed; none of what is no feed."""
    found: list[bytes] = []
    with suppress(VotewireError):
        if feed_kind(source) is not None:
            found.extend(item.packed() for item in read_feed(source))
    return found
