"""requirements/ pins what pyproject.toml asks for, on every system and Python that it is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import product

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

READ = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = READ["project"]
FILES = ("run", "dev")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
SYSTEMS = {
    "linux": {"os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "darwin": {"os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    "win32": {"os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLACES = [f"{system} {python}" for system, python in product(SYSTEMS, PYTHONS)]


def environment(place: str) -> dict[str, str]:
    """What markers ask about, of a system and a Python."""
    system, python = place.split()
    known = {"sys_platform": system, "python_version": python, "python_full_version": f"{python}.1"}
    return {**default_environment(), **SYSTEMS[system], **known}  # type: ignore[dict-item]


def lines(name: str) -> list[str]:
    """The entries of a file, each with its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [entry for entry in text.replace("\\\n", "").splitlines() if not entry.startswith("#")]


def locked(name: str, place: dict[str, str]) -> dict[str, Version]:
    """What a file installs there, by package. Fails where it gives one package twice."""
    found: dict[str, Version] = {}
    for entry in lines(name):
        requirement = Requirement(entry.partition(" --hash")[0])
        if requirement.marker is None or requirement.marker.evaluate(place):
            package = canonicalize_name(requirement.name)
            assert package not in found, f"{package} twice in {name}.txt"
            found[package] = Version(str(requirement.specifier).removeprefix("=="))
    return found


def asked(name: str) -> list[Requirement]:
    """What pyproject.toml asks for: to run, or with every extra; and to build."""
    extras = PROJECT["optional-dependencies"].values() if name == "dev" else ()
    written = [*PROJECT["dependencies"], *(entry for extra in extras for entry in extra)]
    own = [Requirement(entry) for entry in [*written, *READ["build-system"]["requires"]]]
    return [requirement for requirement in own if requirement.name != "votewire"]


def missing(
    wanted: Iterable[Requirement], place: dict[str, str], held: dict[str, Version]
) -> list[str]:
    return [
        str(requirement)
        for requirement in wanted
        if (requirement.marker is None or requirement.marker.evaluate({**place, "extra": ""}))
        and not (
            (pinned := held.get(canonicalize_name(requirement.name)))
            and requirement.specifier.contains(pinned, prereleases=True)
        )
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FILES)
def test_lock_holds_what_pyproject_asks_for(name: str, place: str) -> None:
    there = environment(place)
    assert not missing(asked(name), there, locked(name, there)), "renew it with `make lock`"


@pytest.mark.parametrize("name", FILES)
def test_lock_holds_what_those_ask_for_in_turn(name: str) -> None:
    here = dict(default_environment())
    held = locked(name, here)  # type: ignore[arg-type]
    wanted: list[Requirement] = []
    for package, pinned in held.items():
        try:
            same = Version(version(package)) == pinned
        except PackageNotFoundError:  # an environment made without requirements/
            continue
        if same:
            wanted += [Requirement(entry) for entry in requires(package) or ()]
    assert not missing(wanted, here, held), "renew it with `make lock`"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FILES)
def test_lock_gives_every_package_one_version_and_its_hashes(name: str) -> None:
    for entry in lines(name):
        requirement, *hashes = entry.split(" --hash")
        assert re.fullmatch(r"[\w.-]+==[\w.!+]+( ; .+)?", requirement.strip()), requirement
        assert hashes, requirement
        assert len(HASH.findall(entry)) == len(hashes)


@pytest.mark.parametrize("place", PLACES)
def test_lock_for_tests_has_all_that_running_has(place: str) -> None:
    there = environment(place)
    assert locked("run", there).items() <= locked("dev", there).items()


def test_lock_is_used_by_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement requirements/$(1).txt" in makefile
    (oldest, newest) = re.findall(r"\((\d, \d+)\)", makefile)[:2]
    assert [oldest, newest] == [PYTHONS[0].replace(".", ", "), PYTHONS[-1].replace(".", ", ")]
