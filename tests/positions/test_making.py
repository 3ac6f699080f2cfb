"""Positions out of a record by the prior and method asked for."""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
import pytest

import votewire
from votewire.errors import MissingExtra, UsageError
from votewire.positions import Fit, fit
from votewire.positions.fitting import Fitted
from votewire.positions.making import settings_of
from votewire.positions.posterior import posterior_of
from votewire.positions.sampling import Sampled
from votewire.positions.sessions import assembly_problem
from votewire.record import Selection

RECORD = votewire.open_record()
WITHIN = Selection(since=date(2023, 9, 1))


@pytest.fixture(scope="module")
def made() -> Fit:
    return fit(RECORD, within=WITHIN)


def test_making_intervals_are_of_the_joint_posterior(made: Fit) -> None:
    from votewire.positions.fitting import fit_problem
    from votewire.positions.sessions import start_from

    problem = assembly_problem(RECORD, WITHIN)
    fitted = fit_problem(problem, start_from(problem, "USA"))
    joint = posterior_of(fitted)
    assert np.allclose(made.sd, joint.sd)
    assert np.allclose(made.shift_sd, joint.shift_sd, equal_nan=True)
    assert not np.allclose(made.sd[:, 0], np.sqrt(fitted.positions.var[:, 0, 0]), rtol=0.01)
    assert (made.method, made.prior, made.sample) == ("laplace", "rw", None)


def test_making_counts_are_those_of_the_problem(made: Fit) -> None:
    problem = assembly_problem(RECORD, WITHIN)
    assert made.n_casts.sum() == made.casts == problem.casts
    assert made.rollcalls == len(made.texts.rows) == len(problem.rows)
    assert np.array_equal(made.texts.rows, problem.rows)
    assert (made.texts.cut[:, 1] > made.texts.cut[:, 0]).all()


def test_making_texts_predict_the_casts(made: Fit) -> None:
    problem = assembly_problem(RECORD, WITHIN)
    at = np.full(problem.present.shape, -1)
    at[made.period, made.state] = np.arange(len(made.state))
    right, casts, begin = 0, 0, 0
    for t, block in enumerate(problem.blocks):
        text = slice(begin, begin + len(block.items))
        begin = text.stop
        eta = made.texts.beta[text] @ made.mean[at[t, block.columns]].T
        guess = (eta[:, :, None] > made.texts.cut[text][:, None]).sum(axis=2)
        right += int((guess == block.casts).sum())
        casts += int((block.casts <= 2).sum())
    assert right / casts > 0.85


def test_making_settings_of_the_same_fit_are_the_same() -> None:
    assert settings_of(WITHIN, seed=3) == settings_of(WITHIN)
    assert settings_of(WITHIN, draws=5, seed=3) != settings_of(WITHIN, draws=5)
    assert settings_of(WITHIN, prior="bsv") == settings_of(WITHIN, prior="bsv", draws=400)
    assert settings_of(Selection()) != settings_of(WITHIN)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"prior": "flat"}, "give rw or bsv"),
        ({"dims": 4}, "give 1, 2 or 3"),
        ({"draws": -1}, "0 or more"),
        ({"prior": "bsv", "dims": 2}, "has one dimension"),
        ({"prior": "bsv", "within": Selection(topic="ukraine")}, "by topic"),
        ({"dims": 2, "within": Selection(text="embargo")}, "by topic or words"),
        ({"draws": 6, "within": WITHIN}, "4 chains"),
    ],
)
def test_making_settings_that_do_not_go_are_refused(settings: dict[str, object], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        fit(RECORD, **settings)


def test_making_without_scipy_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith(("votewire.positions.fitting", "votewire.positions.sweeps")):
            monkeypatch.delitem(sys.modules, name)
        if name.startswith("votewire.positions.kernels"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(MissingExtra, match=r"votewire\[fit\]"):
        fit(RECORD, within=WITHIN)


def test_making_published_prior_is_sampled() -> None:
    found = fit(RECORD, within=WITHIN, prior="bsv", draws=40)
    assert (found.method, found.prior, found.settings["draws"]) == ("sampled", "bsv", 40)
    assert found.sample is not None
    assert found.sample.shape == (40, len(found.state), 1)
    assert np.allclose(found.mean, found.sample.mean(axis=0), atol=1e-4)
    assert (found.texts.cut[:, 1] > found.texts.cut[:, 0]).all()
    assert found.facts["ess_bulk"]["worst"] > 0


def test_making_draws_come_with_how_they_mix(monkeypatch: pytest.MonkeyPatch, made: Fit) -> None:
    from votewire.positions import sampling

    def sample(fitted: Fitted, draws: int, **settings: object) -> Sampled:
        rng = np.random.default_rng(0)
        around = made.mean + made.sd * rng.normal(size=(draws, *made.mean.shape))
        items = fitted.items.mean
        return Sampled(draws=around.astype(np.float32), texts=items, chains=4, facts={"step": 0.1})

    monkeypatch.setattr(sampling, "sample", sample)
    found = fit(RECORD, within=WITHIN, draws=200, seed=3)
    assert (found.method, found.facts["chains"], found.facts["step"]) == ("sampled", 4, 0.1)
    assert found.settings["seed"] == 3
    assert len(found.facts["levels"]) == len(found.periods)
    assert np.allclose(found.texts.beta, made.texts.beta, atol=1e-6)
    assert found.facts["from_point"] < 1


def test_making_two_dimensions() -> None:
    found = fit(RECORD, within=WITHIN, dims=2)
    assert found.mean.shape == (len(found.state), 2)
    assert found.texts.beta.shape == (found.rollcalls, 2)
    assert np.allclose(np.cov(found.mean.T, bias=True), np.eye(2), atol=1e-6)


def test_making_topic_borrows_from_the_general_fit() -> None:
    from votewire.positions.ready import ready

    within = Selection(topic="ukraine", since=date(2021, 9, 1))
    found = fit(RECORD, within=within, general=ready(RECORD))
    assert found.facts["follows"]["r"] > 0.5
    assert found.settings["within"]["topic"] == "ukraine"
