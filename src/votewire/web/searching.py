"""What a few words may mean: a vote by its symbol or title, a state, a group, a topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from votewire import states
from votewire.errors import NotInRecord, UnknownState
from votewire.record import Record
from votewire.record.listing import Asked, listing
from votewire.record.topics import topics

__all__ = ["Hit", "found"]

_MOST = 20  # votes by their titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that is meant, or may be: its kind, its name, its address, what to know of it.

    sure: the words name it, and do not merely occur in it.
    """

    kind: str
    name: str
    path: str
    about: str = ""
    sure: bool = False


def found(record: Record, words: str) -> tuple[Hit, ...]:
    """The pages that the words name, then the votes in whose titles they occur, newest first."""
    asked = " ".join(words.split())
    if not asked:
        return ()
    hits = [*_votes(record, asked), *_states(record, asked), *_groups(asked), *_topics(asked)]
    return (
        (*hits, *_titled(record, asked)) if not any(h.kind == "vote" for h in hits) else tuple(hits)
    )


def _votes(record: Record, asked: str) -> Iterator[Hit]:
    if not any(letter.isdigit() for letter in asked):
        return
    for rollcall in record.candidates(asked)[:_MOST]:
        about = f"{rollcall.date}, {rollcall.title or ''}"
        path = f"/votes/{quote(rollcall.id)}"
        yield Hit(kind="vote", name=rollcall.name, path=path, about=about, sure=True)


def _states(record: Record, asked: str) -> Iterator[Hit]:
    try:
        code = states.resolve(asked, max(record.complete_to.values())).code
    except UnknownState:
        return
    yield Hit(kind="state", name=states.name_of(code), path=f"/states/{code}", sure=True)


def _groups(asked: str) -> Iterator[Hit]:
    try:
        group = states.group(states.resolve_group(asked))
    except NotInRecord:
        return
    yield Hit(kind="group", name=group.name, path=f"/groups/{group.id}", sure=True)


def _topics(asked: str) -> Iterator[Hit]:
    for topic in topics():
        same = asked.lower() in (topic.id, topic.name.lower())
        if same or asked.lower() in topic.name.lower():
            path = f"/topics/{quote(topic.id)}"
            yield Hit(kind="topic", name=topic.name, path=path, sure=same)


def _titled(record: Record, asked: str) -> Iterator[Hit]:
    for row in listing(record, Asked(text=asked, newest_first=True), top=_MOST).table.to_dicts():
        name = row["symbol"] or row["id"]
        about = f"{row['date']}, {row['title'] or ''}"
        yield Hit(kind="vote", name=name, path=f"/votes/{quote(row['id'])}", about=about)
