"""One rollcall told by one template: the names drawn, what the page says, what it gets wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from tests.check.generated.names import CAPITALS, DEMONYMS, can_name, day_words, in_words, name
from votewire import states
from votewire.record import Choice, Rollcall

__all__ = ["KINDS", "Fact", "Scene", "Template"]

KINDS = ("actor", "choice", "tally", "date", "outcome")
Fact = tuple[str, str]  # (actor, action), with opposed = voted_no and backed = voted_yes

_ACTIONS = {"yes": "voted_yes", "no": "voted_no", "abstain": "abstained"}
_CHOICES = {"yes": Choice.YES, "no": Choice.NO, "abstain": Choice.ABSTAIN}
_SIDES = ("yes", "no", "abstain")
_MOST = 90  # characters of a title
# Words that a cut title must not end in.
_DANGLING = "of|the|and|in|for|to|by|on|or|an?|with|all|other|occupied|against|from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A shape of page.

    write: the page's text, headline first. chamber: GA, SC or veto. least: the votes that each
    side must have at least. pinned: the page names the symbol, or the whole tally of a rollcall of
    the Assembly, beside a day, so that a wrong day can be known for one. quiet: it says neither
    what the text is about nor its symbol, so that it must be the vote of a day with few. names:
    plain, capital or demonym.
    """

    write: Callable[[Scene], str]
    chamber: str = "GA"
    least: tuple[int, int, int] = (2, 2, 2)
    pinned: bool = False
    quiet: bool = False
    lang: str = "en"
    names: str = "plain"

    @property
    def id(self) -> str:
        """The name of the template."""
        return self.write.__name__


