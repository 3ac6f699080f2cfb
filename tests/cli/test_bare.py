"""The first words that anybody types: the version, and a command line without a command."""

import pytest

import votewire
from tests.cli.running import Shell

GROUPS = [(), ("record",), ("positions",), ("links",)]


@pytest.mark.parametrize("words", [("--version",), ("--version", "record", "list")])
def test_bare_version_is_printed(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell(*words)
    assert (ran.status, ran.out, ran.err) == (0, f"votewire {votewire.__version__}\n", "")


@pytest.mark.parametrize("group", GROUPS)
def test_bare_group_prints_its_help(shell: Shell, group: tuple[str, ...]) -> None:
    bare, asked = shell(*group), shell(*group, "--help")
    assert (bare.status, bare.err) == (0, "")
    assert bare.out == asked.out
    assert bare.out.startswith(f"Usage: {' '.join(['votewire', *group])} ")


@pytest.mark.parametrize("group", GROUPS)
def test_bare_group_with_an_unknown_command_is_refused(
    shell: Shell, group: tuple[str, ...]
) -> None:
    ran = shell(*group, "lst")
    assert (ran.status, ran.out) == (2, "")
    assert "No such command 'lst'" in ran.err
