"""UN document symbols: the keys under which one symbol can be asked for.

A symbol is kept verbatim in the record and is not a key: sources and people write the same text as
`A/RES/31/6[D]` and `31/6D`, `S/RES/2774(2025)` and `UNSCR 2774`. Two spellings that share a key are
the same text.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_uppercase

__all__ = ["canonical", "keys", "number_of", "roman", "series", "typed_keys"]

_LAST_ROMAN_SESSION = 30  # from the 31st session on, numbers start again each year: A/RES/31/1
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LEAD = re.compile(
    r"^(?:UNITEDNATIONS|UN)?(?:SECURITYCOUNCIL|GENERALASSEMBLY)?(?:UNSCR|UNSC|UNGA|SCRES|SCR|GARES)?"
    r"(?:RESOLUTION|DRAFT|RES\.?(?=\d))?(?:NO\.?)?(?=[A-Z]*[-/\d(])"
)
_PART = re.compile(r"(?<!\[)\[++([A-Z]{1,3})\]++")
_DASHES = str.maketrans("‐‑–", "---")
_AROUND = ".,;:'\"“”"
_COUNCIL = re.compile(r"^S/RES/(\d+)(?:\((\d{4})\))?$")
_EARLY = re.compile(r"^A/RES/(\d+)\(([IVXS\-\d]+)\)([A-Z]{0,3})$")
_LATER = re.compile(r"^A/RES/((?:ES-|S-)?\d{1,4})/(\d+)([A-Z]{0,3})$")
_BRACKETED = re.compile(r"\([^)]{0,40}\)")
_NUMBER = re.compile(r"(?<!\d)(\d{1,9})(?=\D*$)")


def roman(number: int) -> str:
    """The Roman numeral of a session, 1 to 39; raises ValueError outside."""
    if not 1 <= number < 40:
        raise ValueError(f"no Roman session number for {number}")
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def canonical(symbol: str) -> str:
    """The symbol without spaces, in capitals, with `[D]` written `D`; what two spellings share."""
    # On both sides of the capitals: ª is a letter only after it, ǰ two letters only before.
    capitals = unicodedata.normalize("NFKD", symbol).upper()
    folded = unicodedata.normalize("NFKD", capitals).translate(_DASHES)
    kept = "".join(c for c in folded if not (c.isspace() or unicodedata.combining(c)))
    return _PART.sub(r"\1", kept).strip(_AROUND)


def keys(symbol: str) -> tuple[str, ...]:
    """Every key under which a stored symbol is found, the fullest first.

    `S/RES/2774(2025)` -> that, `S/RES/2774`, `2774(2025)`, `2774`.
    """
    full = canonical(symbol)
    if match := _COUNCIL.match(full):
        number, year = match.groups()
        dated = (f"S/RES/{number}({year})", f"{number}({year})") if year else ()
        return _unique((full, *dated, f"S/RES/{number}", number))
    if match := _EARLY.match(full):
        number, session, part = match.groups()
        bare = f"{number}{part}"
        return _unique((full, f"A/RES/{bare}", f"{number}({session}){part}", bare))
    if match := _LATER.match(full):
        session, number, part = match.groups()
        return _unique((full, f"{session}/{number}{part}", f"A/{session}/{number}{part}"))
    return (full,)


def typed_keys(typed: str) -> tuple[str, ...]:
    """The keys to try, in order, for what a person typed: `UNSCR 2774`, `31/6 D`, `ES-11/7`."""
    full = canonical(typed)
    bare = _LEAD.sub("", full)
    candidates = [full, bare]
    for text in (full, bare):
        if match := _LATER.match(text) or _LATER.match(f"A/RES/{text}"):
            candidates.extend(_early_spelling(*match.groups()))
        if match := re.fullmatch(r"(\d{1,6})/(\d{4})", text):
            candidates.append(f"{match[1]}({match[2]})")
        if match := _COUNCIL.match(text):
            candidates.append(f"S/RES/{match[1]}({match[2]})" if match[2] else f"S/RES/{match[1]}")
    return _unique(tuple(c for c in candidates if c))


def series(symbol: str) -> str:
    """The part of a symbol that its neighbours share: `A/RES/ES-11/` of `A/RES/ES-11/7`."""
    full = _BRACKETED.sub("", canonical(symbol))
    return _NUMBER.sub("", full).rstrip(ascii_uppercase) if _NUMBER.search(full) else full


def number_of(symbol: str) -> int | None:
    """The running number of a symbol: 7 of `A/RES/ES-11/7`, 2774 of `S/RES/2774(2025)`."""
    match = _NUMBER.search(_BRACKETED.sub("", canonical(symbol)))
    return int(match[1]) if match else None


def _early_spelling(session: str, number: str, part: str) -> tuple[str, ...]:
    if session.isdigit() and 1 <= int(session) <= _LAST_ROMAN_SESSION:
        return (f"A/RES/{number}({roman(int(session))}){part}",)
    return ()


def _unique(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
