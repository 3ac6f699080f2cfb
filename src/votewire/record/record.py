"""The record in memory: frames, the roll matrix, and looking a rollcall up by any symbol."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import Ambiguous, NotInRecord
from votewire.record.lookup import Lookup
from votewire.record.naming import having
from votewire.record.tables import CASTS, Chamber, Choice, Kind, Outcome

__all__ = ["Found", "Matrix", "Record", "Rollcall", "SourceRef", "Totals"]

_FINAL = (Kind.RESOLUTION, Kind.DECISION)
_CHOICES = tuple(Choice)
_WORDS = 64  # texts looked for in titles whose answer is kept, 11.5 kB each
_KEPT = 2**14  # rollcalls kept ready: all of them, 25 MB
_BEFORE_ALL = date(1945, 10, 23)  # the United Nations began the day after
_OWN = frozenset(range(Choice.NON_VOTING + 1))  # marks of a choice that a state made
_CAST = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.NON_VOTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts of one rollcall; None where the record has none."""

    yes: int | None
    no: int | None
    abstain: int | None
    non_voting: int | None

    def __str__(self) -> str:
        return "-".join("?" if n is None else str(n) for n in (self.yes, self.no, self.abstain))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where a rollcall can be looked up."""

    source: str
    key: str
    publisher: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollcall:
    """One rollcall with its roll. Fields as the `rollcalls` table declares them."""

    id: str
    chamber: str
    session: str
    date: date
    date_exact: bool
    symbol: str | None
    draft: str | None
    meeting: str | None
    kind: str
    title: str | None
    agenda: tuple[str, ...]
    issues: tuple[str, ...]
    sponsors: tuple[str, ...]
    outcome: str
    modality: str
    roll: str
    tally_from: str
    tally: Totals
    members: int | None
    note: str | None
    casts: Mapping[str, Choice]

    def __repr__(self) -> str:
        return f"<Rollcall {self.name} ({self.date}): {self.outcome}, {self.tally}>"

    @property
    def name(self) -> str:
        """What to call it: its symbol, else its draft's, else its id."""
        return self.symbol or self.draft or self.id

    def states(self, choice: Choice) -> tuple[str, ...]:
        """The codes of the states that made this choice, sorted."""
        return tuple(sorted(code for code, cast in self.casts.items() if cast == choice))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a symbol: the rollcall meant, and what else answers to that symbol."""

    rollcall: Rollcall
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        more = f", {len(self.others)} more under this symbol" if self.others else ""
        return f"<Found: {self.rollcall!r}{more}>"

    @property
    def note(self) -> str | None:
        """A sentence naming the other rollcalls, or None where the symbol is unique."""
        if not self.others:
            return None
        listed = ", ".join(self.others[:5]) + (" ..." if len(self.others) > 5 else "")
        return f"{len(self.others)} more under this symbol: {listed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rolls as a matrix.

    values: (n_rollcalls, n_states) int8 of Choice codes. rollcalls: their ids, in date order.
    states: the codes of the columns, sorted. dates: (n_rollcalls,) datetime64[D].
    """

    values: NDArray[np.int8]
    rollcalls: tuple[str, ...]
    states: tuple[str, ...]
    dates: NDArray[np.datetime64]

    def __repr__(self) -> str:
        return f"<Matrix: {len(self.rollcalls):,} rollcalls x {len(self.states)} states>"


class Casts(Mapping[str, Choice]):
    """State code -> choice, of one roll, in order of the codes.

    roll: a byte for each state, a Choice code as in `Record.choices`. A dictionary of each roll
    would take twenty times the room and the time, and most readers ask for a state or two.
    """

    __slots__ = ("_roll",)

    def __init__(self, roll: bytes) -> None:
        self._roll = roll

    def __getitem__(self, code: str) -> Choice:
        mark = self._roll[_columns()[code]]
        if mark > Choice.NON_VOTING:
            raise KeyError(code)
        return _CHOICES[mark]

    def __iter__(self) -> Iterator[str]:
        return (code for code, mark in zip(states.codes(), self._roll, strict=True) if mark in _OWN)

    def __len__(self) -> int:
        return sum(map(self._roll.count, _OWN))

    def get(self, code: str, default: Any = None) -> Any:
        """The choice of a state, or the default where it made none."""
        column = _columns().get(code)
        mark = None if column is None else self._roll[column]
        return _CHOICES[mark] if mark in _OWN else default

    def __repr__(self) -> str:
        counts = [f"{self._roll.count(choice)} {choice.label}" for choice in _CAST]
        return f"<Casts: {', '.join(counts)}>"


