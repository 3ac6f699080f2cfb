"""Which rollcalls a question is about: chamber, days, topic, words, whole texts or their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from votewire.errors import TooFewRollcalls
from votewire.record.record import Record
from votewire.record.tables import Chamber, Kind, Modality, Roll

__all__ = ["WHOLE", "Selection"]

Rows = NDArray[np.intp]

_CHAMBERS = {Chamber.GA: "General Assembly", Chamber.SC: "Security Council"}
WHOLE = tuple(kind.value for kind in (Kind.RESOLUTION, Kind.DECISION, Kind.DRAFT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The rollcalls of one chamber that fit every condition given.

    since, until: first and last day, both counted. topic: a name of `votewire topics`.
    text: words looked for in title, agenda and symbols. whole_texts: leave out votes on
    paragraphs, amendments and procedure.
    """

    chamber: str = Chamber.GA.value
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    text: str | None = None
    whole_texts: bool = False

    def rows(self, record: Record) -> Rows:
        """The rows of the record that fit and have a roll of states, in order of time.

        Raises TooFewRollcalls where there is none, and NotInRecord for an unknown topic.
        """
        fitting = self._fitting(record) & (record.rollcalls["roll"] != Roll.NONE).to_numpy()
        if not fitting.any():
            raise TooFewRollcalls(f"no rollcall fits: {self.told()}", record.completeness)
        return np.flatnonzero(fitting)

    def adopted_without_vote(self, record: Record) -> Rows:
        """The rows that fit of texts adopted without a vote; possibly none."""
        without = (record.rollcalls["modality"] == Modality.WITHOUT_VOTE).to_numpy()
        return np.flatnonzero(self._fitting(record) & without)

    def told(self, rows: Rows | None = None) -> str:
        """The conditions in words, with the number of rollcalls where `rows` are given."""
        what = "votes on whole texts" if self.whole_texts else "recorded votes"
        parts = [f"{_CHAMBERS[Chamber(self.chamber)]}, {what}"]
        parts += [f"topic {self.topic}"] if self.topic else []
        parts += [f"naming “{self.text}”"] if self.text else []
        parts += [f"from {self.since}"] if self.since else []
        parts += [f"until {self.until}"] if self.until else []
        parts += [f"{len(rows):,} rollcalls"] if rows is not None else []
        return ", ".join(parts)

    def periods(self, record: Record, rows: Rows, by: str | None) -> Iterator[tuple[str, Rows]]:
        """The rows by `year` or `session`, earliest period first; all of them at once for None.

        Raises ValueError for another `by`.
        """
        if by is None:
            yield "all", rows
            return
        if by not in ("year", "session"):
            raise ValueError(f"by {by!r}: year or session")
        if by == "year":
            labels = record.days[rows].astype("datetime64[Y]").astype(str)
        else:
            labels = record.rollcalls["session"].to_numpy()[rows].astype(str)
        names, first, index = np.unique(labels, return_index=True, return_inverse=True)
        for at in np.argsort(first, kind="stable"):
            yield str(names[at]), rows[index == at]

    def _fitting(self, record: Record) -> NDArray[np.bool_]:
        frame = record.rollcalls
        keep = (frame["chamber"] == Chamber(self.chamber).value).to_numpy().copy()
        if self.since is not None:
            keep &= record.days >= np.datetime64(self.since)
        if self.until is not None:
            keep &= record.days <= np.datetime64(self.until)
        if self.text is not None:
            keep &= record.naming(self.text)
        if self.topic is not None:
            # Loaded where it is asked for: most commands never look at a topic.
            from votewire.record.topics import on_topic

            keep &= on_topic(record, self.topic)
        if self.whole_texts:
            keep &= frame["kind"].is_in(WHOLE).to_numpy()
        return keep
