"""What is told of how far a fit can be trusted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.positions.made import RECORD, WITHIN, fit, problem, sampled
from votewire.positions.diagnosing import diagnose
from votewire.positions.mixing import mixing_of


def test_diagnosing_counts_what_connects_sessions() -> None:
    answer, found = diagnose(fit(), record=RECORD, within=WITHIN), problem()
    stayed = [0, *(int((found.present[t] & found.present[t - 1]).sum()) for t in (1, 2))]
    bridges = [0, *(_shared(t) for t in (1, 2))]
    assert answer.table["stayed"].to_list() == stayed
    assert answer.table["bridges"].to_list() == bridges
    assert max(bridges) > 20
    assert answer.facts["sweeps"] == 12
    assert "nothing was drawn" in answer.told[-1]
    assert "mean_ess" not in answer.table.columns


def _shared(t: int) -> int:
    blocks = problem().blocks
    return int(np.isin(blocks[t].items, blocks[t - 1].items).sum())


def test_diagnosing_draws_tells_how_they_mix() -> None:
    made = sampled()
    assert made.sample is not None
    facts = mixing_of(made.sample, made.period, made.periods) | {"from_point": 0.4}
    answer = diagnose(replace(made, facts=facts), record=RECORD, within=WITHIN)
    told = " ".join(answer.told)
    assert {"mean_ess", "sd_ess", "rhat"} <= set(answer.table.columns)
    assert "Effective draws of a position: median" in told
    assert "under 400" in told
    assert "0.4 standard deviations" in told
    assert "levels" not in answer.facts
    assert answer.facts["ess_bulk"]["median"] > 30


def test_diagnosing_too_few_draws_to_judge() -> None:
    told = diagnose(sampled(), record=RECORD, within=WITHIN).told
    assert "Too few draws to judge how well they mix." in told
