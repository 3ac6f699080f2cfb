"""Topics: the rollcalls on a subject, by the words of their titles and agenda.

What makes a rollcall one of a topic is written in `data/topics.toml`; this file reads and applies
it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import NotInRecord
from votewire.record.record import Record
from votewire.record.tables import Kind

__all__ = ["Topic", "on_topic", "topic", "topics"]

_FILE = Path(__file__).with_name("data") / "topics.toml"
_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A named topic and what a rollcall must say to be on it.

    phrases: in the title or the agenda. titles: in the title. Both are whole words in any case; `*`
    at the end stands for any ending. subjects: beginnings of subject headings, in capitals. One of
    these is enough, unless the title has one of `without`. since, until: first
    and last year. voeten: his code for about the same. must, must_not: a real title on the topic,
    and one that is not.
    """

    id: str
    name: str
    definition: str
    must: str
    must_not: str
    aliases: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    voeten: str = ""
    since: int = 0
    until: int = 9999

    def matches(self, titles: pl.Series, agenda: pl.Series | None = None) -> NDArray[np.bool_]:
        """(n,) whether each title, with its agenda where given, is on the topic.

        agenda: (n,) the agenda entries of each, one a line.
        """
        plain = _plain(titles)
        entries = pl.Series([""] * len(titles)) if agenda is None else agenda.fill_null("")
        return self._of(plain, plain + _plain(entries), entries)

    def _of(self, titles: pl.Series, said: pl.Series, entries: pl.Series) -> NDArray[np.bool_]:
        found = _says(said, self.phrases) | _says(titles, self.titles)
        if self.subjects:
            starts = "|".join(re.escape(subject) for subject in self.subjects)
            found = found | entries.str.contains(rf"(?m)(?:^|[.\]] |\d[a-z]* )(?:{starts})")
        return np.asarray((found & ~_says(titles, self.without)).to_numpy(), dtype=np.bool_)


def topics() -> tuple[Topic, ...]:
    """Every topic, sorted by id."""
    return tuple(_named().values())


def topic(name: str) -> Topic:
    """The topic of an id, name or alias, in any case. Raises NotInRecord with the nearest."""
    known = _by_word()
    found = known.get(_folded(name))
    if found is None:
        close = get_close_matches(_folded(name), known, n=8, cutoff=0.6)
        nearest = list(dict.fromkeys(known[word].id for word in close))[:_NEAREST]
        raise NotInRecord(f"topic {name}", nearest=nearest, listed_by="votewire topics")
    return found


def on_topic(record: Record, name: str) -> NDArray[np.bool_]:
    """(n_rollcalls,) whether each rollcall is on a topic. Raises NotInRecord for an unknown one.

    Votes on the parts of a text are on its topics too, whatever their own titles say.
    """
    return _on_topic(record, topic(name).id)


@lru_cache(maxsize=256)
def _on_topic(record: Record, topic_id: str) -> NDArray[np.bool_]:
    asked = _named()[topic_id]
    years = record.days.astype("datetime64[Y]").astype(int) + 1970
    within = (years >= asked.since) & (years <= asked.until)
    found = asked._of(*_words(record)) & within
    symbols = record.rollcalls["symbol"]
    whole = symbols.filter(pl.Series(found) & (record.rollcalls["kind"] == Kind.RESOLUTION))
    parts = symbols.is_in(whole.drop_nulls().unique().implode()).fill_null(value=False)
    mask: NDArray[np.bool_] = found | parts.to_numpy()
    mask.flags.writeable = False  # every caller gets this one
    return mask


@lru_cache(maxsize=4)
def _words(record: Record) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Titles as plain words, titles with agenda as plain words, and the agenda as it is."""
    titles = _plain(record.rollcalls["title"])
    entries = record.rollcalls["agenda"].list.join("\n")
    return titles, titles + _plain(entries), entries


@cache
def _named() -> dict[str, Topic]:
    with _FILE.open("rb") as file:
        made = [Topic(**_fields(row)) for row in tomllib.load(file)["topic"]]
    return {each.id: each for each in sorted(made, key=lambda each: each.id)}


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}


@cache
def _by_word() -> dict[str, Topic]:
    """Every id, name and alias, folded, and its topic; an id goes before an alias."""
    words: dict[str, Topic] = {}
    for names in (lambda t: [t.id], lambda t: [t.name], lambda t: t.aliases):
        for each in topics():
            for name in names(each):
                words.setdefault(_folded(name), each)
    return words


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))


def _plain(texts: pl.Series) -> pl.Series:
    """Lower case, every run of anything but letters and digits one space; a space at both ends."""
    words = texts.fill_null("").str.to_lowercase().str.replace_all(r"[’'`]", "")
    return " " + words.str.replace_all(r"[^\p{L}\p{N}]+", " ") + " "


def _says(plain: pl.Series, phrases: Iterable[str]) -> pl.Series:
    wanted = [f" {p[:-1]}" if p.endswith("*") else f" {p} " for p in phrases]
    if not wanted:
        return pl.Series([False]).new_from_index(0, len(plain))
    return plain.str.contains_any(wanted)
