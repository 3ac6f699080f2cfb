"""What an addition brings: rollcalls that are new, fuller, the same, or less than is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from votewire.errors import LessThanStored
from votewire.record.readers.result import Problem, ReadRollcall

__all__ = ["Known", "Sorting", "sort_addition"]

Known = Callable[[ReadRollcall], int | None]
"""How many casts of a rollcall the shipped record has; None or 0 where it has no such rollcall."""

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The rollcalls of an addition, sorted.

    new, filled, beside, repeated, less: as in `votewire.record.layer.Added`; less also carries how
    many casts are there.
    """

    new: tuple[ReadRollcall, ...]
    filled: tuple[ReadRollcall, ...]
    beside: tuple[ReadRollcall, ...]
    repeated: tuple[ReadRollcall, ...]
    less: tuple[tuple[ReadRollcall, int], ...]

    @property
    def keep(self) -> tuple[ReadRollcall, ...]:
        """What is worth storing, by date and symbol."""
        kept = (*self.new, *self.filled, *self.beside)
        return tuple(sorted(kept, key=lambda r: (r.date, r.symbol or "", r.source_key)))

    def refuse_less(self) -> None:
        """Raises LessThanStored where there is nothing to store and something is there in full."""
        if self.keep or not self.less:
            return
        rollcall, there = self.less[0]
        more = f" So it is with {len(self.less) - 1} more." if len(self.less) > 1 else ""
        raise LessThanStored(
            f"{_named(rollcall)}: the file has {len(rollcall.casts)} casts, but {there} are stored "
            f"already.{more} Nothing was changed."
        )

    def problems(self) -> tuple[Problem, ...]:
        """The rollcalls that are there with more casts, as problems."""
        return tuple(
            Problem(
                source_key=rollcall.source_key,
                symbol=rollcall.symbol or rollcall.draft,
                date=rollcall.date,
                reason=f"has {len(rollcall.casts)} casts, but {there} are stored already",
            )
            for rollcall, there in self.less
        )


def sort_addition(
    rollcalls: Sequence[ReadRollcall], stored: Iterable[Sequence[ReadRollcall]], known: Known
) -> Sorting:
    """The rollcalls sorted against what the layer stores and what the record knows.

    stored: the rollcalls of each earlier addition. One of them is the same vote where chamber, day,
    kind and symbol or draft are. Where an addition holds several such votes, as on the paragraphs
    of one text, only the very same roll is a repeat, and any other is new.
    """
    shelf = _Shelf(stored)
    repeated = tuple(rollcall for rollcall in rollcalls if shelf.take(rollcall))
    same = set(map(id, repeated))
    piles: dict[str, list[ReadRollcall]] = {"new": [], "filled": [], "beside": []}
    less: list[tuple[ReadRollcall, int]] = []
    for rollcall in rollcalls:
        if id(rollcall) in same:
            continue
        in_layer = shelf.casts(rollcall)
        there = max(known(rollcall) or 0, in_layer or 0)
        if there > len(rollcall.casts):
            less.append((rollcall, there))
        elif not there and in_layer is None:
            piles["new"].append(rollcall)
        else:
            piles["filled" if there < len(rollcall.casts) else "beside"].append(rollcall)
    return Sorting(
        new=tuple(piles["new"]),
        filled=tuple(piles["filled"]),
        beside=tuple(piles["beside"]),
        repeated=repeated,
        less=tuple(less),
    )


class _Shelf:
    """The layer's rollcalls by what names a vote; those taken as repeats are not met again."""

    def __init__(self, stored: Iterable[Sequence[ReadRollcall]]) -> None:
        self.by_key: dict[_Key, list[tuple[int, ReadRollcall]]] = {}
        self.taken: set[int] = set()
        for addition, rollcalls in enumerate(stored):
            for rollcall in rollcalls:
                for key in _keys(rollcall):
                    self.by_key.setdefault(key, []).append((addition, rollcall))

    def take(self, rollcall: ReadRollcall) -> bool:
        """True, once for each, where the very same rollcall is stored."""
        for _, other in self._met(rollcall):
            if other.casts == rollcall.casts and other.modality == rollcall.modality:
                self.taken.add(id(other))
                return True
        return False

    def casts(self, rollcall: ReadRollcall) -> int | None:
        """The most casts that an addition gives this vote; None where it is in none of them.

        None too where one addition has several votes of that name: which is meant is not known.
        """
        met = self._met(rollcall)
        additions = [addition for addition, _ in met]
        if not met or len(set(additions)) < len(additions):
            return None
        return max(len(other.casts) for _, other in met)

    def _met(self, rollcall: ReadRollcall) -> list[tuple[int, ReadRollcall]]:
        met = {id(pair[1]): pair for key in _keys(rollcall) for pair in self.by_key.get(key, ())}
        return [pair for which, pair in met.items() if which not in self.taken]


def _keys(rollcall: ReadRollcall) -> list[_Key]:
    vote = (rollcall.chamber, rollcall.date, rollcall.kind)
    names = [name for name in (rollcall.symbol, rollcall.draft) if name]
    return [(*vote, name) for name in names] or [(*vote, None, rollcall.source_key)]


def _named(rollcall: ReadRollcall) -> str:
    return rollcall.symbol or rollcall.draft or rollcall.source_key
