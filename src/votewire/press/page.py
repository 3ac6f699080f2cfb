"""From the bytes of a page to an article: text, blocks, metadata; its claims are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from votewire.errors import UnreadablePage
from votewire.press.article import Article, Metadata
from votewire.press.furniture import PROSE, Piece, find_fragments
from votewire.press.languages import detect_language
from votewire.press.layout import Known, find_pieces
from votewire.press.lines import fold_page
from votewire.press.metadata import assign_clocks, read_metadata
from votewire.press.patterns import patterns_within

__all__ = ["MAX_BYTES", "read_page", "read_text"]

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
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
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


def read_page(source: bytes, *, name: str = "page") -> Article:
    """The page in `source` (HTML or plain text in UTF-8), without its claims.

    name: what error messages call it. `Article.text` is the decoded text, untouched, for a plain
    page, and for HTML what trafilatura extracts, below headline, dek and captions.
    Raises UnreadablePage for what is empty, larger than MAX_BYTES, binary, or not UTF-8.
    """
    text = _decode(source, name)
    if _is_html(text):
        from votewire.press.html import read_html  # 0.2 s to import, for HTML pages only

        page = read_html(text)
        if not page.text.strip():
            raise UnreadablePage(
                f"{name} is HTML without text; save it from the browser once it has loaded."
            )
        return read_text(page.text, known=page.known, metadata=page.metadata)
    return read_text(text)


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


def _decode(source: bytes, name: str) -> str:
    """The text of the bytes; raises UnreadablePage where they are no text in UTF-8."""
    if len(source) > MAX_BYTES:
        raise UnreadablePage(
            f"{name} has more than {MAX_BYTES / 2**20:.0f} MB, the most that a page may have. "
            "Give the article alone."
        )
    kind = _binary_kind(source)
    if kind is not None:
        raise UnreadablePage(f"{name} is {kind}, not text; give the page as HTML or plain text.")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage(
            f"{name} is not UTF-8 (byte {error.start} is 0x{source[error.start]:02x}); "
            "save it as UTF-8 and try again."
        ) from None
    if not text.strip():
        raise UnreadablePage(f"{name} is empty; give a page with text.")
    return text


def _binary_kind(source: bytes) -> str | None:
    """What kind of binary file the bytes are; None for what may be text."""
    if source[:1024].lstrip().startswith(b"%PDF"):
        return "a PDF"
    for signature, kind in _SIGNATURES:
        if source.startswith(signature):
            return kind
    if source.startswith(_WIDE_MARKS):
        return "UTF-16, which has to be converted to UTF-8 first"
    if b"\x00" in source:
        return f"binary (byte {source.index(0)} is zero)"
    return None


def _is_html(text: str) -> bool:
    """Whether the text is HTML: by its start, or by a few tags of its own."""
    if _HTML_START.match(text):
        return True
    return len(_HTML_TAG.findall(text, 0, _HTML_SAMPLE)) >= _HTML_TAGS
