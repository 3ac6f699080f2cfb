"""Writes docs/reference/cli.md, tables.md and settings.md from the code that they describe.

python scripts/reference.py          writes them
python scripts/reference.py --check  exits 1 where one is not what the code says
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer.main

from votewire.cli.main import app
from votewire.config import Settings
from votewire.record.tables import TABLES, Choice

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Each generated page with the text that it should have."""
    return {
        REFERENCE / "cli.md": cli(),
        REFERENCE / "tables.md": tables(),
        REFERENCE / "settings.md": settings(),
    }


def cli() -> str:
    lines = [
        "# Command line",
        "",
        "Written by `scripts/reference.py` from the commands themselves. Data goes to standard",
        "output, notes and errors to standard error; the exit codes are in [errors.md](errors.md).",
    ]
    for path, command in commands(typer.main.get_command(app), "votewire"):
        lines += ["", f"## `{path}`", "", first_paragraph(command.help), ""]
        lines += [f"- `{word(p)}` {detail(p)}" for p in command.params if p.name != "help"]
        lines += ["", f"{command.epilog.replace('Example: ', 'Example: `')}`"]
    return "\n".join(lines) + "\n"


def commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def word(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper() + ("..." if parameter.nargs == -1 else "")
    return ", ".join(parameter.opts)


def detail(parameter: Any) -> str:
    required = " Required." if parameter.required and parameter.param_type_name == "option" else ""
    return f"{parameter.help or ''}{required}".strip()


def first_paragraph(text: str) -> str:
    return " ".join(text.replace("\n\n", "\n").split("\n")).strip()


def tables() -> str:
    lines = [
        "# Tables of the record",
        "",
        "Written by `scripts/reference.py` from `votewire.record.tables`, which also describes the",
        "columns in an export's `datapackage.json`. `votewire record sql` queries these tables.",
    ]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", table.meaning, ""]
        lines += [f"Key: {', '.join(f'`{k}`' for k in table.key)}.", ""]
        lines += ["| column | type | may be null | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{c.name}` | {c.type} | {'yes' if c.nullable else 'no'} | {c.meaning} |"
            for c in table.columns
        ]
    lines += ["", "## Choices in the matrix", ""]
    lines += ["`record.matrix()` holds one int8 for each rollcall and state:", ""]
    lines += ["| value | choice |", "|---|---|"]
    lines += [f"| {choice.value} | {choice.label} |" for choice in Choice]
    return "\n".join(lines) + "\n"


def settings() -> str:
    lines = [
        "# Settings",
        "",
        "An option goes before the environment, that before the default; `votewire config` prints",
        "those in force.",
        "",
        "| setting | environment variable | meaning |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{f.name}` | `{f.metadata['env']}` | {f.metadata['help']} |" for f in fields(Settings)
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    stale = [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        print("\n".join(f"{path.name} is stale: run scripts/reference.py" for path in stale))
        return int(bool(stale))
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8", newline="\n")
        print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
