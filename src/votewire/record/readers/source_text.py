"""Bytes of a source that should be text: decoded, or an error that says what they are instead."""

from __future__ import annotations

from votewire.errors import SourceError

__all__ = ["check_text", "text_of"]

_BOM = b"\xef\xbb\xbf"
_OTHER = {
    b"%PDF": "a PDF; save its text, or use the CSV or MARCXML of the UN Digital Library",
    b"PK\x03\x04": "a ZIP archive or Excel workbook; unpack it, or save the sheet as CSV (UTF-8)",
    b"\xff\xfe": "UTF-16 text; save it as UTF-8",
    b"\xfe\xff": "UTF-16 text; save it as UTF-8",
}
_LOOKED_AT = 65_536


def check_text(source: bytes, *, name: str) -> bytes:
    """The bytes without a byte-order mark.

    Raises SourceError where they are empty or plainly no text; looks at the beginning only.
    """
    if not source[:_LOOKED_AT].strip() and not source.strip():
        raise SourceError(f"{name} is empty: there is nothing to read.")
    for magic, what in _OTHER.items():
        if source.startswith(magic):
            raise SourceError(f"{name} is {what}.")
    if b"\0" in source[:_LOOKED_AT]:
        raise SourceError(f"{name} is a binary file that no reader here knows.")
    return source.removeprefix(_BOM)


def text_of(source: bytes, *, name: str) -> str:
    """The source as text. Raises SourceError where it is empty, binary, or not UTF-8."""
    source = check_text(source, name=name)
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{name} is not UTF-8 (line {line}, byte {error.start}); save it as UTF-8."
        ) from error
