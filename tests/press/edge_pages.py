"""Pages, feeds and releases that say days at the edges of the calendar, and counts without end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from votewire.press.calendars import LANGUAGES, calendar

__all__ = [
    "DAYS",
    "FEEDS",
    "PAGES",
    "SAID",
    "ZONES",
    "edge_page",
    "moment",
    "number",
    "said_days",
    "some_edge",
    "vote_of",
]

DAYS = (
    date.min,
    date(1, 1, 7),
    date(1582, 10, 10),
    date(1900, 1, 1),
    date(1945, 10, 23),
    date(1945, 10, 24),
    date(2024, 2, 29),
    date(2100, 12, 31),
    date(2101, 1, 1),
    date(9999, 12, 25),
    date.max,
)
# Offsets from UTC as pages write them: some leave the calendar, and some are none.
ZONES = ("", "Z", "+14:00", "-12:00", "-23:59", "+23:59:59", "-23:59:59.999999", "+24:00", "+9999")
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
_VOTES = {
    "en": "{day}, {count} countries voted for the resolution in the UN General Assembly.",
    "fr": "L'Assemblée générale de l'ONU a adopté {day} la résolution par {count} voix pour.",
    "es": "La Asamblea General de la ONU aprobó {day} la resolución por {count} votos a favor.",
    "pt": "A Assembleia Geral da ONU aprovou {day} a resolução por {count} votos a favor.",
    "hi": "{day} संयुक्त राष्ट्र महासभा में {count} देशों ने प्रस्ताव के पक्ष में मतदान किया।",
}
_SPOKEN = {
    "en": ("a week ago", "last week", "Monday last week", "a day earlier", "99 weeks ago", "May 1"),
    "fr": ("il y a 99 semaines", "la semaine dernière", "la veille", "le lendemain", "le 1er mai"),
    "es": ("hace 99 semanas", "la semana pasada", "al día siguiente", "el 1 de mayo"),
    "pt": ("há 99 semanas", "na semana passada", "no dia seguinte", "1 de maio"),
    "hi": ("99 सप्ताह पहले", "पिछले हफ्ते", "अगले दिन", "1 मई को"),
}


def said_days(day: date, lang: str) -> Iterator[str]:
    """The day as a page in the language may write it, in figures and with the month's name."""
    months = calendar(lang).months
    month = next(name for name, number in months.items() if number == day.month).capitalize()
    written = [
        f"{day.year:04}-{day.month:02}-{day.day:02}",
        f"{day.day}/{day.month}/{day.year:04}",
        f"{day.day:02}.{day.month:02}.{day.year:04}",
        f"{day.year:04}/{day.month:02}/{day.day:02}",
        f"{day.day} {month} {day.year}",
        f"{day.day} de {month} de {day.year}",
        f"{month} {day.day}, {day.year:04}",
        f"{month} {day.year}",
    ]
    for each in written:
        yield each
        yield each.translate(_DEVANAGARI)


def moment(day: date, zone: str = "", clock: str = "23:59:59") -> str:
    """The day with a time, in ISO 8601, with a zone that may be none."""
    return f"{day.isoformat()}T{clock}{zone}"


def number(digits: int, rng: Random) -> str:
    """A number of so many digits, with its thousands or without, in either script."""
    figures = "".join(rng.choice("123456789") + "0" * (digits - 1)) if digits else "0"
    shown = f"{int(figures):,}" if digits < 40 and rng.random() < 0.5 else figures
    return shown.translate(_DEVANAGARI) if rng.random() < 0.3 else shown


def vote_of(lang: str, day: str, count: str = "12") -> str:
    """A sentence that tells of a vote on that day by that count."""
    return _VOTES[lang].format(day=day, count=count)


def _text(lang: str, stamp: str, told: str) -> bytes:
    return f"Assembly votes\n\n{stamp}\n\n{vote_of(lang, told)}".encode()


def _html(head: str, told: str, lang: str) -> bytes:
    shown = f"<title>Assembly votes</title>{head}</head><body><article><h1>Assembly votes</h1>"
    return f"<html lang='{lang}'><head>{shown}<p>{vote_of(lang, told)}</p></body></html>".encode()


