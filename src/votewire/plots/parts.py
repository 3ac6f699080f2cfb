"""Periods that are not whole, as a chart says them: hollow, and with their days in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from votewire.record import Answer

__all__ = ["days_of", "hollow"]


def hollow(answer: Answer) -> str:
    """A sentence on each period of an answer that is drawn hollow; empty where all are whole."""
    found: Mapping[str, Mapping[str, Any]] = answer.facts.get("parts", {})
    return " ".join(f"Hollow: {_named(label)} {_told(part)}." for label, part in found.items())


def days_of(answer: Answer) -> dict[str, str]:
    """The days of each period that is not whole, in short: 2025 -> `to 29 Oct`."""
    found: Mapping[str, Mapping[str, Any]] = answer.facts.get("parts", {})
    return {label: _days(part, "d MMM") for label, part in found.items()}


def _named(label: str) -> str:
    """A year as it is; a session as such."""
    return label if label.isdecimal() and len(label) == 4 else f"session {label}"


def _told(part: Mapping[str, Any]) -> str:
    n, usual = part["rollcalls"], part["usual"] or 0
    votes = f"{n:,} rollcall{'' if n == 1 else 's'}"
    return f"{_days(part, 'd MMMM y')}, {votes}{f' of about {usual:,}' if usual > n else ''}"


def _days(part: Mapping[str, Any], how: str) -> str:
    """From when and to when, as far as the period is cut off."""
    ends = (("from", part["since"]), ("to", part["until"]))
    return " ".join(
        f"{word} {format_date(date.fromisoformat(day), how, locale='en')}"
        for word, day in ends
        if day
    )
