"""Files of charts: SVG, PNG and HTML, the table beside them, same bytes, what is refused."""

from __future__ import annotations

import csv
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from tests.plots import answers as made
from votewire.blocs import agree
from votewire.errors import MissingExtra, UsageError
from votewire.plots import chart, draw
from votewire.plots.svg import svg
from votewire.plots.wording import origin
from votewire.record import Answer

SVG = "{http://www.w3.org/2000/svg}"
FEW = (made.vetoes_state, made.splits, made.left)


class Page(HTMLParser):
    """Counts the tags of a page and keeps the text of its table cells and headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.links: list[str] = []
        self.cells: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes.append((tag, dict(attrs)))
        self.links += [v for k, v in attrs if k in ("src", "href", "xlink:href") and v]
        if tag in ("td", "th", "h1"):
            self._inside = tag
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, text: str) -> None:
        if self._inside:
            self.cells[-1] += text


@pytest.mark.parametrize("make", made.EVERY)
def test_drawing_svg_is_named_and_described(make: Callable[[], Answer]) -> None:
    answer = make()
    root = fromstring(svg(made.charted(make)))
    title, description = root[0], root[1]
    assert (root.get("role"), title.tag, description.tag) == ("img", f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == answer.title
    assert description.text == made.charted(make).description
    drawn = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert f"Source: {origin(answer)}"[:40] in drawn
    assert answer.record_hash[:12] in drawn
    assert answer.title.split()[0] in drawn
    assert not list(root.iter(f"{SVG}script"))


def test_drawing_png_is_twice_the_svg(tmp_path: Path) -> None:
    for ending in ("svg", "png"):
        draw(made.rule(), tmp_path / f"chart.{ending}")
    source = (tmp_path / "chart.png").read_bytes()
    assert source[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", source[16:24])
    root = fromstring((tmp_path / "chart.svg").read_bytes())
    assert (width, height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_drawing_table_lies_beside_the_picture(ending: str, tmp_path: Path) -> None:
    answer = made.vetoes(2019, 2019)
    path = tmp_path / f"vetoes.{ending}"
    assert draw(answer, path) == (path, tmp_path / "vetoes.csv")
    with (tmp_path / "vetoes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == answer.table.columns
    assert [row["id"] for row in rows] == answer.table["id"].to_list()
    assert "|" in max((row["vetoed_by"] for row in rows), key=len)


@pytest.mark.parametrize("make", FEW)
def test_drawing_page_has_the_whole_table(make: Callable[[], Answer], tmp_path: Path) -> None:
    answer = make()
    path = tmp_path / "chart.html"
    assert draw(answer, path) == (path,)
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.tags["tr"] == answer.table.height + 1
    assert page.tags["td"] + page.tags["th"] == (answer.table.height + 1) * answer.table.width
    assert ("html", {"lang": "en"}) in page.attributes
    scopes = [attrs.get("scope") for tag, attrs in page.attributes if tag == "th"]
    assert scopes.count("col") == answer.table.width
    assert scopes.count("row") == answer.table.height
    assert page.tags["caption"] == page.tags["svg"] == page.tags["h1"] == 1
    assert page.links == []
    assert "script" not in page.tags
    assert answer.complete_to in text
    assert answer.record_hash in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_drawing_page_of_a_group_names_its_source_and_no_rollcalls(tmp_path: Path) -> None:
    draw(made.group(), tmp_path / "eu.html")
    text = (tmp_path / "eu.html").read_text(encoding="utf-8")
    assert "<dt>Source</dt><dd>European Union, accession treaties" in text
    assert "<dt>Rollcalls</dt>" not in text


def test_drawing_page_writes_figures_as_the_chart_does(tmp_path: Path) -> None:
    answer = made.agree(2020, 2024)
    draw(answer, tmp_path / "a.html")
    cells = Page((tmp_path / "a.html").read_text(encoding="utf-8")).cells
    labels = [
        row["label"]
        for rows in chart(answer).specification["datasets"].values()
        for row in rows
        if "label" in row
    ]
    assert labels
    assert set(labels) <= set(cells)


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_drawing_escapes_hostile_text(ending: str, tmp_path: Path) -> None:
    answer = replace(
        made.splits(),
        title=made.HOSTILE,
        told=(made.HOSTILE,),
        definition=made.HOSTILE,
        basis=made.HOSTILE,
    )
    rows = answer.table.with_columns(name=answer.table["state"] + "<b onload=x>&\x01")
    path = tmp_path / f"chart.{ending}"
    draw(replace(answer, table=rows), path)
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b onload" not in text
    if ending == "svg":
        shown = made.HOSTILE.replace("\x00", "").replace("\ud800", "")
        assert fromstring(text.encode())[0].text == shown
    else:
        assert Page(text).tags.get("b") is None
        assert "&lt;b onload=x&gt;&amp;" in text


@pytest.mark.parametrize("ending", ["png", "html"])
def test_drawing_same_answer_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{at}.{ending}" for at in range(2)]
    for path in paths:
        draw(made.whatif(), path)
        draw(made.rule(), tmp_path / f"other.{ending}")
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_drawing_same_bytes_in_another_process(tmp_path: Path) -> None:
    ask = (
        "import sys; from pathlib import Path; from tests.plots import answers;"
        "from votewire.plots import draw; draw(answers.splits(), Path(sys.argv[1]))"
    )
    path = tmp_path / "there.svg"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", ask, str(path)], check=True, cwd=root)
    draw(made.splits(), tmp_path / "here.svg")
    assert path.read_bytes() == (tmp_path / "here.svg").read_bytes()


@pytest.mark.parametrize("name", ["chart.pdf", "chart", "chart.svg.txt"])
def test_drawing_refuses_other_endings(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.svg, \.png or \.html"):
        draw(made.rule(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_drawing_refuses_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        draw(made.rule(), tmp_path / "nowhere" / "chart.svg")
    (tmp_path / "taken.html").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        draw(made.rule(), tmp_path / "taken.html")


def test_drawing_without_the_renderer_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtra, match=r"votewire\[charts\]"):
        draw(made.rule(), tmp_path / "chart.svg")
    assert not list(tmp_path.iterdir())


def test_drawing_upper_case_ending_is_the_same(tmp_path: Path) -> None:
    assert draw(made.rule(), tmp_path / "CHART.SVG")[0].read_bytes().startswith(b"<svg")


def test_drawing_start_does_not_load_altair() -> None:
    ask = "import sys, votewire.plots; print({'altair', 'vl_convert'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_drawing_picture_in_the_docs_has_the_figures_of_today() -> None:
    picture = Path(__file__).parents[2] / "docs" / "images" / "usa-russia.svg"
    assert picture.stat().st_size < 60_000
    answer = agree(made.RECORD, "USA", "RUS", by="year")
    assert fromstring(picture.read_bytes())[1].text == chart(answer).description