def _declared(lang: str, stamp: str, told: str) -> bytes:
    said = json.dumps({"@type": "NewsArticle", "datePublished": stamp, "dateModified": stamp})
    return _html(f"<script type='application/ld+json'>{said}</script>", told, lang)


def _tagged(lang: str, stamp: str, told: str) -> bytes:
    named = "".join(
        f"<meta property='{name}' content='{stamp}'>"
        for name in ("article:published_time", "article:modified_time", "date")
    )
    return _html(named, told, lang)


def _shown(lang: str, stamp: str, told: str) -> bytes:
    return _html(f"<time datetime='{stamp}'>{stamp}</time>", told, lang)


def _release(lang: str, stamp: str, told: str) -> bytes:
    words = f"GA/12675\n\n{stamp}\n\n{told}\n\nIt was adopted by a recorded vote"
    return f"{words} of 3 in favour (Albania, Andorra, China) to 1 against (Israel).".encode()


# How a page can give its day: (language, the day or moment, the words in its text) -> its bytes.
PAGES: dict[str, Callable[[str, str, str], bytes]] = {
    "text": _text,
    "json-ld": _declared,
    "meta": _tagged,
    "time": _shown,
    "release": _release,
}


def _ninjs(stamp: str) -> bytes:
    item = {"uri": "urn:x:1", "headline": "Votes", "body_text": "China abstained yesterday."}
    return json.dumps(item | {"versionCreated": stamp, "firstCreated": stamp}).encode()


def _rss(stamp: str) -> bytes:
    item = f"<title>Votes</title><description>China abstained.</description><pubDate>{stamp}"
    return f"<rss><channel><item>{item}</pubDate></item></channel></rss>".encode()


def _atom(stamp: str) -> bytes:
    entry = f"<title>Votes</title><published>{stamp}</published><updated>{stamp}</updated>"
    feed = "<feed xmlns='http://www.w3.org/2005/Atom'>"
    return f"{feed}<entry>{entry}<summary>China abstained.</summary></entry></feed>".encode()


def _newsml(stamp: str) -> bytes:
    meta = f"<itemMeta><versionCreated>{stamp}</versionCreated></itemMeta>"
    made = f"<contentMeta><contentCreated>{stamp}</contentCreated><headline>Votes</headline>"
    text = "<contentSet><inlineData contenttype='text/plain'>China abstained.</inlineData>"
    item = f"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1'>{meta}{made}"
    return f"{item}</contentMeta>{text}</contentSet></newsItem>".encode()


FEEDS: dict[str, Callable[[str], bytes]] = {
    "ninjs": _ninjs,
    "rss": _rss,
    "atom": _atom,
    "newsml": _newsml,
}


def words_for_days(lang: str) -> list[str]:
    """All words of the language for days that count from another day."""
    names = calendar(lang)
    known = [*names.days, *names.from_previous, *names.ranges, *names.weekdays]
    return [*_SPOKEN[lang], *(word.capitalize() for word in known)]


SAID = {lang: words_for_days(lang) for lang in LANGUAGES}


def some_edge(rng: Random) -> str:
    """A day at an edge of the calendar, words that count from one, or a number of any length."""
    lang, day = rng.choice(LANGUAGES), rng.choice(DAYS)
    stamp = moment(day, rng.choice(ZONES), rng.choice(("00:00:00", "23:59:59.999999")))
    count = number(rng.choice((1, 3, 4, 9, 10, 20, 400, 5_000)), rng)
    said = (*said_days(day, lang), stamp, f"{day:%a, %d %b} {day.year} 10:00:00 -2359", count)
    return rng.choice((*said, count, rng.choice(SAID[lang]), f"{count}-{count}-{count}"))


def edge_page(rng: Random) -> bytes:
    """A page or a feed in which the days and the counts are such."""
    if rng.random() < 0.25:
        return rng.choice(list(FEEDS.values()))(some_edge(rng))
    told = f"{some_edge(rng)} by {some_edge(rng)} to {some_edge(rng)}, {some_edge(rng)}"
    return rng.choice(list(PAGES.values()))(rng.choice(LANGUAGES), some_edge(rng), told)
