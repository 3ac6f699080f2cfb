"""The record's tables: every column declared once (name, type, meaning, nullable).

The same declarations check a frame when it enters, describe the columns in the data dictionary and
in the `datapackage.json` of an export, and name the SQL views of `votewire record sql`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import polars as pl

__all__ = [
    "CASTS",
    "DISAGREEMENTS",
    "QUARANTINE",
    "ROLLCALLS",
    "SOURCES",
    "TABLES",
    "Chamber",
    "Choice",
    "Column",
    "Kind",
    "Modality",
    "Outcome",
    "Roll",
    "Table",
]


class Choice(IntEnum):
    """One state's choice in one rollcall, as the matrix holds it (int8).

    YES < ABSTAIN < NO is the order of the ordinal model; the others are no position on the text.
    """

    YES = 0
    ABSTAIN = 1
    NO = 2
    NON_VOTING = 3  # a member that was absent or did not take part
    NOT_MEMBER = 4  # not a member of the chamber that day
    NOT_RECORDED = 5  # a member whose choice no source here gives (see Roll.PARTIAL)

    @property
    def label(self) -> str:
        """The choice as tables and JSON write it: `yes`, `non_voting`, ..."""
        return self.name.lower()


class Chamber(StrEnum):
    """Who votes."""

    GA = "GA"
    SC = "SC"


class Kind(StrEnum):
    """What was put to the vote."""

    RESOLUTION = "resolution"  # a text adopted, with a resolution number
    DECISION = "decision"
    DRAFT = "draft"  # a text that was not adopted, so has no resolution number
    AMENDMENT = "amendment"
    PARAGRAPH = "paragraph"  # a separate vote on part of a text
    PROCEDURAL = "procedural"
    UNSTATED = "unstated"  # the source does not say


class Outcome(StrEnum):
    """What became of it."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    VETOED = "vetoed"
    UNSTATED = "unstated"


class Modality(StrEnum):
    """How the chamber decided."""

    RECORDED = "recorded"  # a vote with the states' choices or a tally
    WITHOUT_VOTE = "without_vote"  # adopted without a vote, by consensus or acclamation
    UNSTATED = "unstated"  # the source has neither a roll nor a word on how it was adopted


class Roll(StrEnum):
    """How much of the roll of states the record has."""

    FULL = "full"  # every member's choice
    PARTIAL = "partial"  # some members' choices only, such as who vetoed
    NONE = "none"  # no choices: adopted without a vote, or a tally alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, Polars type, meaning in a sentence, and whether it may be null."""

    name: str
    type: pl.DataType
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: name, purpose, columns, and the columns that identify a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names to Polars types, in order."""
        return {column.name: column.type for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """A frame of this table with no rows."""
        return pl.DataFrame(schema=self.schema)

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with this table's columns in order.

        Raises ValueError where a column is missing, has another type, holds a null that is not
        allowed, or where two rows share a key: all of them slips of a programmer, not of a user.
        """
        missing = [c.name for c in self.columns if c.name not in frame.columns]
        if missing:
            raise ValueError(f"table {self.name}: columns missing: {', '.join(missing)}")
        frame = frame.select([c.name for c in self.columns])
        for column in self.columns:
            if frame.schema[column.name] != column.type:
                found = frame.schema[column.name]
                raise ValueError(f"table {self.name}: {column.name} is {found}, not {column.type}")
            if not column.nullable and frame[column.name].null_count():
                raise ValueError(f"table {self.name}: {column.name} holds nulls")
        if self.key and frame.select(self.key).is_duplicated().any():
            raise ValueError(f"table {self.name}: two rows share {', '.join(self.key)}")
        return frame


_TEXT = pl.String()
_DAY = pl.Date()
_COUNT = pl.Int16()
_TEXTS = pl.List(pl.String())

