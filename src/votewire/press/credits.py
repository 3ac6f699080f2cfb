"""Who wrote a page and who put it out, from the furniture that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from votewire.press.calendars import fold
from votewire.press.furniture import Piece
from votewire.press.patterns import agency_name, words
from votewire.press.zones import outlet_name

__all__ = ["Credits", "credit_words", "read_credits"]

_WORD = r"[A-ZÀ-Þ][\w.&'’-]{0,60}"
_NAME = rf"{_WORD}(?: (?:{_WORD}|of|the|and|for|de|du|del|la)){{0,5}}"
_BY = re.compile(
    r"^(?:(?:written|reported|edited|reviewed|curated|produced|story|analysis|compiled) )?"
    r"(?:by|par|por|author|reporter|correspondent|लेखक)s?\s?:?\s+",
    re.IGNORECASE,
)
# Kept as text: re compiles and caches them at their first use, and few pages need them.
_STAFF = (
    rf"\b(?:by|of|from) (?:the )?(?P<of>{_NAME}?)(?:'s?)? (?:staff|team|desk|newsroom|editors)\b"
    rf"|\b(?P<own>{_NAME}?)(?:'s?)? (?:staff|desk|newsroom|editors) (?:may|has|have|did|only|was)\b"
    rf"|\b(?P<self>{_NAME}?) (?:has|have) not (?:edited|created|changed|modified)\b"
    rf"|\boriginally (?:published|appeared) (?:by|in|on|at) (?P<first>{_NAME})"
)
_RIGHTS = (
    r"(?i:(?:©|\(c\)|copyright)[\s©]{0,9}(?:\d{4}(?:\s?[-\u2013]\s?\d{4})?)?"
    r"[\s,.|:-]{0,9}(?:by )?(?:the )?)"
    rf"(?P<name>{_NAME})"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,30})[)\]]")
_LABELLED = re.compile(r"\A[^:]{2,20}:\s*")
_INPUTS = re.compile(r"from (?P<names>[^()]+)|\((?P<tail>[^()]+)\)")
_REPORTERS = re.compile(r"(?:reporting|writing) by (?P<names>[^;()]+)", re.IGNORECASE)
_SPLIT = re.compile(r"(?<!\s)\s*+(?:[,;/]|(?<= )(?:and|with|avec|y|&) )\s*+")
# What labels a picture's credit: "Image:", "File photo |", "Photo by".
_CREDIT_LABEL = re.compile(
    r"\A(?:[^:]{2,40}:"
    r"|(?:file |stock )?(?:photo(?:graph)?|image|picture|pic|foto|credit)s?"
    r"(?: (?:by|via|credit|courtesy(?: of)?)|\s?[|/\u2013\u2014-]))\s*",
    re.IGNORECASE,
)

_CREDIT_TRAIL = re.compile(
    r"(?<!\s)\s*+(?:Purchase Licensing Rights|Buy photo|,? ?opens? (?:in a )?new tab).*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """The names that a page credits; None where it names none."""

    agency: str | None = None
    byline: str | None = None
    publisher: str | None = None
    dateline: str | None = None


def read_credits(text: str, pieces: Sequence[Piece], *, lang: str) -> Credits:
    """Agency, person, outlet and dateline of the page whose furniture `pieces` holds.

    A known agency, or a name such as "Meridian Wire", is the agency wherever it is credited: on a
    line of its own, after "By" or "Source:", in the dateline's brackets, or at the text's end.
    """
    agencies: list[str] = []
    people: list[str] = []
    perhaps: list[str] = []  # names beside a date: people, or the places that a story comes from
    dateline = None
    beside = False  # whether an agency stands beside the date: then the other names are places
    for piece in sorted(_credited(pieces), key=_rank):
        if piece.rule in ("place", "contributed"):
            continue
        said = fold(text[piece.start : piece.end]).replace("\n", " ")
        if piece.rule.startswith("dateline"):
            dateline = dateline or said.rstrip(" :-\u2013\u2014")
        agency, person = _read(piece, said, lang)
        agencies += [agency] if agency else []
        beside |= piece.rule == "names" and agency is not None
        if person:
            (perhaps if piece.rule == "names" else people).append(person)
    if not beside:
        people += perhaps
    return Credits(
        agency=next(iter(agencies), None),
        byline=next(iter(people), None),
        publisher=_publisher(text, pieces),
        dateline=dateline,
    )


def credit_words(said: str) -> str | None:
    """The name in a picture's credit: "Shutterstock" of "| Image: Shutterstock"."""
    outer = " |[]().,:;/\u2013\u2014\u2022·-"
    said = _CREDIT_TRAIL.sub("", said)
    bare = _CREDIT_LABEL.sub("", fold(said).replace("\n", " ").strip(outer), count=1)
    return bare.strip(outer) or None


