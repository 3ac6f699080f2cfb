"""Words that a maker of pages says in English and a template says in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Any

from votewire import states
from votewire.web.languages import state_name, translations

__all__ = ["Phrase", "phrase", "said"]


class Phrase(str):
    """English words that remember the pattern and the values they were made of."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, Any]


def phrase(pattern: str, **values: Any) -> Phrase:
    """The pattern with its values, `%(name)s`, in English; `said` puts it into another language.

    scripts/messages.py collects the patterns, so they are written out where this is called. A
    value that is a state's English name, a phrase or a word of the catalogue is translated too.
    """
    made = Phrase(pattern % values if values else pattern)
    made.pattern, made.values = pattern, values
    return made


def said(text: str, lang: str) -> str:
    """The text in a language; as it stands where the catalogue does not have it."""
    if lang == "en" or not text:
        return text
    if not isinstance(text, Phrase):
        return _known(text, lang)
    pattern = translations(lang).gettext(text.pattern)
    values = {name: said(v, lang) if isinstance(v, str) else v for name, v in text.values.items()}
    return pattern % values if values else pattern


def _known(text: str, lang: str) -> str:
    code = _codes().get(text)
    return state_name(code, lang) if code else translations(lang).gettext(text)


@cache
def _codes() -> dict[str, str]:
    return {states.name_of(code): code for code in states.codes()}