@dataclass
class Scene:
    """What a template may say of its rollcall; asking for it notes it as said.

    mutation: the one thing that is told wrong, None on a true page. said: all facts of the page.
    wrong: those of them that the mutation made false.
    """

    rollcall: Rollcall
    template: Template
    seed: int
    mutation: str | None = None
    said: set[Fact] = field(default_factory=set)
    wrong: set[Fact] = field(default_factory=set)
    _pools: dict[str, list[str]] = field(default_factory=dict)
    _wrong_done: bool = False

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        lang, names = self.template.lang, self.template.names
        for side, choice in _CHOICES.items():
            codes = [c for c in self.rollcall.states(choice) if can_name(c, lang, names)]
            rng.shuffle(codes)
            self._pools[side] = codes
        self._shift = rng.randint(2, 4)
        self._by = rng.choice((2, 3, 5, 7)) if self.rollcall.chamber == "GA" else 1
        self._flip = rng.random() < 0.5
        self._spare = {side: list(reversed(codes)) for side, codes in self._pools.items()}

    @cached_property
    def page(self) -> bytes:
        """The page as a file; written once, for it draws the names."""
        text = self.template.write(self)
        text = re.sub(r"(^|\n|[.:] )the (?=[A-Z])", r"\1The ", text)
        headline, _, body = text.partition("\n")
        published = self.published.isoformat()
        return f"{headline}\n\nPublished: {published}\n\n{body}\n".encode()

    @property
    def published(self) -> date:
        """The day of the page: the day after the vote."""
        return self.rollcall.date + timedelta(days=1)

    def yes(self, count: int) -> list[str]:
        """Names of so many states told to have voted in favour."""
        return self._named("yes", count)

    def no(self, count: int) -> list[str]:
        """Names of so many states told to have voted against."""
        return self._named("no", count)

    def abstain(self, count: int) -> list[str]:
        """Names of so many states told to have abstained."""
        return self._named("abstain", count)

    def vetoing(self) -> list[str]:
        """The permanent members told to have vetoed."""
        permanent = ("USA", "RUS", "SUN", "CHN", "GBR", "FRA")
        codes = [c for c in permanent if c in self.rollcall.states(Choice.NO)]
        others = [
            c for c in permanent if self.rollcall.casts.get(c) in (Choice.YES, Choice.ABSTAIN)
        ]
        if self.mutation in ("actor", "choice") and not self._wrong_done and others:
            codes[-1] = others[0]
            self.wrong.add((codes[-1], "vetoed"))
            self._wrong_done = True
        self.said |= {(code, "vetoed") for code in codes}
        return [self._name(code) for code in codes]

    def all_no(self) -> list[str]:
        """Names of all that voted against."""
        return self._named("no", len(self.rollcall.states(Choice.NO)))

    def count(self, side: str) -> int:
        """The votes of a side, as the page states them."""
        counted = getattr(self.rollcall.tally, side)
        if self.mutation != "tally":
            return int(counted)
        moved = self._by if self._flip else -self._by
        if self.rollcall.chamber == "SC":
            moved = -1 if self.rollcall.tally.yes > 1 else 1
        return int(counted + {"yes": moved, "no": -moved, "abstain": 0}[side])

    def tally(self) -> tuple[int, int, int]:
        """The whole tally as the page states it."""
        counts = self.count("yes"), self.count("no"), self.count("abstain")
        if min(counts) < 0:  # a side with too few votes cannot lose some
            self._flip = not self._flip
            counts = self.count("yes"), self.count("no"), self.count("abstain")
        self._tells("tally")
        return counts

    def words(self) -> tuple[str, str, str]:
        """The whole tally in words."""
        first, second, third = self.tally()
        return in_words(first), in_words(second), in_words(third)

    def day(self, form: str = "weekday") -> str:
        """The day of the vote as the page states it."""
        if self.mutation == "date":
            self.wrong.add((self.rollcall.chamber, "day"))
        return day_words(self.stated_day, self.template.lang, form)

    @property
    def stated_day(self) -> date:
        """The day that the page gives for the vote."""
        back = self._shift if self.mutation == "date" else 0
        return self.rollcall.date - timedelta(days=back)

    def became(self, adopted: str, rejected: str) -> str:
        """The word for what became of the text."""
        passed = self.rollcall.outcome == "adopted"
        if self.mutation == "outcome":
            passed = not passed
            self.wrong.add((self.rollcall.chamber, "adopted" if passed else "rejected"))
        self.said.add((self.rollcall.chamber, "adopted" if passed else "rejected"))
        return adopted if passed else rejected

    @property
    def symbol(self) -> str:
        """The symbol of the resolution, or of the draft where there is none."""
        return self.rollcall.name

    @property
    def about(self) -> str:
        """What the text is about, as its title says: `the Hague Code of Conduct`."""
        title = self.rollcall.title or ""
        inside = re.search(r"\[on (.+?)\]?$", title)
        title = inside[1] if inside else title.split(" : ")[0]
        title = title.title() if title.isupper() else title
        title = re.split(r" \(|,? which |, (?:in|including|and in) ", title)[0][:_MOST]
        title = title.rsplit(" ", 1)[0] if len(title) == _MOST else title
        title = re.sub(rf"(?: (?:{_DANGLING}))+$", "", title)
        first, _, rest = title.strip(" ,.[]").partition(" ")
        named = states.find_mentions(first)
        plain = first.lower() if first.istitle() and rest[:1].islower() and not named else first
        return f"{plain} {rest}".strip()

    def _tells(self, action: str) -> None:
        self.said.add((self.rollcall.chamber, action))
        if self.mutation == "tally":
            self.wrong.add((self.rollcall.chamber, action))

    def _named(self, side: str, count: int) -> list[str]:
        pool = self._pools[side]
        if count > len(pool):
            raise LookupError(side)
        codes, rest = pool[:count], pool[count:]
        self._pools[side] = rest
        action = _ACTIONS[side]
        if self.mutation in ("actor", "choice") and not self._wrong_done:
            codes = self._falsified(side, codes)
            self.wrong |= {(c, action) for c in codes if c not in pool}
            self._wrong_done = True
        self.said |= {(code, action) for code in codes}
        return [self._name(code) for code in codes]

    def _falsified(self, side: str, codes: list[str]) -> list[str]:
        """One state of another side among them, or all of another side."""
        others = ("no", "yes", "abstain") if side != "no" else ("yes", "abstain")
        for other in others:
            if other == side:
                continue
            spare = [code for code in self._spare[other] if code in self._pools[other]]
            wanted = 1 if self.mutation == "actor" else len(codes)
            if len(spare) >= wanted:
                taken = spare[:wanted]
                self._pools[other] = [c for c in self._pools[other] if c not in taken]
                return [*taken, *codes[1:]] if self.mutation == "actor" else taken
        raise LookupError(side)

    def _name(self, code: str) -> str:
        names = {"capital": CAPITALS, "demonym": DEMONYMS}.get(self.template.names)
        return names[code] if names else name(code, self.rollcall.date, self.template.lang)
