"""The command line: parses, calls one function of a room, prints."""

from votewire.cli.main import run

__all__ = ["run"]
