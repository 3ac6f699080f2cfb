"""The claims of an article about votes at the United Nations: who did what to which text.

Precision before recall: where a sentence does not say it in a way the grammar knows, there is no
claim. Sentences are read in page order, because "it" and "the resolution" look back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from votewire.press.article import Article, Block, Claim, Tally, TextReference, Unread
from votewire.press.bearings import Surroundings, with_bearings
from votewire.press.dates import DayMention, find_days
from votewire.press.grammar.discourse import Discourse
from votewire.press.grammar.drafts import BODY, SIDE_ACTIONS, Draft, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.holders import read_holders
from votewire.press.grammar.lexicon import Lexicon, languages, lexicon
from votewire.press.grammar.measured import read_measured
from votewire.press.grammar.nouns import read_nouns
from votewire.press.grammar.rolls import read_rolls
from votewire.press.grammar.sentence import Bodies, Place, Sentence, meet_texts, parse
from votewire.press.grammar.tallies import SideCount, find_counts, tallies
from votewire.press.grammar.verb_last import read_verb_last
from votewire.press.grammar.voting import read_votes
from votewire.press.grammar.words import folded
from votewire.press.metadata import article_date
from votewire.press.quotes import find_quotes
from votewire.press.sentences import split_sentences
from votewire.states import Mention, codes, find_mentions, is_member, state

__all__ = ["read_claims", "with_claims"]

_LONGEST = 6_000  # characters of one sentence; a longer one is read in pieces
_LARGEST_COUNCIL = 54  # votes that a body other than the Assembly can have (ECOSOC)
_NUMBERED = frozenset(("num", "none", "side"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """An article made ready: its text folded, and its names and days in order of their start."""

    article: Article
    low: str
    lexicon: Lexicon
    starts: list[int]
    overlay: list[tuple[int, int, str, Any]]
    names: list[Mention]
    days: list[DayMention]


def read_claims(article: Article) -> tuple[Claim, ...]:
    """The claims in the article's prose, in page order; see `with_claims`."""
    return with_claims(article).claims


def with_claims(article: Article) -> Article:
    """The article with its claims, in page order, and with what of it was not read.

    None in a language without a lexicon. Every span is a slice of `article.text`. Claims about one
    text share `reference.key`. Time is linear in the length: a sentence longer than 6,000
    characters is read in pieces of that length.
    """
    if article.lang not in languages():
        return article
    page = _page(article)
    reading = Reading(Discourse(article_date(article.metadata)))
    bodies = Bodies(page.lexicon.weak_bodies)
    spans: list[tuple[int, int, int]] = []
    texts: set[int] = set()
    unknown: list[Unread] = []
    for number, block in enumerate(article.prose()):
        reading.discourse.begin_block()
        for span, sentence in _sentences(page, block, number, bodies):
            spans.append((*span, number))
            _read(reading, sentence, page.lexicon)
            unknown += _unknown_names(article.text, sentence, reading)
            if sentence.entries:
                texts.add(span[0])
    around = Surroundings(
        article=article,
        sentences=spans,
        texts=frozenset(texts),
        names=page.names,
        days=page.days,
    )
    read = with_bearings(_finish(article, reading, bodies) if bodies.seen else (), around)
    found = (*read.unread, *(unknown if bodies.seen else ()))
    return replace(read, unread=tuple(sorted(found, key=lambda each: each.start)))


def _unknown_names(text: str, sentence: Sentence, reading: Reading) -> Iterator[Unread]:
    """The names in the lists of a sentence that gave claims which are nobody's."""
    last = reading.drafts[-1] if reading.drafts else None
    if last is None or last.sentence != reading.sentence:
        return
    for node in sentence.nodes:
        for start, end in node.value.unknown if node.kind == "actors" else ():
            yield Unread(start=start, end=end, kind="name", words=text[start:end])


