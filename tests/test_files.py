"""Files read without waiting for ever and written whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.disk import FAULTS, disk
from votewire import files

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")


def test_write_puts_a_new_file_in_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    files.write(path, b"one")
    files.write(path, b"two" * 100_000)
    assert path.read_bytes() == b"two" * 100_000
    assert list(tmp_path.iterdir()) == [path]


def test_write_all_touches_nothing_where_one_cannot_be_written(tmp_path: Path) -> None:
    good, folder = tmp_path / "a.svg", tmp_path / "b.csv"
    good.write_bytes(b"old")
    folder.mkdir()
    with pytest.raises(IsADirectoryError):
        files.write_all({good: b"new", folder: b"new"})
    with pytest.raises(FileNotFoundError) as error:
        files.write_all({good: b"new", tmp_path / "no" / "c.csv": b"new"})
    assert error.value.filename == str(tmp_path / "no" / "c.csv")
    assert good.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == [good, folder]


@pytest.mark.parametrize("error", FAULTS, ids=["full", "broken"])
def test_write_all_leaves_the_old_or_the_new_whatever_fails(tmp_path: Path, error: int) -> None:
    paths = [tmp_path / "a.npz", tmp_path / "a.json"]
    with disk(fails=0) as counting:
        files.write_all(dict.fromkeys(paths, b"old"))
    for fails in range(1, len(counting.calls) + 1):
        files.write_all(dict.fromkeys(paths, b"old"))
        with disk(fails, error):
            try:
                files.write_all(dict.fromkeys(paths, b"new"))
                allowed = {b"new"}
            except OSError as refused:
                assert refused.errno == error  # noqa: PT017 (either way is right)
                allowed = {b"old", b"new"}
        assert {path.read_bytes() for path in paths} <= allowed
        for path in tmp_path.iterdir():
            assert path in paths or files.is_part(path.name)
            path.unlink()


def test_write_follows_a_link_and_keeps_the_rights_of_the_old(tmp_path: Path) -> None:
    place, link = tmp_path / "place.txt", tmp_path / "link.txt"
    place.write_bytes(b"old")
    place.chmod(0o640)
    link.symlink_to(place)
    files.write(link, b"new")
    assert link.is_symlink()
    assert place.read_bytes() == b"new"
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_write_gives_a_new_file_the_rights_asked_for(tmp_path: Path) -> None:
    files.write(tmp_path / "own", b"", mode=0o600)
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000])
def test_no_name_is_more_than_an_oserror(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert not files.is_file(path)
    assert not files.is_folder(path)
    assert not files.is_absent(path)
    for refused in (lambda: files.read(path), lambda: files.write(path, b"")):
        with pytest.raises(OSError, match="name"):
            refused()
    assert list(tmp_path.iterdir()) == []


def test_write_refuses_links_in_a_circle(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(OSError, match=r"links|name"):
        files.write(one, b"")


def test_is_absent_is_told_from_what_is_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert files.is_absent(tmp_path / "file" / "x")
    assert files.is_absent(tmp_path / "no")
    assert not files.is_absent(tmp_path / "file")


def test_read_gives_no_more_than_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert [files.read(path, most) for most in (0, 3, 5, 9)] == [b"", b"123", b"12345", b"12345"]
    assert files.read(path) == b"12345"
    with pytest.raises(IsADirectoryError):
        files.read(tmp_path)


@POSIX
def test_a_pipe_that_has_no_other_end_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="nobody writes to this pipe"):
        files.read(pipe)
    for put in (lambda: files.write(pipe, b"x"), lambda: files.append(pipe, b"x")):
        with pytest.raises(OSError, match="nobody is at its other end"):
            put()


@POSIX
def test_a_pipe_is_read_to_its_end_and_written_to_as_it_is(tmp_path: Path) -> None:
    ends = os.pipe()
    path = Path(f"/dev/fd/{ends[0]}")
    if files.is_absent(path):
        pytest.skip("no /dev/fd")
    sent = b"page " * 50_000
    writer = threading.Thread(target=_send, args=(ends[1], sent))
    writer.start()
    assert files.read(path) == sent
    writer.join()
    os.close(ends[0])
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, b"page")
    assert os.read(reader, 100) == b"page"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def _send(end: int, content: bytes) -> None:
    with os.fdopen(end, "wb") as file:
        file.write(content)


@POSIX
def test_write_says_that_a_device_is_full() -> None:
    if files.is_absent(Path("/dev/full")):
        pytest.skip("no /dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        files.write(Path("/dev/full"), b"x")
    assert not stat.S_ISREG(Path("/dev/full").stat().st_mode)


def test_make_folder_refuses_what_is_no_folder(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        files.make_folder(tmp_path / "file")
