"""News pages made from the record, as many as are asked for and all different.

Each tells of one rollcall: breadcrumb, clock line, headline, dek, picture, the vote, who voted how,
an earlier vote, two quotes, related links, a notice. Rollcall, sentences, names and outlet are
drawn, so that no two pages share more than their phrases, as the pages of a news feed do.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from votewire import states
from votewire.record import Choice, Record, Rollcall

__all__ = ["Page", "pages"]

_BODY = {"GA": "General Assembly", "SC": "Security Council"}
_OUTLETS = (
    ("The Harbour Times", "GMT"),
    ("Daily Courier", "EST"),
    ("Eastern Standard", "IST"),
    ("The Meridian", "CET"),
)
_AGENCIES = ("Reuters", "AP", "AFP", "PTI")
_HEADS = (
    "UN {body} adopts resolution on {title}",
    "{against} votes against UN {body} text on {title}",
    "{favour} backs UN {body} resolution on {title} as {abstaining} abstains",
)
_DEKS = (
    "The vote, by {yes} to {no}, exposed divisions between {favour} and {against}",
    "{abstaining} was among the {abstain} members that abstained on the text",
)
_LEADS = (
    "UNITED NATIONS: The UN {body} on {weekday} adopted a resolution on {title} by {yes} votes in "
    "favour to {no} against, with {abstain} abstentions.",
    "UNITED NATIONS, {agency}: By a vote of {yes}-{no}-{abstain}, the {body} on {weekday} adopted "
    "resolution {symbol}, on {title}.",
    "The UN {body} passed a measure on {title} late on {weekday}, with {yes} countries voting in "
    "favour, {no} against and {abstain} abstaining.",
)
_ROLLS = (
    "{against} and {against2} voted against the text, while {abstaining} and {abstaining2} "
    "abstained.",
    "Among those voting against were {against} and {against2}. {favour}, which voted for the "
    "resolution, welcomed the result.",
    "{favour} and {favour2} backed the resolution; {against} opposed it. {abstaining} abstained.",
    "Alongside {against}, those voting against included {against2}. Members that abstained were "
    "led by {abstaining}.",
)
_SAYINGS = (
    '"We regret that the {body} could not speak with one voice," {against}\'s envoy told '
    'reporters after the vote. "The text does nothing to bring a settlement any closer."',
    '"This is a clear message," said the foreign minister of {favour}. "My country has always '
    'stood for dialogue, and it will go on doing so," he added.',
    "The spokesman of {abstaining} said its abstention was no change of policy, and that talks "
    "with {favour} and {against} would go on in Geneva next week.",
)
_BACKGROUNDS = (
    "The resolution is not binding, but carries political weight. Diplomats had negotiated over "
    "the wording until early morning, and two amendments were withdrawn before the meeting began.",
    "An earlier text on the matter, {other}, was adopted on {other_day} with {other_yes} votes in "
    "favour. {favour} voted in favour of that one as well.",
    "Analysts said that the vote highlighted a shift in the position of {abstaining}, which has "
    "drawn closer to {favour} over the last few years.",
    "The {body} meets again on Thursday. A further draft, circulated by {favour2}, is expected to "
    "be put to a vote before the end of the month, though no date has been set.",
    "Aid agencies working in the region said that the situation on the ground had become worse. "
    "Roads were blocked, prices had doubled since the spring and many families had left.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as plain text with its furniture, and the same as HTML."""

    text: bytes
    markup: bytes


def pages(record: Record, number: int, *, seed: int = 0) -> Iterator[Page]:
    """`number` pages about rollcalls of the record since 1990, made one at a time."""
    rng = random.Random(seed)
    rows = record.rollcalls.with_row_index("row").filter(
        (pl.col("roll") == "full")
        & (pl.col("kind") == "resolution")
        & (pl.col("date").dt.year() >= 1990)
        & (pl.col("no") >= 2)
        & (pl.col("abstain") >= 2)
        & (pl.col("yes") >= 2)
        & pl.col("symbol").is_not_null()
    )["row"]
    drawn = rows.to_list()
    for _ in range(number):
        yield _page(record.at(rng.choice(drawn)), record.at(rng.choice(drawn)), rng)