@cache
def _columns() -> dict[str, int]:
    return {code: column for column, code in enumerate(states.codes())}


class Record:
    """The voting record: every rollcall, every cast, where each came from.

    rollcalls, casts, sources, disagreements and quarantine are Polars frames with the columns that
    `votewire.record.tables` declares. choices: (n_rollcalls, n_states) int8 of Choice codes, rows
    as `rollcalls`, columns as `states.codes()`. `hash` names the content; put it beside figures.
    base: the record that a user's additions were laid over, None where there are none; own: the ids
    of the rollcalls that they brought, or of which they brought casts.
    """

    def __init__(
        self,
        *,
        rollcalls: pl.DataFrame,
        choices: NDArray[np.int8],
        manifest: Mapping[str, Any],
        side_table: Callable[[str], pl.DataFrame],
        base: Record | None = None,
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.rollcalls = rollcalls
        self.manifest = manifest
        self.choices = choices
        self.base = base
        self.own = own
        # A page asks for the same few rollcalls again and again; each is made once.
        self.at = lru_cache(maxsize=_KEPT)(self._at)
        self.naming = lru_cache(maxsize=_WORDS)(self._naming)
        self._side_table = side_table

    def __repr__(self) -> str:
        return f"<Record: {self.rollcalls.height:,} rollcalls; hash {self.hash[:12]}>"

    def __len__(self) -> int:
        return self.rollcalls.height

    @property
    def hash(self) -> str:
        """SHA-256 of the record's content, hexadecimal."""
        return str(self.manifest["hash"])

    @property
    def complete_to(self) -> dict[str, date]:
        """Chamber -> the last day up to which none of its adopted texts is known to be missing.

        Where the sources do not tell of a chamber, that is the day of its last rollcall, and before
        all votes where it has none.
        """
        told = self.manifest["complete_to"]
        return {
            c.value: date.fromisoformat(told[c]) if c in told else self._last_day(c)
            for c in Chamber
        }

    def _last_day(self, chamber: Chamber) -> date:
        days = self.days[(self.rollcalls["chamber"] == chamber.value).to_numpy()]
        last: date = max(days, default=np.datetime64(_BEFORE_ALL)).item()
        return last

    @property
    def failed_complete_to(self) -> dict[str, date]:
        """Chamber -> the last day up to which rejected and vetoed texts were collected."""
        return {c: date.fromisoformat(d) for c, d in self.manifest["failed_complete_to"].items()}

    @cached_property
    def sources(self) -> pl.DataFrame:
        """Where each rollcall came from (SOURCES table)."""
        return self._side_table("sources")

    @cached_property
    def disagreements(self) -> pl.DataFrame:
        """Where sources differ, with both values and the rule that chose (DISAGREEMENTS table)."""
        return self._side_table("disagreements")

    @cached_property
    def quarantine(self) -> pl.DataFrame:
        """Rollcalls that broke an invariant, with the reason (QUARANTINE table)."""
        return self._side_table("quarantine")

    @cached_property
    def casts(self) -> pl.DataFrame:
        """One row for each member's choice (CASTS table), sorted by rollcall order and state."""
        row, column = np.nonzero(self.choices <= Choice.NON_VOTING)
        labels = pl.Series([choice.label for choice in Choice])
        return pl.DataFrame(
            {
                "rollcall": self.rollcalls["id"].gather(row),
                "state": pl.Series(states.codes()).gather(column),
                "choice": labels.gather(self.choices[row, column]),
            },
            schema=CASTS.schema,
        )

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """(n_rollcalls,) datetime64[D]: the day of each rollcall, in row order."""
        return self.rollcalls["date"].to_numpy().astype("datetime64[D]")

    def on(self, day: date) -> list[int]:
        """The rows of the `rollcalls` frame of a day."""
        return self._rows_by_day.get(day, [])

    @cached_property
    def _rows_by_day(self) -> dict[date, list[int]]:
        rows: dict[date, list[int]] = {}
        for row, day in enumerate(self.rollcalls["date"].to_list()):
            rows.setdefault(day, []).append(row)
        return rows

    def matrix(
        self,
        *,
        chamber: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> Matrix:
        """The rolls as an int8 matrix of Choice codes, rollcalls x states, with its labels.

        Rollcalls without a roll (adopted without a vote) are left out; partial rolls hold
        NOT_RECORDED where no source gives the choice. since and until are inclusive days, as dates
        or as "2025-02-24". Raises ValueError for another chamber or no such day.
        """
        keep = (self.rollcalls["roll"] != "none").to_numpy()
        if chamber is not None:
            keep &= (self.rollcalls["chamber"] == Chamber(chamber).value).to_numpy()
        if since is not None:
            keep &= self.days >= np.datetime64(_day(since))
        if until is not None:
            keep &= self.days <= np.datetime64(_day(until))
        return Matrix(
            values=self.choices[keep],
            rollcalls=tuple(self.rollcalls["id"].filter(pl.Series(keep))),
            states=states.codes(),
            dates=self.days[keep],
        )

    def select(
        self,
        *,
        state: str | None = None,
        choice: str | None = None,
        chamber: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        text: str | None = None,
        outcome: str | None = None,
    ) -> pl.DataFrame:
        """The rollcalls that fit every condition given, oldest first, as a ROLLCALLS frame.

        With `state`, only rollcalls with its choice, which is added as the column `choice`; with
        `choice`, only those where it made that one. `text` is looked for in title, agenda and
        symbols, as `naming` does.
        """
        frame = self.rollcalls
        keep = pl.Series(np.ones(frame.height, dtype=bool))
        if state is not None:
            cast = self.choices[:, states.codes().index(state)]
            frame = frame.with_columns(choice=_labels(cast))
            wanted = (Choice[choice.upper()],) if choice else _CAST
            keep &= pl.Series(np.isin(cast, wanted))
        if text is not None:
            keep &= pl.Series(self.naming(text))
        for condition in _conditions(chamber, _day(since), _day(until), outcome):
            keep &= frame.select(condition).to_series().fill_null(value=False)
        return frame.filter(keep)

    def rollcall(self, symbol: str) -> Rollcall:
        """The rollcall that a symbol, alias or id names.

        Raises NotInRecord with the nearest symbols, or Ambiguous where several answer and none of
        them is the vote on the text as a whole.
        """
        return self.find(symbol).rollcall

    def find(self, symbol: str) -> Found:
        """The rollcall that a symbol, alias or id names, and the others under the same symbol.

        The vote on a whole text goes before votes on its parts, and a bare number is the Security
        Council's before the Assembly's. Raises NotInRecord or Ambiguous.
        """
        rows = self.rows(symbol)
        if not rows:
            raise NotInRecord(symbol, nearest=self.nearest(symbol), complete_to=self.completeness)
        first = self._preferred(rows)
        if first is None:
            raise Ambiguous(symbol, candidates=[self._id(row) for row in rows])
        others = tuple(self._label(row) for row in rows if row != first)
        return Found(rollcall=self.at(first), others=others)

    def candidates(self, symbol: str) -> list[Rollcall]:
        """Every rollcall that answers to a symbol, possibly none."""
        return [self.at(row) for row in self.rows(symbol)]

    @property
    def completeness(self) -> str:
        """`GA 2025-10-29, SC 2025-10-31`: how far the record reaches, for every answer."""
        return ", ".join(f"{chamber} {day}" for chamber, day in sorted(self.complete_to.items()))

    naming: Callable[..., NDArray[np.bool_]]
    """naming(text, whole=False): (n_rollcalls,) whether title, agenda or symbols have a text.

    In any case, and in whole words or at their start, as `votewire.record.naming.having` says.
    """

    def _naming(self, text: str, *, whole: bool = False) -> NDArray[np.bool_]:
        return having(self._words, text, whole=whole).to_numpy()

    @cached_property
    def _words(self) -> pl.Series:
        fields = [pl.col(name).fill_null("") for name in ("title", "symbol", "draft")]
        words = pl.concat_str([*fields, pl.col("agenda").list.join(" ")], separator=" ")
        return self.rollcalls.select(words.str.to_lowercase()).to_series()

    at: Callable[[int], Rollcall]
    """at(row): the rollcall in one row of the `rollcalls` frame."""

    def _at(self, row: int) -> Rollcall:
        values = self.rollcalls.row(row, named=True)
        casts = Casts(self.choices[row].tobytes())
        tally = Totals(**{side: values.pop(side) for side in Totals.__slots__})
        values |= {name: tuple(values[name]) for name in ("agenda", "issues", "sponsors")}
        return Rollcall(**values, tally=tally, casts=casts)

    def row_of(self, rollcall_id: str) -> int:
        """The row of a rollcall id; raises NotInRecord."""
        row = self._index.ids.get(rollcall_id)
        if row is None:
            raise NotInRecord(rollcall_id, complete_to=self.completeness)
        return row

    def sources_of(self, rollcall_id: str) -> tuple[SourceRef, ...]:
        """Where one rollcall came from."""
        publishers = {s["id"]: s["publisher"] for s in self.manifest["sources"]}
        rows = self._by_publisher(self.sources.filter(pl.col("rollcall") == rollcall_id))
        return tuple(
            SourceRef(
                source=row["source"],
                key=row["source_key"],
                publisher=publishers.get(row["source"], row["source"]),
                url=row["url"],
            )
            for row in rows.iter_rows(named=True)
        )

    def url_of(self, rollcall_id: str) -> str | None:
        """Where one rollcall can be looked up, or None where no source has an address."""
        return self._urls.get(rollcall_id)

    @cached_property
    def _urls(self) -> dict[str, str]:
        known = self._by_publisher(self.sources.filter(pl.col("url").is_not_null()))
        first = known.unique(subset="rollcall", keep="first", maintain_order=True)
        return dict(zip(first["rollcall"], first["url"], strict=True))

    def _by_publisher(self, sources: pl.DataFrame) -> pl.DataFrame:
        """Rows of the sources table in the manifest's order: the UN's own library comes first."""
        order = {source["id"]: at for at, source in enumerate(self.manifest["sources"])}
        rank = pl.col("source").replace_strict(order, default=len(order), return_dtype=pl.Int32)
        return sources.sort(rank, "source_key", maintain_order=True)

    def nearest(self, symbol: str) -> tuple[str, ...]:
        """Up to three symbols of the record that look most like one that is not in it."""
        return self._index.nearest(symbol)

    @cached_property
    def _index(self) -> Lookup:
        return Lookup(self.rollcalls)

    def rows(self, symbol: str) -> list[int]:
        """The rows of the `rollcalls` frame that answer to a symbol, alias or id; possibly none."""
        return self._index.rows(symbol)

    def _preferred(self, rows: list[int]) -> int | None:
        """The row meant: the only one, or the only whole text of the first chamber that has one."""
        if len(rows) == 1:
            return rows[0]
        kinds, chambers = self.rollcalls["kind"], self.rollcalls["chamber"]
        for chamber in (Chamber.SC, Chamber.GA):
            whole = [r for r in rows if chambers[r] == chamber and kinds[r] in _FINAL]
            if len(whole) == 1:
                return whole[0]
            if whole:
                return None
        return None

    def _id(self, row: int) -> str:
        return str(self.rollcalls["id"][row])

    def _label(self, row: int) -> str:
        values = self.rollcalls.row(row, named=True)
        name = values["symbol"] or values["draft"]
        return f"{values['id']} ({name}, {values['kind']})" if name else str(values["id"])


def _day(given: date | str | None) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _labels(cast: NDArray[np.int8]) -> pl.Series:
    return pl.Series([choice.label for choice in Choice]).gather(cast)


def _conditions(
    chamber: str | None,
    since: date | None,
    until: date | None,
    outcome: str | None,
) -> Iterator[pl.Expr]:
    if chamber is not None:
        yield pl.col("chamber") == Chamber(chamber).value
    if since is not None:
        yield pl.col("date") >= since
    if until is not None:
        yield pl.col("date") <= until
    if outcome is not None:
        yield pl.col("outcome") == Outcome(outcome).value
