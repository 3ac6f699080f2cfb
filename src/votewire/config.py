"""Settings: each with its default and meaning; option over environment over default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

__all__ = ["Settings", "described", "load"]


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

    @property
    def layer_dir(self) -> Path:
        """Folder of the user's own layer of the record."""
        return self.data_dir / "layer"


def load(environment: Mapping[str, str] | None = None, *, record: Path | None = None) -> Settings:
    """The settings in force: an option given, else the environment, else the default."""
    env = os.environ if environment is None else environment
    data_dir = env.get("VOTEWIRE_DATA_DIR") or platformdirs.user_data_dir(
        "votewire", appauthor=False
    )
    named = env.get("VOTEWIRE_RECORD")
    chosen = record or (Path(named) if named else None)
    return Settings(data_dir=Path(data_dir), record=chosen)


def described(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Name, value, environment variable and meaning of each setting, for `votewire config`."""
    return [
        (f.name, str(getattr(settings, f.name) or ""), f.metadata["env"], f.metadata["help"])
        for f in fields(settings)
    ]
