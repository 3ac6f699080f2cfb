"""Charts for a phone: narrow, of the size that was said, with the same words; and those without."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.plots import answers as made
from votewire.errors import UsageError
from votewire.plots import NARROW, WIDE, chart
from votewire.plots.charting import _ON_PAGES
from votewire.plots.svg import fitted, svg
from votewire.record import Answer

SIZE = re.compile(
    r'<svg [^>]*width="([\d.]+)" height="([\d.]+)" viewBox="[-\d.]+ 0 ([\d.]+) ([\d.]+)"'
)
SHOWN = [make for make in made.EVERY if make().question in _ON_PAGES]
OTHERS = [make for make in made.EVERY if make().question not in _ON_PAGES]


def drawn_size(drawn: str) -> tuple[float, ...]:
    found = SIZE.match(drawn)
    assert found
    return tuple(map(float, found.groups()))


@pytest.mark.parametrize("room", [WIDE, NARROW])
@pytest.mark.parametrize("make", SHOWN)
def test_room_a_chart_has_about_the_size_that_was_said(
    make: Callable[[], Answer], room: object
) -> None:
    found = chart(make(), room)
    assert found.size is not None
    width, height, *_ = drawn_size(svg(found))
    assert abs(height / found.size[1] - 1) < 0.08
    assert 0.8 < width / found.size[0] < 1.12
    if room is NARROW:
        assert found.size[0] == 300
        assert width < 310


@pytest.mark.parametrize("make", SHOWN)
def test_room_a_narrow_chart_says_what_the_wide_one_says(make: Callable[[], Answer]) -> None:
    narrow, wide = (chart(make(), room) for room in (NARROW, WIDE))
    assert (narrow.title, narrow.table.equals(wide.table)) == (wide.title, True)
    assert wide.source.startswith(narrow.source.rstrip("."))
    assert make().record_hash[:12] in narrow.source


@pytest.mark.parametrize("make", OTHERS)
def test_room_other_questions_have_no_chart_for_a_phone(make: Callable[[], Answer]) -> None:
    with pytest.raises(UsageError, match="no chart for a phone"):
        chart(make(), NARROW)


@pytest.mark.parametrize("size", [(300, 200), (300, 2000), (90, 40), (1200, 1000)])
def test_room_a_fitted_chart_is_whole_and_as_large_as_it_can_be(size: tuple[int, int]) -> None:
    drawn = svg(chart(made.agree(2010, 2020)))
    own = drawn_size(drawn)
    width, height, wide, high = drawn_size(fitted(drawn, size))
    assert (width, height) == size
    assert wide / high == pytest.approx(width / height, rel=1e-3)
    assert min(wide - own[0], high - own[1]) == pytest.approx(0, abs=0.01)
    assert 'width="100%" height="100%" fill="#ffffff"' in fitted(drawn, size)