def _page(article: Article) -> _Page:
    """The whole text is searched for names and days at once; a call for each block costs more."""
    names = find_mentions(article.text, lang=article.lang)
    found: list[tuple[int, int, str, Any]] = [
        (each.start, each.end, "name", each) for each in names
    ]
    covered = {item[0] for item in found}
    days = find_days(article.text, article_date(article.metadata), lang=article.lang)
    found += [(day.start, day.end, "time", day) for day in days if day.start not in covered]
    found.sort(key=lambda item: item[0])
    return _Page(
        article=article,
        low=folded(article.text),
        lexicon=lexicon(article.lang),
        starts=[item[0] for item in found],
        overlay=found,
        names=names,
        days=days,
    )


def _sentences(
    page: _Page, block: Block, number: int, bodies: Bodies
) -> Iterator[tuple[tuple[int, int], Sentence]]:
    """The sentences of a block, parsed one by one, each with where it stands."""
    text = page.article.text
    spans = split_sentences(text, block.start, block.end)
    for count, span in enumerate(_pieces(spans)):
        first, last = bisect_left(page.starts, span[0]), bisect_left(page.starts, span[1])
        inside = page.overlay[first:last]
        place = Place(role=block.role, block=number, sentence=count)
        yield span, parse(text, page.low, span, inside, page.lexicon, bodies, place)


