"""Positions fitted: the record in, a `Fit` out, by the prior and the method asked for.

What needs compiled loops is imported inside functions: a fit that is read needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from votewire.errors import MissingExtra, UsageError
from votewire.positions.mixing import mixing_of
from votewire.positions.problem import MISSING, Problem
from votewire.positions.result import LAPLACE, SAMPLED, Fit, Texts
from votewire.positions.summaries import Summary, of_draws, of_normal
from votewire.record import Record, Selection

if TYPE_CHECKING:
    from votewire.positions.fitting import Fitted

__all__ = [
    "ANCHOR",
    "BSV",
    "DIMS",
    "PRIORS",
    "RW",
    "borrows",
    "check_settings",
    "fit",
    "needs_extra",
    "one_thread_each",
    "settings_of",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Step = Callable[[int, float], None]

ANCHOR = "USA"  # its side is the positive one
RW, BSV = "rw", "bsv"
PRIORS = (RW, BSV)
DIMS = (1, 2, 3)

_BSV_DRAWS = 400
_TOPIC_DRAWS = 400  # by topic two explanations often fit, and a normal approximation knows of one
_PACKAGES = ("numba", "llvmlite", "scipy", "threadpoolctl")


def fit(
    record: Record,
    *,
    within: Selection = Selection(),
    prior: str = RW,
    dims: int = 1,
    draws: int = 0,
    seed: int = 0,
    on_sweep: Step | None = None,
    on_draw: Callable[[int, int], None] | None = None,
    general: Fit | None = None,
) -> Fit:
    """Positions of every state in every session of the Assembly, with shifts and intervals.

    within: which rollcalls. prior: "rw", walks in both directions of time, or "bsv", that of
    Bailey, Strezhnev and Voeten (2017), which looks back one session. dims: 1 to 3, with `rw`.
    draws: how many draws of the posterior to take; 0 for its normal approximation, but 400 with
    `bsv` and by topic or words, which are sampled always. seed: of the draws; same seed, same
    draws. on_sweep, on_draw: told of sweep and largest move, of draws done and in all. general: the
    fit of all votes that one of a topic or of words borrows from; made if not given. Raises
    FitError where nothing can be fitted, TooFewRollcalls where no rollcall fits, UsageError for
    settings that do not go together, MissingExtra where numba or scipy are not installed.
    """
    check_settings(within, prior, dims, draws, seed)
    number = _draws(within, prior, draws)
    with needs_extra(), one_thread_each():
        from votewire.positions.sessions import assembly_problem

        problem = assembly_problem(record, within)
        if prior == BSV:
            made = _of_bsv(problem, number, seed, on_draw)
        else:
            fitted = _fitted(record, within, problem, dims, general, on_sweep)
            made = _around(fitted, number, seed, on_draw)
    settings = settings_of(within, prior=prior, dims=dims, draws=draws, seed=seed)
    return _result(problem, made, record.hash, settings)


def check_settings(
    within: Selection, prior: str = RW, dims: int = 1, draws: int = 0, seed: int = 0
) -> None:
    """Raises UsageError for settings that are unknown or do not go together."""
    if prior not in PRIORS:
        raise UsageError(f"the prior {prior!r} is unknown: give rw or bsv.")
    if dims not in DIMS:
        raise UsageError(f"{dims} dimensions: give 1, 2 or 3.")
    if draws < 0 or seed < 0:
        raise UsageError(f"{draws} draws, seed {seed}: give 0 or more.")
    if prior == BSV and dims > 1:
        raise UsageError("the prior bsv has one dimension: leave out --dims or take --prior rw.")
    if borrows(within) and (prior == BSV or dims > 1):
        raise UsageError(
            "positions by topic or words borrow from the general ones: they have the prior rw and "
            "one dimension. Leave out --prior and --dims."
        )


def borrows(within: Selection) -> bool:
    """Whether a selection is of a topic or of words, so that its fit borrows from a general one."""
    return within.topic is not None or within.text is not None


def settings_of(
    within: Selection, *, prior: str = RW, dims: int = 1, draws: int = 0, seed: int = 0
) -> dict[str, Any]:
    """Every setting of a fit as plain JSON values; the same for settings that make the same fit."""
    chosen = {name: None if v is None else str(v) for name, v in asdict(within).items()}
    draws = _draws(within, prior, draws)
    return {
        "within": chosen,
        "anchor": ANCHOR,
        "prior": prior,
        "dims": dims,
        "draws": draws,
        "seed": seed if draws else 0,
    }


def _draws(within: Selection, prior: str, asked: int) -> int:
    """How many draws are taken: those asked for, or what a method that samples always takes."""
    usual = _BSV_DRAWS if prior == BSV else _TOPIC_DRAWS if borrows(within) else 0
    return asked or usual


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Linear algebra on one thread: its blocks are small, and the periods are spread over threads.

    With threads of its own it waits for them most of the time on a busy machine.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


@contextmanager
def needs_extra(what: str = "positions fit") -> Iterator[None]:
    """Raises MissingExtra where a package of the extra `fit` is looked for and not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise MissingExtra(what, extra="fit") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What a method found: items (j, K + 2) are the means of beta_1 .. beta_K, c and delta."""

    summary: Summary
    items: Floats
    method: str
    sample: NDArray[np.float32] | None = None
    sweeps: int = 0
    change: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)


def _fitted(
    record: Record,
    within: Selection,
    problem: Problem,
    dims: int,
    general: Fit | None,
    on_sweep: Step | None,
) -> Fitted:
    """The point fit of walks: in one dimension, in several, or beside a general fit."""
    from votewire.positions.dimensions import rotated, start_in
    from votewire.positions.fitting import fit_problem
    from votewire.positions.topical import fit_topic

    if borrows(within):
        wider = general or fit(record, on_sweep=on_sweep)
        return fit_topic(record, within, wider, on_sweep=on_sweep)
    found = fit_problem(problem, start_in(problem, dims, ANCHOR), on_sweep=on_sweep)
    return rotated(found) if dims > 1 else found


def _around(
    fitted: Fitted, draws: int, seed: int, on_draw: Callable[[int, int], None] | None
) -> _Made:
    """The posterior around a point fit: its normal approximation, or draws of it."""
    point: dict[str, Any] = {"sweeps": fitted.sweeps, "change": fitted.change}
    if not draws:
        from votewire.positions.posterior import posterior_of

        found = posterior_of(fitted)
        summary = of_normal(found.mean, found.sd, found.shift_sd)
        return _Made(summary=summary, items=fitted.items.mean, method=LAPLACE, **point)
    from votewire.positions.sampling import CHAINS, sample

    if draws % CHAINS:
        raise UsageError(f"{draws} draws: they come from {CHAINS} chains, give a multiple of it.")
    made = _drawn(fitted.problem, sample(fitted, draws, seed=seed, on_draw=on_draw))
    away = np.abs(made.summary.mean - fitted.positions.mean) / made.summary.sd
    facts = {**made.facts, "from_point": float(away.max())}
    if fitted.centre is not None:
        facts["follows"] = {"share": facts.pop("share"), "r": _alike(fitted, made.summary.mean)}
    return replace(made, facts=facts, **point)


def _alike(fitted: Fitted, mean: Floats) -> float:
    """The correlation of positions with the general ones that they keep to; 0 without."""
    centre = fitted.centre
    if centre is None or not centre.std():
        return 0.0
    return float(np.corrcoef(centre[:, 0], mean[:, 0])[0, 1])


def _of_bsv(
    problem: Problem, draws: int, seed: int, on_draw: Callable[[int, int], None] | None
) -> _Made:
    from votewire.positions.bsv import fit_bsv
    from votewire.positions.sessions import start_from

    start = start_from(problem, ANCHOR)
    return _drawn(problem, fit_bsv(problem, start, draws=draws, seed=seed, on_draw=on_draw))


def _drawn(problem: Problem, sampled: Any) -> _Made:
    """What draws say; their facts with how well they mix."""
    state, period = np.nonzero(problem.present.T)
    draws, chains = sampled.draws, getattr(sampled, "chains", 1)
    return _Made(
        summary=of_draws(draws, np.diff(state, prepend=-1) != 0),
        items=np.asarray(sampled.texts, dtype=np.float64),
        method=SAMPLED,
        sample=draws,
        facts={
            "chains": chains,
            **mixing_of(draws, period, problem.periods, chains),
            **sampled.facts,
        },
    )


def _result(problem: Problem, made: _Made, record_hash: str, settings: Mapping[str, Any]) -> Fit:
    state, period = np.nonzero(problem.present.T)
    mean = made.items[np.concatenate([block.items for block in problem.blocks])]
    dims = mean.shape[1] - 2
    cut = mean[:, dims, None] + np.stack([np.zeros(len(mean)), np.exp(mean[:, -1])], axis=1)
    return Fit(
        states=problem.states,
        periods=problem.periods,
        times=problem.times,
        state=state,
        period=period,
        n_casts=_casts(problem, state, period),
        texts=Texts(rows=problem.rows, beta=mean[:, :dims], cut=cut),
        prior=settings["prior"],
        method=made.method,
        casts=problem.casts,
        rollcalls=len(problem.rows),
        dropped=problem.dropped,
        items=problem.items,
        sweeps=made.sweeps,
        change=made.change,
        record_hash=record_hash,
        settings=settings,
        sample=made.sample,
        facts=made.facts,
        **{f.name: getattr(made.summary, f.name) for f in fields(Summary)},
    )


def _casts(problem: Problem, state: Ints, period: Ints) -> Ints:
    """(m,) the casts of each state in each period that are a position."""
    counted = np.zeros(problem.present.shape, dtype=np.intp)
    for t, block in enumerate(problem.blocks):
        counted[t, block.columns] = (block.casts != MISSING).sum(axis=0)
    return counted[period, state]
