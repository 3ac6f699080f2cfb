"""What the UN Digital Library's catalogue writes, in CSV and MARC alike, in the record's words."""

from __future__ import annotations

import re
from datetime import date

from votewire import states
from votewire.errors import UnknownState
from votewire.record.tables import Chamber, Choice, Kind, Outcome

__all__ = [
    "CHOICE_LETTERS",
    "chamber_of",
    "ga_session",
    "items",
    "kind_of",
    "outcome_of",
    "plain_title",
    "says_without_vote",
    "session_of",
    "state_of",
]

# Non-voting was blank in the older files, NV in those of 2024, and is X now.
CHOICE_LETTERS = {
    "Y": Choice.YES,
    "N": Choice.NO,
    "A": Choice.ABSTAIN,
    "X": Choice.NON_VOTING,
    "NV": Choice.NON_VOTING,
    "-": Choice.NON_VOTING,
    "": Choice.NON_VOTING,
}

_RESPONSIBILITY = re.compile(
    r"(?<!\s)\s*+(?::\s*+(?:draft\s+)?(?:resolutions?|decisions?)\s*+(?:/.*)?$"
    r"|/\s*+(?:adopted\s+)?by\s+the\s+(?:General\s+Assem|Security\s+Counc).*$)",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT = re.compile(r"without\s+(?:a\s+)?vote|acclamation|no\s+vote\s+was\s+taken", re.IGNORECASE)
_SPECIAL = {"ES": "ES-", "S": "S-", "EMSP": "ES-", "SP": "S-"}
_LABEL = re.compile(r"^(?:(ES|S)-?)?(\d{1,4}|[IVXL]{1,9})(EMSP|SP)?$")
_LATER = re.compile(r"^A/(?:RES/|DEC/|C\.\d/)?((?:ES-|S-)?\d+)/", re.IGNORECASE)
_EARLY = re.compile(r"\(((?:ES-|S-)?[IVXL\d]+)\)", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def chamber_of(symbol: str) -> Chamber | None:
    """The chamber whose document this is: `A/...` GA, `S/...` SC, anything else None."""
    return {"A/": Chamber.GA, "S/": Chamber.SC}.get(symbol[:2].upper())


def ga_session(label: str, *symbols: str | None) -> str:
    """The Assembly's session as the record writes it: `79`, `ES-11`, `S-5`; "" where none is told.

    label: what the source calls it (`79`, `79.0`, `XXX`, `11emsp`, `14sp`, `ES-V`, or nothing);
    symbols are looked at, in order, where it is of no use.
    """
    for text in (label, *(_session_in(symbol or "") for symbol in symbols)):
        match = _LABEL.match(text.strip().upper().removesuffix(".0"))
        if match:
            before, number, after = match.groups()
            return f"{_SPECIAL.get(before or after or '', '')}{_number(number)}"
    return ""


def _session_in(symbol: str) -> str:
    match = _LATER.match(symbol) or _EARLY.search(symbol)
    return match[1] if match else ""


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def session_of(chamber: Chamber, day: date, label: str, *symbols: str | None) -> str:
    """The session: the Assembly's, or for the Council the year."""
    return str(day.year) if chamber is Chamber.SC else ga_session(label, *symbols)


def plain_title(title: str) -> str | None:
    """The title without the statement of responsibility that ends it; None where nothing is left.

    "Reducing nuclear danger : resolution / adopted by the General Assembly" -> "Reducing nuclear
    danger".
    """
    return _RESPONSIBILITY.sub("", " ".join(title.split())).strip(" .:/") or None


def items(*texts: str | None) -> tuple[str, ...]:
    """The entries of fields that hold several, divided by `|`; no entry twice.

    `--` before a subtopic stays: it is part of the heading.
    """
    parts = (part.strip() for text in texts if text for part in text.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def says_without_vote(*notes: str | None) -> bool:
    """True where a note of the source says that no vote was taken."""
    return any(_WITHOUT.search(note) for note in notes if note)


def kind_of(symbol: str | None) -> Kind:
    """What the symbol of an adopted text says was voted on."""
    text = (symbol or "").upper()
    if "[PARA" in text or "[RULE" in text:
        return Kind.PARAGRAPH
    if "/RES/" in text:
        return Kind.RESOLUTION
    return Kind.DECISION if "/DEC/" in text else Kind.UNSTATED


def outcome_of(kind: Kind) -> Outcome:
    """Adopted for a text that has a resolution or decision number; else the symbol does not say."""
    return Outcome.ADOPTED if kind in (Kind.RESOLUTION, Kind.DECISION) else Outcome.UNSTATED


def state_of(code: str, name: str, on: date) -> str:
    """The state that a roll means: by its name, which is that of the time, else by its code.

    Raises UnknownState with the nearest names.
    """
    if not name and code in states.codes():
        return code
    try:
        return states.from_un_name(name or code, on)
    except UnknownState:
        if code in states.codes():
            return code
        raise
