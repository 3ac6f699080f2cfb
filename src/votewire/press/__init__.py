"""What an article says: clean text, metadata, claims, quotes and reactions.

Reading an article needs no record: a claim is who did what to which text, with the words that say
so, and may be true or false.
"""

from votewire.press.article import (
    Article,
    Block,
    Claim,
    ClaimTime,
    Counted,
    Counts,
    Link,
    Metadata,
    Party,
    Quote,
    Reaction,
    Tally,
    TextReference,
    Unread,
    When,
)
from votewire.press.bodies import bodies
from votewire.press.claims import read_claims, with_claims
from votewire.press.encodings import in_utf8
from votewire.press.languages import refuse_unread
from votewire.press.metadata import article_date
from votewire.press.page import MAX_BYTES, decode_page, read_page
from votewire.press.reading import read
from votewire.press.sentences import split_sentences

__all__ = [
    "MAX_BYTES",
    "Article",
    "Block",
    "Claim",
    "ClaimTime",
    "Counted",
    "Counts",
    "Link",
    "Metadata",
    "Party",
    "Quote",
    "Reaction",
    "Tally",
    "TextReference",
    "Unread",
    "When",
    "article_date",
    "bodies",
    "decode_page",
    "in_utf8",
    "read",
    "read_claims",
    "read_page",
    "refuse_unread",
    "split_sentences",
    "with_claims",
]
