"""How a vote is cited: as a sentence, as BibTeX, and as data for search engines."""

from __future__ import annotations

import re
from typing import Any

from votewire.record import Chamber, Modality, Outcome, Record, Rollcall

__all__ = ["bibtex", "citation", "linked_data", "tally_told"]

_BODIES = {
    Chamber.GA: "United Nations General Assembly",
    Chamber.SC: "United Nations Security Council",
}
_SPECIAL = re.compile(r"([\\{}$&#_%~^])")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def tally_told(rollcall: Rollcall) -> str:
    """How it ended in a few words: `adopted, 93–18–65 (Yes–No–abstained)`."""
    outcome = "outcome not stated" if rollcall.outcome == Outcome.UNSTATED else rollcall.outcome
    if rollcall.modality == Modality.WITHOUT_VOTE:
        return f"{outcome} without a vote"
    if rollcall.tally.yes is None:
        return f"{outcome}, tally not in the record"
    return f"{outcome}, {str(rollcall.tally).replace('-', '–')} (Yes–No–abstained)"


def citation(record: Record, rollcall: Rollcall, url: str) -> str:
    """One sentence that names the vote, where it is recorded, and which record says so."""
    what = f"{_BODIES[Chamber(rollcall.chamber)]}, vote on {rollcall.name}"
    if rollcall.draft and rollcall.draft != rollcall.name:
        what += f" (draft {rollcall.draft})"
    title = f", “{rollcall.title}”" if rollcall.title else ""
    day = f"{rollcall.date}{'' if rollcall.date_exact else ' (day approximate)'}"
    meeting = f", meeting record {rollcall.meeting}" if rollcall.meeting else ""
    return (
        f"{what}{title}, {day}{meeting}: {tally_told(rollcall)}. votewire, rollcall {rollcall.id}, "
        f"record complete to {record.completeness}, hash {record.hash[:12]}. {url}"
    )


def bibtex(record: Record, rollcall: Rollcall, url: str) -> str:
    """The same as an entry of type misc."""
    fields = {
        "author": f"{{{_BODIES[Chamber(rollcall.chamber)]}}}",
        "title": f"{{{_tex(rollcall.title or rollcall.name)}}}",
        "year": str(rollcall.date.year),
        **({"month": rollcall.date.strftime("%b").lower()} if rollcall.date_exact else {}),
        "number": _tex(rollcall.name),
        "howpublished": "votewire",
        "url": url,
        "note": _tex(
            f"Vote of {rollcall.date}{'' if rollcall.date_exact else ' (day approximate)'}: "
            f"{tally_told(rollcall).replace('–', '--')}. Rollcall {rollcall.id}; record complete "
            f"to {record.completeness}, hash {record.hash[:12]}"
        ),
    }
    plain = ("month",)
    lines = [f"  {k} = {v if k in plain else f'{{{v}}}'}," for k, v in fields.items()]
    return "\n".join([f"@misc{{votewire:{rollcall.id},", *lines, "}"])


def linked_data(record: Record, rollcall: Rollcall, url: str) -> dict[str, Any]:
    """The vote as schema.org data: the event, and the data set that its page is.

    An Event needs a start, so that a vote whose day is approximate is given as data alone.
    """
    body = {"@type": "Organization", "name": _BODIES[Chamber(rollcall.chamber)]}
    name = f"Vote on {rollcall.name}" + (f": {rollcall.title}" if rollcall.title else "")
    text = {
        "@type": "CreativeWork",
        "name": rollcall.title or rollcall.name,
        "identifier": rollcall.symbol or rollcall.draft or rollcall.id,
    }
    event = {
        "@type": "Event",
        "@id": f"{url}#vote",
        "name": name,
        "description": f"{body['name']}: {tally_told(rollcall)}.",
        "startDate": rollcall.date.isoformat(),
        "organizer": body,
        "about": text,
        "url": url,
    }
    dataset = {
        "@type": "Dataset",
        "name": f"How each state voted on {rollcall.name}",
        "description": f"{name}. {body['name']}, {rollcall.date}: {tally_told(rollcall)}.",
        "identifier": rollcall.id,
        "url": url,
        "version": record.hash[:12],
        "temporalCoverage": rollcall.date.isoformat(),
        "variableMeasured": "choice of each member state: yes, no, abstain, non_voting",
        "creator": {"@type": "Organization", "name": "votewire"},
        "isBasedOn": [ref.url for ref in record.sources_of(rollcall.id) if ref.url],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{url}{ending}"}
            for ending, kind in ((".json", "application/json"), (".csv", "text/csv"))
        ],
    }
    graph = [*([event] if rollcall.date_exact else []), dataset]
    return {"@context": "https://schema.org", "@graph": graph}


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[1], f"\\{found[1]}"), text)
