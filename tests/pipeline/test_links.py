from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from votewire.config import Settings
from votewire.errors import LinksUnreadable, NoRoom
from votewire.pipeline.links import Links, Secrets, id_of

DAY = date(2026, 11, 30)
PAGE = b"Russia voted against A/RES/ES-11/7."


def links(tmp_path: Path, **limits: int) -> Links:
    return Links(Settings(data_dir=tmp_path, **limits))


def kept(
    store: Links, *, asker: str = "203.0.113.9", today: date = DAY, page: bytes = PAGE
) -> Secrets:
    return store.keep(page, date(2025, 2, 25), "d6af75", asker=asker, today=today)


def test_links_keep_a_page_until_its_day(tmp_path: Path) -> None:
    store = links(tmp_path)
    made = kept(store)
    assert made.until == date(2027, 2, 28)
    found = store.found(made.token, made.until)
    assert found is not None
    assert (found.source, found.published, found.record) == (PAGE, date(2025, 2, 25), "d6af75")
    ended = store.found(made.token, made.until + timedelta(days=1))
    assert ended is not None
    assert (ended.source, ended.until) == (None, made.until)
    assert store.found("another", DAY) is None


def test_links_that_have_ended_leave_their_day_and_make_room(tmp_path: Path) -> None:
    store = links(tmp_path, links_kept=1)
    made = kept(store)
    with pytest.raises(NoRoom, match="1 pages are kept"):
        kept(store, asker="198.51.100.7")
    later = date(2027, 3, 1)
    kept(store, asker="198.51.100.7", today=later, page=b"another page")
    assert PAGE not in (tmp_path / "checks" / "links.sqlite").read_bytes()
    found = store.found(made.token, later)
    assert found is not None
    assert found.source is None
    assert [(each.kept_on, each.size) for each in store.listed()] == [(later, 12), (DAY, 0)]
    kept(links(tmp_path, links_kept=9), today=later + timedelta(days=400))
    assert store.found(made.token, later) is None


def test_links_that_have_ended_are_swept_without_another(tmp_path: Path) -> None:
    store = links(tmp_path)
    store.sweep(DAY)
    assert not (tmp_path / "checks").exists()
    kept(store)
    store.sweep(date(2027, 2, 28))
    assert [each.size for each in store.listed()] == [35]
    store.sweep(date(2027, 3, 1))
    assert [each.size for each in store.listed()] == [0]
    assert PAGE not in (tmp_path / "checks" / "links.sqlite").read_bytes()


def test_links_without_an_end_have_none(tmp_path: Path) -> None:
    store = links(tmp_path, links_days=0)
    made = kept(store)
    assert made.until is None
    found = store.found(made.token, date(2099, 1, 1))
    assert found is not None
    assert found.source == PAGE


def test_links_that_are_cited_last_for_another_year(tmp_path: Path) -> None:
    store = links(tmp_path)
    made = kept(store)
    until = store.extend(made.token, cited="https://desk.example/review", today=DAY)
    assert until == date(2027, 11, 30)
    assert store.listed()[0].cited == "https://desk.example/review"
    assert store.extend(made.token, cited="https://desk.example/2", today=DAY) == until
    assert store.extend("another", cited="https://desk.example/", today=DAY) is None


def test_links_of_one_address_fill_a_tenth_of_the_store(tmp_path: Path) -> None:
    store = links(tmp_path, links_kept=30)
    for _ in range(3):
        kept(store)
    with pytest.raises(NoRoom, match="This address keeps 3 pages already"):
        kept(store)
    for other in range(9):
        for _ in range(3):
            kept(store, asker=f"198.51.100.{other}")
    with pytest.raises(NoRoom, match="30 pages are kept"):
        kept(store, asker="192.0.2.1")


def test_links_are_bounded_in_bytes_too(tmp_path: Path) -> None:
    store = links(tmp_path, links_bytes=1000)
    kept(store, page=b"x" * 90)
    with pytest.raises(NoRoom, match="This address"):
        kept(store, page=b"x" * 20)
    kept(store, asker="b", page=b"x" * 800)
    with pytest.raises(NoRoom, match="no room for another"):
        kept(store, asker="c", page=b"x" * 200)


def test_links_are_known_by_hashes_in_a_file_for_this_user_alone(tmp_path: Path) -> None:
    store = links(tmp_path)
    made = kept(store, asker="203.0.113.9")
    folder = tmp_path / "checks"
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o077, file.stat().st_mode & 0o077) == (0, 0)
    held = file.read_bytes()
    assert PAGE in held
    for secret in (made.token, made.key, "203.0.113.9"):
        assert secret.encode() not in held
    assert store.opens(made.token, made.key)
    assert not store.opens(made.token, "another")
    assert not store.opens("another", made.key)


def test_links_that_are_deleted_are_gone_from_the_file(tmp_path: Path) -> None:
    store = links(tmp_path)
    made = kept(store)
    store.forget(made.token)
    assert store.found(made.token, DAY) is None
    assert PAGE not in (tmp_path / "checks" / "links.sqlite").read_bytes()


def test_links_are_listed_and_dropped(tmp_path: Path) -> None:
    store = links(tmp_path)
    assert store.listed() == []
    assert store.drop(["none"]) == 0
    made = [kept(store, asker=asker) for asker in ("a", "a", "b")]
    listed = store.listed()
    assert {each.id for each in listed} == {id_of(each.token) for each in made}
    askers = {each.id: each.asker for each in listed}
    first, second, other = (askers[id_of(each.token)] for each in made)
    assert first == second != other
    assert store.drop([id_of(made[0].token), "none"]) == 1
    assert store.found(made[0].token, DAY) is None
    assert len(store.listed()) == 2


def test_links_say_what_is_wrong_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "checks").write_bytes(b"a file")
    with pytest.raises(NoRoom, match="disk does not take it") as refused:
        kept(links(tmp_path))
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"x" * 4096])
def test_links_of_a_damaged_file_are_said_to_be_unreadable(tmp_path: Path, content: bytes) -> None:
    store = links(tmp_path)
    token = kept(store).token
    (tmp_path / "checks" / "links.sqlite").write_bytes(content)
    for ask in (lambda: store.found(token, DAY), store.listed, lambda: kept(store)):
        with pytest.raises(LinksUnreadable, match="cannot be read"):
            ask()


def test_links_that_another_has_locked_are_said_to_be_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = links(tmp_path)
    token = kept(store).token
    monkeypatch.setattr("votewire.pipeline.links._PATIENCE", 0.01)
    with closing(sqlite3.connect(tmp_path / "checks" / "links.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LinksUnreadable, match="locked"):
            store.found(token, DAY)
    assert store.found(token, DAY) is not None


def test_links_of_a_full_disk_are_refused_and_nothing_is_half_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = links(tmp_path)
    kept(store)
    with sqlite3.connect(tmp_path / "checks" / "links.sqlite") as file:
        pages = file.execute("PRAGMA page_count").fetchone()[0]
    opened = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        made: sqlite3.Connection = opened(*given, **named)  # type: ignore[call-overload]
        made.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite then says that it is full
        return made

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(NoRoom, match="full"):
        kept(store, page=b"x" * 50_000)
    monkeypatch.undo()
    assert len(store.listed()) == 1
    kept(store, page=b"x" * 50_000)
