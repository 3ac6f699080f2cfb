"""What every page is made from: the record in force and its models, opened once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from votewire import __version__
from votewire.config import Settings
from votewire.record import Record
from votewire.web.downloads import Downloads

if TYPE_CHECKING:
    from votewire.positions import Fit, Surprises

__all__ = ["Site", "open_site"]


@dataclass(frozen=True, kw_only=True)
class Site:
    """The record with the user's additions, as files too, and what a model says of it.

    Pages are made in several threads: a model is opened by one, and the others wait for it.
    """

    record: Record
    settings: Settings
    downloads: Downloads
    _opening: Lock = field(default_factory=Lock, repr=False)

    @property
    def fit(self) -> Fit:
        """The positions that come with the record, or are made and kept for another one."""
        with self._opening:
            return self._fit

    @property
    def surprises(self) -> Surprises:
        """How expected every cast of the record was."""
        with self._opening:
            return self._surprises

    @cached_property
    def _fit(self) -> Fit:
        from votewire.positions.ready import fit_for

        return fit_for(self.record, self.settings.fits_dir, version=__version__)

    @cached_property
    def _surprises(self) -> Surprises:
        from votewire.positions import surprises

        return surprises(self.record, self.settings.fits_dir)


def open_site(settings: Settings) -> Site:
    """The site over the record that the settings name."""
    from votewire.pipeline import open_with_layer

    record = open_with_layer(settings)
    return Site(record=record, settings=settings, downloads=Downloads(record, settings))
