"""The sentence that a claim stands in, and what that sentence itself names."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from votewire.press import Article, Claim, article_date, split_sentences
from votewire.press.dates import find_days

__all__ = ["Context"]

# English only: in the other languages such a claim is held against the days that the page names.
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|had\s+(?:\w+ly\s+|already\s+|twice\s+|also\s+)?"
    r"(?:vetoed|voted|abstained|opposed|backed|supported|rejected|adopted|blocked|passed))\b"
)
_REACH = 2_000  # characters of a sentence on either side of a claim; few sentences have 600
_CHAMBER_WORDS = {"GA": ("Assembly", "UNGA"), "SC": ("Council", "UNSC")}


class Context:
    """The sentences of one article, to ask what a claim's own says apart from the rest."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.lang = article.lang
        self._published = article_date(article.metadata)
        self._spans = [
            span
            for block in article.prose()
            for span in split_sentences(article.text, block.start, block.end)
        ]
        self._starts = [start for start, _ in self._spans]

    def sentence(self, claim: Claim) -> str:
        """The sentence of a claim; the claim's own words where it is in none."""
        start, end = self.place(claim)
        return self.text[start:end]

    def place(self, claim: Claim) -> tuple[int, int]:
        """Where the sentence of a claim starts and ends."""
        at = bisect_right(self._starts, claim.start) - 1
        if at < 0 or self._spans[at][1] <= claim.start:
            return claim.start, claim.end
        start, end = self._spans[at]
        start, end = max(start, claim.start - _REACH), min(end, claim.end + _REACH)
        return start, max(end, claim.end)

    def names_symbol(self, claim: Claim) -> bool:
        """Whether the symbol of the claim's text stands in its own sentence."""
        symbol = claim.reference.symbol
        return symbol is not None and symbol in self.sentence(claim)

    def names_chamber(self, claim: Claim) -> bool:
        """Whether the claim's own sentence names the chamber that it is taken to be about."""
        words = _CHAMBER_WORDS.get(claim.reference.chamber or "", ())
        sentence = self.sentence(claim)
        return any(word in sentence for word in words)

    def another_time(self, claim: Claim) -> str | None:
        """The words of its own sentence that name a time but no day, such as "last year"."""
        words = claim.reference.date_text
        if words is None or claim.reference.date is not None or words not in self.sentence(claim):
            return None
        return words

    def days(self, claim: Claim) -> tuple[date, ...]:
        """The days that the claim's own sentence names."""
        found = find_days(self.sentence(claim), self._published, lang=self.lang)
        return tuple(each.day for each in found if each.day is not None)

    def speaks_of_earlier(self, claim: Claim) -> bool:
        """Whether the claim's own words set it before what the page reports: "had vetoed"."""
        return _EARLIER.search(claim.span) is not None

    @property
    def both_chambers(self) -> bool:
        """Whether the article speaks of the Assembly and of the Council."""
        return all(any(w in self.text for w in words) for words in _CHAMBER_WORDS.values())
