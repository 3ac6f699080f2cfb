"""The tile map and the Council's table: every state has its place, every choice its sign."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

import votewire
from votewire import states
from votewire.plots import horseshoe, tally_bar, tiles
from votewire.plots.captioned import Drawing, document, legend_of
from votewire.plots.marks import CHOICES, INKS, definitions, mark
from votewire.plots.style import contrast
from votewire.record import Choice

TODAY = date(2025, 2, 24)


def where() -> dict[str, tuple[int, int]]:
    return {
        code: (region.column + column, region.row + row)
        for region in states.tile_regions()
        for code, (column, row) in region.places.items()
    }


def choices_of(symbol: str) -> dict[str, str]:
    record = votewire.open_record()
    rollcall = record.rollcall(symbol)
    marks = record.choices[record.row_of(rollcall.id)]
    codes = states.codes()
    return {
        codes[at]: Choice(int(marks[at])).label
        for at in np.flatnonzero(marks != Choice.NOT_MEMBER).tolist()
    }


def well_formed(inside: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{definitions()}{inside}</svg>")


def test_tiles_give_every_state_one_place() -> None:
    placed = [code for region in states.tile_regions() for code in region.places]
    assert sorted(placed) == list(states.codes())


def test_tiles_have_no_two_members_of_one_day_on_one_place() -> None:
    places = where()
    shared = [
        (one, two) for one, two in combinations(sorted(places), 2) if places[one] == places[two]
    ]
    assert shared == [("CSK", "CZE"), ("RUS", "SUN"), ("SRB", "YUG")]
    for one, two in shared:
        spells = [*states.state(one).spells, *states.state(two).spells]
        first, second = sorted(spells, key=lambda spell: spell.start)
        assert first.end is not None
        assert first.end <= second.start


def test_tiles_regions_do_not_lie_over_each_other() -> None:
    corners = [
        (column, row)
        for region in states.tile_regions()
        for column in range(region.column, region.column + region.columns)
        for row in range(region.row, region.row + region.rows)
    ]
    assert len(corners) == len(set(corners))


@pytest.mark.parametrize(
    ("one", "other"), [("NOR", "ITA"), ("EGY", "ZAF"), ("CAN", "ARG"), ("JPN", "IDN")]
)
def test_tiles_have_the_north_above(one: str, other: str) -> None:
    places = where()
    assert places[one][1] < places[other][1]


@pytest.mark.parametrize(
    ("one", "other"), [("USA", "GBR"), ("PRT", "UKR"), ("SEN", "KEN"), ("TUR", "JPN")]
)
def test_tiles_have_the_west_at_the_left(one: str, other: str) -> None:
    places = where()
    assert places[one][0] < places[other][0]


def test_world_map_shows_every_choice_with_its_name() -> None:
    root = well_formed(tiles.world_map(choices_of("A/RES/ES-11/7")))
    drawn = {group.get("data-state"): group for group in root.iter("g") if group.get("data-state")}
    assert len(drawn) == 193  # ended states have no tile
    assert drawn["HUN"].find("title").text == "Hungary: No"
    assert drawn["HUN"].get("class") == "tile no"
    assert drawn["CHN"].find("title").text == "China: abstained"
    signs = {use.get("href") for use in drawn["HUN"].iter("use")}
    assert signs == {"#vw-sign-no"}


def test_region_map_draws_ended_states_where_they_voted() -> None:
    europe = next(region for region in states.tile_regions() if region.id == "europe")
    drawn = tiles.region_map(europe, {"DDR": "yes", "SUN": "no"})
    assert 'data-state="DDR"' in drawn
    assert 'data-state="SUN"' in drawn
    assert 'data-state="CSK"' not in drawn
    assert "Russia: no member that day" in drawn


def test_region_told_counts_the_choices() -> None:
    europe = next(region for region in states.tile_regions() if region.id == "europe")
    assert tiles.region_told(europe, choices_of("A/RES/ES-11/7")) == "40 Yes, 3 No, 1 abstained"
    assert tiles.region_told(europe, {}) == ""


@pytest.mark.parametrize(("seats", "least"), [(11, 50), (15, 50)])
def test_horseshoe_seats_do_not_touch(seats: int, least: float) -> None:
    found = horseshoe.places(seats)
    near = min(max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in combinations(found, 2))
    assert near > 43  # a seat of 40, and the second outline of one of them
    assert all(22 <= x <= horseshoe.WIDTH - 22 for x, _ in found)
    assert all(22 <= y <= horseshoe.HEIGHT - 22 for _, y in found)
    steps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(found)]
    assert min(steps) > least


def test_horseshoe_seats_stand_in_the_order_of_the_names_that_the_un_prints() -> None:
    drawn = horseshoe.horseshoe(choices_of("2774"), {"FRA"}, TODAY)
    order = re.findall(r'data-state="(\w+)"', drawn)
    assert " ".join(order) == "DZA CHN DNK FRA GRC GUY PAK PAN KOR RUS SLE SVN SOM GBR USA"
    assert drawn.count('class="permanent"') == 1
    assert "France: abstained (permanent member)" in drawn


def test_horseshoe_of_1963_has_eleven_seats() -> None:
    on = date(1963, 7, 31)
    root = well_formed(horseshoe.horseshoe(choices_of("S/RES/180"), {"SUN"}, on))
    seats = [group.get("data-state") for group in root.iter("g") if group.get("data-state")]
    assert len(seats) == 11
    assert seats[-1] == "VEN"


def test_bar_has_a_stretch_for_each_choice_and_the_line_of_the_votes_needed() -> None:
    counts = {"yes": 93, "no": 18, "abstain": 65, "non_voting": 17}
    root = well_formed(tally_bar.bar(counts, 56))
    widths = [float(rect.get("width")) for rect in root.findall("g/rect")]
    assert sum(widths) == pytest.approx(tally_bar.BAR_WIDTH - 2, abs=0.1)
    assert widths[0] / sum(widths) == pytest.approx(93 / 193, abs=0.001)
    line = root.find("g[@class='needed']/path").get("d")
    x = float(line.removeprefix("M").split(" ")[0])
    assert (x - 1) / (tally_bar.BAR_WIDTH - 2) == pytest.approx(56 / 193, abs=0.001)


def test_bar_of_an_unknown_tally_is_empty_and_not_zero() -> None:
    assert tally_bar.bar(dict.fromkeys(CHOICES), None) == ""
    assert "needed" not in tally_bar.bar({"yes": 5, "no": 6}, None)


@pytest.mark.parametrize("choice", CHOICES)
def test_marks_words_can_be_read_on_every_colour_of_their_pattern(choice: str) -> None:
    pattern = definitions().split(f'id="vw-{choice}"')[1].split("</pattern>")[0]
    colours = re.findall(r'(?:fill|stroke)="(#\w{6})"', pattern)
    assert colours
    assert all(contrast(INKS[choice], colour) >= 4.5 for colour in colours)


def test_mark_of_a_state_that_was_no_member_is_an_outline() -> None:
    assert 'fill="none"' in mark("not_member", 0, 0, 10, 10)


def test_document_stands_alone_with_title_legend_and_source() -> None:
    drawn = Drawing(
        body=tiles.world_map({"FRA": "yes"}),
        width=tiles.WIDTH,
        height=tiles.HEIGHT,
        title="A <title> & more",
        subtitle="how to read it",
        legend=legend_of([("yes", 1), ("no", 0)]),
        source="Source: somebody",
        description="what is shown",
    )
    text = document(drawn)
    root = ElementTree.fromstring(text)
    said = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "A <title> & more" in said
    assert "1 Yes" in said
    assert not any("No" in words and words[0].isdigit() for words in said)
    assert "Source: somebody" in said
    assert text == document(drawn)
    for reference in re.findall(r'(?:href="#|url\(#)([\w-]+)', text):
        assert f'id="{reference}"' in text
