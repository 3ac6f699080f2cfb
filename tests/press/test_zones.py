"""What IST and its like mean, by what else the page shows."""

from __future__ import annotations

import pytest

from votewire.press.zones import settle_zone


@pytest.mark.parametrize(
    ("furniture", "langs", "name"),
    [
        ("", ["hi"], "Asia/Kolkata"),
        ("reworked by the Business Standard staff", [], "Asia/Kolkata"),
        ("The Times of Israel", [], "Asia/Jerusalem"),
        ("The Irish Times", [], "Europe/Dublin"),
        ("https://news.example.in/world", [], "Asia/Kolkata"),
        ("", [], None),
        ("Jerusalem Post, Business Standard", [], None),
    ],
)
def test_zones_ist_is_settled_by_the_page_or_not_at_all(
    furniture: str, langs: list[str], name: str | None
) -> None:
    zone = settle_zone("IST", None, furniture=furniture, link_langs=langs)
    assert zone.name == name
    assert zone.uncertain == (name is None)
    assert zone.note is not None
    assert "Israel Standard Time" in zone.note


def test_zones_a_printed_offset_settles_ist() -> None:
    assert settle_zone("IST", 330, furniture="", link_langs=[]).name == "Asia/Kolkata"


def test_zones_an_abbreviation_with_a_usual_meaning_takes_it_without_clues() -> None:
    assert settle_zone("BST", None, furniture="", link_langs=[]).name == "Europe/London"
    assert settle_zone("BST", None, furniture="Dhaka Tribune", link_langs=[]).name == "Asia/Dhaka"


def test_zones_an_offset_alone_names_no_zone() -> None:
    zone = settle_zone(None, 120, furniture="", link_langs=[])
    assert (zone.name, zone.minutes, zone.uncertain) == (None, 120, False)
