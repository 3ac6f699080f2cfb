"""Blocs found in the votes: communities of states in a graph of agreement beyond chance.

At the United Nations most votes are won by large majorities, so plain agreement is near 1 for most
pairs and a graph of it has no parts. Cohen's kappa takes the agreement away that two states' habits
give by chance; keeping each state's ten strongest ties lets small blocs show. The measurements are
in docs/explanation/cohesion.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.definitions import Definition
from votewire.blocs.pairs import agreement_matrix
from votewire.blocs.phrasing import counted, listed
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Choice, Record, Selection

__all__ = ["Partition", "communities", "partition", "ties"]

Weights = NDArray[np.float64]

_SHARED = 10  # rollcalls that two states must both have voted on for a tie between them
_NEAREST = 10  # ties kept of each state: fewer make blocs by region, more hide the small ones
_ITERATIONS = 5  # runs of the algorithm, each from the last one's result; more change nothing
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """States in communities.

    labels: (n_states,) community of each, from 1, the largest first; 0 for a state without ties.
    stability: (n_states,) share of seeds, averaged over the other members of its community, in
    which the state is together with them; of a state alone, in which it is alone.
    quality: the modularity of the partition.
    """

    labels: NDArray[np.intp]
    stability: NDArray[np.float64]
    quality: float


def ties(choices: NDArray[np.int8], nearest: int = _NEAREST) -> Weights:
    """The graph's weights: kappa of each pair where above 0 and among the strongest of either.

    choices: (n_rollcalls, n_states) Choice codes. nearest: ties kept of each state; two states stay
    tied where either keeps the tie. Returns (n_states, n_states), symmetric, 0 on the diagonal and
    for pairs with fewer than ten rollcalls on which both voted.
    """
    values, n = agreement_matrix(choices, Definition.KAPPA)
    kappa = np.where(n >= _SHARED, np.nan_to_num(values), 0.0).clip(min=0.0)
    np.fill_diagonal(kappa, 0.0)
    strongest = np.argsort(-kappa, axis=1, kind="stable")[:, :nearest]
    kept = np.zeros(kappa.shape, dtype=bool)
    np.put_along_axis(kept, strongest, values=True, axis=1)
    return np.where(kept | kept.T, kappa, 0.0)


def partition(weights: Weights, *, resolution: float, seeds: int) -> Partition:
    """The communities of a weighted graph: the best by modularity of as many runs as `seeds`.

    weights: (n_states, n_states), symmetric. resolution: more than 1 gives more communities, less
    fewer. Raises ValueError for a graph without a tie. Source: Traag, Waltman and van Eck (2019).
    """
    from graspologic_native import leiden

    left, right = np.nonzero(np.triu(weights, 1))
    if not left.size:
        raise ValueError("a graph without a tie has no communities")
    edges = [(str(a), str(b), float(weights[a, b])) for a, b in zip(left, right, strict=True)]
    runs = [
        leiden(edges, resolution=resolution, iterations=_ITERATIONS, seed=seed)
        for seed in range(seeds)
    ]
    found = np.full((seeds, len(weights)), -1)
    for run, (_, members) in enumerate(runs):
        for node, community in members.items():
            found[run, int(node)] = community
    best = int(np.argmax([quality for quality, _ in runs]))
    labels = _by_size(found[best])
    return Partition(
        labels=labels, stability=_stability(found, labels), quality=float(runs[best][0])
    )


def communities(
    record: Record,
    *,
    within: Selection = Selection(),
    session: str | None = None,
    resolution: float = 1.0,
    seeds: int = 20,
) -> Answer:
    """The communities of states in a period's votes, each state with its stability.

    session: only rollcalls of it; with neither a session nor anything but a chamber in `within`,
    the last 365 days of the record. States that voted on fewer than a third of the rollcalls, or on
    fewer than ten, are left out and listed.
    Raises UsageError for a resolution or number of seeds that is none, TooFewRollcalls where fewer
    than ten rollcalls fit or no two states agree beyond chance.
    """
    if not 0 < resolution < inf or seeds < 2:
        raise UsageError("--resolution must be a number above 0, --seeds 2 or more.")
    within, rows = _chosen(record, within, session)
    if rows.size < _SHARED:
        why = f"{counted(rows.size, 'rollcall')} among {_asked(within, session)}; {_SHARED} needed"
        raise TooFewRollcalls(why, record.completeness)
    votes = (record.choices[rows] <= Choice.NO).sum(axis=0)
    enough = votes >= max(_SHARED, rows.size / 3)
    columns = np.flatnonzero(enough)
    weights = ties(record.choices[rows][:, columns])
    if not weights.any():
        why = f"no two states agree beyond chance over {_asked(within, session)}"
        raise TooFewRollcalls(why, record.completeness)
    parts = partition(weights, resolution=resolution, seeds=seeds)
    last = record.days[rows[-1]].item()
    table = _table(columns, parts, weights, last)
    few = np.flatnonzero((votes > 0) & ~enough)
    return Answer(
        question="communities",
        title=f"Communities of states: {_asked(within, session)}",
        told=_told(table, parts, columns, few, seeds),
        table=table,
        definition=_definition(resolution, seeds),
        basis=f"{_asked(within, session)}, {counted(rows.size, 'rollcall')}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts=_facts(parts, columns, few, resolution, seeds),
    )


def _chosen(
    record: Record, within: Selection, session: str | None
) -> tuple[Selection, NDArray[np.intp]]:
    if session is None and within == Selection(chamber=within.chamber):
        within = replace(within, since=record.complete_to[within.chamber] - _YEAR)
    rows = within.rows(record)
    if session is not None:
        rows = rows[(record.rollcalls["session"][rows] == session).to_numpy()]
    return within, rows


def _asked(within: Selection, session: str | None) -> str:
    return within.told() + (f", session {session}" if session else "")


def _by_size(found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Communities renumbered from 1, the largest first, of equals the one with the first state."""
    names, first, sizes = np.unique(found[found >= 0], return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    labels = np.zeros(found.shape, dtype=np.intp)
    for number, at in enumerate(order, start=1):
        labels[found == names[at]] = number
    return labels


def _stability(found: NDArray[np.intp], labels: NDArray[np.intp]) -> NDArray[np.float64]:
    together = np.zeros((len(labels), len(labels)))
    alone = np.zeros(len(labels))
    for run in found:
        same = run[:, None] == run[None, :]
        together += same
        alone += same.sum(axis=1) == 1
    others = (labels[:, None] == labels[None, :]) & ~np.eye(len(labels), dtype=bool)
    size = others.sum(axis=1)
    mean = (together * others).sum(axis=1) / np.where(size, size, 1)
    return np.asarray(np.where(size, mean, alone) / len(found))


def _table(
    columns: NDArray[np.intp], parts: Partition, weights: Weights, last: date
) -> pl.DataFrame:
    codes = [states.codes()[at] for at in columns]
    labels = {
        number: _label(parts.labels == number, codes, weights, last)
        for number in range(1, int(parts.labels.max()) + 1)
    }
    lines = [
        (number, labels[number], code, states.name_of(code), steady)
        for code, number, steady in zip(
            codes, parts.labels.tolist(), parts.stability.tolist(), strict=True
        )
        if number
    ]
    schema = {"community": pl.Int64, "label": pl.String, "state": pl.String, "name": pl.String}
    table = pl.DataFrame(lines, schema=schema | {"stability": pl.Float64}, orient="row")
    return table.sort("community", "name")


def _label(inside: NDArray[np.bool_], codes: list[str], weights: Weights, last: date) -> str:
    """The group that the community is more than half of, both ways; else two members and a count.

    The members named are permanent members of the Council first, then states that are in the G20
    now or once, then those with the strongest ties to the rest.
    """
    members = {code for code, kept in zip(codes, inside, strict=True) if kept}
    overlap, group = max((_jaccard(members, g, set(codes), last), g) for g in states.groups())
    if overlap > 0.5:
        return f"{states.group(group).name} (Jaccard {overlap:.2f})"
    permanent = states.group_members("P5", last)
    large = states.group("G20").spells
    strength = dict(zip(codes, weights[:, inside].sum(axis=1).tolist(), strict=True))
    order = sorted(members, key=lambda c: (c not in permanent, c not in large, -strength[c], c))
    return listed([states.name_of(code) for code in order], limit=2)


def _jaccard(members: set[str], group: str, voting: set[str], last: date) -> float:
    """Shared members over members of either, among the states that voted; 0 for open groups."""
    if states.group(group).open:
        return 0.0
    theirs = states.group_members(group, last) & voting
    return len(members & theirs) / len(members | theirs)


def _told(
    table: pl.DataFrame,
    parts: Partition,
    columns: NDArray[np.intp],
    few: NDArray[np.intp],
    seeds: int,
) -> tuple[str, ...]:
    mean = float(parts.stability[parts.labels > 0].mean())
    number = int(parts.labels.max())
    head = (
        f"{number} {'community' if number == 1 else 'communities'} among {table.height} states; "
        f"mean stability {mean:.2f} over {seeds} runs."
    )
    lines = [
        f"{at}. {label}: {counted(len(names), 'state')}: {listed(names, limit=9)}."
        for at, label, names in _named(table)
    ]
    apart = _names(columns[parts.labels == 0])
    if apart:
        lines.append(
            f"In no community: {listed(apart)}, in agreement with nobody beyond chance (as is a "
            "state that always votes Yes)."
        )
    if few.size:
        lines.append(f"Left out, with too few votes: {listed(_names(few))}.")
    return (head, *lines)


def _named(table: pl.DataFrame) -> list[tuple[int, str, list[str]]]:
    """Number, label and members' names of each community."""
    return list(table.group_by("community", "label", maintain_order=True).agg("name").iter_rows())


def _names(columns: NDArray[np.intp]) -> list[str]:
    return [states.name_of(states.codes()[at]) for at in columns]


def _facts(
    parts: Partition,
    columns: NDArray[np.intp],
    few: NDArray[np.intp],
    resolution: float,
    seeds: int,
) -> dict[str, Any]:
    codes = states.codes()
    return {
        "communities": int(parts.labels.max()),
        "modularity": parts.quality,
        "stability": float(parts.stability[parts.labels > 0].mean()),
        "resolution": resolution,
        "seeds": seeds,
        "without_ties": [codes[at] for at in columns[parts.labels == 0]],
        "left_out": [codes[at] for at in few],
    }


def _definition(resolution: float, seeds: int) -> str:
    return (
        "Ties: Cohen's kappa of two states over the rollcalls where both voted Yes, No or "
        f"abstained ({_SHARED} or more; an abstention is half-way), where above 0; of each state "
        "the "
        f"{_NEAREST} strongest. Communities: Leiden algorithm, modularity, resolution "
        f"{resolution:g}, the best of {seeds} seeds. stability: share of seeds in which the state "
        "is together with the other members, averaged over them. A state counts that voted on a "
        f"third of the rollcalls and on {_SHARED}. label: a group of `votewire groups` with a "
        "Jaccard index above 0.5 on the last day, else members' names: permanent members of the "
        "Council first, then of the G20, then the most tied."
    )