def _pieces(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, with those that are too long cut in pieces."""
    for start, end in spans:
        while end - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
        yield start, end


def _read(reading: Reading, sentence: Sentence, words: Lexicon) -> None:
    """Adds the claims of one sentence to `reading`."""
    if not sentence.nodes:
        return
    meet_texts(sentence, reading.discourse, words.stop_words)
    reading.begin_sentence(sentence.nodes)
    _authors(reading, sentence)
    counts = []
    if words.verb_last:
        counts = read_verb_last(reading, sentence)
    elif sentence.phrases:
        counts = read_votes(reading, sentence)
    if not words.verb_last:
        read_nouns(reading, sentence)
        read_rolls(reading, sentence)
    if counts or sentence.kinds & _NUMBERED:
        _counts(reading, sentence, counts, side_first=words.verb_last)
    if not words.verb_last:
        read_holders(reading, sentence, inverted=words.inverted)
    read_measured(reading, sentence)
    reading.discourse.end_sentence(sentence.topic())


def _authors(reading: Reading, sentence: Sentence) -> None:
    """Authorship and backing said before the noun: "a US-drafted text", "Ukraine's resolution"."""
    for at, entry in sentence.entries.items():
        phrase = sentence.nodes[at].value
        for author in phrase.authors:
            backing = author.verb != "draft"
            if author.loose or (backing and author.code.startswith("G:")):
                continue
            action = "backed" if backing else "drafted"
            span = min(author.start, phrase.members[-1].start), phrase.end
            reading.add((author.code,), action, entry, span, f"{author.verb}/modifier")


def _counts(
    reading: Reading, sentence: Sentence, verbal: list[SideCount], *, side_first: bool
) -> None:
    """Adds what counts say: the states they list, and the tally, on an outcome or of its own."""
    found = list(verbal)
    said = {(count.side, count.number) for count in verbal}
    for count in find_counts(sentence.nodes, side_first=side_first):
        if (count.side, count.number) in said or sentence.foreign(count.at):
            continue
        if sentence.supposed(count.at) == "rule":
            continue
        entry = _counted_text(reading, sentence, count.at)
        found.append(count.of(entry))
        if count.members:
            span = count.start, max(count.end, count.members[-1].end)
            codes = [member.code for member in count.members]
            reading.add(codes, SIDE_ACTIONS[count.side], entry, span, "count/list")
    taken: set[int] = set()
    for group, tally in tallies(found):
        entry = group[0].entry or reading.discourse.understood(None)
        if entry.key in taken:  # a second tally in one sentence is of another text
            entry = reading.discourse.new(entry.body)
        taken.add(entry.key)
        _tally(reading, sentence, entry, group, tally)


def _counted_text(reading: Reading, sentence: Sentence, at: int) -> Entry:
    """The text that a count at node `at` is about: what the sentence says was voted on, first."""
    entry = sentence.text_before(at)
    here = [draft.entry for draft in reading.here_voted(sentence.nodes[at].start)]
    if here and entry not in here:
        return here[-1]
    after = sentence.only_text() if entry is None else None
    if after is not None:
        return after
    return entry if entry in here and entry else sentence.spoken_of(reading.discourse, at)


def _tally(
    reading: Reading, sentence: Sentence, entry: Entry, group: Sequence[SideCount], tally: Tally
) -> None:
    """Puts the tally on the outcome that the sentence claims, else makes it a claim."""
    if tally not in entry.tallies[-3:]:
        entry.tallies.append(tally)
    entry.voted = True
    when = None
    if entry.day is None:
        when = sentence.day_of_text(entry) or (None if entry.aside else sentence.day_of_vote())
    if when is not None:
        entry.take_time(when)
    if entry.kind != "treaty" and _is_large(tally):
        entry.take_body("GA")
    outcome = reading.outcome_here(entry)
    if outcome is not None:
        outcome.tally = tally
        return
    span = group[0].start, max(count.end for count in group)
    reading.add((BODY,), "tally", entry, span, "tally", tally=tally)


def _is_large(tally: Tally) -> bool:
    """Whether more members voted than any body but the Assembly has."""
    counts = (tally.yes, tally.no, tally.abstain, tally.non_voting)
    return sum(count or 0 for count in counts) > _LARGEST_COUNCIL


def _finish(article: Article, reading: Reading, bodies: Bodies) -> tuple[Claim, ...]:
    """The drafts as claims, now that all has been said of their texts."""
    blocks = article.prose()
    starts = [block.start for block in blocks]
    quotes = cache(lambda at: find_quotes(article.text, blocks[at].start, blocks[at].end))
    claims: dict[tuple[str, str, int, int], Claim] = {}
    references: dict[tuple[int, str | None], TextReference] = {}
    for draft in reading.drafts:
        if draft.action == "drafted" and not draft.entry.voted:
            continue  # a text that nobody in the article voted on
        at = bisect_right(starts, draft.start) - 1
        body = _chamber(draft, bodies)
        key = draft.entry.key, body
        if key not in references:
            references[key] = draft.entry.reference(body)
        reference = references[key]
        quoted = _inside(quotes(at), draft)
        day = reference.date or article_date(article.metadata)
        actor = _seat(draft.actor, day) if day is not None else draft.actor
        if actor != draft.actor:
            draft = replace(draft, actor=actor)
        claim = _claim(article.text, draft, reference, blocks[at].role, quoted=quoted)
        claims.setdefault((claim.actor, claim.action, claim.start, claim.reference.key), claim)
    return tuple(sorted(claims.values(), key=lambda claim: (claim.start, claim.end)))


def _seat(code: str, day: date) -> str:
    """The code that held the state's seat on that day: of Moscow before 1991 the Soviet Union's."""
    before = state(code).continues if code in codes() else None
    if before is None or is_member(code, day) or not is_member(before, day):
        return code
    return before


def _claim(text: str, draft: Draft, reference: TextReference, where: str, *, quoted: bool) -> Claim:
    """One draft as a claim."""
    return Claim(
        actor=(reference.chamber or "UN") if draft.actor == BODY else draft.actor,
        action=draft.action,
        reference=reference,
        span=text[draft.start : draft.end],
        start=draft.start,
        where=where,
        rule=draft.rule,
        tally=draft.tally,
        quoted=quoted,
        hedged=draft.hedged,
        others=draft.others,
        since=draft.since,
        manner=draft.manner,
    )


def _chamber(draft: Draft, bodies: Bodies) -> str | None:
    """The chamber of a draft's text: what is said of it, else the only body the article names."""
    entry = draft.entry
    if entry.kind == "reaction":
        return None
    if entry.known_body() is not None:
        return entry.body
    if draft.action == "vetoed":
        return "SC"
    if entry.kind == "treaty":
        return "CONF"  # no resolution: a treaty is adopted at a conference of its own
    return bodies.only or entry.near


def _inside(quotes: Sequence[tuple[int, int]], draft: Draft) -> bool:
    """Whether the draft's words lie within quoted speech."""
    at = bisect_right(quotes, (draft.start, draft.end)) - 1
    return any(
        start <= draft.start and draft.end <= end for start, end in quotes[max(0, at - 1) : at + 2]
    )
