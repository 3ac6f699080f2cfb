"""Roles of what surrounds the prose: pictures, lone credits, menus, repeats, lists of links."""

from __future__ import annotations

import re

from votewire.press.furniture import Piece
from votewire.press.lines import trim
from votewire.press.patterns import agency_name
from votewire.press.sheet import Sheet, first_prose, is_lone_name, letters, split_site

__all__ = ["name_surroundings", "split_captions"]

_SITE_REACH = 50
_CAPTION_WORDS = 90
_ALT_WORDS = 12
_TIME_ROLES = frozenset({"clock", "published", "updated", "read_time"})
_SIGNING_ROLES = _TIME_ROLES | {"byline", "credit", "caption"}
# What stands below the body: lines after it without a full stop are links to other pages.
_LAST_RULES = frozenset(
    {"syndication_line", "syndication_inline", "copyright", "standards", "reporting_line", "tags"}
)


def name_surroundings(sheet: Sheet) -> None:
    """Gives a role to everything around the prose; the headline and the body's start are known."""
    _name_page_top(sheet)
    _name_repeats(sheet)
    _name_captions(sheet)
    _name_pictures(sheet)
    _name_lone_credits(sheet)
    _name_link_lists(sheet)
    _name_page_end(sheet)
    _split_dateline(sheet)


def split_captions(sheet: Sheet) -> None:
    """Splits captions that carry their credit: "... | Image: Shutterstock"."""
    tails = sheet.cued["tail"]
    for index, fragment in enumerate(sheet.fragments):
        decided = not sheet.open(index) and sheet.roles(index) != {"caption"}
        if decided or fragment.end - fragment.start > 900:
            continue
        line = sheet.line(index)
        lowered = line.lower()
        if len(lowered.split()) > _CAPTION_WORDS:
            continue
        for tail in tails.cued(lowered):
            cut = tail.regex.search(line)
            if cut and len(line[: cut.start()].split()) >= 2:
                _set_caption(sheet, index, cut, tail.id)
                break


def _set_caption(sheet: Sheet, index: int, cut: re.Match[str], rule: str) -> None:
    fragment = sheet.fragments[index]
    start, end = trim(sheet.folded, fragment.start, fragment.start + cut.start())
    tail_start, _ = trim(sheet.folded, fragment.start + cut.start(), fragment.end)
    sheet.pieces[index] = (
        Piece(start=start, end=end, role="caption", rule=rule),
        Piece(start=tail_start, end=fragment.end, role="credit", rule=rule),
    )


def _name_captions(sheet: Sheet) -> None:
    """A line right above a picture's credit, above the body, is its caption."""
    for index in range(sheet.body + 1):
        above_credit = sheet.open(index) and sheet.roles(index + 1) == {"credit"}
        if above_credit and 4 <= len(sheet.line(index).split()) <= _CAPTION_WORDS:
            sheet.give(index, "caption", "above_credit")
            if index == sheet.body:
                sheet.body = first_prose(sheet, index + 1)


def _name_pictures(sheet: Sheet) -> None:
    """A short line right above a caption or credit is the picture's alternative text."""
    for index in range(len(sheet.fragments)):
        pictured = sheet.open(index) and sheet.roles(index + 1) & {"caption", "credit"}
        line = sheet.line(index)
        if not pictured or agency_name(line):
            continue
        if len(line.split()) <= _ALT_WORDS and not sheet.is_prose(index) and index < sheet.body:
            sheet.give(index, "picture_alt", "above_caption")


def _name_lone_credits(sheet: Sheet) -> None:
    """A lone name beside the date or the read time is an author's or an agency's.

    Further down, above the body, it is the place that the story comes from, or the outlet again.
    """
    start = -1 if sheet.headline is None else sheet.headline
    signed = False
    for index in range(start + 1, sheet.body):
        signed = signed or bool(sheet.roles(index) & _SIGNING_ROLES)
        if not sheet.open(index):
            continue
        line = sheet.line(index)
        beside = sheet.roles(index - 1) | sheet.roles(index + 1)
        if not is_lone_name(line):
            continue
        if beside & _TIME_ROLES or agency_name(line):
            sheet.give(index, "byline", "lone", line)
        elif signed:
            sheet.give(index, "byline", "place", line)


def _name_page_top(sheet: Sheet) -> None:
    """Short lines above the headline are the site's name and menus."""
    if sheet.headline is None:
        return
    for index in range(sheet.headline):
        if sheet.open(index) and not sheet.is_prose(index):
            sheet.give(index, "breadcrumb", "site", sheet.line(index))


def _name_repeats(sheet: Sheet) -> None:
    """Lines that repeat the headline, alone or with the site's name."""
    if sheet.headline is None:
        return
    shown = sheet.line(sheet.headline)
    title = letters(shown)
    for index in range(len(sheet.fragments)):
        top = sheet.roles(index) == {"breadcrumb"} and index < sheet.headline
        if not sheet.open(index) and not top:
            continue
        fragment = sheet.fragments[index]
        if not 0 <= fragment.end - fragment.start - len(title) <= len(shown) + _SITE_REACH:
            continue
        line = sheet.line(index)
        parts = split_site(line)
        if letters(line) == title:
            sheet.give(index, "repeat", "repeat")
        elif parts and letters(parts[0]) == title:
            sheet.give(index, "repeat", "repeat_site", parts[1])


def _name_link_lists(sheet: Sheet) -> None:
    """Titles under a heading such as "More from World News", below the first prose."""
    listing = False
    for index in range(sheet.body + 1, len(sheet.fragments)):
        if sheet.fragments[index].heading:
            listing = True
        elif sheet.open(index):
            listing = listing and not sheet.is_prose(index)
            if listing:
                sheet.give(index, "related", "listed")


def _name_page_end(sheet: Sheet) -> None:
    """Titles after the last prose and a closing line (notice, copyright) lead to other pages."""
    last = max((i for i in range(len(sheet.fragments)) if _is_body(sheet, i)), default=None)
    if last is None:
        return
    closed = False
    for index in range(last + 1, len(sheet.fragments)):
        if sheet.open(index):
            if closed:
                sheet.give(index, "related", "page_end")
        else:
            pieces = sheet.pieces[index] or ()
            closed = closed or any(
                piece.rule in _LAST_RULES or piece.role == "published" for piece in pieces
            )


def _is_body(sheet: Sheet, index: int) -> bool:
    return index >= sheet.body and sheet.open(index) and sheet.is_prose(index)


def _split_dateline(sheet: Sheet) -> None:
    """Cuts "UNITED NATIONS, Feb 24 (Agency) -" off the first paragraph of the body."""
    for index in range(sheet.body, min(sheet.body + 2, len(sheet.fragments))):
        if not sheet.open(index):
            continue
        fragment = sheet.fragments[index]
        line = sheet.line(index)[:200]
        for lead in sheet.cued["lead"].cued(line.lower()):
            found = lead.regex.match(line)
            if found and found.end() < fragment.end - fragment.start:
                at = fragment.start + found.end()
                _, end = trim(sheet.folded, fragment.start, at)
                dateline = Piece(start=fragment.start, end=end, role="byline", rule=lead.id)
                start, _ = trim(sheet.folded, at, fragment.end)
                rest = Piece(start=start, end=fragment.end, role="body", rule="default")
                sheet.pieces[index] = (dateline, rest)
                return
