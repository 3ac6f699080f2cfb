"""Bytes to text: HTML in the encoding that it declares, as browsers read it; plain text in UTF-8.

The labels of an encoding are Python's, narrowed and widened to those of the WHATWG's Encoding
Standard: a page that says ISO-8859-1 means windows-1252, one that says GB2312 means GB18030.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode_markup", "decode_text", "in_utf8", "mark_of"]

# A byte order mark settles the encoding, whatever else is said.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The Encoding Standard's encodings, as Python calls them. Python has others, some of which are no
# encodings of pages at all (unicode_escape, idna, utf-7): a page that names them names none.
_STANDARD = frozenset(
    {"utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "gb18030"}
    | {"big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {f"cp125{page}" for page in range(9)}
)
# What it takes a label for, where Python goes by the letter.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # what says so could be read as ASCII
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_HEAD = 65_536  # bytes at the start among which the declaration is
_META = re.compile(
    rb"<meta\b[^>]{0,1000}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.I
)
_XML = re.compile(
    rb"\A\s{0,99}<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.I
)
_HIGH = bytes(range(128, 256))
_ESCAPED = re.compile("[\udc80-\udcff]")
_REPLACEMENT = "\ufffd"
_USUAL = "cp1252"  # a browser's, where nothing tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of some bytes.

    encoding: its name in the Encoding Standard. broken: how many bytes it cannot have; each of them
    is U+FFFD in the text. guessed: nothing declared it, so that letters may be wrong.
    """

    text: str
    encoding: str
    broken: int = 0
    guessed: bool = False

    def warnings(self) -> tuple[str, ...]:
        """What a reader should know: a guess, and bytes that are lost."""
        told = [f"the page declares no encoding; read as {self.encoding}"] if self.guessed else []
        if self.broken:
            many = self.broken > 1
            told.append(
                f"{self.broken:,} byte{'s were' if many else ' was'} not {self.encoding} and "
                f"{'are' if many else 'is'} shown as the replacement character"
            )
        return tuple(told)


def mark_of(source: bytes) -> str | None:
    """The encoding that a byte order mark at the start says; None without one."""
    return next((codec for mark, codec in _MARKS if source.startswith(mark)), None)


def decode_text(source: bytes) -> str:
    """Plain text in UTF-8, or in UTF-16 with its mark. Raises UnicodeDecodeError for any other."""
    return source.decode(mark_of(source) or "utf-8").removeprefix("\ufeff")


def in_utf8(source: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 where `charset`, as HTTP's Content-Type gives it, is another encoding.

    They stay as they are where it names none that is known, or a byte order mark says otherwise.
    """
    codec = codec_of(charset)
    if codec is None or codec == "utf-8" or mark_of(source):
        return source
    return source.decode(codec, "replace").encode()


def decode_markup(source: bytes) -> Decoded:
    """HTML as text: no byte stops it.

    The encoding is the byte order mark's; else UTF-8 where all bytes are and not all are ASCII, for
    nothing else looks like it; else the one that the page declares; else what its bytes look like.
    """
    told = mark_of(source)
    if told is None and not source.isascii() and _is_utf8(source):
        told = "utf-8"
    told = told or _declared(source)
    if told is not None:
        decoded = _decoded(source, told)
        if told != "utf-8" or 2 * decoded.broken <= _not_ascii(source):
            return decoded
    return _guessed(source)


def codec_of(label: str | None) -> str | None:
    """Python's name of the encoding that a page means by the label; None where it is none."""
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _STANDARD else None


def _declared(source: bytes) -> str | None:
    """What the page's `<meta>`, or its XML declaration, says; comments say nothing."""
    first, *after = source[:_HEAD].split(b"<!--")
    head = first + b"".join(part.partition(b"-->")[2] for part in after)
    labels = [found[1].decode() for found in (_XML.match(head), *_META.finditer(head)) if found]
    known = [codec for label in reversed(labels) if (codec := codec_of(label))]
    return known[-1] if known else None


def _guessed(source: bytes) -> Decoded:
    """The text in the encoding that the bytes look like; ASCII is no guess."""
    if source.isascii():
        return _decoded(source, "utf-8")
    as_utf8 = _decoded(source, "utf-8", guessed=True)
    if 10 * as_utf8.broken <= _not_ascii(source):
        return as_utf8
    from trafilatura.utils import detect_encoding  # charset-normalizer, on the start and the end

    likely = [codec for label in detect_encoding(source) if (codec := codec_of(label))]
    return _decoded(source, next(iter(likely), _USUAL), guessed=True)


def _decoded(source: bytes, codec: str, *, guessed: bool = False) -> Decoded:
    try:
        text = source.decode(codec, "surrogateescape")
    except UnicodeDecodeError:  # half a letter of UTF-16 cannot be escaped
        text = source.decode(codec, "replace")
    text, broken = _ESCAPED.subn(_REPLACEMENT, text.removeprefix("\ufeff"))
    zeros = text.count("\0")  # where libxml2 would end the page
    return Decoded(
        text=text.replace("\0", _REPLACEMENT),
        encoding=_named(codec),
        broken=broken + zeros,
        guessed=guessed,
    )


def _named(codec: str) -> str:
    return codec.replace("cp125", "windows-125") if codec.startswith("cp125") else codec.upper()


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode()
    except UnicodeDecodeError:
        return False
    return True


def _not_ascii(source: bytes) -> int:
    return len(source) - len(source.translate(None, _HIGH))
