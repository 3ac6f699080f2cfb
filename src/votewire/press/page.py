"""From the bytes of a page to an article: text, blocks, metadata; its claims are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from votewire.errors import UnreadablePage
from votewire.press.article import Article, Metadata
from votewire.press.encodings import Decoded, decode_markup, decode_text, mark_of
from votewire.press.furniture import PROSE, Piece, find_fragments
from votewire.press.languages import detect_language
from votewire.press.layout import Known, find_pieces
from votewire.press.lines import fold_page
from votewire.press.metadata import assign_clocks, read_metadata
from votewire.press.patterns import patterns_within

__all__ = ["MAX_BYTES", "decode_page", "read_page", "read_text"]

MAX_BYTES = 5 * 1024 * 1024

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture, or sound"),
    (b"PK\x03\x04", "a ZIP archive, or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a rich-text (RTF) document"),
)
_HTML_START = re.compile(
    r"\A\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--.{0,2000}?-->\s*+)*+<(?:!doctype\s++html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"</(?:p|div|article|section|h[1-6]|body|html|span|a|li|td)\s*>|<(?:p|br|div|article)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_HTML_SAMPLE = 20_000
_HTML_TAGS = 3
_ZEROS = 100  # bytes of HTML for each zero byte at least


def read_page(source: bytes, *, name: str = "page") -> Article:
    """The page in `source`, HTML or plain text, without its claims.

    name: what error messages call it. HTML is read in the encoding that it declares, and bytes that
    this one cannot have are told in the warnings; plain text has to be UTF-8, or UTF-16 with its
    mark. `Article.text` is the decoded text, untouched, for a plain page, and for HTML what
    trafilatura extracts, below headline, dek and captions. Raises UnreadablePage for what is
    empty, larger than MAX_BYTES, binary, or plain text in another encoding.
    """
    decoded, markup = _decode(source, name)
    article = _read_markup(decoded.text, name) if markup else read_text(decoded.text)
    return replace(article, warnings=(*decoded.warnings(), *article.warnings))


def decode_page(source: bytes, *, name: str = "page") -> str:
    """The page's text or markup as `read_page` reads it. Raises UnreadablePage."""
    return _decode(source, name)[0].text


def _read_markup(markup: str, name: str) -> Article:
    from votewire.press.html import read_html  # 0.2 s to import, for HTML pages only
    from votewire.press.inferred import with_inferred

    page = read_html(markup)
    if not page.text.strip():
        raise UnreadablePage(
            f"{name} is HTML without text; save it from the browser once it has loaded."
        )
    article = read_text(page.text, known=page.known, metadata=page.metadata)
    return with_inferred(article, page.tree)


def read_text(
    text: str, *, known: Known | None = None, metadata: Metadata | None = None
) -> Article:
    """The article in `text`, furniture and all.

    known, metadata: what the page's HTML has already settled.
    """
    lang = detect_language(text)
    folded = fold_page(text)
    cued = patterns_within(folded.lower(), lang)
    fragments = find_fragments(folded, lang=lang, cued=cued)
    pieces = find_pieces(folded, fragments, lang=lang, cued=cued, known=known)
    pieces = assign_clocks(pieces)
    read, warnings = read_metadata(text, pieces, lang=lang, known=metadata)
    prose = _prose(text, pieces)
    return Article(
        text=text,
        lang=lang if 2 * len(prose) > len(text) or not prose else detect_language(prose),
        blocks=tuple(piece.block() for piece in pieces),
        metadata=read,
        warnings=warnings if prose else (*warnings, "no running text was found on the page"),
    )


def _prose(text: str, pieces: Sequence[Piece]) -> str:
    return "\n".join(text[each.start : each.end] for each in pieces if each.role in PROSE)


def _decode(source: bytes, name: str) -> tuple[Decoded, bool]:
    """The text of the bytes, and whether it is HTML; raises UnreadablePage where they are none."""
    if len(source) > MAX_BYTES:
        raise UnreadablePage(
            f"{name} has more than {MAX_BYTES / 2**20:.0f} MB, the most that a page may have. "
            "Give the article alone."
        )
    markup = _is_html(source[: 2 * _HTML_SAMPLE].decode(mark_of(source) or "latin-1", "replace"))
    kind = _binary_kind(source, markup=markup)
    if kind is not None:
        raise UnreadablePage(f"{name} is {kind}, not text; give the page as HTML or plain text.")
    decoded = decode_markup(source) if markup else _decode_plain(source, name)
    if not decoded.text.strip():
        raise UnreadablePage(f"{name} is empty; give a page with text.")
    return decoded, markup


def _decode_plain(source: bytes, name: str) -> Decoded:
    try:
        return Decoded(text=decode_text(source), encoding="UTF-8")
    except UnicodeDecodeError as error:
        where = f"byte {error.start} is 0x{source[error.start]:02x}"
        raise UnreadablePage(
            f"{name} is not {error.encoding.upper()} ({where}); save it as UTF-8 and try again."
        ) from None


def _binary_kind(source: bytes, *, markup: bool) -> str | None:
    """What kind of binary file the bytes are; None for what may be text.

    markup: it looks like HTML, in which a browser passes over a zero byte here and there.
    """
    if source[:1024].lstrip().startswith(b"%PDF"):
        return "a PDF"
    for signature, kind in _SIGNATURES:
        if source.startswith(signature):
            return kind
    zeros = 0 if mark_of(source) else source.count(0)
    if zeros and not (markup and zeros * _ZEROS < len(source)):
        return f"binary (byte {source.index(0)} is zero)"
    return None


def _is_html(text: str) -> bool:
    """Whether the text is HTML: by its start, or by a few tags of its own."""
    if _HTML_START.match(text):
        return True
    return len(_HTML_TAG.findall(text, 0, _HTML_SAMPLE)) >= _HTML_TAGS
