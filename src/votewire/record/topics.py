"""Topics: the rollcalls on a subject, by the words of their titles and agenda."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from votewire.record.record import Record

__all__ = ["on_topic"]


def on_topic(record: Record, topic: str) -> NDArray[np.bool_]:
    """(n_rollcalls,) whether each rollcall is on a topic. Raises NotInRecord for an unknown one."""
    return record.naming(topic)
