"""Whole digests of our own (data/news.toml), annotated before the grammar was first run on them.

They came in five batches; the first run on each had P .77 R .66, then .97 .88, .92 .83, .97 .73
and 1.0 .89, which says more about unseen pages than the floors below: those are what holds now,
after the constructions that were missing have been added, and only rise.
"""

from __future__ import annotations

from tests.press.articles import cases, claims_of, key, wanted

PRECISION, RECALL = 0.99, 0.97


def test_claims_of_our_own_digests_stay_above_the_floors() -> None:
    right = false = missed = 0
    for case in cases("news.toml"):
        found = claims_of(case["text"], day=case["day"], lang=case.get("lang", "en"))
        got = {key(claim, with_tally=False) for claim in found if not claim.hedged}
        right += len(got & wanted(case))
        false += len(got - wanted(case))
        missed += len(wanted(case) - got)
    assert right / (right + false) >= PRECISION
    assert right / (right + missed) >= RECALL
