"""The cells of the Council workbook, each in the several ways in which it writes one thing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from votewire import states
from votewire.errors import UnknownState
from votewire.record.tables import Kind, Modality, Outcome

__all__ = [
    "day_in",
    "draft_in",
    "draft_key",
    "kind_in",
    "meeting_in",
    "outcome_in",
    "plain",
    "resolution_in",
    "sponsors_in",
    "video_meeting_in",
]

_RESOLUTION = re.compile(r"^(?:Resolution |S/RES/)?(\d{1,4}) ?(?:[(/] ?(\d{4})\)?|\()?$")
_MEETING = re.compile(r"^(?:S/)?(?:PV\.?)?(\d{3,5})$")
_VIDEO = re.compile(r"^V(\d{3})$")
_DRAFT = re.compile(r"S/(\d{4}/)?(\d+)((?:/(?:Rev|Add|Corr)\.?\d+)*)", re.IGNORECASE)
_SEPARATOR = re.compile(
    r",\s*(?:and\s+)?"
    r"|(?<!\s)\s++and\s+"
    r"(?!Herzegovina|Barbuda|Tobago|Nevis|Principe|Northern Ireland|the Grenadines)"
)
_DECORATION = re.compile(r"^the |^Bolivarian Republic of | ?\(\d+\)$|\?$", re.IGNORECASE)
_NOBODY = ("-none-",)
_OTHER_NAMES = {
    "former yugoslav republic of macedonia": "THE FORMER YUGOSLAV REPUBLIC OF MACEDONIA",
    "slovak republic": "SLOVAKIA",
}
_OUTCOMES = {
    "adopted unanimously": (Outcome.ADOPTED, Modality.RECORDED),
    "adopted by majority": (Outcome.ADOPTED, Modality.RECORDED),
    "adopted by consensus": (Outcome.ADOPTED, Modality.WITHOUT_VOTE),
    "adopted by acclamation": (Outcome.ADOPTED, Modality.WITHOUT_VOTE),
    "not adopted - veto": (Outcome.VETOED, Modality.RECORDED),
    "not adopted - failed to receive required number of votes": (
        Outcome.REJECTED,
        Modality.RECORDED,
    ),
}


def plain(text: str | None) -> str | None:
    """The cell with single plain spaces; None where it is empty."""
    return " ".join((text or "").split()) or None


def day_in(text: str | None) -> date | None:
    """The day of a cell such as `2025-02-24 00:00:00`, as written; None where it is none."""
    try:
        return date.fromisoformat((plain(text) or "")[:10])
    except ValueError:
        return None


def resolution_in(text: str | None, year: str) -> str | None:
    """A resolution's symbol as the Library writes it: `893 (1994)` -> `S/RES/893(1994)`."""
    match = _RESOLUTION.match(plain(text) or "")
    return f"S/RES/{match[1]}({match[2] or year})" if match else None


def meeting_in(text: str | None) -> str | None:
    """`9866`, `PV.9866`, `S/PV9866` -> `S/PV.9866`; None for a meeting held by video."""
    match = _MEETING.match(plain(text) or "")
    return f"S/PV.{match[1]}" if match else None


def video_meeting_in(text: str | None) -> str | None:
    """The running number of a meeting by video in 2020 and 2021: `V104`."""
    match = _VIDEO.match(plain(text) or "")
    return match[0] if match else None


def draft_in(text: str | None) -> str | None:
    """What the cell says of the draft, if it names one: a symbol, with words beside it kept."""
    written = plain(text)
    return written if written and _DRAFT.search(written) else None


def draft_key(text: str | None) -> str | None:
    """The draft's symbol alone, the first of several: `s/2007/14 as revised` -> `S/2007/14`."""
    match = _DRAFT.search(plain(text) or "")
    if match is None:
        return None
    return f"S/{match[1] or ''}{match[2]}{match[3].title()}"


def kind_in(draft: str | None, outcome: Outcome) -> Kind:
    """Resolution where adopted; else amendment or draft by the words of the draft cell."""
    if outcome is Outcome.ADOPTED:
        return Kind.RESOLUTION
    amendment = re.search(r"\bamendment", draft or "", re.IGNORECASE)
    return Kind.AMENDMENT if amendment else Kind.DRAFT


def outcome_in(text: str | None) -> tuple[Outcome, Modality]:
    """Outcome and modality of the column's six phrases; both unstated for any other."""
    key = (plain(text) or "").lower()
    return _OUTCOMES.get(key, (Outcome.UNSTATED, Modality.UNSTATED))


def sponsors_in(text: str | None, on: date) -> tuple[str, ...]:
    """Who submitted the text: state codes where the name is a state's, else the label as given."""
    parts = [part.strip() for part in _SEPARATOR.split(plain(text) or "")]
    named = [_sponsor(part, on.year) for part in parts if part and part not in _NOBODY]
    return tuple(dict.fromkeys(named))


@cache
def _sponsor(name: str, year: int) -> str:
    bare = _DECORATION.sub("", name)
    try:
        return states.from_un_name(_OTHER_NAMES.get(bare.lower(), bare), date(year, 6, 30))
    except UnknownState:
        return bare
