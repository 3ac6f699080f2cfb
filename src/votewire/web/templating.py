"""Pages as HTML: the templates, what they are given, and how figures and links are written."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import i18n

from votewire import __version__, states
from votewire.plots.wording import figure, printable
from votewire.web.drawing import chart_of
from votewire.web.languages import FONTS, LANGUAGES, addressed, state_name, translations
from votewire.web.methods import method_of
from votewire.web.phrases import said
from votewire.web.shown import Page
from votewire.web.statics import address_of

__all__ = ["Fault", "brief", "digest", "rendered", "rendered_fault", "rendered_template"]

_FOLDER = Path(__file__).parent
_TEMPLATES = _FOLDER / "templates"
_NUMBERED = re.compile(r"\ASecurity Council resolution \d+ \(\d+\) \[(?:on )?(.+)\]\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a page about an error shows. nearest: what the asker may have meant."""

    status: int
    title: str
    detail: str
    id: str
    nearest: tuple[str, ...] = ()


def rendered(request: Request, template: str, page: Page) -> str:
    """A page as HTML, in the language of its address."""
    given = {f.name: getattr(page, f.name) for f in fields(page)}
    return rendered_template(request, template, page=page, **given)


def rendered_fault(request: Request, fault: Fault) -> str:
    """The page about an error."""
    about = {"title": fault.title, "description": fault.detail, "panels": ()}
    return rendered_template(request, "fault.html", fault=fault, **about)


def rendered_template(request: Request, template: str, **given: Any) -> str:
    """A template with what it is given and what all templates know."""
    lang = getattr(request.state, "lang", "en")
    site = request.app.state.site
    return (
        _environment(lang)
        .get_template(template)
        .render(
            lang=lang,
            path=request.scope["path"],
            query=request.url.query,
            site=site,
            record=site.record,
            site_url=site.settings.site_url,
            **given,
        )
    )


@cache
def digest() -> str:
    """A hash of everything that pages are made of beside the record: another one, other pages."""
    found = hashlib.sha256(__version__.encode())
    for path in sorted(_FOLDER.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


@cache
def _environment(lang: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[i18n],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(figure=_figure, day=_day, printable=printable, brief=brief)
    made.globals.update(
        languages=LANGUAGES,
        fonts=FONTS,
        chart_of=chart_of,
        static=address_of,
        to=lambda *parts, **query: _to(lang, *parts, **query),
        in_language=addressed,
        method_of=method_of,
        words=lambda text: said(text, lang),
        state_name=lambda code: state_name(code, lang),
        is_state=lambda code: code in states.codes(),
        state_codes=states.codes,
        group_ids=states.groups,
    )
    return made


def _to(lang: str, *parts: str, **query: Any) -> str:
    """The address of a page in the language of this one: to('votes', 'A/RES/ES-11/7')."""
    path = "/" + "/".join(quote(str(part), safe="/()") for part in parts)
    asked = {name: value for name, value in query.items() if value not in (None, "", False)}
    return addressed(path, lang) + (f"?{urlencode(asked, doseq=True)}" if asked else "")


def _figure(value: Any) -> str:
    """A cell of a table: days as ISO dates, numbers as charts have them, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return printable(figure(value))


def brief(title: str | None) -> str:
    """A title without what stands beside it anyway: the number of the Council's resolution."""
    told = _NUMBERED.sub(r"\1", printable(title or ""))
    return told[:1].upper() + told[1:]


def _day(value: date) -> str:
    return value.isoformat()
