"""Settings: each with its default and meaning; option over environment over default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

__all__ = ["SITE_URL", "Settings", "described", "load"]

SITE_URL = "http://127.0.0.1:8000"


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
    site_url: str = field(
        default=SITE_URL,
        metadata={
            "env": "VOTEWIRE_URL",
            "help": "address at which `votewire serve` is reached, for links that are shared",
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
    """The settings in force: an option given, else the environment, else the default."""
    env = os.environ if environment is None else environment
    data_dir = env.get("VOTEWIRE_DATA_DIR") or platformdirs.user_data_dir(
        "votewire", appauthor=False
    )
    named = env.get("VOTEWIRE_RECORD")
    chosen = record or (Path(named) if named else None)
    address = env.get("VOTEWIRE_URL") or SITE_URL
    return Settings(data_dir=Path(data_dir), record=chosen, site_url=address.rstrip("/"))


def described(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Name, value, environment variable and meaning of each setting, for `votewire config`."""
    return [
        (f.name, str(getattr(settings, f.name) or ""), f.metadata["env"], f.metadata["help"])
        for f in fields(settings)
    ]
