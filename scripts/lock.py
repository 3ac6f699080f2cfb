"""Renews requirements/: every package that an installation takes, its version and its hashes.

python scripts/lock.py            follows pyproject.toml; what it lets stay, stays
python scripts/lock.py --upgrade  takes the newest of everything

Needs uv and the package registry; what it writes needs pip alone. One file serves Linux, macOS and
Windows and every Python from 3.11: markers say where a line counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYPROJECT = ROOT / "pyproject.toml"
FOLDER = ROOT / "requirements"
HEAD = "# Made by `make lock` out of pyproject.toml. Not to be edited.\n"
# What hatchling asks for to install a checkout in place, beside itself.
IN_PLACE = "editables"


def main() -> int:
    if find_spec("uv") is None:
        print("uv is not installed: make lock installs it, or pip install uv")
        return 2
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    FOLDER.mkdir(exist_ok=True)
    build = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["build-system"]["requires"]
    with tempfile.TemporaryDirectory() as folder:
        builder = Path(folder) / "build.in"
        builder.write_text("\n".join([*build, IN_PLACE]) + "\n", encoding="utf-8")
        # The larger one first, so that both have the same versions.
        write(FOLDER / "dev.txt", ["--extra", "dev", *upgrade], builder)
        write(FOLDER / "run.txt", ["--constraint", str(FOLDER / "dev.txt"), *upgrade], builder)
    return 0


def write(path: Path, options: list[str], builder: Path) -> None:
    """Resolves anew and writes one file; uv keeps the versions that stand in it."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--no-config", "--quiet"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-annotate", "--no-header", "--output-file", str(path)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    subprocess.run([*command, *options, str(PYPROJECT), str(builder)], check=True, env=own)
    path.write_text(HEAD + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
