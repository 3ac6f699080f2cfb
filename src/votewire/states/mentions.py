"""Where a text names states and groups."""

from __future__ import annotations

from votewire.states.gazetteer import Gazetteer, Phrase, Tokens, gazetteer, split
from votewire.states.model import Mention

__all__ = ["find_mentions"]


def find_mentions(text: str, *, lang: str = "en") -> list[Mention]:
    """The mentions of states and groups in a text, in order, never overlapping.

    At each place the longest known phrase is taken; phrases that only look like a mention ("Latin
    American", "Washington Post", "Congo" alone) are passed over. A mention is a slice of the text.
    """
    words = gazetteer(lang)
    index = words.index
    tokens = split(text)
    found: list[Mention] = []
    past = 0
    for at, key in enumerate(tokens.keys):
        if at < past or key not in index:
            continue
        length, phrase = _longest(index[key], tokens, at)
        past = at + length
        if phrase and phrase.kind != "blocked" and not _is_language(words, phrase, tokens, past):
            found.append(_mention(phrase, tokens, at, past))
    return found


def _longest(
    entries: list[tuple[tuple[str, ...], Phrase]], tokens: Tokens, at: int
) -> tuple[int, Phrase | None]:
    for keys, phrase in entries:
        if phrase.fits(tokens, at, keys):
            return len(keys), phrase
    return 1, None


def _is_language(words: Gazetteer, phrase: Phrase, tokens: Tokens, after: int) -> bool:
    """Whether a demonym is followed by a word that makes it a language: "French-speaking"."""
    if phrase.how != "demonym":
        return False
    following = [key for key in tokens.keys[after : after + 2] if key != "-"]
    return bool(following) and following[0] in words.not_before


def _mention(phrase: Phrase, tokens: Tokens, first: int, past: int) -> Mention:
    start, end = tokens.spans[first][0], tokens.spans[past - 1][1]
    return Mention(
        start=start,
        end=end,
        text=tokens.text[start:end],
        kind=phrase.kind,
        code=phrase.code,
        how=phrase.how,
    )
