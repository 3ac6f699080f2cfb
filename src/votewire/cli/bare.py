"""A group of commands without one of them: `votewire`, `votewire record`."""

from __future__ import annotations

import typer

from votewire.cli.output import print_text

__all__ = ["help_if_bare"]


def help_if_bare(context: typer.Context) -> None:
    """Prints the help of a group, on standard output, where none of its commands is named."""
    if context.invoked_subcommand is None:
        print_text(context.get_help())
