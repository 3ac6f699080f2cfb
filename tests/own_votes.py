"""Two votes of a user's own: one older than the record's last, so that its rows move, one newer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from votewire import states
from votewire.record import Record, open_record
from votewire.record.overlay import overlay
from votewire.record.readers.pasted_roll import read

OWN = {"A/RES/77/999": date(2023, 3, 5), "A/RES/81/1": date(2026, 10, 5)}

_TEXT = """Symbol: {symbol}
Date: {day}
Title: A text made for this test, {symbol}
Tally: 93-2-3
In favour: {yes}
Against: Israel, United States
Abstaining: India, China, Brazil
Absent: {absent}
"""


def rolls() -> dict[str, str]:
    """The rolls as text that `votewire record add` reads, by symbol."""
    return {symbol: _roll(symbol, day) for symbol, day in OWN.items()}


def files(folder: Path) -> list[Path]:
    """The rolls as files in a folder."""
    paths = [folder / f"own-{number}.txt" for number in range(len(OWN))]
    for path, text in zip(paths, rolls().values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def laid_over() -> Record:
    """The shipped record with both votes over it."""
    results = [read(text.encode(), name=symbol) for symbol, text in rolls().items()]
    named = [("own", rollcall) for result in results for rollcall in result.rollcalls]
    return overlay(open_record(), named, ["hash of the additions"])


def _roll(symbol: str, day: date) -> str:
    rest = sorted(states.members_on(day) - {"ISR", "USA", "IND", "CHN", "BRA"})
    names = [states.name_of(code) for code in rest]
    return _TEXT.format(
        symbol=symbol,
        day=f"{day.day} {day:%B %Y}",
        yes="; ".join(names[:93]),
        absent="; ".join(names[93:]),
    )
