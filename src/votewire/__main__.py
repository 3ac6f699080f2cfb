"""`python -m votewire`: the same as the command `votewire`."""

from votewire.cli import run

run()
