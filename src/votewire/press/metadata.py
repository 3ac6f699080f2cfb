"""What a page says about itself, from the pieces that it was taken apart into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from votewire.press.article import Link, Metadata
from votewire.press.bylines import persons
from votewire.press.calendars import fold
from votewire.press.clocks import Stamp
from votewire.press.credits import Credits, credit_words, read_credits
from votewire.press.dates import find_days
from votewire.press.furniture import Piece, split_crumbs
from votewire.press.languages import language_of_link
from votewire.press.zones import Zone, settle_zone
from votewire.states.bounds import possible_moment

__all__ = ["NO_DAY", "article_date", "assign_clocks", "read_metadata"]

NO_DAY = "no publication date on the page"  # how a warning of that begins

_MINUTES = re.compile(r"\d+")
_SECTION_STEPS = 5
_STEP_WORDS = 4
# What labels a link: "ALSO READ:", "Related |", "À lire aussi :".
_RELATED_LABEL = re.compile(r"\A[^:|>»→\u2013\u2014]{2,40}?\s*(?:[:|>»→\u2013\u2014]+|\s-)\s*")
_LINK_NUMBER = re.compile(r"\[\d{1,4}\]")
_LABELLED_RULES = ("related", "also_read", "watch")
_LINK_RULES = ("related", "also_read", "listed", "page_end", "watch")
# Furniture that tells where the outlet is; titles of other stories do not.
_CLUE_ROLES = frozenset(
    {"notice", "byline", "language_link", "clock", "advert", "published", "updated"}
)


def article_date(metadata: Metadata) -> date | None:
    """The day from which the page's "on Monday" counts: published, else updated, else its clock."""
    for moment in (metadata.published, metadata.updated, metadata.page_clock):
        if moment is not None:
            return moment.date()
    return None


