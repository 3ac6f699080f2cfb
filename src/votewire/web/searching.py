"""Which pages a search may mean: a vote, a state, a group, a topic, two of them together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import combinations, permutations
from operator import and_
from urllib.parse import quote, urlencode

import numpy as np
import polars as pl

from votewire import states
from votewire.errors import UnknownState
from votewire.record import Record
from votewire.record.topics import topic
from votewire.states.folding import fold
from votewire.web.phrases import phrase
from votewire.web.understanding import Named, understood

__all__ = ["Hit", "Titled", "found", "nearest", "titled"]

_MOST = 25  # votes by their titles
_OPEN = 9999  # the last year of a topic that goes on
_SHOWN = 12  # rollcalls under one symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that is meant, or may be: its kind, its name, its address, what to know of it.

    sure: the words name it, and nothing else that they name is as likely.
    """

    kind: str
    name: str
    path: str
    about: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """Votes whose titles have every word: how many, and the newest of them."""

    words: tuple[str, ...]
    number: int
    table: pl.DataFrame


def found(record: Record, text: str) -> tuple[Hit, ...]:
    """The pages that a text names, the likeliest first; one at most is sure."""
    asked = understood(record, text)
    hits = [*_together(asked.names), *(hit for one in asked.names for hit in _alone(record, one))]
    clear = not asked.others and _is_clear(asked.names, hits)
    return tuple(_sure(hit) if clear and at == 0 else hit for at, hit in enumerate(hits))


def titled(record: Record, text: str) -> Titled:
    """The votes with all the text's words, of the year in it if there is one, newest first."""
    asked = understood(record, text)
    named = [word for name in asked.names if not name.rollcalls for word in name.words.split()]
    words = (*named, *asked.others)
    if not words:
        return Titled(words=(), number=0, table=record.rollcalls.head(0))
    # A name is known whole: Niger is not the beginning of Nigeria.
    found = [record.naming(word, whole=True) for word in named]
    keep = reduce(and_, [*found, *(record.naming(word) for word in asked.others)])
    if asked.year:
        year = np.datetime64(date(asked.year, 1, 1), "Y")
        keep = keep & (record.days.astype("datetime64[Y]") == year)
    rows = record.rollcalls.filter(pl.Series(keep)).reverse()
    shown = rows.with_columns(pl.coalesce("symbol", "draft", "id").alias("symbol"))
    return Titled(words=words, number=rows.height, table=shown.head(_MOST))


def nearest(record: Record, text: str) -> tuple[str, ...]:
    """What a mistyped text may have been: symbols where it has a figure, else states."""
    if any(letter.isdigit() for letter in text):
        return record.nearest(text)
    words = [word for word in understood(record, text).others if word.isascii()][:3]
    return tuple(dict.fromkeys(name for word in words for name in _like(word)))


def _is_clear(names: tuple[Named, ...], hits: list[Hit]) -> bool:
    """Whether the first hit is what everybody would mean."""
    if len(hits) == 1:
        return True
    if len(names) == 1:  # a state goes before a topic of another name, such as Hungary 1956
        only = names[0]
        other = only.topic is None or fold(topic(only.topic).name) != fold(only.words)
        return bool(only.side) and other and not only.rollcalls
    if len(names) != 2:
        return False
    one, two = names
    votes = [name for name in names if name.rollcalls]
    if votes:
        return len(votes) == 1 and len(votes[0].rollcalls) == 1
    matters = [name for name in names if _is_matter(name)]
    if not matters:
        return True  # two sides
    beside = two if matters[0] is one else one
    return len(matters) == 1 and matters[0].side is None and beside.state is not None


def _together(names: tuple[Named, ...]) -> Iterator[Hit]:
    """What two of the names mean together, in the order in which a person says them."""
    if len(names) > 1:
        for name in names:
            yield from _votes_of(name)
    for side, matter in permutations(names, 2):
        if side.state and _is_matter(matter) and matter.topic != side.topic:
            yield _on_topic(side, str(matter.topic))
    for one, two in combinations([name for name in names if name.side], 2):
        if one.side != two.side:
            yield Hit(
                kind="compare",
                name=phrase(
                    "%(one)s and %(two)s compared", one=_side_name(one), two=_side_name(two)
                ),
                path=f"/compare?{urlencode({'a': one.side, 'b': two.side})}",
            )


def _is_matter(name: Named) -> bool:
    """Whether a name is a topic too; Hungary beside another is the state, not what was in 1956."""
    return name.topic is not None and not (name.state and topic(name.topic).until < _OPEN)


def _votes_of(name: Named) -> Iterator[Hit]:
    if name.rollcalls:
        yield Hit(kind="vote", name=name.words, path=f"/votes/{quote(name.rollcalls[0])}")


def _on_topic(side: Named, topic_id: str) -> Hit:
    return Hit(
        kind="state",
        name=phrase("%(who)s on: %(topic)s", who=_side_name(side), topic=topic(topic_id).name),
        path=f"/states/{side.state}/votes?topic={quote(topic_id)}",
    )


def _alone(record: Record, name: Named) -> Iterator[Hit]:
    """Each reading of one name."""
    for rollcall_id in name.rollcalls[:_SHOWN]:
        rollcall = record.at(record.row_of(rollcall_id))
        about = f"{rollcall.date}, {rollcall.title or ''}"
        yield Hit(kind="vote", name=rollcall.name, path=f"/votes/{quote(rollcall_id)}", about=about)
    if name.state:
        path = f"/states/{name.state}"
        yield Hit(kind="state", name=states.name_of(name.state), path=path, about=_note(name))
    if name.group:
        group = states.group(name.group)
        yield Hit(kind="group", name=group.name, path=f"/groups/{quote(group.id)}")
    if name.topic:
        meant = topic(name.topic)
        path = f"/topics/{quote(meant.id)}"
        yield Hit(kind="topic", name=meant.name, path=path, about=meant.definition)


def _note(name: Named) -> str:
    return states.resolve(name.words).note


def _side_name(name: Named) -> str:
    return states.name_of(name.state) if name.state else states.group(str(name.group)).name


def _sure(hit: Hit) -> Hit:
    return Hit(kind=hit.kind, name=hit.name, path=hit.path, about=hit.about, sure=True)


def _like(word: str) -> tuple[str, ...]:
    try:
        states.resolve(word)
    except UnknownState as error:
        return tuple(error.nearest)
    return ()
