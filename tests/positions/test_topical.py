"""Positions on a topic: they borrow from the general fit, and a jump is let through."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

import votewire
from votewire.errors import FitError, TooFewRollcalls
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.sampling import sample
from votewire.positions.sessions import assembly_problem, start_from
from votewire.positions.topical import fit_topic, general_paths
from votewire.record import Selection

RECORD = votewire.open_record()


@cache
def general() -> Fitted:
    problem = assembly_problem(RECORD, Selection(since=date(2010, 9, 1)))
    return fit_problem(problem, start_from(problem, "USA"))


@cache
def on(topic: str) -> Fitted:
    return fit_topic(RECORD, Selection(topic=topic, since=date(2010, 9, 1)), general())


def at(fit: Fitted, code: str, session: str) -> int:
    found = fit.layout.index[fit.problem.periods.index(session), fit.problem.states.index(code)]
    return int(found)


def test_topical_draws_know_of_both_explanations() -> None:
    """Argentina moved on Ukraine in session 79; whether the United States did stays open.

    The search for one explanation finds a jump; draws of the posterior hold the other too.
    """
    fit = on("ukraine")
    drawn = sample(fit, 160, warm=80, seed=1).draws[:, :, 0]
    argentina, us = (
        drawn[:, at(fit, code, "79")] - drawn[:, at(fit, code, "79") - 1] for code in ("ARG", "USA")
    )
    assert np.quantile(argentina, 0.05) > 0
    assert np.quantile(us, 0.95) > 0


@pytest.mark.parametrize("topic", ["cyberspace", "climate", "women", "terrorism", "ukraine"])
def test_topical_ends_for_topics_with_few_votes(topic: str) -> None:
    fit = on(topic)
    assert np.isfinite(fit.positions.mean).all()
    assert np.corrcoef(fit.positions.mean[:, 0], fit.centre[:, 0])[0, 1] > 0.3


def test_topical_sign_is_that_of_the_general_fit() -> None:
    fit = on("women")
    assert fit.positions.mean[at(fit, "GBR", "78"), 0] > fit.positions.mean[at(fit, "SYR", "78"), 0]


def test_topical_state_that_is_missing_in_general_stands_where_it_last_did() -> None:
    problem = assembly_problem(RECORD, Selection(topic="ukraine", since=date(2010, 9, 1)))
    known = general()
    paths = general_paths(known, problem)
    assert paths.shape == (*problem.present.shape, 1)
    here = paths[problem.present]
    assert here.mean() == pytest.approx(0, abs=1e-9)
    assert here.std() == pytest.approx(1)


def test_topical_without_votes_or_without_a_general_fit_is_refused() -> None:
    with pytest.raises(TooFewRollcalls):
        fit_topic(RECORD, Selection(topic="ukraine", until=date(1980, 1, 1)), general())
    early = assembly_problem(RECORD, Selection(until=date(1947, 12, 31)))
    alone = fit_problem(early, start_from(early, "USA"))
    flat = Fitted(
        **{name: getattr(alone, name) for name in Fitted.__slots__ if name != "positions"},
        positions=type(alone.positions)(
            mean=np.zeros_like(alone.positions.mean),
            var=alone.positions.var,
            lag=alone.positions.lag,
        ),
    )
    with pytest.raises(FitError, match="fit all votes"):
        fit_topic(RECORD, Selection(topic="ukraine"), flat)
