"""Prints the figures that docs/explanation/the-record.md and record/data/rules.toml quote.

    python scripts/record_figures.py ../shared/data

It reads the sources anew and compares them; nothing is written. Add --rdata to compare with the
edition of Voeten's data that has rows for absence (slow: about a minute).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from votewire.record.extracts import council_workbook, undl_extract, voeten_extract
from votewire.record.extracts.extract import Extract
from votewire.record.merging import assembly, pairs
from votewire.record.readers.result import ReadRollcall, count
from votewire.record.tables import Chamber, Choice

Paired = list[tuple[ReadRollcall, ReadRollcall, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("--rdata", action="store_true")
    given = parser.parse_args()
    library, voeten = _read(given.base)
    paired = _paired(library, voeten)
    print(f"rolls of the Library paired with Voeten's: {len(paired)}")
    _shares(paired)
    _casts(paired)
    _stated(paired)
    _dates(paired)
    _barred(paired)
    _workbook(given.base, library)
    if given.rdata:
        _silence(given.base, voeten)


def _read(base: Path) -> tuple[Extract, Extract]:
    def held(path: str) -> bytes:
        return (base / path).read_bytes()

    library = undl_extract.read(held("undl/rollcalls.parquet"), held("undl/votes_long.parquet"))
    voeten = voeten_extract.read(held("voeten/votes_long.parquet"), held("voeten/rollcalls.csv"))
    return library, voeten


def _paired(library: Extract, voeten: Extract) -> Paired:
    texts = [r for r in library.rollcalls if r.chamber == Chamber.GA and r.casts]
    votes = list(voeten.rollcalls)
    found = pairs.match(texts, votes, label=assembly.label, title=assembly.title_of_part)
    print("paired:", dict(Counter(pair.how for pair in found)))
    return [(texts[p.kept], votes[p.other], p.how) for p in found]


def _shares(paired: Paired) -> None:
    apart = sorted(pairs.share_apart(text, vote) for text, vote, _ in paired)
    near = sum(share <= pairs.BY_ROLL for share in apart) / len(apart)
    print(f"at most .05 apart: {near:.4f}; farthest: {apart[-5:]}")
    by_roll = [(t, v) for t, v, how in paired if how == "roll"]
    late = [(assembly.label(t), assembly.label(v)) for t, v in by_roll if assembly.label(v)]
    print(f"paired by roll though both have a symbol to trust: {len(late)}")
    for one, two in late:
        print(f"    {one} = {two}")


def _casts(paired: Paired) -> None:
    cells: Counter[tuple[str, str]] = Counter()
    for text, vote, _ in paired:
        for code in text.casts.keys() & vote.casts.keys():
            cells[text.casts[code].label, vote.casts[code].label] += 1
    same = sum(n for (one, two), n in cells.items() if one == two)
    both = sum(cells.values())
    print(f"casts in both: {both}, the same: {same}, different: {both - same}")
    print("identical rolls:", sum(not pairs.share_apart(t, v) for t, v, _ in paired))


def _stated(paired: Paired) -> None:
    """Voeten's stated totals against his marks and the Library's."""
    seen: Counter[str] = Counter()
    for text, vote, _ in paired:
        said = _three(vote)
        if said is None:
            continue
        own, library = _counted(vote), _counted(text)
        marks = "marks agree" if own == library else "marks differ"
        seen[f"{marks}; stated = {'Voeten' * (said == own)}{'+Library' * (said == library)}"] += 1
    for what, times in sorted(seen.items()):
        print(f"  {what}: {times}")


def _three(vote: ReadRollcall) -> tuple[int, ...] | None:
    totals = vote.announced
    if totals is None or None in (totals.yes, totals.no, totals.abstain):
        return None
    return (totals.yes or 0, totals.no or 0, totals.abstain or 0)


def _counted(rollcall: ReadRollcall) -> tuple[int, ...]:
    totals = count(rollcall.casts)
    return (totals.yes or 0, totals.no or 0, totals.abstain or 0)


def _dates(paired: Paired) -> None:
    for exact in (False, True):
        days = [(t.date, v.date) for t, v, _ in paired if v.date_exact is exact]
        month = sum((a.year, a.month) == (b.year, b.month) for a, b in days)
        day = sum(a == b for a, b in days)
        print(f"exact={exact}: {len(days)}, month right {month}, day right {day}")


def _barred(paired: Paired) -> None:
    marks = Counter(
        t.casts["YUG"].label
        for t, _, _ in paired
        if "YUG" in t.casts and 1992 <= t.date.year <= 2000 and t.date.isoformat() >= "1992-09-22"
    )
    print("Yugoslavia in the Library's paired rolls, September 1992 to October 2000:", dict(marks))


def _workbook(base: Path, library: Extract) -> None:
    """Members whom the workbook leaves out of a roll that the Library has in full."""
    texts = {r.symbol: r for r in library.rollcalls if r.chamber == Chamber.SC and r.casts}
    left: Counter[str] = Counter()
    sheet = council_workbook.read((base / "council/sc_voting.xlsx").read_bytes())
    for row in sheet.rollcalls:
        text = texts.get(row.symbol)
        if text is not None and row.casts and row.casts.keys() < text.casts.keys():
            left.update(text.casts[c].label for c in text.casts.keys() - row.casts.keys())
    print("left out of workbook rolls, by the Library's mark:", dict(left))


def _silence(base: Path, voeten: Extract) -> None:
    """Absences read from silence, against an edition that has rows for them."""
    import rdata

    from votewire import states

    path = base / "voeten/UNVotesPublished.RData"
    table = rdata.conversion.convert(rdata.parser.parse_file(path))["x"]
    rolls = {r.source_key: r for r in voeten.rollcalls}
    never = {"USA", "CAN", "GBR", "NLD", "BEL", "LUX", "FRA", "PRT", "POL", "ITA", "RUS", "SUN"}
    never |= {"SWE", "NOR", "DNK", "ISL", "ISR", "JPN", "AUS", "NZL"}
    seen: Counter[int] = Counter()
    for rcid, ccode, vote in zip(table["rcid"], table["ccode"], table["vote"], strict=True):
        roll = rolls.get(str(int(rcid)))
        if roll is None:
            continue
        code = states.from_cow(int(ccode), roll.date)
        if code in never and roll.casts.get(code) is Choice.NON_VOTING:
            seen[int(vote)] += 1
    print("absent by silence, in the edition with rows (8 absent, 9 no member):", dict(seen))


if __name__ == "__main__":
    main()
