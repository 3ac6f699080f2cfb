"""One rollcall, printed as text for people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from votewire.cli import screen

if TYPE_CHECKING:
    from votewire.record import Found, Record

__all__ = ["lines"]

_PIPED = 96


def lines(found: Found, record: Record) -> list[str]:
    """The rollcall as lines of text: outcome, tally, the states of each choice, sources."""
    from votewire import states
    from votewire.record import Choice

    rollcall = found.rollcall
    told = [
        f"{rollcall.name}  {rollcall.outcome}  {_tally(found)}",
        f"{rollcall.chamber} {rollcall.date}{'' if rollcall.date_exact else ' (approximate)'}, "
        f"session {rollcall.session}, {rollcall.kind}, {rollcall.modality}",
        *_wrapped(rollcall.title or "(no title in the sources)"),
    ]
    told += [f"draft {rollcall.draft}"] if rollcall.draft else []
    told += [f"meeting {rollcall.meeting}"] if rollcall.meeting else []
    sponsors = [_sponsor(name, rollcall.date) for name in rollcall.sponsors]
    told += [f"submitted by {', '.join(sponsors)}"] if sponsors else []
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING):
        codes = rollcall.states(choice)
        if codes:
            names = ", ".join(sorted(states.name_of(code, on=rollcall.date) for code in codes))
            label = f"{choice.label.replace('_', ' ')} ({len(codes)})"
            told += ["", *_wrapped(f"{label}: {names}", hanging="    ")]
    told += ["", *_footnotes(found, record)]
    return told


def _wrapped(text: str, hanging: str = "") -> list[str]:
    return screen.wrapped(text, screen.columns(), piped=_PIPED, hanging=hanging)


def _sponsor(name: str, on: date) -> str:
    from votewire import states

    return states.name_of(name, on=on) if name in states.codes() else name


def _tally(found: Found) -> str:
    rollcall = found.rollcall
    if rollcall.tally.yes is None:
        return f"no tally ({rollcall.modality.replace('_', ' ')})"
    absent = rollcall.tally.non_voting
    return (
        f"{rollcall.tally} (yes-no-abstaining{'' if absent is None else f', {absent} not voting'})"
    )


def _footnotes(found: Found, record: Record) -> list[str]:
    from votewire.record.shown import disagreements_of

    rollcall = found.rollcall
    told = [f"note: {rollcall.note}"] if rollcall.note else []
    told += [f"note: {found.note}"] if found.note else []
    told += [
        f"sources disagree on {d['field']}: {d['kept']} kept, {d['other']} in {d['source']} "
        f"(rule: {d['rule']})"
        for d in disagreements_of(record, rollcall.id)
    ]
    told += [
        f"source: {ref.publisher} {ref.key}{f' {ref.url}' if ref.url else ''}"
        for ref in record.sources_of(rollcall.id)
    ]
    return [*told, f"Record complete to {record.completeness}; hash {record.hash[:12]}."]