ROLLCALLS = Table(
    name="rollcalls",
    meaning="One row for each recorded vote or adoption in the General Assembly or the Security "
    "Council.",
    key=("id",),
    columns=(
        Column(name="id", type=_TEXT, meaning="votewire's id of the rollcall; stable over builds"),
        Column(
            name="chamber", type=_TEXT, meaning="GA (General Assembly) or SC (Security Council)"
        ),
        Column(
            name="session",
            type=_TEXT,
            meaning="GA session: '79', 'ES-11' (emergency special), 'S-5' (special); SC: the year",
        ),
        Column(name="date", type=_DAY, meaning="day of the vote"),
        Column(
            name="date_exact",
            type=pl.Boolean(),
            meaning="false where the day is approximate: votes that only Voeten has, before 2003, "
            "and two resolutions of the Council",
        ),
        Column(
            name="symbol",
            type=_TEXT,
            nullable=True,
            meaning="UN document symbol of the adopted text, verbatim; not a key",
        ),
        Column(
            name="draft",
            type=_TEXT,
            nullable=True,
            meaning="symbol of the draft or amendment put to the vote, verbatim",
        ),
        Column(name="meeting", type=_TEXT, nullable=True, meaning="symbol of the meeting record"),
        Column(
            name="kind",
            type=_TEXT,
            meaning="resolution, decision, draft, amendment, paragraph, procedural or unstated",
        ),
        Column(name="title", type=_TEXT, nullable=True, meaning="official title, or agenda item"),
        Column(name="agenda", type=_TEXTS, meaning="agenda items and UNBIS subjects as given"),
        Column(
            name="issues",
            type=_TEXTS,
            meaning="Voeten's issue codes where he gives them: me Palestine, nu nuclear, di arms "
            "control, hr human rights, co colonialism, ec economic",
        ),
        Column(
            name="sponsors",
            type=_TEXTS,
            meaning="who submitted the text, where a source says: state codes, else its label",
        ),
        Column(name="outcome", type=_TEXT, meaning="adopted, rejected, vetoed or unstated"),
        Column(name="modality", type=_TEXT, meaning="recorded, without_vote or unstated"),
        Column(
            name="roll", type=_TEXT, meaning="full, partial or none: how many choices are known"
        ),
        Column(
            name="tally_from",
            type=_TEXT,
            meaning="announced (the source states the totals), counted (from its marks) or none",
        ),
        Column(name="yes", type=_COUNT, nullable=True, meaning="members in favour"),
        Column(name="no", type=_COUNT, nullable=True, meaning="members against"),
        Column(name="abstain", type=_COUNT, nullable=True, meaning="members abstaining"),
        Column(
            name="non_voting",
            type=_COUNT,
            nullable=True,
            meaning="members absent or not taking part",
        ),
        Column(
            name="members", type=_COUNT, nullable=True, meaning="members of the chamber that day"
        ),
        Column(name="note", type=_TEXT, nullable=True, meaning="what a reader must know, if any"),
    ),
)

CASTS = Table(
    name="casts",
    meaning="One row for each member's choice in each rollcall whose roll is full or partial.",
    key=("rollcall", "state"),
    columns=(
        Column(name="rollcall", type=_TEXT, meaning="rollcalls.id"),
        Column(
            name="state", type=_TEXT, meaning="state code: ISO 3166-1 alpha-3, or SUN, DDR, ..."
        ),
        Column(name="choice", type=_TEXT, meaning="yes, no, abstain or non_voting"),
    ),
)

SOURCES = Table(
    name="sources",
    meaning="Where each rollcall came from: one row for each rollcall in each source.",
    key=("rollcall", "source", "source_key"),
    columns=(
        Column(name="rollcall", type=_TEXT, meaning="rollcalls.id"),
        Column(name="source", type=_TEXT, meaning="id of the source in the manifest"),
        Column(name="source_key", type=_TEXT, meaning="the rollcall's own key in that source"),
        Column(name="url", type=_TEXT, nullable=True, meaning="where the fact can be looked up"),
    ),
)

DISAGREEMENTS = Table(
    name="disagreements",
    meaning="Where two sources differ on one rollcall: both values, and the rule that chose.",
    key=("rollcall", "field", "source"),
    columns=(
        Column(name="rollcall", type=_TEXT, meaning="rollcalls.id"),
        Column(
            name="field", type=_TEXT, meaning="cast:ISO3, tally, date, outcome or another column"
        ),
        Column(name="kept", type=_TEXT, meaning="the value in the record"),
        Column(name="other", type=_TEXT, meaning="the value in the other source"),
        Column(name="source", type=_TEXT, meaning="id of the other source"),
        Column(name="rule", type=_TEXT, meaning="id of the rule that chose, or 'unresolved'"),
    ),
)

QUARANTINE = Table(
    name="quarantine",
    meaning="Rollcalls that broke an invariant: listed with the reason, never part of an answer.",
    key=("source", "source_key"),
    columns=(
        Column(name="source", type=_TEXT, meaning="id of the source in the manifest"),
        Column(name="source_key", type=_TEXT, meaning="the rollcall's key in that source"),
        Column(name="symbol", type=_TEXT, nullable=True, meaning="its symbol, as given"),
        Column(name="date", type=_DAY, nullable=True, meaning="its date, as given"),
        Column(name="reason", type=_TEXT, meaning="the invariant that it breaks, with the numbers"),
    ),
)

TABLES = (ROLLCALLS, CASTS, SOURCES, DISAGREEMENTS, QUARANTINE)
