"""What happened: the voting record, its tables, its sources, and looking things up in it."""

from votewire.record.answer import Answer
from votewire.record.opening import open_record
from votewire.record.record import Found, Matrix, Record, Rollcall, SourceRef, Totals
from votewire.record.selecting import Selection
from votewire.record.tables import TABLES, Chamber, Choice, Kind, Modality, Outcome, Roll

__all__ = [
    "TABLES",
    "Answer",
    "Chamber",
    "Choice",
    "Found",
    "Kind",
    "Matrix",
    "Modality",
    "Outcome",
    "Record",
    "Roll",
    "Rollcall",
    "Selection",
    "SourceRef",
    "Totals",
    "open_record",
]
