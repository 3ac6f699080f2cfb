"""The languages of the site: English at its addresses, Hindi at the same ones below /hi.

Words of the interface are looked up by gettext in locale/hi.po, names of states in CLDR by way of
Babel. Answers out of the record are sentences in English, and marked as such.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.types import ASGIApp, Receive, Scope, Send

from votewire import states

__all__ = ["FONTS", "LANGUAGES", "Languages", "addressed", "state_name", "translations"]

LANGUAGES = {"en": "English", "hi": "हिन्दी"}
# Letters that a machine may lack. style.css names the file, which lies beside it.
FONTS = {"hi": "noto-sans-devanagari-5.3.0.woff2"}
_LOCALE = Path(__file__).parent / "locale"


class Languages:
    """ASGI middleware that takes the language off an address and notes it for the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http":
            lang, path = _split(scope["path"])
            scope = dict(scope, path=path, state={**scope.get("state", {}), "lang": lang})
        await self._app(scope, receive, send)


def addressed(path: str, lang: str) -> str:
    """The address of a page of the site in a language."""
    return path if lang == "en" else f"/{lang}{path if path != '/' else ''}"


def state_name(code: str, lang: str) -> str:
    """What a state is called in a language."""
    return states.name_of(code, lang=lang)


@cache
def translations(lang: str) -> NullTranslations:
    """The words of the interface in a language."""
    path = _LOCALE / f"{lang}.po"
    if lang == "en" or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    return GNUTranslations(made)


def _split(path: str) -> tuple[str, str]:
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LANGUAGES and first != "en":
        return first, f"/{rest}"
    return "en", path
