from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from votewire.config import Settings, described, load
from votewire.errors import UsageError

DOCS = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"


def test_config_reads_numbers_from_the_environment() -> None:
    settings = load({"VOTEWIRE_DATA_DIR": "/x", "VOTEWIRE_CHECKS_PER_MINUTE": "0"})
    assert settings.checks_per_minute == 0
    assert settings.links_kept == Settings(data_dir=Path("/x")).links_kept


@pytest.mark.parametrize("said", ["-1", "many", "1.5", "٣", "9" * 5_000])
def test_config_refuses_what_is_no_number(said: str) -> None:
    with pytest.raises(UsageError, match="VOTEWIRE_PROXIES"):
        load({"VOTEWIRE_PROXIES": said})


@pytest.mark.parametrize("said", ["http://[::1", "votes.example", "https://x.org:99999999/", "/"])
def test_config_refuses_what_is_no_address(said: str) -> None:
    with pytest.raises(UsageError, match=r"VOTEWIRE_URL=.* give a whole address"):
        load({"VOTEWIRE_URL": said})


def test_config_shows_a_nought_as_such() -> None:
    shown = {name: value for name, value, _, _ in described(Settings(data_dir=Path("/x")))}
    assert (shown["proxies"], shown["record"]) == ("0", "")


def test_config_reference_has_every_setting() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for each in fields(Settings):
        assert f"| `{each.name}` | `{each.metadata['env']}` |" in text


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("VOTEWIRE_PAGE_SECONDS", 86_400),
        ("VOTEWIRE_SQL_SECONDS", 86_400),
        ("VOTEWIRE_LINKS_DAYS", 36_500),
    ],
)
def test_config_times_are_such_as_clocks_and_calendars_hold(name: str, most: int) -> None:
    load({name: str(most)})
    with pytest.raises(UsageError, match=rf"{name}='{most + 1}': give a whole number from 0 to"):
        load({name: str(most + 1)})
