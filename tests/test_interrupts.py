"""Ctrl-C at any moment of a command: status 130, and no traceback."""

import subprocess
import sys

import pytest

PROGRAM = """
import atexit, os, runpy, signal, sys

def press():
    os.kill(os.getpid(), signal.SIGINT)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            press()

moment = sys.argv[1]
if moment == "exit":
    atexit.register(press)
sys.meta_path.insert(0, Finder())
sys.argv[1:] = ["config"]
runpy.run_module("votewire", run_name="__main__")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("moment", ["votewire.cli", "typer", "votewire.config", "exit"])
def test_interrupts_end_a_command_without_a_traceback(moment: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, moment], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (130, "")
    assert ("data_dir = " in ran.stdout) == (moment == "exit")


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_interrupts_that_a_shell_ignores_stay_ignored() -> None:
    program = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + PROGRAM
    ran = subprocess.run(
        [sys.executable, "-c", program, "typer"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert "data_dir = " in ran.stdout
