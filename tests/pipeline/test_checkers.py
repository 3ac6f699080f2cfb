from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.many import jobs
from votewire.config import Settings
from votewire.errors import PageGivenUp, UnreadablePage, UsageError
from votewire.pipeline import check_page, checkers, open_record
from votewire.pipeline.checkers import Checkers

PAGE = b"On Monday Russia voted against the General Assembly resolution on Ukraine."


def asked(settings: Settings, *, longest: int | None) -> tuple[str, object]:
    """A process that does what the page says, by the words of `tests.many.jobs`."""
    return "", lambda source, name, published: jobs.answer(source.decode())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, page_seconds=1)


@pytest.fixture
def made(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Checkers]:
    monkeypatch.setattr(checkers, "_checking", asked)
    found = Checkers(settings)
    yield found
    found.close()


def test_checkers_check_a_page_as_this_process_would(settings: Settings) -> None:
    standing = Checkers(replace(settings, page_seconds=60), longest=100, count=1)
    day = date(2025, 2, 25)
    found = standing.check(PAGE, name="The page", published=day)
    assert found == check_page(PAGE, open_record(), name="The page", published=day)
    with pytest.raises(UnreadablePage, match="The page has 740 characters of text, 100 are"):
        standing.check(PAGE * 10, name="The page")
    with pytest.raises(UnreadablePage, match="is empty"):
        standing.check(b" ", name="The page")
    standing.close()


def test_checkers_that_had_to_be_ended_are_replaced(made: Checkers) -> None:
    for _ in range(3):
        with pytest.raises(PageGivenUp, match=r"^The page took more than 1 s"):
            made.check(b"hang in C", name="The page")
        with pytest.raises(PageGivenUp, match="exit code 9"):
            made.check(b"die", name="The page")
    assert made.check(b"tell", name="The page")


def test_checkers_use_the_process_that_is_warm(made: Checkers) -> None:
    assert len({made.check(b"tell", name="p") for _ in range(5)}) == 1


def test_checkers_that_die_at_rest_cost_no_page(made: Checkers) -> None:
    first = made.check(b"tell", name="p")
    os.kill(first, signal.SIGKILL)  # type: ignore[arg-type]
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)  # type: ignore[arg-type]
    assert made.check(b"tell", name="p") != first


def test_checkers_that_are_killed_as_a_page_comes_cost_no_page(made: Checkers) -> None:
    for _ in range(5):
        last = made.check(b"tell", name="p")
        os.kill(last, signal.SIGKILL)  # type: ignore[arg-type]
        assert made.check(b"tell", name="p") != last


def test_checkers_serve_more_who_ask_than_there_are(made: Checkers) -> None:
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: made.check(b"tell", name="p"), range(24)))
    assert len(set(found)) in (1, 2)


def test_checkers_that_cannot_begin_say_so_and_try_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkers, "_checking", unopened)
    standing = Checkers(settings, count=1)
    for _ in range(3):
        with pytest.raises(UsageError, match="nothing can be opened"):
            standing.check(b"tell", name="p")
    standing.close()


def unopened(settings: Settings, *, longest: int | None) -> tuple[str, object]:
    return jobs.unprepared(settings)


def test_checkers_that_cannot_be_started_are_tried_again(
    made: Checkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as at_limit:
        at_limit.setattr(checkers, "Worker", none)
        for _ in range(3):
            with pytest.raises(OSError, match="temporarily"):
                made.check(b"tell", name="p")
    assert made.check(b"tell", name="p")


def test_checkers_day_that_is_given_goes_before_an_inferred_one() -> None:
    head = "<html><head><link rel='canonical' href='https://a.example/2020/05/04/text'></head>"
    page = f"{head}<body><h1>Assembly votes</h1><p>{PAGE.decode()}</p></body></html>".encode()
    record, day = open_record(), date(2025, 2, 25)
    inferred = check_page(page, record).article.metadata
    given = check_page(page, record, published=day).article
    assert (inferred.published_from, given.metadata.published_from) == ("inferred", "given")
    assert given.metadata.published is not None
    assert given.metadata.published.date() == day
    assert [note for note in given.warnings if "publication date" in note] == [
        "no publication date on the page; relative days count from 2025-02-25, as given"
    ]
