"""A roll typed or pasted by hand, in the style of the UN's press releases and meeting records.

    A/RES/ES-11/7, 24 February 2025, adopted by 93 in favour to 18 against, with 65 abstentions
    In favour: Albania, Andorra, ...
    Against: Belarus, ...
    Abstaining: Algeria, ...
    Absent: Afghanistan, ...

Members in no list did not vote only where that is certain: the announced tally agrees with the
three lists, so nobody else voted, or as many members are left as are announced absent. Otherwise
they are left out, and the roll stays partial. Names are resolved as on the day of the vote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from votewire import states
from votewire.errors import DuplicateState, SourceError, UnknownState
from votewire.record.readers import catalogue, recount
from votewire.record.readers.name_lists import states_in
from votewire.record.readers.pasted_header import Header
from votewire.record.readers.result import ReadResult, ReadRollcall, Totals, count
from votewire.record.readers.source_text import text_of
from votewire.record.seats import seats_on
from votewire.record.tables import Choice

__all__ = ["has_lists", "read"]

_LABELS = {
    Choice.YES: r"(?:voting |voted )?in favou?r|yes|yea|for",
    Choice.NO: r"(?:voting |voted )?against|no|nay",
    Choice.ABSTAIN: r"abstain(?:ing|ed)?|abstentions?",
    Choice.NON_VOTING: r"absent|not voting|non-voting|did not vote|not participating",
}
_LARGEST = 500_000  # bytes; the longest roll has 7,000, and around it may stand a press release
_SHORT = 3  # "US" and "UAE" are states; "no", "in" and "and" are words that are also codes
_COUNT = r"(?:[ \t]*\(?(?P<count>\d{1,3})(?: votes?)?\)?)?"
_LABEL = re.compile(
    r"(?:^|(?<=[.;\n]))[ \t>•*_#-]*(?P<label>"
    + "|".join(_LABELS.values())
    + rf"){_COUNT}[ \t*_]*:[ \t*_]*",
    re.IGNORECASE | re.MULTILINE,
)
_BARE_COUNT = re.compile(r"^\s*+(\d{1,3})(?: votes?)?\s*+(?:[.;,]\s*+)?$")
# Meeting records say afterwards what a delegation had meant to vote; that never changes the roll.
_LATER = re.compile(
    r"(?:\[|(?<![\s\[]))\s*+\bSubsequently,[^\]]*?(?:\]|(?<=[a-z])\.(?=\s|$)|\Z)", re.DOTALL
)


def has_lists(text: str) -> bool:
    """True where a text has at least two of the labels that lists of states stand under."""
    return len({_choice_of(match["label"]) for match in _LABEL.finditer(text)}) > 1


def read(source: bytes, *, name: str = "pasted roll") -> ReadResult:
    """The one rollcall of the text; it has problems only by raising them.

    Raises TallyMismatch where lists and tally disagree, UnknownState for a name that is no state
    or no member of the chamber that day, DuplicateState for a state in two places, and SourceError
    where the lists, the day or the symbol are missing.
    """
    if len(source) > _LARGEST:
        raise SourceError(
            f"{name} has {len(source):,} bytes. Give the roll alone, which has some kB."
        )
    text = text_of(source, name=name).replace("\xa0", " ").replace("\r\n", "\n")
    remarks = [" ".join(match[0].split()).strip("[] ") for match in _LATER.finditer(text)]
    above, lists, counts = _sections(_LATER.sub("", text), name)
    header = Header(above, name=name)
    chamber, day, called = header.chamber, header.day, header.called
    seats = seats_on(chamber, day, called=called)
    announced = _announced(header.tally, counts)
    _refuse_more(announced, len(seats), called)
    casts = _completed(_casts(lists, seats, day, called), announced, seats)
    recount.check(called, casts, _checked(announced or header.counts, lists, casts))
    rollcall = ReadRollcall(
        source_key=f"{called} {day}",
        chamber=chamber,
        session=catalogue.session_of(chamber, day, "", header.symbol, header.draft),
        date=day,
        symbol=header.symbol,
        draft=header.draft,
        meeting=header.meeting,
        kind=header.kind,
        title=header.title,
        outcome=header.outcome,
        casts=casts,
        announced=announced,
        note="; ".join(remarks) or None,
    )
    return ReadResult(rollcalls=(rollcall,))


def _sections(text: str, name: str) -> tuple[str, dict[Choice, str], dict[Choice, int]]:
    """What stands above the lists, the lists by choice, and the counts given with their labels."""
    marks = list(_LABEL.finditer(text))
    lists: dict[Choice, list[str]] = {}
    counts: dict[Choice, int] = {}
    above = text[: marks[0].start()] if marks else text
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    for mark, end in zip(marks, ends, strict=False):
        choice = _choice_of(mark["label"])
        body = text[mark.end() : end]
        bare = _BARE_COUNT.match(body)
        given = bare[1] if bare else mark["count"]
        if given:
            counts[choice] = int(given)
        if not bare:
            lists.setdefault(choice, []).append(body)
    if Choice.YES not in lists and Choice.NO not in lists:
        raise SourceError(
            f'{name}: no lists of states found; they stand under "In favour:", "Against:", '
            '"Abstaining:" and "Absent:".'
        )
    return above, {choice: ", ".join(bodies) for choice, bodies in lists.items()}, counts


def _choice_of(label: str) -> Choice:
    for choice, pattern in _LABELS.items():
        if re.fullmatch(pattern, label, re.IGNORECASE):
            return choice
    raise ValueError(f"{label!r} is no label")


def _casts(
    lists: Mapping[Choice, str], seats: frozenset[str], day: date, called: str
) -> dict[str, Choice]:
    def by_un_name(name: str) -> str:
        code = states.from_un_name(name, day)
        if code not in seats:  # the other way knows whose seat "Russia" means in 1985
            raise UnknownState(name)
        return code

    def by_any_name(name: str) -> str:
        if name == "AND" or (len(name) <= _SHORT and name != name.upper()):
            raise UnknownState(name)
        return states.resolve(name, day).code

    casts: dict[str, Choice] = {}
    for choice, text in lists.items():
        for name, code in states_in(text, (by_un_name, by_any_name)):
            if code not in seats:
                raise UnknownState(name, why=f" with a seat in the chamber on {day}")
            if code in casts:
                raise DuplicateState(rollcall=called, state=code)
            casts[code] = choice
    return casts


def _announced(tally: Totals | None, counts: Mapping[Choice, int]) -> Totals | None:
    """The tally of the text above, with what the labels of the lists announce."""
    if tally is None and not counts:
        return None
    tally = tally or Totals()
    return replace(
        tally,
        yes=counts.get(Choice.YES, tally.yes),
        no=counts.get(Choice.NO, tally.no),
        abstain=counts.get(Choice.ABSTAIN, tally.abstain),
        non_voting=counts.get(Choice.NON_VOTING, tally.non_voting),
    )


def _refuse_more(announced: Totals | None, members: int, called: str) -> None:
    """Raises SourceError where more votes are announced than there are members to cast them."""
    counts = (announced.yes, announced.no, announced.abstain) if announced else ()
    if sum(count or 0 for count in counts) > members:
        told = "-".join("?" if count is None else str(count) for count in counts)
        raise SourceError(
            f"{called}: {told} is announced, but the chamber had {members} members; correct it."
        )


def _completed(
    casts: dict[str, Choice], announced: Totals | None, seats: frozenset[str]
) -> dict[str, Choice]:
    """The casts, with the members left over as non-voting where that is certain."""
    left = sorted(seats - set(casts))
    if announced is None or not left:
        return casts
    read = count(casts)
    exhausted = (read.yes, read.no, read.abstain) == (
        announced.yes,
        announced.no,
        announced.abstain,
    )
    silent = announced.non_voting is not None and (
        announced.non_voting == (read.non_voting or 0) + len(left)
    )
    return casts | dict.fromkeys(left, Choice.NON_VOTING) if exhausted or silent else casts


def _checked(
    announced: Totals, lists: Mapping[Choice, str], casts: Mapping[str, Choice]
) -> Totals | None:
    """The announced totals that the roll must reach: those of a choice that has its list."""
    listed = set(lists) | set(casts.values())
    totals = Totals(
        yes=announced.yes if Choice.YES in listed else None,
        no=announced.no if Choice.NO in listed else None,
        abstain=announced.abstain if Choice.ABSTAIN in listed else None,
        non_voting=announced.non_voting if Choice.NON_VOTING in listed else None,
    )
    return None if totals == Totals() else totals
