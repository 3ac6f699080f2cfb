"""The lines of votewire's source that compile a regular expression, and those of its data files."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.patterns.collecting import SOURCE, Collected

# Function of `re` -> where its flags stand among its arguments.
_FLAGS = {
    "compile": 1,
    "search": 2,
    "match": 2,
    "fullmatch": 2,
    "findall": 2,
    "finditer": 2,
    "split": 3,
    "sub": 4,
    "subn": 4,
}
_LOOKS = re.compile(r"\(\?|\\[sSwWdDbAZ]|\[\^")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function of `re` that takes a pattern: source file and node."""

    path: Path
    node: ast.Call

    @property
    def place(self) -> str:
        """Where it stands: "votewire/press/page.py:38"."""
        return f"{self.path.as_posix()}:{self.node.lineno}"

    def met(self, places: set[str]) -> bool:
        """Whether any of the places is one of its lines."""
        last = self.node.end_lineno or self.node.lineno
        lines = range(self.node.lineno, last + 1)
        return any(f"{self.path.as_posix()}:{line}" in places for line in lines)

    def written(self) -> list[Collected]:
        """The pattern, where the call spells it out or its module names it; else nothing."""
        module = importlib.import_module(".".join(self.path.with_suffix("").parts))
        try:
            pattern = self._value(self.node.args[0], vars(module))
            flags = self._value(self._flags(), vars(module))
        except NameError:  # a name of the function that it stands in
            return []
        assert isinstance(pattern, str)
        return [Collected(self.place, pattern, int(flags))]  # type: ignore[call-overload]

    def _flags(self) -> ast.expr:
        at = _FLAGS[_method(self.node)]
        given = [each.value for each in self.node.keywords if each.arg == "flags"]
        return [*given, *self.node.args[at : at + 1], ast.Constant(0)][0]

    def _value(self, node: ast.expr, names: dict[str, object]) -> object:
        whole = ast.fix_missing_locations(ast.Expression(node))
        return eval(compile(whole, self.path.name, "eval"), dict(names))


def calls() -> list[Call]:
    """Every such call in the source, in its order."""
    return [
        Call(path.relative_to(SOURCE), node)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _method(node) in _FLAGS
    ]


def _method(call: ast.Call) -> str:
    """ "compile" of `re.compile(...)`; "" for a call of anything else."""
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    named = isinstance(of, ast.Name) and of.id == "re"
    return call.func.attr if named and isinstance(call.func, ast.Attribute) else ""


def odd_imports() -> list[str]:
    """Where the source takes `re` by another name, or another library's, so that a call hides."""
    return [
        f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.ImportFrom) and node.module in ("re", "regex"))
        or (isinstance(node, ast.Import) and any(_is_odd(each) for each in node.names))
    ]


def _is_odd(name: ast.alias) -> bool:
    return name.name == "regex" or (name.name == "re" and name.asname is not None)


def in_data() -> list[Collected]:
    """The strings of the data files that look like regular expressions.

    Each by itself, though the code may join it to others: most are compiled when a page first
    needs them.
    """
    return [
        Collected(path.relative_to(SOURCE).as_posix(), text, 0)
        for path in sorted(SOURCE.rglob("*.toml"))
        for text in _texts(tomllib.loads(path.read_text("utf-8")))
        if _LOOKS.search(text)
    ]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value
    for each in inner if isinstance(value, dict | list) else ():
        yield from _texts(each)