def _credited(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.role == "byline")


def _rank(piece: Piece) -> int:
    """Credits at the top of the page before those at its end."""
    order = (
        "byline",
        "lone",
        "names",
        "dateline",
        "source",
        "agency_tail",
        "with_inputs",
        "reporting",
    )
    return next((at for at, rule in enumerate(order) if piece.rule.startswith(rule)), len(order))


def _read(piece: Piece, said: str, lang: str) -> tuple[str | None, str | None]:
    """The agency and the person that one credit names."""
    rule = piece.rule
    if rule.startswith("dateline"):
        return _of_dateline(rule, said), None
    if rule == "source_line":
        name = _LABELLED.sub("", said).strip(" .")
        return agency_name(name) or name, None
    if rule.startswith(("agency_tail", "with_inputs")):
        found = _INPUTS.search(said)
        names = _SPLIT.split(found["names"] or found["tail"]) if found else []
        return next((known for each in names if (known := agency_name(each))), None), None
    if rule.startswith("reporting"):
        found = _REPORTERS.search(said)
        return None, found["names"].strip(" .") if found else None
    return _of_names(_BY.sub("", said).strip(" .,:"), lang, lone=rule in ("lone", "names"))


def _of_dateline(rule: str, said: str) -> str | None:
    if rule == "dateline_desk":
        return None
    bracket = _BRACKETS.search(said)
    if bracket is None:
        return None
    return agency_name(bracket[1]) or bracket[1].strip()


def _of_names(said: str, lang: str, *, lone: bool) -> tuple[str | None, str | None]:
    """An agency or a person out of the words of a byline.

    A lone name of one word or with a word such as "Wire" is an agency, for people sign with
    two; a place in capitals is neither.
    """
    known = [name for each in _SPLIT.split(said) if (name := agency_name(each))]
    people = [each for each in _SPLIT.split(said) if not agency_name(each)]
    if known:
        person = ", ".join(people)
        return known[0], person if person and not lone else None
    parts = {part.strip(".,").casefold() for part in said.split()}
    if parts & words("wire", lang) or said.casefold() in words("wire", lang):
        return said, None
    if parts & words("desk", lang):
        return None, said
    if lone and said.isupper() and len(said) > 5:  # NEW DELHI
        return None, None
    if lone and len(parts) == 1 and len(said) >= 3 and outlet_name(said) is None:
        return said, None
    return None, said or None


def _publisher(text: str, pieces: Sequence[Piece]) -> str | None:
    """The outlet: named in the notice, beside the title, at the top, or by its copyright."""
    for piece in pieces:
        if piece.role == "notice":
            found = re.search(_STAFF, _plain(text, piece))
            if found:
                return _outlet(next(name for name in found.groups() if name))
    for piece in pieces:
        if piece.rule == "repeat_site" and piece.value:
            return piece.value.strip()
    for piece in pieces:
        if piece.rule in ("site", "names", "lone") and outlet_name(_plain(text, piece)):
            return _plain(text, piece)
    for piece in pieces:
        rights = piece.rule == "copyright"
        found = re.search(_RIGHTS, _plain(text, piece)) if rights else None
        if found:
            return _outlet(re.split(r"\.? (?:All|Ltd|Inc|LLC)\b", found["name"])[0])
    return None


def _outlet(name: str) -> str:
    """A name without the article before it and the small words after it."""
    return re.sub(r"\AThe |(?: (?:of|the|and|for|de|du|del|la)){1,6}\Z", "", name).strip(" .,")


def _plain(text: str, piece: Piece) -> str:
    return fold(text[piece.start : piece.end]).replace("\n", " ").strip()
