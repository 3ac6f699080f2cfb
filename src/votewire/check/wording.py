"""The words of a report: its claims by number, who they are about, what the record says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from votewire import states
from votewire.check.report import Checked, Evidence, Figure, Report, Verdict
from votewire.press import Claim, Metadata

__all__ = [
    "MARKS",
    "action_words",
    "actor_name",
    "addresses",
    "alike",
    "day_only",
    "evidence_words",
    "source_words",
    "stamp",
    "stamps",
    "told",
    "verdict_words",
    "wordings",
]

# A sign for each verdict, so that none is told apart by colour or underline alone.
MARKS = {
    Verdict.SUPPORTED: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.PARTLY: "±",
    Verdict.MEASURED: "≈",
    Verdict.UNCLEAR: "?",
    Verdict.NOT_IN_RECORD: "∅",
    Verdict.NOT_CHECKABLE: "·",
}
_MANNERS = {"": "", "unanimous": " unanimously", "consensus": " without a vote"}
_CHOICES = {"non_voting": "not voting", None: "no choice in the record"}
_BODIES = {"GA": "General Assembly", "SC": "Security Council"}


def alike(report: Report) -> list[list[Checked]]:
    """Claims that the page repeats, such as in a caption, together; in order of the first.

    The place in this list, from 1, is the claim's number wherever the report is shown.
    """
    groups: dict[tuple[str | None, ...], list[Checked]] = {}
    for item in report.checked:
        claim = item.claim
        key = (claim.actor, claim.action, item.verdict, item.rollcall, item.reason)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def wordings(items: Iterable[Checked]) -> list[tuple[str, list[str]]]:
    """Each wording of a claim once, with the parts of the page that have it."""
    places: dict[str, list[str]] = {}
    for item in items:
        where = places.setdefault(" ".join(item.claim.span.split()), [])
        if item.claim.where not in where:
            where.append(item.claim.where)
    return list(places.items())


def told(item: Checked) -> list[str]:
    """What the record says, a paragraph each: the reason, or the figures of a measured claim.

    A measured claim has one plain sentence, then the page's own votes, each figure before and
    after, the periods and the definition; of a shift the surprise of those votes too, and how far
    its position moved.
    """
    pairs = list(zip(item.figures[::2], item.figures[1::2], strict=True))
    if not pairs:
        return [item.reason]
    figures = [
        f"{before.name}: {_figure(before)}, then {_figure(after)}" for before, after in pairs
    ]
    before, after = pairs[0]
    return [
        _plainly(*pairs[0]),
        *item.votes,
        *figures,
        f"({before.period}, then {after.period}; 90 % intervals; {before.definition})",
        *(move.told for move in item.moves),
        *(f"({definition})" for definition in _definitions(item)),
    ]


_SAME = 0.05  # figures nearer than this are told as unchanged


def _plainly(before: Figure, after: Figure) -> str:
    """The first figure in one sentence."""
    name = f"{before.name[0].upper()}{before.name[1:]}"
    change = after.value - before.value
    if abs(change) < _SAME:
        return f"{name} hardly changed: {before.value:.2f} before, {after.value:.2f} since."
    way = "rose" if change > 0 else "fell"
    return f"{name} {way} from {before.value:.2f} to {after.value:.2f}."


def _definitions(item: Checked) -> list[str]:
    return list(dict.fromkeys(move.figure.definition for move in item.moves))


def addresses(item: Checked) -> list[str]:
    """Where the rollcalls that a verdict rests on can be looked up, each once."""
    return list(dict.fromkeys(e.url for e in item.evidence if e.url))


def evidence_words(item: Checked) -> list[tuple[str, str | None]]:
    """Each rollcall that a verdict rests on, in words, with its address where it has one.

    Day, outcome, tally, and who chose what of those that count: `no: France, Italy`.
    """
    rolls = groupby(item.evidence, key=lambda fact: (fact.rollcall, fact.url))
    return [(_fact(list(rows)), url) for (_, url), rows in rolls]


def _fact(rows: Sequence[Evidence]) -> str:
    fact = rows[0]
    by_choice: dict[str | None, list[str]] = {}
    for row in rows:
        if row.state is not None:
            by_choice.setdefault(row.choice, []).append(actor_name(row.state))
    choices = [f"{_CHOICES.get(c) or c}: {', '.join(names)}" for c, names in by_choice.items()]
    said = f"{fact.symbol}, {fact.date}, {fact.outcome} {fact.tally}"
    return f"{said}: {'; '.join(choices)}." if choices else f"{said}."


def verdict_words(verdict: Verdict) -> str:
    """The verdict as a sentence writes it: `not in record`."""
    return verdict.replace("_", " ")


def action_words(claim: Claim) -> str:
    """What the actor did, in words: `voted no`, `adopted unanimously`."""
    return f"{claim.action.replace('_', ' ')}{_MANNERS.get(claim.manner, '')}"


def actor_name(code: str) -> str:
    """The name of a claim's actor: a state, a chamber, or a group."""
    if code in states.codes():
        return states.name_of(code)
    group = code.removeprefix("G:")
    if group != code and group in states.groups():
        return states.group(group).name
    return _BODIES.get(code) or (group.replace("_", " ").title() if group != code else code)


def source_words(data: Metadata) -> str:
    """Whose page it is: `Reuters via Business Standard`; empty where the page does not say."""
    return " via ".join(name for name in (data.agency, data.publisher) if name)


def stamps(data: Metadata) -> list[str]:
    """When the page was published and updated, as far as it says."""
    moments: Sequence[tuple[str, datetime | None]] = (
        ("published", data.published),
        ("updated", data.updated),
    )
    return [f"{word} {stamp(moment)}" for word, moment in moments if moment is not None]


def stamp(moment: datetime) -> str:
    """A moment with its offset, or the day alone where the page states no time."""
    if day_only(moment):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}{_zone(moment)}"


def day_only(moment: datetime) -> bool:
    """Whether the page states a day and no time: the reader gives midnight without a zone."""
    return moment.tzinfo is None and not (moment.hour or moment.minute)


def _zone(moment: datetime) -> str:
    written = moment.strftime("%z")  # %:z came with Python 3.12
    return f" {written[:3]}:{written[3:]}" if written else " (no zone given)"


def _figure(figure: Figure) -> str:
    return f"{figure.value:.2f} [{figure.interval}]"
