"""HTML pages: their text through trafilatura, their metadata from what the markup declares."""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import dataclass, replace

import trafilatura
from lxml.etree import iterwalk
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from votewire.press.article import Metadata
from votewire.press.declared import clean, read_declared
from votewire.press.entities import unescape
from votewire.press.layout import Known
from votewire.press.sheet import letters

__all__ = ["HtmlPage", "read_html"]

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())

_BLOCK = re.compile(
    r"address|article|aside|blockquote|br|caption|d[dlt]|div|figcaption|footer|h[1-6]|header|hr"
    r"|li|main|nav|ol|p|pre|section|table|td|th|time|title|tr|ul"
)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe"})
_TAG = re.compile(r"<[^<>]*>")
_SILENT_START = re.compile(r"<(script|style|head|template)\b", re.IGNORECASE)
_CAPTIONS = 40
_LEAST_TEXT = 120  # shorter extractions are checked against the page's whole text


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A page of HTML as plain text, with what its markup settles.

    text: headline, dek and captions on lines of their own, then the body, paragraph by
    paragraph. known: which spans of it are which. metadata: what the markup declares. tree: the
    parsed page, None where it has no text.
    """

    text: str
    known: Known
    metadata: Metadata
    tree: HtmlElement | None = None


def read_html(markup: str) -> HtmlPage:
    """The page in `markup`; its text is empty where the page has none.

    Nothing is executed or fetched, and entities that a document type defines are not expanded. The
    parser is lxml's for HTML, which bounds the depth of nesting.
    """
    tree = _tree(markup)
    if tree is None:
        return HtmlPage(text="", known=Known(), metadata=Metadata())
    metadata = read_declared(tree)
    body = _body(markup, tree)
    lines = _top_lines(tree, metadata.headline, metadata.dek, body)
    return replace(_composed(lines, body, metadata), tree=tree)


def _tree(markup: str) -> HtmlElement | None:
    try:
        return load_html(markup)
    except Exception as error:  # noqa: BLE001 - third-party code on hostile input
        _LOG.info("page not parsed: error=%r", error)
        return None


def _body(markup: str, tree: HtmlElement) -> str:
    """The text that trafilatura finds, or all text in blocks where it finds next to none."""
    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True) or ""
    except Exception as error:  # noqa: BLE001 - third-party code on hostile input
        _LOG.info("extraction failed: error=%r", error)
        text = ""
    if len(text) >= _LEAST_TEXT:
        return text
    whole = _all_text(tree) or _without_tags(markup)
    return whole if len(whole) > 2 * len(text) else text


def _without_tags(markup: str) -> str:
    """The words between the tags, for markup nested so deep that the parser gives up on it."""
    loud: list[str] = []
    at = 0
    lowered = markup.lower() if markup.isascii() else markup
    while start := _SILENT_START.search(markup, at):
        loud.append(markup[at : start.start()])
        end = lowered.find(f"</{start[1].lower()}", start.end())
        at = len(markup) if end < 0 else end
    loud.append(markup[at:])
    bare = unescape(_TAG.sub("\n", "\n".join(loud)))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


def _all_text(tree: HtmlElement) -> str:
    """All text of the page's body, one line per block element."""
    out: list[str] = []
    skipped: HtmlElement | None = None
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            if skipped is None and tag in _SILENT:
                skipped = element
            if skipped is None:
                out.append("\n" if _BLOCK.fullmatch(tag) else "")
                out.append(_spaced(element.text))
            continue
        if skipped is element:
            skipped = None
        if skipped is None:
            out.append("\n" if _BLOCK.fullmatch(tag) else "")
            out.append(_spaced(element.tail))
    lines = (" ".join(line.split()) for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _top_lines(
    tree: HtmlElement, headline: str | None, dek: str | None, body: str
) -> list[tuple[str, str]]:
    """What goes above the body, with its role; the dek only where the page shows it."""
    lines = [("headline", headline)] if headline else []
    first = {letters(line) for line in body.split("\n", 4)[:4]}
    if dek and (letters(dek) in first or (dek not in body and _shows(tree, dek))):
        lines.append(("dek", dek))
    for figure in itertools.islice(tree.iter("figcaption"), _CAPTIONS):
        caption = clean(figure.text_content())
        if caption and len(caption) < 900 and caption not in body:
            lines.append(("caption", caption))
    return list(dict.fromkeys(lines))


def _shows(tree: HtmlElement, words: str) -> bool:
    """Whether a heading or paragraph of the page is just these words."""
    key = letters(words)
    return any(
        letters(element.text_content()) == key
        for element in tree.iter("h2", "h3", "p", "div", "span")
        if len(element) <= 3 and not any(map(len, element))
    )


def _composed(lines: list[tuple[str, str]], body: str, metadata: Metadata) -> HtmlPage:
    """The page's text put together, with the spans of what goes above the body."""
    spans: list[tuple[str, int, int]] = []
    text = ""
    for role, words in lines:
        spans.append((role, len(text), len(text) + len(words)))
        text += words + "\n\n"
    above = {letters(words) for _, words in lines}
    kept = [line for line in body.split("\n") if letters(line) not in above or not line.strip()]
    return HtmlPage(
        text=text + "\n".join(kept),
        known=Known(spans=tuple(spans), headline=metadata.headline),
        metadata=metadata,
    )
