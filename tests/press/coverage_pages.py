"""Pages of meetings coverage written from known rolls, in the forms that the UN's releases have."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from votewire import states
from votewire.record import Record, open_record
from votewire.record.tables import Choice

# As releases write them; the others by their names of the day.
WRITTEN = {
    "CIV": "Côte d’Ivoire",
    "FSM": "Federated States of Micronesia",
    "KOR": "Republic of Korea",
    "PRK": "Democratic People’s Republic of Korea",
    "IRN": "Iran (Islamic Republic of)",
    "RUS": "Russian Federation",
    "LAO": "Lao People’s Democratic Republic",
    "CPV": "Cape Verde",
}
LABELS = {
    Choice.YES: "In favour",
    Choice.NO: "Against",
    Choice.ABSTAIN: "Abstain",
    Choice.NON_VOTING: "Absent",
}
SMALL = {0: "none", 1: "one", 2: "two", 3: "three"}


def names(casts: Mapping[str, Choice], choice: Choice, day: date) -> str:
    """The states that chose so, as a release lists them."""
    chose = [
        WRITTEN.get(c) or states.name_of(c, on=day) for c, its in casts.items() if its == choice
    ]
    return ", ".join(sorted(chose))


def counts(casts: Mapping[str, Choice]) -> tuple[int, int, int]:
    marks = list(casts.values())
    return marks.count(Choice.YES), marks.count(Choice.NO), marks.count(Choice.ABSTAIN)


def head(reference: str, day: date) -> str:
    """What stands on top of a release."""
    body = "Security Council" if reference.startswith("SC") else "General Assembly"
    written = f"{day.day} {day:%B %Y}"
    return f"{reference}\n\n{body} Acts on Texts\n\n{written}\n{body}{reference}\n\nPlenary\n\n"


def annex(
    casts: Mapping[str, Choice],
    day: date,
    *,
    number: str = "I",
    about: str = "the matter at hand",
    document: str = "A/80/L.1",
    tally: tuple[int, int, int] | None = None,
    labels: Mapping[Choice, str] = LABELS,
    width: int = 0,
) -> str:
    """A voting annex; tally: another than the lists have. width: wrapped at so many columns."""
    yes, no, abstain = tally or counts(casts)
    told = (
        f"The draft resolution on {about} (document {document}) was adopted by a recorded vote of "
        f"{yes} in favour to {SMALL.get(no, no)} against, with {abstain} abstentions, as follows:"
    )
    lists = [f"{word}:  {names(casts, side, day) or 'None'}." for side, word in labels.items()]
    paragraphs = [textwrap.fill(p, width) if width else p for p in (told, *lists)]
    return "\n\n".join([f"ANNEX {number}", f"Vote on {about.title()}", *paragraphs]) + "\n\n"


def in_brackets(casts: Mapping[str, Choice], day: date, *sides: Choice) -> str:
    """ "169 in favour to 6 against (A, B), with 3 abstentions (C)"; sides: those with a list."""
    yes, no, abstain = counts(casts)
    lists = {
        side: f" ({names(casts, side, day)})" if side in sides and side in casts.values() else ""
        for side in LABELS
    }
    return (
        f"{yes} in favour{lists[Choice.YES]} to {no or 'none'} against{lists[Choice.NO]}, with "
        f"{abstain} abstention{'' if abstain == 1 else 's'}{lists[Choice.ABSTAIN]}"
    )


def as_html(text: str, url: str = "https://press.un.org/en/2025/ga12675.doc.htm") -> str:
    """The text as a web page, a paragraph for each block."""
    blocks = "".join(f"<p>{block}</p>\n" for block in text.split("\n\n") if block.strip())
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Release</title>'
        f'<link rel="canonical" href="{url}"></head><body><main><article>{blocks}'
        "</article></main></body></html>"
    )


def casts_at(record: Record, row: int) -> dict[str, Choice]:
    """The casts of a row of the record."""
    marks = zip(states.codes(), record.choices[row].tolist(), strict=True)
    return {code: Choice(mark) for code, mark in marks if mark <= Choice.NON_VOTING}


def full_rows(chamber: str, since: date) -> Sequence[int]:
    """The rows of the shipped record with the whole roll, of votes since a day."""
    frame = open_record().rollcalls
    wanted = (
        (frame["chamber"] == chamber)
        & (frame["roll"] == "full")
        & (frame["date"] >= since)
        & (frame["modality"] == "recorded")
    )
    return wanted.arg_true().to_list()


def without(record: Record, *, rows: Sequence[int] | None = None) -> Record:
    """The record without some rows; without any where none are named."""
    drop = range(len(record)) if rows is None else rows
    keep = pl.Series([True] * len(record)).scatter(list(drop), False)
    return Record(
        rollcalls=record.rollcalls.filter(keep),
        choices=record.choices[keep.to_numpy()],
        manifest=record.manifest,
        side_table=lambda name: getattr(record, name),
    )
