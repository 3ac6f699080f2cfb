"""The pictures of a vote: in its page, in the page's language, and as files of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from votewire import states
from votewire.check.deciding import permanent_members
from votewire.plots import horseshoe, tally_bar, tiles
from votewire.plots.captioned import Drawing, legend_of
from votewire.plots.marks import CHOICES, definitions, mark, sign
from votewire.record import Chamber, Record, Rollcall
from votewire.web.shown import Page
from votewire.web.templating import brief
from votewire.web.vote_citing import tally_told

__all__ = [
    "Block",
    "Drawn",
    "Roll",
    "bar",
    "counts_of",
    "drawing_of_map",
    "drawing_of_tally",
]

Named = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a map: its id and name, what it shows in words, its size and its inside."""

    id: str
    name: str
    told: str
    width: int
    height: int
    drawn: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who chose what on a day, as a map draws it. choices: state code -> label of a choice."""

    chamber: str
    day: date
    choices: Mapping[str, str]

    def named(self, code: str) -> str:
        """What the state was called that day."""
        return states.name_of(code, on=self.day)

    def counts(self) -> list[tuple[str, int]]:
        """How many made each choice, in the order of the legend."""
        found = Counter(self.choices.values())
        return [(choice, found[choice]) for choice in CHOICES]

    def blocks(
        self, words: Mapping[str, str], named: Named | None = None, marked: Collection[str] = ()
    ) -> Iterator[Block]:
        """The Assembly's regions, or the Council's table; nothing where nobody's choice is known.

        words: what a choice is called, by label, and `permanent`. named: what a state is called.
        """
        named = named or self.named
        if not self.choices:
            return
        if self.chamber == Chamber.SC:
            yield self._table(words, named, marked)
            return
        for region in states.tile_regions():
            drawn = tiles.region_map(region, self.choices, named, words, marked=marked)
            yield Block(
                id=region.id,
                name=region.name,
                told=tiles.region_told(region, self.choices, words),
                width=region.columns * tiles.STEP,
                height=region.rows * tiles.STEP,
                drawn=Markup(drawn),  # noqa: S704
            )

    def _table(self, words: Mapping[str, str], named: Named, marked: Collection[str]) -> Block:
        drawn = horseshoe.horseshoe(
            self.choices,
            permanent_members(self.day),
            self.day,
            named,
            words,
            permanent_word=words.get("permanent", "permanent member"),
            marked=marked,
        )
        return Block(
            id="council",
            name="",
            told=", ".join(f"{n} {words[choice]}" for choice, n in self.counts() if n),
            width=horseshoe.WIDTH,
            height=horseshoe.HEIGHT,
            drawn=Markup(drawn),  # noqa: S704
        )


class Drawn(Page):
    """A page with marks in it."""

    @staticmethod
    def patterns() -> Markup:
        """What every mark of a page refers to; once in each page."""
        return Markup(definitions())  # noqa: S704

    @staticmethod
    def swatch(choice: str) -> Markup:
        """The mark of a choice with its sign, for a legend."""
        drawn = mark(choice, 1, 1, 18, 18, round=3) + sign(choice, 4, 4)
        return Markup(  # noqa: S704
            f'<svg class="swatch tile {choice}" viewBox="0 0 20 20" width="20" height="20" '
            f'aria-hidden="true" focusable="false">{drawn}</svg>'
        )


def bar(
    counts: Mapping[str, int | None], needed: int | None, word: str, words: Mapping[str, str]
) -> Markup:
    """The inside of a tally's bar, with the line of what was needed."""
    return Markup(tally_bar.bar(counts, needed, word, words))  # noqa: S704


def drawing_of_map(record: Record, rollcall: Rollcall, roll: Roll, url: str) -> Drawing:
    """The map or the table as a picture that stands alone, in English."""
    council = roll.chamber == Chamber.SC
    body = (
        horseshoe.horseshoe(roll.choices, permanent_members(roll.day), roll.day, roll.named)
        if council
        else tiles.world_map(roll.choices, roll.named)
    )
    said = ", ".join(words for _, words in legend_of(roll.counts()))
    how = (
        "Seats in alphabetical order; a second outline marks the permanent members."
        if council
        else "One tile, one member, one vote; an empty tile was no member that day."
    )
    return Drawing(
        body=body,
        width=horseshoe.WIDTH if council else tiles.WIDTH,
        height=horseshoe.HEIGHT if council else tiles.HEIGHT,
        title=_title(rollcall),
        subtitle=f"{_when(rollcall)}. {how}",
        legend=legend_of(roll.counts()),
        source=_source(record, url),
        description=f"{said}. The page has the same as a table: {url}",
    )


def drawing_of_tally(
    record: Record, rollcall: Rollcall, needed: int | None, reason: str, url: str
) -> Drawing:
    """The tally as a picture that stands alone, in English."""
    counts = counts_of(rollcall)
    legend = legend_of([(choice, n or 0) for choice, n in counts.items()])
    return Drawing(
        body=f'<g transform="scale(2)">{tally_bar.bar(counts, needed)}</g>',
        width=tally_bar.BAR_WIDTH * 2,
        height=tally_bar.BAR_HEIGHT * 2,
        title=_title(rollcall),
        subtitle=f"{_when(rollcall)}. {reason}",
        legend=legend,
        source=_source(record, url),
        description=", ".join(words for _, words in legend),
    )


def counts_of(rollcall: Rollcall) -> dict[str, int | None]:
    """The announced tally by label; None where the record has none."""
    return {side: getattr(rollcall.tally, side) for side in CHOICES[:-1]}


def _title(rollcall: Rollcall) -> str:
    return f"{rollcall.name}: {brief(rollcall.title)}" if rollcall.title else rollcall.name


def _when(rollcall: Rollcall) -> str:
    chamber = {"GA": "General Assembly", "SC": "Security Council"}[rollcall.chamber]
    about = "" if rollcall.date_exact else " (day approximate)"
    return f"{chamber}, {rollcall.date}{about}: {tally_told(rollcall)}"


def _source(record: Record, url: str) -> str:
    return (
        f"Source: UN Digital Library and others; votewire record complete to "
        f"{record.completeness}, hash {record.hash[:12]}. {url}"
    )
