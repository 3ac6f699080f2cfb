"""Every regular expression that votewire compiles, with the line of its source that compiles it.

    python -m tests.patterns.collecting

prints them as JSON. It takes a process of its own, for a module is imported, and a pattern built
and kept, but once.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from types import FrameType, ModuleType

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


@dataclass(frozen=True, slots=True, order=True)
class Collected:
    """One regular expression: where it is compiled ("votewire/press/page.py:38"), and what."""

    place: str
    pattern: str
    flags: int
    binary: bool = False

    @property
    def regex(self) -> re.Pattern[str] | re.Pattern[bytes]:
        """The pattern, compiled again."""
        text = self.pattern.encode("latin-1") if self.binary else self.pattern
        return re.compile(text, self.flags)


def collected() -> list[Collected]:
    """All that a fresh process compiles in importing every module and reading pages of all kinds.

    Also those of lines that it does not come to, where the line itself holds the whole pattern.
    """
    with tempfile.TemporaryDirectory() as data:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.patterns.collecting"],
            cwd=ROOT,
            env=os.environ | {"VOTEWIRE_DATA_DIR": data},
            capture_output=True,
            check=True,
        )
    return [Collected(*each) for each in json.loads(ran.stdout)]


def collect() -> list[Collected]:
    """What `collected` gives; only for a process that has compiled nothing of votewire's yet."""
    found: set[Collected] = set()
    _note(found)
    modules = list(_modules())
    for module in modules:
        _build(module)
    _read_all()
    from tests.patterns import writing

    met = {each.place for each in found}
    found |= {each for call in writing.calls() if not call.met(met) for each in call.written()}
    known = "\n".join(each.pattern for each in found)
    found |= {each for each in writing.in_data() if each.pattern not in known}
    return sorted(found)


def _note(found: set[Collected]) -> None:
    """From now on everything that votewire's own lines compile is added to `found`."""
    compiled = re._compile  # type: ignore[attr-defined]

    def noted(pattern: object, flags: int) -> object:
        place = _place(sys._getframe(1))
        if place is not None and isinstance(pattern, str | bytes):
            binary = isinstance(pattern, bytes)
            text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
            found.add(Collected(place, text, int(flags), binary))
        return compiled(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]


def _place(frame: FrameType | None) -> str | None:
    """The line that called into `re`; None where it is not one of votewire's."""
    while frame is not None and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if frame is None or not frame.f_code.co_filename.startswith(f"{SOURCE}{os.sep}"):
        return None
    return f"{Path(frame.f_code.co_filename).relative_to(SOURCE).as_posix()}:{frame.f_lineno}"


def _modules() -> Iterator[ModuleType]:
    import votewire

    for each in pkgutil.walk_packages(votewire.__path__, "votewire."):
        if each.name != "votewire.__main__":
            yield importlib.import_module(each.name)


def _build(module: ModuleType) -> None:
    """Calls what the module keeps once it is made, of nothing or of a language: words, patterns."""
    from votewire.press.calendars import LANGUAGES

    for held in list(vars(module).values()):
        if not hasattr(held, "cache_info") or held.__module__ != module.__name__:
            continue
        takes = list(inspect.signature(held).parameters)
        for given in {(): [()], ("lang",): [(lang,) for lang in LANGUAGES]}.get(tuple(takes), []):
            held(*given)


def _read_all() -> None:
    """Reads pages in every language, feeds, and files for the record; and all page patterns."""
    from tests.press import hostile_pages
    from votewire.errors import VotewireError
    from votewire.press.calendars import LANGUAGES
    from votewire.press.feeds import read_feed
    from votewire.press.patterns import patterns
    from votewire.record import open_record
    from votewire.record.readers.detect import read_files

    record = open_record()
    for page in hostile_pages.good_pages():
        hostile_pages.answer(page, record)
    for each in sorted((ROOT / "tests/press/data").glob("feed.*")):
        list(read_feed(each.read_bytes()))
    for each in sorted((ROOT / "tests/record/data/readers").glob("*.*")):
        with contextlib.suppress(VotewireError):
            read_files([(each.name, each.read_bytes())])
    for kind in (kind for lang in LANGUAGES for kind in patterns(lang).values()):
        for pattern in kind.patterns:
            assert pattern.regex


if __name__ == "__main__":
    from tests.patterns.collecting import collect as collect_all  # not the class of this module

    json.dump([astuple(each) for each in collect_all()], sys.stdout)
