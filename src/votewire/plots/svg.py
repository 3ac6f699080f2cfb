"""A chart as SVG and PNG: rendered without browser or network, named for a screen reader."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from xml.etree import ElementTree  # writes; what is read goes through defusedxml

from defusedxml.ElementTree import fromstring

from votewire.errors import MissingExtra
from votewire.plots.charting import Chart

__all__ = ["fitted", "png", "svg"]

_SVG = "http://www.w3.org/2000/svg"
# Said once for the whole picture, or of no use in a picture that is one image with a description.
_REPEATED = ("font-family", "pointer-events", "aria-hidden", "aria-roledescription")
# Of the root, and of the rectangle behind all.
_SIZE = re.compile(r'width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"(?: viewBox="[^"]*")?')
_SCALE = 2  # pixels of a PNG for each pixel of the chart
ElementTree.register_namespace("", _SVG)


def svg(chart: Chart) -> str:
    """The chart as one `<svg>` element with a title and a description; same chart, same text.

    Raises MissingExtra where vl-convert is not installed.
    """
    version = chart.specification["$schema"].rsplit("/", 1)[-1].removesuffix(".json")
    drawn = _renderer().vegalite_to_svg(
        chart.specification, vl_version=".".join(version.split(".")[:2]), allowed_base_urls=[]
    )
    root = fromstring(drawn)
    _lighten(root)
    # Several charts may stand in one page, so their ids differ by what they show.
    key = hashlib.sha256(f"{chart.title}\n{chart.source}".encode()).hexdigest()[:8]
    names = {part: f"votewire-{key}-{part}" for part in ("title", "desc")}
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(names.values()))
    for at, (part, text) in enumerate((("title", chart.title), ("desc", chart.description))):
        element = ElementTree.Element(f"{{{_SVG}}}{part}", id=names[part])
        element.text = text
        root.insert(at, element)
    return ElementTree.tostring(root, encoding="unicode")


def fitted(drawn: str, size: tuple[int, int]) -> str:
    """A chart that `svg` made, in a picture of exactly that size: whole, and as large as it can be.

    A page reserves the size before the chart is drawn, so that nothing moves when it comes.
    """
    wide, high = size
    width, height = (float(side) for side in _SIZE.findall(drawn)[0])
    scale = max(width / wide, height / high)
    # In the middle: a browser with a wider font needs more at both sides than was measured.
    left = round((width - wide * scale) / 2, 2)
    box = f'viewBox="{left:g} 0 {wide * scale:g} {high * scale:g}"'
    sizes = iter(
        (f'width="{wide}" height="{high}" {box}', f'x="{left:g}" width="100%" height="100%"')
    )
    return _SIZE.sub(lambda _: next(sizes), drawn, count=2)


def png(chart: Chart) -> bytes:
    """The same picture as PNG, two pixels for each one of the SVG."""
    return bytes(_renderer().svg_to_png(svg(chart), scale=_SCALE))


def _lighten(root: ElementTree.Element) -> None:
    """Takes off what each mark repeats, a third of the file; the font is said once, at the root."""
    fonts = {font for element in root.iter() if (font := element.get("font-family"))}
    for element in root.iter():
        for name in _REPEATED:
            element.attrib.pop(name, None)
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
    root.set("font-family", max(fonts, default="sans-serif"))


def _renderer() -> Any:
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingExtra("--chart", extra="charts") from None
    return vl_convert
