"""Which state an office or a body speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from votewire.press.speech import Speech, Token
from votewire.states import Mention, find_mentions

__all__ = ["is_state", "mentions", "on_one_line", "state_of", "whole_mention"]

_BELONGING = frozenset(("of", "for"))


def state_of(words: Speech, text: str, tokens: Sequence[Token], head: int, past: int) -> str | None:
    """The state that an office or a body speaks for; None where another body's name leads.

    Before the head any state counts ("Kremlin spokesman"); after it only one that it belongs to
    ("president of Peru"), never one that it is sent to ("ambassador to Peru").
    """
    if any(token.low in words.sets["former"] for token in tokens[: head + 1]):
        return None
    start, stop = tokens[0].start, tokens[head].end
    before = mentions(text[start:stop])
    if before:
        leads = [token for token in tokens[:head] if token.end <= start + before[0].start]
        own = all(token.kind not in ("name", "body") for token in leads)
        return before[0].code if own and before[0].kind == "state" else None
    if any(token.kind == "name" for token in tokens[:head]):
        return None
    if past > head + 1 and tokens[head + 1].low in _BELONGING:
        after = mentions(text[tokens[head + 1].end : tokens[past - 1].end])
        if after and _leads(text, tokens[head + 2 : past], tokens[head + 1].end + after[0].start):
            return after[0].code if after[0].kind == "state" else None
    return None


def _leads(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but an article stands before the mention at `at`, and only a body after."""
    before = [token for token in tokens if token.end <= at]
    after = [token for token in tokens if token.start > at and token.kind == "name"]
    known = whole_mention(on_one_line(text[at : after[-1].end])) if after else True
    plain = any(token.kind in ("poss", "body") for token in tokens)
    return all(token.kind == "det" for token in before) and (plain or bool(known))


def is_state(name: str) -> bool:
    """Whether a name is, whole, that of a state or a group of states."""
    return whole_mention(name) is not None


def whole_mention(name: str) -> Mention | None:
    """The mention that is the whole of a name, if there is one."""
    found = mentions(name)
    same = len(found) == 1 and found[0].start == 0 and found[0].end == len(name)
    return found[0] if same else None


@lru_cache(maxsize=4096)
def mentions(name: str) -> tuple[Mention, ...]:
    """The states and groups in the first 200 characters of a name; the same names come often."""
    return tuple(find_mentions(name[:200]))


def on_one_line(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())
