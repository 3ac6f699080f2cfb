"""The source files of the readers' tests, and rolls of arbitrary choices for properties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import Phase
from hypothesis import strategies as st

from votewire import states
from votewire.record.tables import Choice

DATA = Path(__file__).parent / "data" / "readers"
DAYS = (date(1946, 12, 8), date(1961, 11, 1), date(1985, 12, 16), date(2025, 2, 24))
# A failing roll of 193 marks shrinks for minutes and stays a roll of 193 marks.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
CAST = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.NON_VOTING)


def source(name: str) -> bytes:
    """The bytes of a fixture."""
    return (DATA / name).read_bytes()


@st.composite
def rolls(draw: st.DrawFn) -> tuple[date, dict[str, Choice]]:
    """A day, and a choice for every member of that day, at least one of them a vote."""
    day = draw(st.sampled_from(DAYS))
    members = sorted(states.members_on(day))
    marks = draw(st.lists(st.sampled_from(CAST), min_size=len(members), max_size=len(members)))
    casts = dict(zip(members, marks, strict=True))
    casts[members[0]] = draw(st.sampled_from(CAST[:3]))
    return day, casts
