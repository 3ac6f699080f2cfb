"""The packages that votewire brings along: their licences, and asking after their holes."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

LICENCES = ROOT / "scripts" / "licences.py"
AUDIT = ROOT / "scripts" / "audit.py"
FAKE = """
import json, sys
said = json.loads({said!r})[sys.argv[sys.argv.index("--vulnerability-service") + 1]]
if isinstance(said, str):
    sys.exit(said)
print(json.dumps(said))
"""
HOLE = {"id": "PYSEC-2030-1", "fix_versions": ["1.1"], "aliases": []}
CLEAN = {"name": "whole", "version": "1.0", "vulns": []}
HOLED = {"name": "holed", "version": "1.0", "vulns": [HOLE]}
SKIPPED = {"name": "odd", "skip_reason": "Dependency not found"}
AWAY = "requests.exceptions.ConnectionError: Max retries exceeded"


def run(script: Path, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": before},
        check=False,
    )


def test_supply_every_licence_fits() -> None:
    done = run(LICENCES, "--check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(" 0 with a licence that is not allowed\n")


def test_supply_licences_are_listed_with_what_brings_the_package() -> None:
    rows = [line.split() for line in run(LICENCES).stdout.splitlines()]
    listed = {row[0]: row[2:] for row in rows}
    assert listed["babel"] == ["BSD-3-Clause", "votewire"]
    assert listed["scipy"] == ["BSD", "License", "votewire,", "fit,", "arviz"]
    assert {"tld", "uvicorn", "pytest", "llvmlite", "polars-runtime-32"} < set(listed)


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("GPL-2.0-only OR BSD-3-Clause", True),
        ("AGPL-3.0-only OR GPL-2.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("Other/Proprietary License", False),
        ("none stated", False),
    ],
)
def test_supply_copyleft_and_silence_do_not_fit(licence: str, fits: bool) -> None:
    brought = runpy.run_path(str(LICENCES))["Brought"]
    assert brought("anything", "1.0", licence).fits is fits


def test_supply_exceptions_have_their_reasons() -> None:
    reasons = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    allowed = reasons.partition("## Licences that are allowed one by one")[2]
    for name in runpy.run_path(str(LICENCES))["EXCEPTIONS"]:
        assert f"| {name} |" in allowed, name


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ({"osv": [CLEAN]}, 0, "osv: 1 packages asked about, 0 known holes"),
        ({"osv": [CLEAN, HOLED]}, 1, "holed 1.0: PYSEC-2030-1, mended in 1.1"),
        ({"osv": [CLEAN, SKIPPED]}, 0, "not asked about: odd: Dependency not found"),
        ({"osv": AWAY, "pypi": [HOLED]}, 1, "pypi: 1 packages asked about, 1 known holes"),
        ({"osv": AWAY, "pypi": AWAY}, 0, "skipped: no advisory service is reachable"),
        ({"osv": AWAY, "pypi": [SKIPPED]}, 0, "pypi knows none of the 1 packages"),
        ({"osv": "ValueError: no such file"}, 2, "pip-audit failed: ValueError: no such file"),
    ],
)
def test_supply_audit_says_what_it_could_ask(
    said: dict[str, Any], status: int, told: str, tmp_path: Path
) -> None:
    given = {
        name: answer if isinstance(answer, str) else {"dependencies": answer, "fixes": []}
        for name, answer in said.items()
    }
    fake = FAKE.format(said=json.dumps(given))
    (tmp_path / "pip_audit.py").write_text(fake, encoding="utf-8")
    done = run(AUDIT, before=str(tmp_path))
    assert (done.returncode, done.stderr) == (status, "")
    assert told in done.stdout
