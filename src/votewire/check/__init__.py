"""Claim and record in, verdict with evidence out."""

from votewire.check.checker import check
from votewire.check.report import Checked, Evidence, Figure, Report, Verdict

__all__ = ["Checked", "Evidence", "Figure", "Report", "Verdict", "check"]
