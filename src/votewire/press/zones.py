"""Which time zone an abbreviation means, settled by what else the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

from votewire.press.langfiles import read_toml

__all__ = ["Zone", "abbreviations", "country_clues", "outlet_name", "settle_zone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A settled zone, or the reason why none was.

    name: IANA name, None where uncertain. minutes: offset from UTC where it is fixed.
    note: how it was settled. uncertain: whether the reader should be warned.
    """

    name: str | None = None
    minutes: int | None = None
    note: str | None = None
    uncertain: bool = False

    def at(self, moment: datetime) -> datetime:
        """The naive `moment` with this zone; unchanged where the zone is unknown."""
        return moment.replace(tzinfo=self._tzinfo())

    def _tzinfo(self) -> tzinfo | None:
        if self.minutes is not None:
            return timezone(timedelta(minutes=self.minutes))
        if self.name is None:
            return None
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # few pages need it

        try:
            return ZoneInfo(self.name)
        except ZoneInfoNotFoundError:  # a machine without the zone database
            return None


@cache
def _data() -> dict[str, Any]:
    return read_toml("zones.toml")


@cache
def abbreviations() -> tuple[str, ...]:
    """Every abbreviation of a zone that is known, sorted."""
    return tuple(sorted({zone["abbr"] for zone in _data()["zones"]} | set(_data()["seasonal"])))


@cache
def _outlets() -> frozenset[str]:
    return frozenset(
        word.casefold() for clue in _data()["clues"].values() for word in clue["outlets"]
    )


def outlet_name(words: str) -> str | None:
    """`words` where they are the name of an outlet that is known; else None."""
    name = " ".join(words.split()).removeprefix("The ")
    known = name.casefold() in _outlets() or f"the {name}".casefold() in _outlets()
    return words if known else None


@cache
def _named(country: str) -> re.Pattern[str]:
    clue = _data()["clues"][country]
    words = "|".join(re.escape(word) for word in (*clue["outlets"], *clue["words"]))
    domains = "|".join(re.escape(end) for end in clue["domains"])
    return re.compile(rf"\b(?:{words})\b|https?://[\w.-]+(?:{domains})(?=[/\s]|\Z)")


def country_clues(furniture: str, link_langs: Iterable[str], country: str) -> list[str]:
    """What in the page's furniture points to `country`: names found, and links in its languages."""
    known = _data()["clues"].get(country)
    if known is None:
        return []
    names = list(dict.fromkeys(_named(country).findall(furniture)))
    langs = [f"a version of it in {lang!r}" for lang in link_langs if lang in known["links"]]
    return langs + names


def settle_zone(
    abbr: str | None, offset: int | None, *, furniture: str, link_langs: Sequence[str]
) -> Zone:
    """The zone that `abbr` means on a page with this furniture text and these language links."""
    if abbr is None or (abbr in ("GMT", "UTC") and offset):
        return _from_offset(offset)
    if abbr in _data()["seasonal"]:
        name = _data()["seasonal"][abbr]
        return Zone(name=name, note=f"{abbr} is the local time of {name}, with its summer time.")
    meanings = [zone for zone in _data()["zones"] if zone["abbr"] == abbr]
    if not meanings:
        return Zone(note=f"{abbr} is no known time zone.", uncertain=True)
    if len(meanings) == 1:
        return _settled(meanings[0], f"{abbr} is {meanings[0]['words']}.")
    return _choose(abbr, offset, meanings, furniture, link_langs)


def _from_offset(offset: int | None) -> Zone:
    if offset is None:
        return Zone()
    return Zone(minutes=offset, note="The page prints the offset from UTC, and no zone's name.")


def _settled(meaning: dict[str, Any], note: str) -> Zone:
    return Zone(name=meaning["name"], minutes=meaning["minutes"], note=note)


def _choose(
    abbr: str,
    offset: int | None,
    meanings: list[dict[str, Any]],
    furniture: str,
    link_langs: Sequence[str],
) -> Zone:
    """The meaning that a printed offset, else the clues, else habit settles; or none."""
    could_be = ", ".join(meaning["words"] for meaning in meanings)
    if offset is not None:
        for meaning in meanings:
            if meaning["minutes"] == offset:
                return _settled(
                    meaning, f"{abbr} could be {could_be}; its offset from UTC settles it."
                )
    clues = {m["country"]: country_clues(furniture, link_langs, m["country"]) for m in meanings}
    best = [m for m in meanings if clues[m["country"]]]
    if len(best) == 1:
        why = ", ".join(clues[best[0]["country"]])
        return _settled(
            best[0], f"{abbr} could be {could_be}; read as {best[0]['words']} because of: {why}."
        )
    usual = [m for m in meanings if m.get("usual")]
    if usual and not best:
        return _settled(
            usual[0], f"{abbr} could be {could_be}; read as the usual one, {usual[0]['words']}."
        )
    why = "clues point to several of them" if best else "nothing on the page settles which"
    return Zone(note=f"{abbr} could be {could_be}; {why}.", uncertain=True)
