"""What a state is called: in a language, and on a day."""

from __future__ import annotations

from datetime import date
from functools import cache

from votewire.states.datafiles import languages, read_table
from votewire.states.members import state

__all__ = ["babel_languages", "babel_territories", "name_of"]


def name_of(code: str, *, lang: str = "en", on: date | None = None) -> str:
    """The state's name in a language; in English, with `on`, the UN's name of that day.

    Other languages come from CLDR by way of Babel, ended states from the alias files; where neither
    has the name the English one is given. Raises UnknownState for a code that is none.
    """
    found = state(code)
    if lang != "en":
        return _own_name(code, lang) or babel_territories(lang).get(found.iso2 or "", found.name)
    if on is not None:
        for dated in found.names[:-1]:
            if on in dated:
                return dated.name
    return found.name


@cache
def babel_territories(lang: str) -> dict[str, str]:
    """CLDR's territory names in a language, by ISO alpha-2; empty for a language it lacks."""
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(lang.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def babel_languages() -> tuple[str, ...]:
    """The languages of CLDR, without their regional variants, sorted."""
    from babel.localedata import locale_identifiers

    return tuple(sorted(lang for lang in locale_identifiers() if "_" not in lang))


def _own_name(code: str, lang: str) -> str | None:
    if lang not in languages():
        return None
    names: list[str] | None = read_table(f"aliases.{lang}").get("ended", {}).get(code)
    return names[0] if names else None
