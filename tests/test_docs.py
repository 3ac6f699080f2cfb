"""Every command that the docs show is run, and what they print is compared."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import votewire
from votewire.cli.main import _status, app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def examples() -> Iterator[tuple[str, str, str]]:
    """Page, command and the output shown, for each `$ votewire ...` in a console block."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                if command.startswith("votewire "):
                    yield page.name, command, shown.strip()


def pattern(shown: str) -> re.Pattern[str]:
    """The output shown; a line of `...` stands for any lines, `...` in a line for any text."""
    lines = [re.escape(line.rstrip()).replace(r"\.\.\.", ".*?") for line in shown.splitlines()]
    joined = "\n".join(lines).replace("\n.*?\n", "\n(?:.*\n)*?").replace("\n.*?", "\n(?:.*\n?)*")
    return re.compile(joined.removeprefix(".*?\n"))


FIGURE = re.compile(r"[-+]?\d[\d,.]*\d|\d")


def sampled(command: str) -> bool:
    """Whether a command draws from a posterior, whose chains are others on another processor."""
    return command.split()[1] in ("positions", "shifts") and any(
        option in command for option in ("--topic", "--text", "--draws", "bsv")
    )


def without_figures(text: str) -> str:
    """The words of an output alone, its spaces and lines as they come."""
    return " ".join(FIGURE.sub("0", text).replace("-", " ").split())


@pytest.mark.parametrize(("page", "command", "shown"), list(examples()))
def test_docs_commands_print_what_the_page_shows(
    page: str,
    command: str,
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    words = [w for w in shlex.split(command)[1:] if w != "2>/dev/null"]
    root = str(ROOT)
    monkeypatch.chdir(tmp_path)
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(f"{root}/{name}")
    monkeypatch.setattr(sys, "argv", ["votewire", *words])
    monkeypatch.setenv("VOTEWIRE_PAGE_SECONDS", "0")
    status = _status()
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    assert status in (0, 1), f"{page}: {command}"
    if sampled(command):
        assert without_figures(printed).startswith(without_figures(shown.removesuffix("...")))
        return
    assert pattern(shown).search(printed), (
        f"{page}: {command}\n--- shown\n{shown}\n--- printed\n{printed}"
    )


def commands(group: object, path: str = "votewire") -> Iterator[tuple[str, list[str], str]]:
    for name, command in sorted(getattr(group, "commands", {}).items()):
        full = f"{path} {name}"
        if getattr(command, "commands", None):
            yield from commands(command, full)
        else:
            options = [o for p in command.params for o in p.opts if o.startswith("--")]
            yield full, options, command.epilog or ""


def test_docs_reference_names_every_command_and_option() -> None:
    import typer.main

    reference = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for full, options, epilog in commands(typer.main.get_command(app)):
        assert f"`{full}" in reference, full
        assert epilog.startswith("Example: votewire"), full
        for option in options:
            assert option in reference, f"{full} {option}"


def test_docs_readme_says_of_which_years_the_assemblys_failed_votes_are() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    told = re.search(r"failed votes of the Assembly, ([\d, toand]+)\.", text)
    assert told
    spans = [part.split(" to ") for part in re.split(r", | and ", told[1])]
    years = {year for span in spans for year in range(int(span[0]), int(span[-1]) + 1)}
    frame = votewire.open_record().rollcalls.filter(pl.col("chamber") == "GA")
    failed = pl.col("outcome") == "rejected"
    parts = pl.col("kind").is_in(["paragraph", "amendment", "procedural"])
    found = frame.filter(failed | parts)["date"].dt.year().value_counts()
    counts = dict(found.iter_rows())
    assert sum(counts.values()) - sum(counts.get(year, 0) for year in years) < 20  # a few beside
    assert {year for year in years if not counts.get(year)} <= {1964}  # without a vote


def test_docs_every_page_is_reached_from_the_readme() -> None:
    link = re.compile(r"\]\((?!https?:)([^)#]+)")
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for target in link.findall(page.read_text(encoding="utf-8")):
            found = (page.parent / target).resolve()
            assert found.exists(), f"{page.name} links to {target}, which is not there"
            todo.append(found)
    assert {p for p in PAGES if p not in seen} == set()


def test_docs_generated_pages_are_what_the_code_says() -> None:
    script = ROOT / "scripts" / "reference.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", [p for p in PAGES if PYTHON.search(p.read_text("utf-8"))])
def test_docs_python_blocks_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a page run one after the other; those with prompts as doctests."""
    monkeypatch.chdir(ROOT)
    blocks = PYTHON.findall(page.read_text("utf-8"))
    names: dict[str, object] = {}
    for block in blocks:
        if ">>>" in block:
            test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), 0)
            assert doctest.DocTestRunner(verbose=False).run(test, clear_globs=False).failed == 0
            names = test.globs
        else:
            exec(compile(block, str(page), "exec"), names)
