"""How long the texts of a rollcall may be: far more than any has, far less than fills a memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from votewire.record.readers.result import Problem, ReadResult, ReadRollcall

__all__ = ["without_too_long"]

# The longest of 8,464 rollcalls: a title has 744 characters, a note 237, a subject 540, a symbol
# 73; the most subjects or sponsors are 134.
_TEXTS = {"title": 2_000, "url": 2_000, "note": 10_000}
_NAMES = dict.fromkeys(("symbol", "draft", "meeting", "session", "source_key"), 300)
_LISTS = ("agenda", "issues", "sponsors")
_ENTRY, _ENTRIES = 2_000, 1_000
_SHOWN = 60


def without_too_long(result: ReadResult) -> ReadResult:
    """What a reader found, with each rollcall that has too long a text among the problems."""
    wrong = {at: why for at, each in enumerate(result.rollcalls) if (why := _too_long(each))}
    kept = tuple(each for at, each in enumerate(result.rollcalls) if at not in wrong)
    problems = [_problem(result.rollcalls[at], why) for at, why in wrong.items()]
    return replace(result, rollcalls=kept, problems=(*result.problems, *problems))


def _too_long(rollcall: ReadRollcall) -> str | None:
    """What is too long in a rollcall, in a sentence; None where nothing is."""
    return next(_all_too_long(rollcall), None)


def _all_too_long(rollcall: ReadRollcall) -> Iterator[str]:
    for name, most in {**_TEXTS, **_NAMES}.items():
        length = len(getattr(rollcall, name) or "")
        if length > most:
            yield f"its {name} has {length:,} characters, more than {most:,}; shorten it"
    for name in _LISTS:
        entries: tuple[str, ...] = getattr(rollcall, name)
        if len(entries) > _ENTRIES:
            yield f"its {name} has {len(entries):,} entries, more than {_ENTRIES:,}; shorten it"
        if any(len(entry) > _ENTRY for entry in entries):
            yield f"its {name} has an entry of more than {_ENTRY:,} characters; shorten it"


def _problem(rollcall: ReadRollcall, why: str) -> Problem:
    symbol = rollcall.symbol or rollcall.draft or rollcall.source_key
    return Problem(
        source_key=rollcall.source_key[:_SHOWN],
        symbol=symbol[:_SHOWN],
        date=rollcall.date,
        reason=why,
    )
