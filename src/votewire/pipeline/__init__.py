"""The order of the work: read, merge, pack, open, check one page or many, add.

What one command needs is imported in its function: importing it all takes longer than most of them.
"""

from votewire.pipeline.batches import TABLE_ENDINGS, Batch, check_many
from votewire.pipeline.building import build_record
from votewire.pipeline.records import (
    add_files,
    check_page,
    judge,
    open_record,
    open_with_layer,
    user_layer,
)

__all__ = [
    "TABLE_ENDINGS",
    "Batch",
    "add_files",
    "build_record",
    "check_many",
    "check_page",
    "judge",
    "open_record",
    "open_with_layer",
    "user_layer",
]
