"""Lists the licence of every package that votewire brings along, by the extra that brings it.

python scripts/licences.py          package, version, licence, and what it comes with
python scripts/licences.py --check  only those that do not fit Apache-2.0

Exit 1 if one does not. Each installed package is taken at its own word; no network is needed.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# Licences that ask for no more than their own text and a name, by SPDX's ids and in the packages'
# words. Classifiers that leave open which BSD or which MIT licence is meant are all of that kind.
ALLOWED = {
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause"),
    *("CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"),
    *("Apache Software License", "BSD License", "MIT License", "ISC License (ISCL)"),
    *("Python Software Foundation License", "Apache License", "BSD"),
}
# Allowed one by one; each has its reason in docs/explanation/dependencies.md.
EXCEPTIONS = {"axe-playwright-python", "certifi", "hypothesis", "pathspec", "text-unidecode", "tld"}
LONGEST = 40  # a longer "licence" is the text of one


@dataclass
class Brought:
    """An installed package, its licence in its own words, and the extras that bring it."""

    name: str
    version: str
    licence: str
    extras: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Whether one of the licences offered asks for no more than ALLOWED lets in."""
        return self.name in EXCEPTIONS or any(
            all(part.strip() in ALLOWED for part in offered.split(" AND "))
            for offered in self.licence.split(" OR ")
        )


def main() -> int:
    brought = everything()
    refused = [package for package in brought if not package.fits]
    for package in refused if "--check" in sys.argv[1:] else brought:
        row = f"{package.name:26} {package.version:18} {package.licence:40} "
        print(row + ", ".join(package.extras) + ("" if package.fits else "  NOT ALLOWED"))
    print(f"{len(brought)} packages, {len(refused)} with a licence that is not allowed")
    return 1 if refused else 0


def everything() -> list[Brought]:
    """Every package that is installed because of votewire, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    roots = {"votewire": project["dependencies"], **project["optional-dependencies"]}
    found: dict[str, Brought] = {}
    for extra, written in roots.items():
        for installed in with_all_they_need(written):
            name = canonicalize_name(installed.metadata["Name"])
            known = found.setdefault(name, Brought(name, installed.version, licence(installed)))
            known.extras.append(extra)
    return [found[name] for name in sorted(found)]


def with_all_they_need(written: list[str]) -> list[Distribution]:
    """The installed packages among those written, and what they need in turn."""
    todo = [(Requirement(entry), "") for entry in written]
    met: dict[tuple[str, str], Distribution] = {}
    while todo:
        requirement, extra = todo.pop()
        if requirement.name == "votewire" or not applies(requirement, extra):
            continue
        for wanted in ("", *sorted(requirement.extras)):
            key = (canonicalize_name(requirement.name), wanted)
            if key in met:
                continue
            try:
                met[key] = distribution(requirement.name)
            except PackageNotFoundError:  # of an extra that is not installed here
                continue
            todo += [(Requirement(entry), wanted) for entry in met[key].requires or ()]
    return [installed for (_, extra), installed in met.items() if not extra]


def applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def licence(installed: Distribution) -> str:
    """What a package says of its licence: an expression, else its classifiers, else its words."""
    said = installed.metadata
    classified = [
        entry.rpartition(" :: ")[2]
        for entry in said.get_all("Classifier", [])
        if entry.startswith("License :: ")
    ]
    words = (said.get("License") or "").strip()
    short = words if len(words) <= LONGEST and "\n" not in words else ""
    return said.get("License-Expression") or " AND ".join(classified) or short or "none stated"


if __name__ == "__main__":
    sys.exit(main())