def assign_clocks(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with every date that has no label as `published` or as `clock` (the page's own).

    Below the headline such a date is the publication's unless the page labels one. Above it,
    it is the page's clock where the page dates itself otherwise too, or where a menu, a breadcrumb
    or a link to another language stands beside it.
    """
    bare = [at for at, piece in enumerate(pieces) if piece.rule == "stamp"]
    labelled = {piece.role for piece in pieces if piece.stamp and piece.rule != "stamp"}
    if not bare:
        return list(pieces)
    headline = next((at for at, piece in enumerate(pieces) if piece.role == "headline"), -1)
    if "published" in labelled:
        under = {at for at in bare if headline < at and headline >= 0}
        return [
            replace(piece, role="published") if at in under else piece
            for at, piece in enumerate(pieces)
        ]
    prose = next((at for at, piece in enumerate(pieces) if piece.role == "body"), len(pieces))
    below = [at for at in bare if headline < at]
    chosen = next((at for at in below if at < prose), next(iter(below), None))
    if chosen is None and not labelled and not _is_page_clock(pieces, bare[-1]):
        chosen = bare[-1]
    return [
        replace(piece, role="published") if at == chosen else piece
        for at, piece in enumerate(pieces)
    ]


def _is_page_clock(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a date above the headline looks like the site's clock, not the article's date."""
    beside = [*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]]
    return any(
        piece.role == "language_link" or piece.rule in ("crawl_date", "breadcrumb")
        for piece in beside
    )


def read_metadata(
    text: str, pieces: Sequence[Piece], *, lang: str, known: Metadata | None = None
) -> tuple[Metadata, tuple[str, ...]]:
    """The page's metadata and the warnings that a reader should see.

    known: what the page's HTML says; it wins over what its text says. A time whose zone
    stays uncertain is given as printed, without a zone, and with a warning.
    """
    named = read_credits(text, pieces, lang=lang)
    links = _language_links(text, pieces, lang)
    read = Metadata(
        headline=_words(text, pieces, "headline") or _from_breadcrumb(text, pieces),
        dek=_words(text, pieces, "dek"),
        publisher=named.publisher,
        agency=named.agency,
        byline=_signed(named, known),
        read_minutes=_read_minutes(text, pieces),
        section=_section(text, pieces),
        language_links=links,
        related=_related(text, pieces),
        picture_alt=_words(text, pieces, "picture_alt"),
        caption=_words(text, pieces, "caption"),
        credit=_credit(text, pieces),
        notice=_notice(text, pieces),
        dateline=named.dateline,
    )
    read, warnings = _with_times(read, text, pieces, lang, known)
    read = replace(read, published=read.published or _day_of_dateline(read.dateline, lang))
    read = replace(read, published_from="shown" if read.published else None)
    if known is not None:
        read = _overlay(read, known)
    return read, (*warnings, *_gaps(read))


def _day_of_dateline(dateline: str | None, lang: str) -> datetime | None:
    """The day in "UNITED NATIONS, Feb 24, 2025 -", where its year is there too."""
    days = find_days(dateline or "", None, lang=lang)
    day = next((each.day for each in days if each.day is not None), None)
    return None if day is None else datetime.combine(day, time())


def _signed(named: Credits, known: Metadata | None) -> str | None:
    """The byline as it is printed, where it names anybody."""
    sites = [named.publisher, known.publisher if known else None]
    return named.byline if named.byline and persons([named.byline], sites=sites) else None


def _words(text: str, pieces: Iterable[Piece], role: str) -> str | None:
    """The words of the first piece with the role, white space single."""
    for piece in pieces:
        if piece.role == role:
            return " ".join(text[piece.start : piece.end].split())
    return None


def _steps(text: str, pieces: Iterable[Piece]) -> tuple[str, ...]:
    for piece in pieces:
        if piece.rule == "breadcrumb":
            return split_crumbs(fold(text[piece.start : piece.end]))
    return ()


def _section(text: str, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The steps of the breadcrumb, without the headline at its end."""
    steps = _steps(text, pieces)
    return tuple(step for step in steps if len(step.split()) <= _STEP_WORDS)[:_SECTION_STEPS]


def _from_breadcrumb(text: str, pieces: Sequence[Piece]) -> str | None:
    steps = _steps(text, pieces)
    return steps[-1] if steps and len(steps[-1].split()) > _STEP_WORDS else None


def _read_minutes(text: str, pieces: Iterable[Piece]) -> int | None:
    for piece in pieces:
        figures = _MINUTES.findall(text[piece.start : piece.end])
        if piece.role == "read_time" and figures:
            return int(figures[-1])
    return None


def _language_links(text: str, pieces: Iterable[Piece], lang: str) -> tuple[Link, ...]:
    found = []
    for piece in pieces:
        if piece.role == "language_link" and piece.value != lang:
            said = text[piece.start : piece.end].strip()
            found.append(Link(text=said, lang=piece.value or language_of_link(said)))
    return tuple(found)


def _related(text: str, pieces: Iterable[Piece]) -> tuple[Link, ...]:
    titles = [
        _title(" ".join(fold(text[piece.start : piece.end]).split()), piece.rule)
        for piece in pieces
        if piece.role == "related"
        and piece.rule.startswith(_LINK_RULES)
        and "heading" not in piece.rule
    ]
    return tuple(Link(text=title) for title in dict.fromkeys(titles) if title)


def _title(said: str, rule: str) -> str:
    """A link's words without the label before them and a text browser's numbers."""
    said = _LINK_NUMBER.sub("", said)
    bare = _RELATED_LABEL.sub("", said, count=1) if rule.startswith(_LABELLED_RULES) else said
    return bare.strip()


def _credit(text: str, pieces: Iterable[Piece]) -> str | None:
    for piece in pieces:
        if piece.role == "credit":
            return credit_words(text[piece.start : piece.end])
    return None


def _notice(text: str, pieces: Iterable[Piece]) -> str | None:
    """The syndication notice as it stands; rights and cookies are no such notice."""
    for piece in pieces:
        if piece.rule.startswith("syndication"):
            return text[piece.start : piece.end].strip()
    return None


def _with_times(
    read: Metadata, text: str, pieces: Sequence[Piece], lang: str, known: Metadata | None
) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata with its times, each in the zone that the page gives it."""
    stamps = {role: _stamp(pieces, role) for role in ("published", "updated", "clock")}
    clues = " ".join(
        text[piece.start : piece.end]
        for piece in pieces
        if piece.role in _CLUE_ROLES or piece.rule == "site"
    )
    langs = [link.lang for link in read.language_links if link.lang] + [lang]
    clues = f"{read.publisher or ''} {clues}"
    declared = _declared_offset(known)
    printed = {
        role: (stamp.zone, declared if stamp.offset is None and stamp.zone else stamp.offset)
        for role, stamp in stamps.items()
        if stamp
    }
    settled = {
        each: settle_zone(*each, furniture=clues, link_langs=langs)
        for each in dict.fromkeys(printed.values())
    }
    zones = {role: settled[each] for role, each in printed.items()}
    main = next((zone for zone in zones.values() if zone.note), Zone())
    read = replace(
        read,
        published=_moment(stamps["published"], zones.get("published")),
        updated=_moment(stamps["updated"], zones.get("updated")),
        page_clock=_moment(stamps["clock"], zones.get("clock")),
        zone=main.name,
        zone_note=main.note,
    )
    return read, (f"time zone uncertain: {main.note}",) if main.uncertain else ()


def _declared_offset(known: Metadata | None) -> int | None:
    """Minutes from UTC of the publication as the page's HTML declares it."""
    offset = known.published.utcoffset() if known and known.published else None
    return None if offset is None else int(offset.total_seconds() // 60)


def _stamp(pieces: Iterable[Piece], role: str) -> Stamp | None:
    """The first date with this role that names one day; as printed with a time, where it is."""
    stamps = [piece.stamp for piece in pieces if piece.role == role and piece.stamp]
    dated = [stamp for stamp in stamps if stamp.day is not None]
    if not dated:
        return None
    return next((each for each in dated if each.clock and each.day == dated[0].day), dated[0])


def _moment(stamp: Stamp | None, zone: Zone | None) -> datetime | None:
    moment = stamp.moment() if stamp else None
    moment = possible_moment(moment) if moment else None
    if stamp is None or moment is None or zone is None or stamp.clock is None:
        return moment
    return zone.at(moment)


def _overlay(read: Metadata, known: Metadata) -> Metadata:
    """`read` with every field that `known` fills."""
    fields = {name: getattr(known, name) for name in Metadata.__dataclass_fields__}
    return replace(read, **{name: value for name, value in fields.items() if value})


def _gaps(read: Metadata) -> tuple[str, ...]:
    if read.published is not None or read.updated is not None:
        return ()
    if read.page_clock is not None:
        return (f"{NO_DAY}; relative days count from the page's own clock",)
    return (f"{NO_DAY}; relative days such as 'on Monday' stay open",)
