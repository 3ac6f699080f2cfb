"""Every error votewire raises on purpose, one tree.

    VotewireError
      UsageError          2   the command cannot be carried out as given
        QueryRefused          SQL that would write, or does not parse
        NoRoom                nothing more can be kept: a store or the disk is full
        LinksUnreadable       the pages kept for permanent links cannot be read
        MissingExtra          it needs a package that is an extra and is not installed
      SourceError         3   the bytes are not what the reader knows
        UnreadablePage        not text or HTML, empty, too large, or not UTF-8
          UnreadLanguage  8   a page in a language that is not read
        UnreadableClaims      claims to judge that are not of the schema
        PageGivenUp           reading or checking it took too long, or ended the process
        TallyMismatch         casts do not add up to the announced total
        UnknownState          a name that was no member, or not on that day
        DuplicateState        one state twice in one roll
        LessThanStored        an addition that would replace more with less
        RecordDamaged         the record on disk breaks its own invariants or hash
      NotInRecord         4   asked for something the record lacks; carries the nearest matches
        Ambiguous             several rollcalls answer to that symbol; carries them
        TooFewRollcalls       no rollcall, or fewer than the minimum, to count over
      FitError            5   the model cannot be fitted to these rolls, or has not converged

The number is the exit code (`votewire.cli`). Each message says what happened, with what, and what
to do next. A programmer's slip (wrong shape, wrong type) stays ValueError or TypeError.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = [
    "Ambiguous",
    "DuplicateState",
    "FitError",
    "LessThanStored",
    "LinksUnreadable",
    "MissingExtra",
    "NoRoom",
    "NotInRecord",
    "PageGivenUp",
    "QueryRefused",
    "RecordDamaged",
    "SourceError",
    "TallyMismatch",
    "TooFewRollcalls",
    "UnknownState",
    "UnreadLanguage",
    "UnreadableClaims",
    "UnreadablePage",
    "UsageError",
    "VotewireError",
]


class VotewireError(Exception):
    """Base of all errors that votewire raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuilt from its words, in another process too, whatever its kind is made from."""
        return _again, (type(self), self.args), self.__dict__


class UsageError(VotewireError):
    """The command cannot be carried out as given."""


class QueryRefused(UsageError):
    """SQL that would write, reaches outside the record, does not parse, or takes too long."""


class NoRoom(UsageError):
    """Nothing more can be kept: the store, somebody's share of it, or the disk is full."""


class LinksUnreadable(UsageError):
    """The pages kept for permanent links cannot be read: the file is damaged or locked."""

    def __init__(self, file: str, why: object) -> None:
        super().__init__(
            f"The pages kept for permanent links cannot be read: {why}. All else goes on; who runs "
            f"the site finds them in {file}, and may put a copy in its place."
        )


