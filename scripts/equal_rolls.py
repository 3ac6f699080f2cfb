"""Writes docs/reference/equal-rolls.md: Assembly votes of one day with the very same roll, and why.

python scripts/equal_rolls.py          writes it from the record that ships
python scripts/equal_rolls.py --check  exits 1 where it is not what the record says

Each group is judged by what the record holds of it: how the symbols lie in one another, whether
Voeten lists each as a vote, and what the other texts of the meeting have.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from votewire.record import Record, open_record
from votewire.record.tables import Chamber, Roll

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "equal-rolls.md"
VOETEN = "voeten"
ONE, SEVERAL, OPEN = "one", "several", "not told"
_NUMBER = re.compile(r"^(A/(?:RES|DEC)/(?:[^/\[\]]+/)?\d+(?:\([^)]*\))?)(.*)$")
_SPAN = re.compile(r"^([A-Z])-([A-Z])$")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rollcalls of one day with one roll: their rows, one vote or several, and why."""

    rows: tuple[Row, ...]
    verdict: str
    why: str


def groups(record: Record) -> list[Group]:
    """Every group of two or more rollcalls of the Assembly, in order of day and id."""
    voeten = set(record.sources.filter(source=VOETEN)["rollcall"])
    of_day: dict[tuple[object, bytes], list[Row]] = defaultdict(list)
    rows = list(record.rollcalls.iter_rows(named=True))
    for row, choices in zip(rows, record.choices, strict=True):
        if row["chamber"] == Chamber.GA and row["roll"] != Roll.NONE:
            own = {**row, "choices": choices.tobytes(), "voeten": row["id"] in voeten}
            of_day[row["date"], choices.tobytes()].append(own)
    meetings: dict[str, list[Row]] = defaultdict(list)
    for held in of_day.values():
        for row in held:
            meetings[row["meeting"] or ""].append(row)
    found = [held for held in of_day.values() if len(held) > 1]
    return [judged(tuple(held), meetings[held[0]["meeting"] or ""]) for held in found]


def judged(rows: tuple[Row, ...], meeting: list[Row]) -> Group:
    """A group with its verdict. meeting: all rollcalls of its meeting that have a roll."""
    verdict, why = _by_symbols(rows) or _by_voeten(rows, meeting)
    return Group(rows=rows, verdict=verdict, why=why)


def _by_symbols(rows: tuple[Row, ...]) -> tuple[str, str] | None:
    """One vote, where the Library lists a text as a whole and again as its parts."""
    split = [part for row in rows if (part := _split(row["symbol"]))]
    numbers, parts = {number for number, _ in split}, [part for _, part in split]
    one_text = len(split) == len(rows) and len(numbers) == 1
    if one_text and any(_holds(whole, part) for whole in parts for part in parts):
        return ONE, "the Library lists the text as a whole and again as its parts"
    return None


def _split(symbol: str | None) -> tuple[str, str] | None:
    """The number of a text, and its part without brackets."""
    match = _NUMBER.match(symbol or "")
    return (match[1], match[2].strip("[] ")) if match else None


def _holds(whole: str, part: str) -> bool:
    """Whether a part of a text holds another: the text itself, A-C, or B of B-IV."""
    if whole == part:
        return False
    span = _SPAN.match(whole)
    letter = part.split("-")[0]
    if span is not None:
        return span[1] <= letter <= span[2]
    return not whole or part.startswith(f"{whole}-")


def _by_voeten(rows: tuple[Row, ...], meeting: list[Row]) -> tuple[str, str]:
    """Told by Voeten, whose list is one of votes, and by the other texts of the meeting."""
    listed = [row for row in rows if row["voeten"]]
    if all(row["id"].startswith("VOETEN-") for row in rows):
        return SEVERAL, f"Voeten describes each: {_kinds(rows)}"
    if len(listed) == len(rows):
        return SEVERAL, f"Voeten lists each as a vote of its own{_others(rows, meeting)}"
    if len(listed) == 1:
        return ONE, "Voeten, whose list is of votes, has one for all of them"
    return OPEN, f"Voeten has none of them{_others(rows, meeting)}"


def _kinds(rows: tuple[Row, ...]) -> str:
    kinds = Counter(row["kind"] for row in rows)
    return ", ".join(f"{times} of kind {kind}" for kind, times in sorted(kinds.items()))


def _others(rows: tuple[Row, ...], meeting: list[Row]) -> str:
    """Other parts of the same numbers with other rolls: so the parts were put one by one."""
    numbers = {part[0] for row in rows if (part := _split(row["symbol"]))}
    mine = {row["choices"] for row in rows}
    others = [
        row
        for row in meeting
        if row["choices"] not in mine and (part := _split(row["symbol"])) and part[0] in numbers
    ]
    if not others:
        return ""
    which = "another part has" if len(others) == 1 else f"{len(others)} other parts have"
    return f"; {which} another roll"


def page(record: Record) -> str:
    """The page, with a summary and a row for each group."""
    found = groups(record)
    counted = Counter(group.verdict for group in found)
    entries = Counter(group.verdict for group in found for _ in group.rows)
    lines = [
        "# Equal rolls of one day",
        "",
        "Written by `scripts/equal_rolls.py` from the record that ships. In",
        f"{len(found)} groups, {entries.total()} rollcalls of the General Assembly have the very",
        "same roll as another of that day. Are they one vote or several?",
        "",
        "| | groups | rollcalls | told by |",
        "|---|---|---|---|",
        f"| one vote | {counted[ONE]} | {entries[ONE]} | the Library lists a text and again its "
        "parts, or Voeten has one vote for several of its texts |",
        f"| several | {counted[SEVERAL]} | {entries[SEVERAL]} | Voeten lists each; other parts of "
        "the same texts have other rolls |",
        f"| not told | {counted[OPEN]} | {entries[OPEN]} | |",
        "",
        "What is one vote stays several rollcalls in the record, each under the symbol of its own",
        "text, and is counted as often. Where two sources gave one vote, it is one rollcall",
        "([the record](../explanation/the-record.md)). Texts are put one after the other: where",
        "150 of 159 members vote Yes on both, it is likely that the same nine do not. From the",
        "58th session on Voeten follows the Library and is no second witness; the texts there have",
        "numbers of their own.",
        "",
        "| day | yes-no-abstain | symbols or ids | vote | why |",
        "|---|---|---|---|---|",
        *(_line(group) for group in found),
    ]
    return "\n".join(lines) + "\n"


def _line(group: Group) -> str:
    first = group.rows[0]
    day = f"{first['date']}{'' if first['date_exact'] else ' (approximate)'}"
    tally = "-".join(str(first[side]) for side in ("yes", "no", "abstain"))
    symbols = [row["symbol"] or row["id"] for row in group.rows]
    distinct = len(set(symbols)) == len(symbols)
    names = ", ".join(symbols if distinct else (row["id"] for row in group.rows))
    return f"| {day} | {tally} | {names} | {group.verdict} | {group.why} |"


def main() -> None:
    text = page(open_record())
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit(f"{PAGE.name} is not what the record says: run scripts/equal_rolls.py")


if __name__ == "__main__":
    main()
