"""Dates with times and zones, as furniture prints them."""

from __future__ import annotations

from datetime import datetime

import pytest

from votewire.press.clocks import match_stamp


@pytest.mark.parametrize(
    ("text", "moment", "zone", "offset"),
    [
        (
            "Tuesday, February 25, 2025 | 05:39 PM ISTहिंदी",
            datetime(2025, 2, 25, 17, 39),
            "IST",
            None,
        ),
        ("Feb 25 2025 | 4:33 PM IST", datetime(2025, 2, 25, 16, 33), "IST", None),
        ("5:02 PM EST, Mon February 24, 2025", datetime(2025, 2, 24, 17, 2), "EST", None),
        ("February 25, 2025 10:10 am IST - NEW DELHI", datetime(2025, 2, 25, 10, 10), "IST", None),
        ("Monday, 24 February 2025, 19:01", datetime(2025, 2, 24, 19, 1), None, None),
        ("2025-02-24T19:01:02+02:00", datetime(2025, 2, 24, 19, 1), None, 120),
        ("25 Feb 2025 08:07 GMT+5:30", datetime(2025, 2, 25, 8, 7), "GMT", 330),
        ("Feb 24, 2025 at 12:05 a.m. ET", datetime(2025, 2, 24, 0, 5), "ET", None),
        ("24 Feb 2025", datetime(2025, 2, 24), None, None),
        ("24/02/2025 19:01", datetime(2025, 2, 24, 19, 1), None, None),
    ],
)
def test_clocks_read_date_time_and_zone(
    text: str, moment: datetime, zone: str | None, offset: int | None
) -> None:
    stamp = match_stamp(text, 0)
    assert stamp is not None
    assert (stamp.moment(), stamp.zone, stamp.offset) == (moment, zone, offset)


@pytest.mark.parametrize("text", ["February 24", "12 votes", "93-18-65", "at 5 p.m.", "24 Feb"])
def test_clocks_need_a_full_date(text: str) -> None:
    assert match_stamp(text, 0) is None


def test_clocks_leave_figures_open_that_fit_two_days() -> None:
    stamp = match_stamp("02/03/2025", 0)
    assert stamp is not None
    assert stamp.day is None


@pytest.mark.parametrize(
    ("lang", "text", "moment"),
    [
        ("fr", "24 février 2025 à 19h01", datetime(2025, 2, 24, 19, 1)),
        ("fr", "02/03/2025 à 08:00", datetime(2025, 3, 2, 8, 0)),
        ("es", "24 de febrero de 2025 a las 20:15", datetime(2025, 2, 24, 20, 15)),
        ("hi", "25 फरवरी 2025, 10:20 AM IST", datetime(2025, 2, 25, 10, 20)),
    ],
)
def test_clocks_in_other_languages(lang: str, text: str, moment: datetime) -> None:
    stamp = match_stamp(text, 0, lang=lang)
    assert stamp is not None
    assert stamp.moment() == moment
