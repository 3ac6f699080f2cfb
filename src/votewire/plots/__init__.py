"""Answers as charts: one Vega-Lite specification each, with its words and its table beside it."""

from votewire.plots.drawing import draw

__all__ = ["draw"]