def _page(vote: Rollcall, other: Rollcall, rng: random.Random) -> Page:
    outlet, zone = rng.choice(_OUTLETS)
    words = _words(vote, other, rng)
    printed = vote.date + timedelta(days=1)
    stamp = (
        f"{printed:%b} {printed.day} {printed.year} | {rng.randint(1, 12)}:{rng.randint(10, 59)} "
    )
    stamp += f"{rng.choice(('AM', 'PM'))} {zone}"
    head = rng.choice(_HEADS).format(**words)
    dek = rng.choice(_DEKS).format(**words)
    body = [template.format(**words) for template in _chosen(rng)]
    caption = "Members of the {body} vote on {title}. | Image: {agency}".format(**words)
    shown = [
        f"Home / World News / {head}",
        head,
        dek,
        caption,
        f"{words['agency']}\n{rng.randint(2, 6)} min read Last Updated : {stamp}",
        "Listen to This Article",
        *body[:3],
        "ALSO READ: What the votes of the week mean for {favour}".format(**words),
        *body[3:],
        f"(Only the headline and picture of this report may have been reworked by the {outlet} "
        "staff; the rest of the content is auto-generated from a syndicated feed.)",
        f"First Published: {stamp}",
    ]
    markup = _markup(outlet, head, dek, caption, body, printed.isoformat(), rng)
    return Page(text="\n\n".join(shown).encode(), markup=markup.encode())


def _chosen(rng: random.Random) -> list[str]:
    rolls, sayings = rng.sample(_ROLLS, 2), rng.sample(_SAYINGS, 2)
    grounds = rng.sample(_BACKGROUNDS, 3)
    return [
        rng.choice(_LEADS),
        rolls[0],
        sayings[0],
        grounds[0],
        rolls[1],
        sayings[1],
        *grounds[1:],
    ]


def _words(vote: Rollcall, other: Rollcall, rng: random.Random) -> dict[str, object]:
    """What the templates name: states by how they voted, the tally, the days."""

    def names(choice: Choice) -> list[str]:
        # "Congo" alone is two states, and the press says which.
        codes = [code for code in vote.states(choice) if code != "COG"]
        drawn = rng.sample(codes, min(2, len(codes)))
        return [states.name_of(code, on=vote.date) for code in drawn] * 2

    favour, against, abstaining = (names(c) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN))
    tally = vote.tally
    return {
        "body": _BODY[vote.chamber],
        "title": (vote.title or "").split(" : ")[0][:80].strip().lower(),
        "symbol": vote.symbol,
        "weekday": f"{vote.date:%A}",
        "agency": rng.choice(_AGENCIES),
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "favour": favour[0],
        "favour2": favour[1],
        "against": against[0],
        "against2": against[1],
        "abstaining": abstaining[0],
        "abstaining2": abstaining[1],
        "other": other.symbol,
        "other_day": f"{other.date:%B} {other.date.day}, {other.date.year}",
        "other_yes": other.tally.yes,
    }


def _markup(
    outlet: str, head: str, dek: str, caption: str, body: list[str], day: str, rng: random.Random
) -> str:
    """The page as a site serves it: menu, article with its data for search engines, links, foot."""
    title, under = html.escape(head), html.escape(dek)
    menu = "".join(
        f'<li><a href="/{s}">{s.title()}</a></li>' for s in ("world", "markets", "sport")
    )
    links = "".join(
        f'<li><a href="/story/{rng.randrange(10**6)}">Story of the day, part {n}</a></li>'
        for n in range(8)
    )
    text = "".join(f"<p>{html.escape(each)}</p>\n" for each in body)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">
<meta name="description" content="{under}">
<meta property="article:published_time" content="{day}T09:30:00+00:00">
<style>body {{ font: 1em serif }} .menu li {{ display: inline }}</style>
<script>window.page = {{"id": {rng.randrange(10**6)}}};</script></head>
<body><header><nav class="menu"><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><p class="dek">{under}</p>
<figure><img src="/picture.jpg" alt="The hall">
<figcaption>{html.escape(caption)}</figcaption></figure>
<div class="meta"><span class="byline">By our correspondent</span> <time>{day}</time></div>
<div class="body">{text}</div></article>
<aside><h3>Related</h3><ul>{links}</ul></aside></main>
<footer><p>Copyright {outlet}. All rights reserved.</p><a href="/terms">Terms of use</a></footer>
</body></html>
"""
