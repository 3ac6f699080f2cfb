"""HTML in the encoding that it declares, as browsers read it; plain text in UTF-8 alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.press.encodings import codec_of, decode_markup, in_utf8
from votewire.press.page import read_page

PROSE = "Le Conseil de sécurité a adopté lundi un texte sur la guerre, et le Danemark a voté pour."
NOTE = "replacement character"


def page(head: str, body: str = PROSE) -> str:
    return f"<!doctype html><html><head>{head}</head><body><p>{body}</p></body></html>"


def warned(source: bytes) -> list[str]:
    return [note for note in read_page(source).warnings if "not " in note and NOTE in note]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<META CHARSET = 'Windows-1252'>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=latin1'>", "cp1252"),
        ("<meta charset=windows-1250>", "cp1250"),
        ("<!-- <meta charset=koi8-r> --><meta charset=macintosh>", "mac-roman"),
        ("<meta charset=no-such><meta charset=us-ascii>", "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("<meta charset=iso-8859-1>", "utf-8"),  # all of it is UTF-8: it was saved again
    ],
)
def test_encodings_html_is_read_as_it_declares(head: str, codec: str) -> None:
    article = read_page(page(head).encode(codec))
    assert article.text == PROSE
    assert not any(NOTE in note for note in article.warnings)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_encodings_byte_order_mark_settles_it(codec: str) -> None:
    assert read_page(page("<meta charset=windows-1252>").encode(codec)).text == PROSE


def test_encodings_xml_declaration_is_one() -> None:
    markup = '<?xml version="1.0" encoding="ISO-8859-2"?>' + page("")
    assert PROSE in read_page(markup.encode("iso8859-2")).text


def test_encodings_quotes_of_windows_are_read_where_a_page_says_latin_1() -> None:
    source = page("<meta charset=iso-8859-1>", "He said “yes” – twice.").encode("cp1252")
    assert "“yes” – twice" in read_page(source).text


def test_encodings_broken_bytes_are_replaced_and_said() -> None:
    kept = PROSE + " Été, déjà, élevé."
    source = page("<meta charset=utf-8>", kept).encode().replace("adopté".encode(), b"adopt\xe9", 1)
    article = read_page(source)
    assert "adopt\ufffd lundi" in article.text
    assert article.warnings[0] == "1 byte was not UTF-8 and is shown as the replacement character"
    twice = source.replace("sécurité".encode(), b"s\xe9curit\xe9")
    assert warned(twice) == ["3 bytes were not UTF-8 and are shown as the replacement character"]


def test_encodings_page_that_wrongly_says_utf_8_is_read_by_its_bytes() -> None:
    source = page("<meta charset=utf-8>", PROSE * 5).encode("cp1252")
    article = read_page(source)
    assert "sécurité a adopté" in article.text
    assert "declares no encoding" in article.warnings[0] or "read as" in article.warnings[0]


def test_encodings_undeclared_is_detected_and_said() -> None:
    russian = "Совет Безопасности принял резолюцию, и Россия голосовала за неё. " * 20
    article = read_page(page("", russian).encode("cp1251"))
    assert "Россия голосовала" in article.text
    assert any("read as windows-1251" in note for note in article.warnings)


def test_encodings_zero_bytes_here_and_there_do_not_end_a_page() -> None:
    source = page("", PROSE + " Il a dit\x00 non." + PROSE).encode()
    assert read_page(source).text.endswith(PROSE)
    assert warned(source) == ["1 byte was not UTF-8 and is shown as the replacement character"]


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("latin1", "cp1252"),
        (" UTF8 ", "utf-8"),
        ("shift_jis", "cp932"),
        ("unicode_escape", None),
        ("utf-7", None),
        ("idna", None),
        ("hex", None),
        ("no\0name", None),
        ("", None),
        (None, None),
    ],
)
def test_encodings_labels_are_those_of_browsers(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_encodings_what_came_with_the_bytes_is_believed_before_the_page() -> None:
    source = page("<meta charset=koi8-r>").encode("cp1252")
    assert PROSE in read_page(in_utf8(source, "iso-8859-1")).text
    assert in_utf8(source, "no-such") == in_utf8(source, None) == source


@given(st.binary(max_size=300))
def test_encodings_any_bytes_are_some_text(source: bytes) -> None:
    decoded = decode_markup(source)
    assert "\0" not in decoded.text
    decoded.text.encode()  # no halves of characters
    assert decoded.broken <= len(source)


@pytest.mark.parametrize("unit", [b"<!--", b"<meta ", b"<meta charset=", b"<?xml ", b"\xc3"])
def test_encodings_hostile_heads_are_read_in_time(unit: bytes) -> None:
    assert decode_markup(unit * 300_000).text
