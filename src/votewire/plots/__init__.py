"""Answers as charts: one Vega-Lite specification each, with its words and its table beside it.

Charts are made by Altair and rendered by vl-convert, without a browser and without the network.
Both come with the extra `charts`; nothing here is loaded before a chart is asked for.
"""

from votewire.plots.charting import Chart, Outline, chart, outlined
from votewire.plots.drawing import draw
from votewire.plots.room import NARROW, WIDE, Room

__all__ = ["NARROW", "WIDE", "Chart", "Outline", "Room", "chart", "draw", "outlined"]
