"""Writes cli.md, groups.md, tables.md, settings.md and web.md of docs/reference from the code.

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

from votewire import states
from votewire.cli.main import app
from votewire.config import Settings
from votewire.record.tables import TABLES, Choice
from votewire.states.datafiles import read_table

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Each generated page with the text that it should have."""
    return {
        REFERENCE / "cli.md": cli(),
        REFERENCE / "groups.md": groups(),
        REFERENCE / "tables.md": tables(),
        REFERENCE / "settings.md": settings(),
        REFERENCE / "web.md": web(),
    }


def web() -> str:
    """The addresses of the site, out of its own description."""
    from votewire.web import create_app
    from votewire.web.pages.api import Address, addresses

    def told(one: Address) -> list[str]:
        formats = ", ".join(f"`{ending}`" for ending in one.endings)
        lines = [f"### `{one.method} {one.path}`", "", f"{one.summary}."]
        lines[-1] += f" Also {formats}." if formats and one.method == "GET" else ""
        lines += ["", f"Example: `{one.example}`"] if one.method == "GET" else []
        if one.parameters:
            lines += ["", "| parameter | in | type | meaning |", "|---|---|---|---|"]
        for each in one.parameters:
            kind = each.type.replace("|", "\\|")
            meaning = each.meaning.replace("|", "\\|")
            lines.append(f"| `{each.name}` | {each.place} | {kind} | {meaning} |")
        return [*lines, ""]

    rooms = addresses(create_app(Settings(data_dir=Path("none"))).openapi())
    lines = [
        "# Addresses of the site",
        "",
        "Written by `scripts/reference.py` from the site's own description, which it serves as",
        "OpenAPI 3.1 at `/api/openapi.json` and for people at `/api`. The address of a page with",
        "`.json` is the page as data; `.csv`, `.svg` and `.png` are one of its answers, named by",
        "`?panel=`, the first if none is; `.svg?width=narrow` is a chart that fits a phone, and",
        "`.png` without `panel` a picture of 1200 x 630 by which the page is shared. The same",
        "addresses below `/hi` are in Hindi.",
        "",
        "Public answers carry an `ETag` made of the record's hash, the code and the address, and",
        "`Cache-Control: public`; with `If-None-Match` the answer is 304 while nothing changed.",
        "Any site may read them (`Access-Control-Allow-Origin: *`). Errors are `problem+json`.",
        "",
    ]
    for room, listed in rooms.items():
        lines += [f"## {room}", ""]
        for one in listed:
            lines += told(one)
    return "\n".join(lines).rstrip() + "\n"


def cli() -> str:
    lines = [
        "# Command line",
        "",
        "Written by `scripts/reference.py` from the commands themselves. Data goes to standard",
        "output, notes and errors to standard error; the exit codes are in [errors.md](errors.md).",
        "On a terminal tables and text are as wide as the window, from 40 to 200 columns, and what",
        "has no room is named below a table; into a pipe or a file their width is always the same.",
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


GROUPS = """# Groups of states

Who was in the EU, the Group of 77 or the African Group on the day of a vote? `votewire groups` and
`states.group_members(id, day)` answer from the memberships on this page, which
`scripts/reference.py` writes from `src/votewire/states/data/groups.toml`.

```console
$ votewire groups --state Hungary --on 2025-02-24
Hungary (HUN), groups on 2025-02-24
6 groups, of 36 with a list.

group                   name                                  since       until
----------------------  ------------------------------------  ----------  -----
EASTERN_EUROPEAN_GROUP  Eastern European Group                1963-12-17
EU                      European Union                        2004-05-01
EUROPEAN_ALLIES         European allies of the United States  1999-03-12
NATO                    NATO                                  1999-03-12
OECD                    OECD                                  1996-05-07
VISEGRAD                Visegrad Group                        1991-02-15
...
```

- A state is a member from the day on which it joined; the day on which it left is no longer one.
- A day known to the month or year only is written so here and stands for its first day.
- Only states that are or were UN members are listed. A membership says nothing of a seat in the UN.
- A suspension does not end a membership unless the group's note says so.
- Changes up to {kept_to} are in the file.
- A word of the press, such as `EUROPE`, has no list of members: asking for one is an error.

| group | name | rests on |
|---|---|---|"""


def groups() -> str:
    """The groups, what each rests on, and every day on which its membership changed."""
    found = [states.group(group_id) for group_id in states.groups()]
    lines = GROUPS.format(kept_to=states.groups_kept_to()).splitlines()
    lines += [f"| {anchor(g)} | {g.name} | {rests_on(g)} |" for g in found]
    for each in found:
        if not each.open:
            lines += ["", f"## {each.id}", "", f"{capital(each.name)}. Source: {each.source}."]
            lines += ["", each.note] if each.note else []
            lines += changes(each)
    return "\n".join(lines) + "\n"


def anchor(group: states.Group) -> str:
    return f"`{group.id}`" if group.open else f"[`{group.id}`](#{group.id.lower()})"


def rests_on(group: states.Group) -> str:
    if not group.open:
        return group.kind
    return f"press word; near it: {', '.join(f'`{near}`' for near in group.see)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def changes(group: states.Group) -> list[str]:
    """How the members come about, and a table of the days on which states joined or left."""
    row = read_table("groups")[group.id]
    lines = [] if "council" not in row else ["", "The members are those of `council.toml`."]
    if group.computed_from:
        without = names(row.get("without", ""))
        lines += [
            "",
            f"The members of `{group.computed_from}`{f' without {without}' * bool(without)}.",
        ]
    if row.get("un_only"):
        lines += ["", "A state counts only while it is a UN member: from its admission, if later."]
    joined, left = row.get("joined", {}), row.get("left", {})
    if joined:
        lines += ["", "| day | joined | left |", "|---|---|---|"]
    for day in sorted({*joined, *left}):
        lines.append(f"| {day} | {names(joined.get(day, ''))} | {names(left.get(day, ''))} |")
    return lines


def names(codes: str) -> str:
    return ", ".join(sorted(states.name_of(code) for code in codes.split()))


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
