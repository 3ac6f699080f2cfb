"""A report as one JSON object, the same at every door."""

from __future__ import annotations

from typing import Any

from votewire.check.ordering import first_line
from votewire.check.report import Checked, Report
from votewire.record.plain import plain

__all__ = ["as_json"]


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object; offsets count characters of the page's text."""
    return {
        "metadata": plain(report.article.metadata),
        "lang": report.article.lang,
        "chambers": list(report.article.chambers),
        "claims": [_claim(item) for item in report.checked],
        "unread": [plain(each) for each in report.article.unread],
        "voting_sentences": report.article.voting,
        "withheld": report.withheld,
        "first_line": first_line(report),
        "summary": report.summary,
        "contradicted": report.contradicted,
        "warnings": list(report.article.warnings),
        "record": {"hash": report.record_hash, "complete_to": report.complete_to},
    }


def _claim(item: Checked) -> dict[str, Any]:
    claim, reference = item.claim, item.claim.reference
    return {
        "actor": claim.actor,
        "action": claim.action,
        "chamber": reference.chamber,
        "rollcall": item.rollcall,
        "verdict": item.verdict.value,
        "reason": item.reason,
        "span": claim.span,
        "start": claim.start,
        "where": claim.where,
        "quoted": claim.quoted,
        "text": reference.key,
        "symbol": reference.symbol,
        "date": plain(reference.date),
        "date_text": reference.date_text,
        "drafters": list(reference.drafters),
        "subject": list(reference.subject),
        "about": list(reference.about),
        "kind": reference.kind,
        "text_tally": plain(reference.tally),
        "text_outcome": reference.outcome,
        "counts": plain(claim.counts),
        "time": plain(claim.time),
        "since": plain(claim.since),
        "hedged": claim.hedged,
        "sure": claim.sure,
        "sentence": list(claim.sentence),
        "days": [plain(day) for day in claim.days],
        "names_chamber": claim.names_chamber,
        "names_symbol": claim.names_symbol,
        "tally": plain(claim.tally),
        "manner": claim.manner,
        "others": list(claim.others),
        "rule": claim.rule,
        "evidence": [plain(evidence) for evidence in item.evidence],
        "figures": [plain(figure) for figure in item.figures],
        "votes": list(item.votes),
        "moves": [{"told": move.told, **plain(move.figure)} for move in item.moves],
        "candidates": list(item.candidates),
    }
