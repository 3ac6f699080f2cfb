from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from votewire.errors import UsageError
from votewire.record.write_lock import STALE_AFTER, write_lock


def test_write_lock_is_gone_after_the_block(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with write_lock(lock):
        assert lock.read_text().startswith(f"{os.getpid()} ")
    assert list(tmp_path.iterdir()) == []


def test_write_lock_is_gone_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), write_lock(tmp_path / ".lock"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_write_lock_refuses_a_second_writer_and_names_it(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with (
        write_lock(lock),
        pytest.raises(UsageError, match=f"process {os.getpid()}"),
        write_lock(lock),
    ):
        pass
    assert not lock.exists()


def test_write_lock_takes_over_from_a_process_that_died(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    code = (
        "import os; from pathlib import Path; from votewire.record.write_lock import write_lock\n"
    )
    code += f"with write_lock(Path({str(lock)!r})): os._exit(0)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert lock.exists()
    with write_lock(lock):
        assert lock.read_text().startswith(f"{os.getpid()} ")
    assert list(tmp_path.iterdir()) == []


def test_write_lock_takes_over_a_lock_too_old_to_be_held(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    lock.write_text("1 another-machine 0")
    with pytest.raises(UsageError), write_lock(lock):
        pass
    long_ago = time.time() - STALE_AFTER - 1
    os.utime(lock, (long_ago, long_ago))
    with write_lock(lock):
        assert lock.read_text().startswith(f"{os.getpid()} ")


def test_write_lock_leaves_a_lock_alone_that_became_anothers(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with write_lock(lock):
        lock.write_text("1 another-machine 0")
    assert lock.exists()
