"""Who signs a page: persons' names out of what stands in the place of an author."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from votewire.press.langfiles import read_toml
from votewire.press.patterns import agency_name
from votewire.press.sheet import letters

__all__ = ["persons"]

_LONGEST = 60  # characters of a name
_WORDS = 6
_TOP = (
    r"\.(?:com|org|net|info|news|tv|eu|io|co|uk|in|de|at|ch|fr|es|it|nl|be|pl|cz|ru|pt|br|ar|cl|pe"
    r"|mx|uy)"
)
_NO_NAME = re.compile(
    rf"@|\(at\)|\[at\]|https?:|www\.|\w{_TOP}\b|\d{{3}}|\A\d|\be\.?\s?v\.?\Z", re.I
)
_LINK = re.compile(r"https?://\S{1,400}", re.I)
_ENDS = re.compile(rf"\Ahttps?://|\Awww\.|/.*|{_TOP}\Z", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_SITE_PART = re.compile(r"\s[|•·:\u2013\u2014-]\s|\s?[|•·]\s?")
_LEAST_KEY = 6  # letters of a site's name that are looked for inside a longer one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of lang/bylines.toml."""

    nobody: frozenset[str]
    firm: frozenset[str]
    degree: frozenset[str]
    article: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    join: re.Pattern[str]


def persons(said: Iterable[str], *, sites: Iterable[str | None] = ()) -> str | None:
    """The persons' names in what a page gives as its authors, with commas; None without one.

    sites: names of the page's site and its publisher, which sign nothing; nor do agencies,
    addresses, firms, and what only stands for somebody ("Admin", "World News").
    """
    keys = frozenset(_keys(sites))
    found: dict[str, str] = {}
    for part in (part for each in said for part in _parts(each)):
        name = _person(part, keys)
        if name:
            found.setdefault(_key(name), name)
    return ", ".join(found.values()) or None


def _parts(said: str) -> Iterator[str]:
    bare = _LINK.sub("", " ".join(said.split()))
    return (part for part in _words().join.split(bare) if part)


def _person(said: str, sites: frozenset[str]) -> str | None:
    """The person's name that a single entry is; None where it is none."""
    known = _words()
    name = known.tail.sub("", known.lead.sub("", said.strip(" .,:|-\u2013\u2014"))).strip(" .,:|-")
    if not _LETTER.search(name) or len(name) > _LONGEST or len(name.split()) > _WORDS:
        return None
    words = {word.strip("(),") for word in name.casefold().split()}
    key = _key(name)
    if _NO_NAME.search(name) or agency_name(name) or words & known.firm or key in known.nobody:
        return None
    if words <= known.degree or _is_site(key, sites):
        return None
    return name


def _is_site(key: str, sites: frozenset[str]) -> bool:
    """Whether a name is a site's, perhaps with a little around it, such as "online" or "com"."""
    return key in sites or any(
        len(site) >= _LEAST_KEY and site in key and len(key) < len(site) + 7 for site in sites
    )


def _keys(sites: Iterable[str | None]) -> Iterator[str]:
    """The letters of a site's names, whole, in their parts, and without the ends of an address."""
    for site in filter(None, sites):
        for part in (site, *_SITE_PART.split(site)):
            bare = _words().article.sub("", _ENDS.sub("", part.strip()))
            yield from filter(None, (_key(part), _key(bare)))


def _key(name: str) -> str:
    """The letters of a name, without their accents, for comparing."""
    apart = unicodedata.normalize("NFKD", name)
    return letters("".join(letter for letter in apart if not unicodedata.combining(letter)))


@cache
def _words() -> _Words:
    read: dict[str, list[str]] = read_toml("bylines.toml")
    lead, tail, join = (_any_of(read[kind]) for kind in ("lead", "tail", "join"))
    return _Words(
        nobody=frozenset(map(_key, read["nobody"])),
        firm=frozenset(read["firm"]),
        degree=frozenset(read["degree"]),
        article=re.compile(rf"\A(?:{_any_of(read['article'])})\s", re.IGNORECASE),
        lead=re.compile(rf"\A(?:(?:{lead})\b[\s:.]{{1,4}}){{1,2}}", re.IGNORECASE),
        tail=re.compile(rf"[\s,|-]{{1,4}}(?:{tail})\Z", re.IGNORECASE),
        join=re.compile(
            rf"\s{{0,2}}[,;/|&]\s{{0,2}}|\s(?:{join}|[\u2013\u2014-])\s", re.IGNORECASE
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
