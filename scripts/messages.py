"""Collects the words of the site and brings src/votewire/web/locale/hi.po up to date.

python scripts/messages.py          new words are added, without a translation; unused ones go
python scripts/messages.py --check  changes nothing; exit 1 if words are new, unused or untranslated
"""

from __future__ import annotations

import ast
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "votewire" / "web"
PO = WEB / "locale" / "hi.po"
# What templates say in the reader's language, where code names it without calling `phrase`.
SAID = ("title", "description", "heading")
WIDTH = 100

Message = str | tuple[str, ...]


def collected() -> Catalog:
    """Every word of the site, and the files that say it."""
    found = Catalog(locale="hi")
    for path in sorted(WEB.rglob("*.html")):
        for message in of_template(path):
            found.add(message, locations=[(path.relative_to(WEB).as_posix(), 0)])
    for path in sorted(WEB.rglob("*.py")):
        for message in of_code(path):
            found.add(message, locations=[(path.relative_to(WEB).as_posix(), 0)])
    for term in tomllib.loads((WEB / "methods.toml").read_text(encoding="utf-8"))["term"]:
        found.add(term["name"], locations=[("methods.toml", 0)])
    return found


def of_template(path: Path) -> Iterator[Message]:
    """The words that a template marks with `_`, `ngettext` or `trans`."""
    Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))  # a clear error, if any
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    with path.open("rb") as file:
        for _, function, said, _ in babel_extract(file, ("_", "gettext", "ngettext"), [], options):
            texts = (said,) if isinstance(said, str) else said
            yield tuple(texts[:2]) if function == "ngettext" else texts[0]


def of_code(path: Path) -> Iterator[str]:
    """The patterns of `phrase`, and constant titles, descriptions and headings of pages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and is_text(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", "")
        if called == "phrase":
            if not is_text(node.args[0]):
                raise SystemExit(f"{path.name}:{node.lineno}: write the words of phrase() out")
            yield node.args[0].value
        elif called in ("Page", "Panel") or called.endswith("Page") or called in pages(tree):
            said = [keyword.value for keyword in node.keywords if keyword.arg in SAID]
            yield from filter(None, (value_of(value, constants) for value in said))


def pages(tree: ast.Module) -> set[str]:
    """The classes of a file that are pages."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(getattr(b, "id", "") == "Page" for b in node.bases)
    }


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def value_of(node: ast.expr, constants: dict[str, str]) -> str:
    if is_text(node):
        return str(node.value)  # type: ignore[attr-defined]
    return constants.get(node.id, "") if isinstance(node, ast.Name) else ""


def updated() -> Catalog:
    """The words of today with the translations that the file has."""
    with PO.open("rb") as file:
        known = read_po(file, locale="hi")
    found = collected()
    for message in found:
        if message.id:
            old = known.get(message.id)
            if old is not None:
                message.string = old.string
    return found


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: sorted, without dates, so that the same words are the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The words without a translation."""
    strings = [(m.id, m.string if isinstance(m.string, tuple) else (m.string,)) for m in catalogue]
    return [str(key) for key, said in strings if key and not all(said)]


def main() -> int:
    catalogue = updated()
    text = written(catalogue)
    untold = missing(catalogue)
    if "--check" in sys.argv[1:]:
        stale = text != PO.read_bytes()
        for words in untold:
            print(f"not translated: {words}")
        if stale:
            print("hi.po is not up to date: run scripts/messages.py")
        return 1 if stale or untold else 0
    PO.write_bytes(text)
    print(f"{len(catalogue)} messages, {len(untold)} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
