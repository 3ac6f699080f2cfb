"""Feeds: RSS, Atom, NewsML-G2 and ninjs, each whole and each broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.press.articles import DATA
from votewire.errors import SourceError, UnreadablePage
from votewire.press import feeds
from votewire.press.feeds import feed_kind, read_feed
from votewire.press.feeds_items import FeedItem, read_item

RSS = (ROOT / "examples" / "wire.xml").read_bytes()
ATOM = (DATA / "feed.atom").read_bytes()
NEWSML = (DATA / "feed.newsml").read_bytes()
NINJS = [
    {
        "uri": "urn:x:3",
        "headlines": [{"role": "sub", "value": "Sub"}, {"role": "main", "value": "Main"}],
        "bodies": [
            {"contentType": "text/html", "value": "<p>Marked.</p>"},
            {"contentType": "text/plain", "value": "Plain."},
        ],
        "versionCreated": "2025-02-25T10:00:00Z",
        "language": "es-MX",
        "by": "Ana Prat",
        "infoSources": [{"name": "Aldgate"}],
    },
    {"uri": "urn:x:1", "headline": "Old", "body_html": "<p>One.</p><p>Two.</p>"},
]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title></item></channel>'
    b"</rss>"
)
OUTSIDE = (
    b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;'
    b"</title></item></channel></rss>"
)


def items(source: bytes) -> list[FeedItem]:
    return list(read_feed(source, name="the feed"))


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (RSS, "rss"),
        (b"\xef\xbb\xbf" + RSS, "rss"),
        (ATOM, "atom"),
        (NEWSML, "newsml"),
        (RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "rss"),
        (json.dumps(NINJS).encode(), "json"),
        (BOMB, "rss"),
        (b"<!doctype html><html><body><p>A page</p></body></html>", None),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', None),
        (b"[Updated] The Council voted.", None),
        (b"{Reuters} The Council voted.", None),
        (b"The rss feed", None),
        (b"", None),
        (b"\x89PNG\r\n", None),
    ],
)
def test_feed_kind_is_told_by_content(source: bytes, kind: str | None) -> None:
    assert feed_kind(source) == kind


def test_feeds_rss_item_has_headline_date_and_clean_body() -> None:
    first, second, third = items(RSS)
    assert first.id == "meridian-2025-0224-1"
    assert first.headline == "Assembly tells Moscow to leave Ukraine"
    assert first.published == "2025-02-24T21:40:00+00:00"
    assert (first.byline, first.publisher) == ("Ines Calder", "Meridian Wire")
    assert first.body.startswith("UNITED NATIONS – The General Assembly on Monday adopted")
    assert "<p>" not in first.body
    assert first.body.count("\n") == 1
    assert first.dek == "The United States voted with Russia."
    assert second.body.startswith("The Security Council")
    assert (second.dek, third.body, third.problem) == (None, "", None)


def test_feeds_atom_entry_has_its_language_and_any_kind_of_content() -> None:
    first, second = items(ATOM)
    assert (first.id, first.headline, first.lang) == ("tag:x,2025:1", "Le vote & après", "fr")
    assert first.body == "La France a voté.\nLa Chine aussi."
    assert (first.published, first.updated) == (
        "2025-02-24T21:00:00+00:00",
        "2025-02-25T08:00:00+00:00",
    )
    assert (first.byline, first.publisher, first.dek) == ("Ana Prat", "Aldgate Wire", "Un résumé.")
    assert (second.id, second.body, second.lang) == (
        "https://x.example/2",
        "One two.\nThree.",
        None,
    )


def test_feeds_newsml_item_has_the_body_without_its_head() -> None:
    first, second = items(NEWSML)
    assert (first.id, first.headline, first.lang) == ("urn:newsml:x:1", "Council splits", "en")
    assert first.body == "The Council voted.\nChina abstained."
    assert (first.published, first.updated) == (
        "2025-02-24T22:00:00+01:00",
        "2025-02-25T10:00:00+01:00",
    )
    assert (first.byline, first.publisher, first.dateline) == ("Ana Prat", "Aldgate", "New York")
    assert second.body == "Plain\nwords."


@pytest.mark.parametrize(
    "source",
    [
        json.dumps(NINJS).encode(),
        json.dumps({"items": NINJS}).encode(),
        "\n".join(map(json.dumps, NINJS)).encode(),
        json.dumps(NINJS).encode("utf-16"),
    ],
    ids=["list", "wrapped", "lines", "utf-16"],
)
def test_feeds_ninjs_of_every_version_and_form(source: bytes) -> None:
    first, second = items(source)
    assert (first.id, first.headline, first.body) == ("urn:x:3", "Main", "Plain.")
    assert (first.lang, first.byline, first.publisher) == ("es", "Ana Prat", "Aldgate")
    assert first.published == first.updated == "2025-02-25T10:00:00+00:00"
    assert (second.headline, second.body) == ("Old", "One.\nTwo.")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (RSS[: RSS.index(b"<pubDate>Mon, 24 Feb 2025 23:30")], "broken XML at line"),
        (BOMB, "declares entities"),
        (OUTSIDE, "declares entities"),
        (b'{"name": "votewire", "version": 1}', "JSON but no ninjs"),
        (b'[{"uri": "urn:x:1", "headline": "A"', "broken JSON at line 1"),
        (b'{"headline": "caf\xe9"}', "not UTF-8"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b'{"headline": "A", "words": ' + b"9" * 5_000 + b"}", "number too long"),
        (b"The Council voted.", "is no feed"),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', "encoding|cannot be read"),
        ("<rss><channel><title>caf\u00e9</title></channel></rss>".encode("latin-1"), "broken XML"),
    ],
)
def test_feeds_that_are_broken_say_so(source: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why) as raised:
        items(source)
    assert "the feed" in str(raised.value)
    assert len(str(raised.value)) < 400


def test_feeds_give_the_items_before_the_break() -> None:
    coming = read_feed(RSS[:-200])
    found = [next(coming).id, next(coming).id]
    assert found == ["meridian-2025-0224-1", "meridian-2025-0224-2"]
    with pytest.raises(SourceError, match="before it were read"):
        next(coming)


def test_feeds_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_FEED_BYTES", 500)
    with pytest.raises(SourceError, match="Split it"):
        items(RSS)


def test_feeds_bad_item_stops_none_of_the_others() -> None:
    lines = [json.dumps(NINJS[0]), "{broken", json.dumps({"uri": "urn:x:9"}), json.dumps(NINJS[1])]
    found = items("\n".join(lines).encode())
    assert [item.problem is None for item in found] == [True, False, False, True]
    assert [item.id for item in found] == ["urn:x:3", "item 2", "urn:x:9", "urn:x:1"]
    with pytest.raises(UnreadablePage, match="neither a headline nor a body"):
        read_item(found[2].packed())


def test_feeds_declared_encoding_is_used() -> None:
    item = "<item><title>Café – „x“</title></item>"
    source = f'<?xml version="1.0" encoding="windows-1252"?><rss><channel>{item}</channel></rss>'
    (item,) = items(source.encode("cp1252"))
    assert item.headline == "Café – „x“"


def test_feeds_markup_nested_deep_is_read_without_recursion() -> None:
    deep = "<div>" * 20_000 + "The Council voted." + "</div>" * 20_000
    atom = f'<feed><entry><content type="xhtml">{deep}</content></entry></feed>'
    html = (
        f"<rss><channel><item><description><![CDATA[{deep}]]></description></item></channel></rss>"
    )
    for source in (atom, html):
        (item,) = items(source.encode())
        assert item.body == "The Council voted."


def test_feeds_item_is_an_article_with_what_the_feed_says() -> None:
    article = read_item(items(RSS)[0].packed())
    assert article.metadata.headline == "Assembly tells Moscow to leave Ukraine"
    assert article.metadata.published.isoformat() == "2025-02-24T21:40:00+00:00"
    assert article.metadata.publisher == "Meridian Wire"
    assert [block.role for block in article.prose()][:2] == ["headline", "dek"]
    assert {(claim.actor, claim.action) for claim in article.claims} >= {
        ("GA", "adopted"),
        ("RUS", "voted_no"),
    }


@pytest.mark.parametrize(
    ("declared", "text", "lang"),
    [
        ("fr", "Le vote a eu lieu.", "fr"),
        ("en", "भारत ने मतदान किया।", "hi"),
        (None, "They voted.", "en"),
    ],
)
def test_feeds_item_language_is_the_declared_one_in_its_own_script(
    declared: str | None, text: str, lang: str
) -> None:
    assert read_item(FeedItem(id="1", body=text, lang=declared).packed()).lang == lang


def test_feeds_item_without_text_or_too_long_is_unreadable() -> None:
    with pytest.raises(UnreadablePage, match="no text"):
        read_item(FeedItem(id="1").packed())
    with pytest.raises(UnreadablePage, match="more than 5 MB"):
        read_item(FeedItem(id="1", body="x" * 6_000_000).packed())


def test_feeds_item_is_packed_the_same_every_time() -> None:
    first, again = items(RSS)[0], items(RSS)[0]
    assert first.packed() == again.packed()
    assert FeedItem(**json.loads(first.packed())) == first


STARTS = [b"", b"<rss>", b'<feed xmlns="a">', b"<newsItem>", b'{"headline": ', b'[{"uri": "a", ']


@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_feeds_of_any_bytes_give_items_or_a_source_error(start: bytes, rest: bytes) -> None:
    answered(start + rest)


MADE = [
    b"<item>",
    b"</item>",
    b"<title>",
    b"</title>",
    b"a &amp; b",
    b"<description>",
    b"&lt;p&gt;",
]
MADE += [
    b"</description>",
    b"<![CDATA[<p>x",
    b"]]>",
    b"<pubDate>2025</pubDate>",
    b"&#0;",
    b"<guid/>",
]


@given(st.lists(st.sampled_from(MADE), max_size=12), st.integers(0, 400))
def test_feeds_of_any_tags_give_items_or_a_source_error(parts: list[bytes], cut: int) -> None:
    whole = b"<rss><channel>" + b"".join(parts) + b"</channel></rss>"
    answered(whole)
    answered(whole[:cut])
    answered(RSS[: cut * 5] + b"".join(parts))


def answered(source: bytes) -> None:
    try:
        found = items(source)
    except SourceError:
        return
    for item in found:
        try:
            article = read_item(item.packed())
        except UnreadablePage:
            continue
        for claim in article.claims:
            assert article.text[claim.start : claim.end] == claim.span


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "uri",
                        "headline",
                        "headlines",
                        "bodies",
                        "value",
                        "body_html",
                        "language",
                        "versionCreated",
                        "infoSources",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_feeds_of_any_json_give_items_or_a_source_error(value: object) -> None:
    answered(json.dumps(value).encode())


WITHDRAWN = [
    (b'{"uri": "a", "headline": "Vote", "pubStatus": "canceled"}', "canceled by its publisher"),
    (b'{"uri": "a", "headline": "Vote", "pubstatus": "withheld"}', "withheld by its publisher"),
    (b'{"uri": "a", "headline": "Vote", "pubstatus": "usable"}', None),
    (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones'
        b'/1.0"><at:deleted-entry ref="a" when="2025-02-25T10:00:00Z"/></feed>',
        "deleted by its publisher",
    ),
    (
        b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta>'
        b'<pubStatus qcode="stat:canceled"/><title>Vote</title></itemMeta></newsItem>',
        "canceled by its publisher",
    ),
]


@pytest.mark.parametrize(("source", "status"), WITHDRAWN)
def test_feeds_say_what_their_publisher_took_back(source: bytes, status: str | None) -> None:
    (item,) = read_feed(source)
    assert item.status == status
    if status:
        assert read_item(item.packed()).status == status
