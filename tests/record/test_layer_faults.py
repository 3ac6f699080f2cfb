"""A layer while the disk is full or breaks, while processes are killed, and while others write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.disk import FAULTS, disk
from tests.record.test_layer import add, vote
from votewire import files
from votewire.errors import UsageError
from votewire.record.layer import Added, Entry, Layer

FIRST, SECOND, THIRD = "A/RES/79/1", "A/RES/79/2", "A/RES/79/3"
Change = Callable[[Layer], Added | Entry]
CHANGES: dict[str, tuple[Change, list[str]]] = {
    "add": (lambda layer: add(layer, vote(SECOND)), [FIRST, SECOND]),
    "undo": (lambda layer: layer.undo(), []),
}
HOLDER = """
import sys, time
from pathlib import Path
from votewire import files
with files.locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def symbols(layer: Layer) -> list[str | None]:
    return [rollcall.symbol for _, rollcalls in layer.load() for rollcall in rollcalls]


def stored(layer: Layer) -> set[str]:
    return {path.name for path in layer.directory.rglob("*") if path.is_file()} - {".lock"}


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    found = Layer(tmp_path / "layer", wait=0.1)
    add(found, vote(FIRST))
    return found


def calls_of(change: Change, layer: Layer) -> int:
    """How many calls that write a change makes."""
    with disk(fails=0) as counting:
        change(layer)
    return len(counting.calls)


@pytest.mark.parametrize("error", FAULTS, ids=["full", "broken"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_fault_at_any_write_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, change: str, error: int
) -> None:
    doing, after = CHANGES[change]
    counted = Layer(tmp_path / "counted")
    add(counted, vote(FIRST))
    number = calls_of(doing, counted)
    assert number > 10
    for fails in range(1, number + 1):
        layer = Layer(tmp_path / str(fails), wait=0.1)
        add(layer, vote(FIRST))
        with disk(fails, error) as broken:
            expected = after if _done(doing, layer) else [FIRST]
        assert len(broken.calls) >= fails
        assert symbols(layer) == expected, broken.calls[fails - 1]
        add(layer, vote(THIRD))
        assert symbols(layer) == [*expected, THIRD]
        assert not any(map(files.is_part, stored(layer)))
        layer.undo()
        assert symbols(layer) == expected


def _done(doing: Change, layer: Layer) -> bool:
    """Whether a change was made; it says so where it was not."""
    try:
        doing(layer)
    except UsageError as refused:
        if "nothing was changed" not in str(refused):
            raise
        return False
    return True


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this process")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("change", CHANGES)
def test_a_process_killed_at_any_write_loses_nothing_and_blocks_nobody(
    tmp_path: Path, change: str
) -> None:
    doing, after = CHANGES[change]
    counted = Layer(tmp_path / "counted")
    add(counted, vote(FIRST))
    for fails in range(1, calls_of(doing, counted) + 1):
        layer = Layer(tmp_path / str(fails), wait=0.1)
        add(layer, vote(FIRST))
        assert _killed(lambda layer=layer: doing(layer), fails)
        assert symbols(layer) in ([FIRST], after)
        expected = symbols(layer)
        assert add(layer, vote(THIRD)).new == 1
        assert symbols(layer) == [*expected, THIRD]
        assert not any(map(files.is_part, stored(layer)))


def _killed(doing: Callable[[], object], fails: int) -> bool:
    """Whether a process that does it was killed at the call of that number."""
    child = os.fork()
    if not child:
        with disk(fails, done=lambda: os.kill(os.getpid(), signal.SIGKILL)):
            doing()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_what_others_left_half_written_is_swept(layer: Layer) -> None:
    for name in (".adding-x7", ".votewire-00ff.part", "notes.txt"):
        (layer.directory / name).write_text("half")
    add(layer, vote(SECOND))
    assert {".adding-x7", ".votewire-00ff.part"}.isdisjoint(stored(layer))
    assert "notes.txt" in stored(layer)


@pytest.mark.parametrize(
    "content", [b"", b"1 another-machine 0", b"99999999 here", b"\xff\xfe\x00"]
)
def test_a_lock_that_somebody_left_blocks_nobody(layer: Layer, content: bytes) -> None:
    (layer.directory / ".lock").write_bytes(content)
    assert add(layer, vote(SECOND)).new == 1
    assert layer.undo().sequence == 2


def test_a_writer_that_is_at_work_is_waited_for_and_named(layer: Layer) -> None:
    with _held(layer) as holder:
        for change, _ in CHANGES.values():
            with pytest.raises(UsageError, match="Another votewire") as refused:
                change(layer)
            assert f"(process {holder.pid} on " in str(refused.value)
            assert "nothing was changed" in str(refused.value)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(add, Layer(layer.directory, wait=60), vote(SECOND))
            time.sleep(0.1)
            assert not waiting.done()
            holder.communicate()
            assert waiting.result().new == 1
    assert symbols(layer) == [FIRST, SECOND]


def _held(layer: Layer) -> subprocess.Popen[str]:
    """A process that has the layer's lock until its standard input is closed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(layer.directory / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def _add_one(folder: Path, number: int) -> int:
    return add(Layer(folder, wait=120), vote(f"A/RES/80/{number}")).new


def test_eight_additions_at_once_are_all_stored(tmp_path: Path) -> None:
    context = get_context("spawn")
    with context.Pool(4) as pool:
        made = pool.starmap(_add_one, [(tmp_path / "layer", number) for number in range(8)])
    assert made == [1] * 8
    layer = Layer(tmp_path / "layer")
    assert sorted(map(str, symbols(layer))) == [f"A/RES/80/{number}" for number in range(8)]
    assert [entry.sequence for entry in layer.entries()] == list(range(1, 9))


def test_a_reader_beside_an_undo_reads_what_is_left(
    layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(layer, vote(SECOND))
    paths, undone = Layer._paths, []

    def taken_back(self: Layer) -> list[Path]:
        found = paths(self)
        if not undone:
            undone.append(True)
            found[-1].unlink()
        return found

    monkeypatch.setattr(Layer, "_paths", taken_back)
    assert symbols(layer) == [FIRST]
