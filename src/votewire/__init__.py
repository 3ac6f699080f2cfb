"""votewire: who voted how at the United Nations, and does this article get it right?

import votewire

record = votewire.open_record()
report = votewire.check_page(open("page.txt", "rb").read(), record)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from votewire.errors import VotewireError
    from votewire.pipeline import check_page, judge, open_record

__version__ = "0.1.0"
__all__ = ["VotewireError", "__version__", "check_page", "judge", "open_record"]

# Names are looked up when first used: importing every room here would cost `votewire --help` the
# quarter of a second that Polars takes to load.
_HOMES = {
    "VotewireError": "votewire.errors",
    "check_page": "votewire.pipeline",
    "judge": "votewire.pipeline",
    "open_record": "votewire.pipeline",
}


_ROOMS = ("positions",)  # votewire.positions.fit without an import of its own


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"votewire.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'votewire' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
