from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.running import Shell
from votewire.config import load
from votewire.pipeline.links import Links, Secrets, id_of

TODAY = datetime.now(UTC).date()


def kept(*ages: int, asker: str = "203.0.113.9") -> list[Secrets]:
    """Links made so many days ago."""
    store = Links(load())
    return [
        store.keep(b"A page.", None, "0", asker=asker, today=TODAY - timedelta(days=age))
        for age in ages
    ]


def test_links_are_listed_newest_first(shell: Shell) -> None:
    old, new = kept(100, 1)
    Links(load()).extend(new.token, cited="https://desk.example/review", today=TODAY)
    ran = shell("links", "list", "--json")
    rows = json.loads(ran.out)
    assert [row["id"] for row in rows] == [id_of(new.token), id_of(old.token)]
    assert rows[0]["cited"] == "https://desk.example/review"
    assert rows[1]["until"] == (TODAY - timedelta(days=10)).isoformat()
    assert "2 links" in ran.err
    ended = json.loads(shell("links", "list", "--ended", "--json").out)
    assert [row["id"] for row in ended] == [id_of(old.token)]
    assert new.token not in ran.out


def test_links_that_are_none_are_an_empty_list(shell: Shell) -> None:
    assert json.loads(shell("links", "list", "--json").out) == []
    assert shell("links", "purge", "--all").out == "0 of 0 links deleted\n"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("--ended",), ["week", "other"]),
        (("--all",), []),
        (("--before", (TODAY - timedelta(days=5)).isoformat()), ["other"]),
        (("{week}",), ["old", "other"]),
        (("https://votes.example.org/check/{token}",), ["old", "other"]),
        (("https://votes.example.org/hi/check/{token}.json?x=1", "{old}"), ["other"]),
        (("--asker", "{asker}"), ["other"]),
    ],
)
def test_links_are_purged_by_name_day_or_asker(
    shell: Shell, words: tuple[str, ...], left: list[str]
) -> None:
    old, week = kept(100, 7)
    (other,) = kept(0, asker="198.51.100.7")
    names = {"old": id_of(old.token), "week": id_of(week.token), "other": id_of(other.token)}
    asker = next(each.asker for each in Links(load()).listed() if each.id == names["week"])
    said = [word.format(token=week.token, asker=asker, **names) for word in words]
    assert "of 3 links deleted" in shell("links", "purge", *said).out
    assert {each.id for each in Links(load()).listed()} == {names[each] for each in left}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which"),
        (("nothing",), "nothing: no such link"),
        (("https://votes.example.org/check/none",), "no such link"),
        (("--before", "yesterday"), "give a day"),
    ],
)
def test_links_are_not_purged_by_mistake(
    shell: Shell, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    kept(100)
    ran = shell("links", "purge", *words)
    assert ran.status == 2
    assert said in ran.err
    assert len(Links(load()).listed()) == 1


@pytest.mark.parametrize("words", ["list", "purge --all"])
def test_links_in_a_folder_of_an_impossible_name(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("VOTEWIRE_DATA_DIR", "x" * 5_000)
    ran = shell("links", *words.split())
    assert ran.status == 2
    assert "cannot be read: " in ran.err