class MissingExtra(UsageError):
    """It needs a package that comes with an extra of votewire and is not installed."""

    def __init__(self, what: str, *, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs more packages: pip install 'votewire[{extra}]'.")


class SourceError(VotewireError):
    """The bytes are not what the reader knows; nothing was stored.

    lines: what is wrong, and below it what was read all the same, where that is told.
    """

    def __init__(self, why: str, *, read: Sequence[str] = ()) -> None:
        self.lines = (why, *read)
        super().__init__("\n".join(self.lines))


class UnreadablePage(SourceError):
    """A page that is not text or HTML, is empty, too large, or not UTF-8."""


class UnreadLanguage(UnreadablePage):
    """A page in a language that is not read: nothing in it was looked at.

    language: its English name, None where it cannot be told. read: names of those that are read.
    """

    def __init__(self, language: str | None, *, read: Sequence[str]) -> None:
        self.language = language
        self.read = tuple(read)
        which = language or "a language that votewire cannot tell"
        super().__init__(f"This page is in {which}; votewire reads {', '.join(read)}.")


class UnreadableClaims(SourceError):
    """Claims to judge that are no JSON, or not as the schema has them."""


class PageGivenUp(SourceError):
    """A page whose reading or checking took too long, or ended the process that was at it.

    seconds: the limit that it went over; without it the process ended by itself, with `code`.
    """

    def __init__(self, page: str, *, seconds: float | None = None, code: int | None = None) -> None:
        self.seconds = seconds
        why = (
            f"took more than {seconds:g} s to read and check"
            if seconds is not None
            else f"ended the process that checked it (exit code {code}), perhaps for want of memory"
        )
        super().__init__(
            f"{page} {why}, and was given up. Give the article's text alone, or allow more time "
            "with VOTEWIRE_PAGE_SECONDS."
        )


class TallyMismatch(SourceError):
    """Casts that do not add up to the announced total."""

    def __init__(
        self,
        *,
        rollcall: str,
        read: Sequence[int | None],
        announced: Sequence[int | None],
    ) -> None:
        self.rollcall = rollcall
        self.read = tuple(read)
        self.announced = tuple(announced)
        super().__init__(
            f"{rollcall}: read {_tally(read)} but the source announces {_tally(announced)}. "
            "Nothing was stored: compare its lists with those of the source."
        )


class UnknownState(SourceError):
    """A name that belongs to no UN member, or to none on that day."""

    def __init__(self, name: str, *, nearest: Sequence[str] = (), why: str = "") -> None:
        self.name = name
        self.nearest = tuple(nearest)
        hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
        super().__init__(f"{name!r} is not a known UN member{why}.{hint}")


class DuplicateState(SourceError):
    """One state twice in one roll."""

    def __init__(self, *, rollcall: str, state: str) -> None:
        self.rollcall = rollcall
        self.state = state
        super().__init__(
            f"{rollcall}: {state} is listed twice. Nothing was stored; correct the file and add it "
            "again."
        )


class LessThanStored(SourceError):
    """An addition that would replace a fuller roll with a poorer one."""


class RecordDamaged(SourceError):
    """The record on disk breaks its own invariants or its manifest's hash."""


class NotInRecord(VotewireError):
    """Asked for something the record lacks; `nearest` holds the closest matches."""

    def __init__(
        self, asked: str, *, nearest: Sequence[str] = (), complete_to: str = "", listed_by: str = ""
    ) -> None:
        self.asked = asked
        self.nearest = tuple(nearest)
        hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
        upto = f" The record is complete to {complete_to}." if complete_to else ""
        every = f" `{listed_by}` lists them all." if listed_by else ""
        super().__init__(f"{asked!r} is not in the record.{hint}{upto}{every}")


class Ambiguous(NotInRecord):
    """Several rollcalls answer to that symbol; `candidates` holds their ids."""

    def __init__(self, asked: str, *, candidates: Sequence[str]) -> None:
        self.asked = asked
        self.candidates = tuple(candidates)
        self.nearest = self.candidates
        VotewireError.__init__(
            self,
            f"{asked!r} names {len(candidates)} rollcalls; ask for one by its id: "
            f"{', '.join(candidates)}.",
        )


class TooFewRollcalls(NotInRecord):
    """No rollcall to count over, or fewer than the minimum asked for."""

    def __init__(self, why: str, complete_to: str) -> None:
        self.asked = why
        self.nearest = ()
        VotewireError.__init__(
            self,
            f"{why}. Widen the period, or whatever else narrows it; the record is complete to "
            f"{complete_to}.",
        )


class FitError(VotewireError):
    """A model cannot be fitted to these rolls, or has not converged."""


def _again(kind: type[VotewireError], args: tuple[Any, ...]) -> VotewireError:
    """An error of a kind with those words, whatever else its own making asks for."""
    made = kind.__new__(kind)
    made.args = args
    return made


def _tally(counts: Sequence[int | None]) -> str:
    return "-".join("?" if count is None else str(count) for count in counts)
