"""Settings: each with its default and meaning; option over environment over default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

from votewire.addresses import is_web_address
from votewire.errors import UsageError

__all__ = ["SITE_URL", "Settings", "described", "load"]

SITE_URL = "http://127.0.0.1:8000"
_DIGITS = 15  # of a setting that is a number: more than bytes of any disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set. Loaded once at the edge and passed down."""

    data_dir: Path = field(
        metadata={
            "env": "VOTEWIRE_DATA_DIR",
            "help": "where your own additions to the record are kept",
        }
    )
    record: Path | None = field(
        default=None,
        metadata={
            "env": "VOTEWIRE_RECORD",
            "help": "folder that `votewire record build` wrote; the shipped record if unset",
        },
    )
    page_seconds: int = field(
        default=10,
        metadata={
            "env": "VOTEWIRE_PAGE_SECONDS",
            "help": "processor seconds that reading and checking one page may take; 0 for any",
            "most": 86_400,
        },
    )
    sql_seconds: int = field(
        default=60,
        metadata={
            "env": "VOTEWIRE_SQL_SECONDS",
            "help": "seconds that a query of `votewire record sql` may take; 0 for any",
            "most": 86_400,
        },
    )
    site_url: str = field(
        default=SITE_URL,
        metadata={
            "env": "VOTEWIRE_URL",
            "help": "address at which `votewire serve` is reached, for links that are shared",
        },
    )
    proxies: int = field(
        default=0,
        metadata={
            "env": "VOTEWIRE_PROXIES",
            "help": "reverse proxies before the site whose X-Forwarded-For is believed",
        },
    )
    checks_per_minute: int = field(
        default=30,
        metadata={
            "env": "VOTEWIRE_CHECKS_PER_MINUTE",
            "help": "checks on the site from one address; large pages count for more, 0 for any",
        },
    )
    seconds_per_minute: int = field(
        default=30,
        metadata={
            "env": "VOTEWIRE_SECONDS_PER_MINUTE",
            "help": "seconds of work on the site, for checks and for pages that are not kept, from "
            "one address in a minute; 0 for any",
        },
    )
    check_bytes: int = field(
        default=1024 * 1024,
        metadata={
            "env": "VOTEWIRE_CHECK_BYTES",
            "help": "largest page that the site checks; at most 5242880",
        },
    )
    links_kept: int = field(
        default=1000,
        metadata={
            "env": "VOTEWIRE_LINKS_KEPT",
            "help": "checked pages that the site keeps for permanent links; 0 for no such links",
        },
    )
    links_bytes: int = field(
        default=100 * 1024 * 1024,
        metadata={
            "env": "VOTEWIRE_LINKS_BYTES",
            "help": "bytes that the pages kept for permanent links may take together",
        },
    )
    links_days: int = field(
        default=90,
        metadata={
            "env": "VOTEWIRE_LINKS_DAYS",
            "help": "days that a permanent link lasts; 0 for as long as the site keeps it",
            "most": 36_500,
        },
    )

    @property
    def layer_dir(self) -> Path:
        """Folder of the user's own layer of the record."""
        return self.data_dir / "layer"

    @property
    def fits_dir(self) -> Path:
        """Folder of the fits that are kept."""
        return self.data_dir / "positions"

    @property
    def checks_dir(self) -> Path:
        """Folder of the checked pages to which somebody asked for a permanent link."""
        return self.data_dir / "checks"


def load(environment: Mapping[str, str] | None = None, *, record: Path | None = None) -> Settings:
    """The settings in force: an option given, else the environment, else the default.

    Raises UsageError for a number or an address that is none.
    """
    env = os.environ if environment is None else environment
    data_dir = env.get("VOTEWIRE_DATA_DIR") or platformdirs.user_data_dir(
        "votewire", appauthor=False
    )
    named = env.get("VOTEWIRE_RECORD")
    chosen = record or (Path(named) if named else None)
    return Settings(data_dir=Path(data_dir), record=chosen, site_url=_address(env), **_counts(env))


def _address(env: Mapping[str, str]) -> str:
    """The site's address, without a slash at its end."""
    said = env.get("VOTEWIRE_URL") or SITE_URL
    if not is_web_address(said):
        raise UsageError(
            f"VOTEWIRE_URL={said[:60]!r}: give a whole address, such as https://votes.example.org."
        )
    return said.rstrip("/")


def _counts(env: Mapping[str, str]) -> dict[str, int]:
    """The settings that are whole numbers, as far as the environment has them."""
    found = {}
    for each in fields(Settings):
        said = env.get(each.metadata["env"], "").strip()
        if isinstance(each.default, int) and said:
            most: int | None = each.metadata.get("most")
            whole = said.isascii() and said.isdigit() and len(said) <= _DIGITS
            if not whole or (most is not None and int(said) > most):
                name = each.metadata["env"]
                to = "" if most is None else f" to {most}"
                raise UsageError(f"{name}={said[:40]!r}: give a whole number from 0{to}.")
            found[each.name] = int(said)
    return found


def described(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Name, value, environment variable and meaning of each setting, for `votewire config`."""
    return [
        (f.name, _shown(getattr(settings, f.name)), f.metadata["env"], f.metadata["help"])
        for f in fields(settings)
    ]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
