"""What a read page is: text, blocks, furniture, metadata, claims, quotes, reactions.

All offsets count characters (code points) of `Article.text`, the page's text as it was read; for a
plain-text page that is the decoded file, untouched, so `text[start:end] == span` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from textwrap import shorten

__all__ = [
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
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the page with one role.

    role: headline, dek, body, caption, or one of the furniture roles (`furniture` is true): clock,
    language_link, breadcrumb, byline, picture_alt, credit, read_time, updated, published, listen,
    related, notice, advert, repeat. Blocks do not overlap and are in page order.
    """

    role: str
    start: int
    end: int
    furniture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the page: its words, and the language code of what it leads to where known."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says about itself. None where it says nothing.

    Nothing is guessed but the day of a page that states none, and then `published_from` says so.
    """

    headline: str | None = None
    dek: str | None = None
    publisher: str | None = None  # the outlet, such as "Business Standard"
    agency: str | None = None  # the credited news agency, such as "Reuters"
    byline: str | None = None  # a person
    published: datetime | None = None  # with zone where the page gives one
    # Where that is from: declared (in the HTML), shown (printed on the page), inferred (by
    # htmldate, from the address or any date on the page), given (by who asks).
    published_from: str | None = None
    updated: datetime | None = None
    page_clock: datetime | None = None  # when the page was served: no publication time
    zone: str | None = None  # IANA name, such as "Asia/Kolkata"
    zone_note: str | None = None  # how the zone was settled, or why it is uncertain
    read_minutes: int | None = None
    section: tuple[str, ...] = ()
    language_links: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    picture_alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    notice: str | None = None  # the syndication notice, verbatim
    dateline: str | None = None

    def __repr__(self) -> str:
        outlet = self.publisher or self.agency or "source not said"
        day = self.published.date() if self.published else "no day"
        return f"<Metadata: {_short(self.headline or 'no headline')}; {outlet}, {day}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts that a text states; None for a side that it does not."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    non_voting: int | None = None

    @property
    def stated(self) -> dict[str, int]:
        """The counts that are stated, by side."""
        counts = {
            "yes": self.yes,
            "no": self.no,
            "abstain": self.abstain,
            "non_voting": self.non_voting,
        }
        return {side: count for side, count in counts.items() if count is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReference:
    """What a claim says about the UN text it is about; everything the linker may use.

    key: claims with the same key speak of the same text (co-reference inside the article).
    """

    key: int
    chamber: str | None = None  # GA, SC, another body's name ("HRC"), or None where not said
    symbol: str | None = None  # a UN symbol or number that the text names, verbatim
    date: date | None = None  # day of the vote, resolved against the article's own date
    date_text: str | None = None  # the words it was resolved from, such as "on Monday"
    drafters: tuple[str, ...] = ()  # ISO3 or G:group, where the article says who wrote the text
    subject: tuple[str, ...] = ()  # content words of the object, lower case
    about: tuple[str, ...] = ()  # states that the text is about (ISO3)
    kind: str | None = None  # resolution, amendment, draft, paragraph, ... where said
    tally: Tally | None = None  # counts stated anywhere about this text
    outcome: str | None = None  # adopted, rejected, vetoed where the article says so


class When(StrEnum):
    """Of which vote a clause speaks, seen from the page."""

    THIS = "this"  # the vote that the page reports, or one whose day it names
    EARLIER = "earlier"  # said to be an earlier vote ("had voted"), with no time named
    OTHER = "other"  # a vote of another time, which a stretch of days names ("last year")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTime:
    """When the vote was that a claim speaks of, as its own clause says.

    first, last: the stretch that the words name, both ends included; None where none is named.
    words: as written, None where nothing is said.
    """

    kind: When = When.THIS
    first: date | None = None
    last: date | None = None
    words: str | None = None


class Counts(StrEnum):
    """What the numbers of a claim count."""

    WHOLE = "whole"  # the votes of the whole roll
    GROUP = "group"  # those of a group's members
    OF_SIDE = "of_side"  # those of states that voted in one way at another time
    EXPECTED = "expected"  # votes foretold or needed
    UNSURE = "unsure"  # some part, or something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the numbers of a claim count, and of whom.

    group: the code of the group, such as "EU". choice: how the states of OF_SIDE voted then, a side
    of a tally ("yes"). whole: how many they or the group's members are said to be. symbol: of the
    text that they voted on then.
    """

    what: Counts = Counts.WHOLE
    group: str | None = None
    choice: str | None = None
    whole: int | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who did what to which text, with the words that say so.

    actor: ISO3, "G:EU"-like for a group, or the chamber ("GA", "SC", "HRC").
    action: voted_yes, voted_no, abstained, vetoed, absent, adopted, rejected, drafted, backed,
    opposed, welcomed, condemned, tally, shifted, divided, balanced. The last three are
    words that only a measurement can answer.

    What a judge needs of its surroundings stands in it, so that nobody reads the text again:
    sentence: where its sentence stands in `Article.text`, (0, 0) where it is not known. days: those
    that its sentence names. time: of which vote its clause speaks. names_chamber, names_symbol:
    whether its sentence names the chamber, and the symbol, of its text. counts: what its numbers
    count. sure: whether the words settle whose vote it was and which way; a pronoun does not name
    its actor, and a vote "to keep the embargo" may be one against a text.
    """

    actor: str
    action: str
    reference: TextReference
    span: str
    start: int
    where: str  # role of the block it stands in: headline, dek, caption, body
    rule: str  # id of the grammar rule that read it
    tally: Tally | None = None
    quoted: bool = False  # inside somebody's quoted speech
    hedged: bool = False  # a forecast, a wish, a question or a condition; nothing to check
    others: tuple[str, ...] = ()  # the other states of a relation, such as allies split from
    since: date | None = None  # for shifts: "since January"
    manner: str = ""  # how it was adopted, where said: unanimous, consensus
    sentence: tuple[int, int] = (0, 0)
    days: tuple[date, ...] = ()
    time: ClaimTime = ClaimTime()
    names_chamber: bool = False
    names_symbol: bool = False
    counts: Counted = Counted()
    sure: bool = True

    def __repr__(self) -> str:
        return f"<Claim: {self.actor} {self.action}, {_short(self.span)} at {self.start}>"

    @property
    def end(self) -> int:
        """Offset just after the span."""
        return self.start + len(self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the page between quotation marks, and whose they are as far as the page says.

    text: the words without their marks, the slice [start, end) of `Article.text`.
    speaker: a full name, a body or a state, or the office of somebody unnamed; None where the text
    does not settle it. role: the office as written. state: ISO3 that the speaker's office or body
    speaks for; None for organisations, and for what was once held.
    words: the words that name the speaker at this quote, from words_start on; None where it goes
    on from one before. verb: the word of speech, such as "told". where: role of its block.
    continued: it has no attribution of its own and is the speaker's of the quote beside it.
    """

    text: str
    start: int
    end: int
    where: str
    speaker: str | None = None
    role: str | None = None
    state: str | None = None
    words: str | None = None
    words_start: int | None = None
    verb: str | None = None
    continued: bool = False

    def __repr__(self) -> str:
        return f"<Quote: {self.speaker or 'speaker not said'}, {_short(self.text)} at {self.start}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who reacts, or whom or what a reaction is about.

    kind: state, group, body, person, several, vote (a UN text, a vote on one, its result) or other.
    codes: ISO3, "G:EU"-like or the chamber ("SC") that the party is; of a person and a ministry the
    state that they speak for; of a vote and of other words the states and groups that they name.
    words: as written, from `start` on. name: of a person or body, without the office. role: the
    office as written.
    """

    kind: str
    words: str
    start: int
    codes: tuple[str, ...] = ()
    name: str | None = None
    role: str | None = None

    @property
    def end(self) -> int:
        """Offset just after the words."""
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """An event that is no vote: who welcomed, condemned or urged whom or what.

    kind: welcomed, condemned, rejected, urged, demanded, thanked, congratulated, regretted,
    concerned, supported, accused or warned. verb: the word as written. span: the words that say so,
    from `start` on. target: None where the sentence names none. within: "quote" inside quotation
    marks, "speech" where somebody else is said to have said it, None in the page's own voice.
    where: role of the block it stands in. rule: id of the entry in lang/<code>/reactions.toml.
    """

    kind: str
    verb: str
    actor: Party
    target: Party | None
    span: str
    start: int
    where: str
    rule: str
    within: str | None = None

    def __repr__(self) -> str:
        whom = f" {_short(self.target.words)}" if self.target else ""
        return f"<Reaction: {_short(self.actor.words)} {self.kind}{whom} at {self.start}>"

    @property
    def end(self) -> int:
        """Offset just after the span."""
        return self.start + len(self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Words of the page that were not understood: text[start:end] == words.

    kind: sentence, one that speaks of voting and gave no claim; name, one that nobody knows.
    """

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page as read.

    days: those that its text names. chambers: those that its text speaks of. unread: what speaks of
    voting and was not understood.
    voting: how many sentences speak of voting. status: of a feed's item that its publisher took
    back or holds back: canceled, withheld, embargoed, deleted.
    """

    text: str
    lang: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    chambers: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    voting: int = 0
    days: tuple[date, ...] = ()
    status: str | None = None

    def __repr__(self) -> str:
        headline = _short(self.metadata.headline or "no headline")
        counts = f"claims: {len(self.claims)}, quotes: {len(self.quotes)}"
        return f"<Article: {headline}; {len(self.text):,} characters; {counts}>"

    def prose(self) -> tuple[Block, ...]:
        """The blocks that may hold claims: headline, dek, caption and body, in page order."""
        return tuple(block for block in self.blocks if not block.furniture)


def _short(text: str) -> str:
    """The beginning of a text on one line."""
    return shorten(text, 60, placeholder=" …")
