"""One session ahead: what a fit of all sessions up to one says of states in the next.

    python bench/ahead.py [FIRST] [LAST]

For each session from FIRST (30) to LAST (79) in steps of 3: half of the states (drawn at random,
seed = session) keep their casts in it, which place its texts; the other half's are left out, and
predicted from where those states stood in the session before. Log loss of Yes, abstain and No, both
sides uncertain, for steps with Student-t (4) and with normal distribution, and its difference with
the standard error over sessions.
"""

from __future__ import annotations

import sys

import numpy as np
from threadpoolctl import threadpool_limits

import votewire
from votewire import states
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.problem import MISSING, problem_of
from votewire.positions.sessions import assembly_problem, start_from
from votewire.record.chains import chains

KINDS = {"Student-t (4)": 4.0, "normal": np.inf}


def main() -> int:
    first, last = (int(a) for a in (*sys.argv[1:], *("30", "79")[len(sys.argv) - 1 :]))
    record = votewire.open_record()
    whole = assembly_problem(record)
    session = np.repeat([int(p) for p in whole.periods], [len(b.items) for b in whole.blocks])
    items = chains(record)[whole.rows].astype(np.intp) * 1000 + session // 2
    losses: dict[str, list[float]] = {kind: [] for kind in KINDS}
    casts = 0
    for now in range(first, last + 1, 3):
        keep = session <= now
        choices = record.choices[whole.rows[keep]].copy()
        away = np.random.default_rng(now).random(len(states.codes())) < 0.5
        away[states.codes().index("USA")] = False
        here = session[keep] == now
        hidden = np.where(here[:, None] & away[None, :] & (choices <= 2), choices, MISSING)
        choices[np.ix_(here, away)] = MISSING
        for kind, freedom in KINDS.items():
            problem = problem_of(
                choices,
                session[keep].astype(str).tolist(),
                states=states.codes(),
                items=items[keep],
            )
            with threadpool_limits(1):
                fitted = fit_problem(problem, start_from(problem, "USA"), freedom=freedom)
            found = loss(fitted, hidden[problem.rows])
            losses[kind].append(float(found.mean()))
        casts += len(found)
        print(now, *(f"{kind} {of[-1]:.4f}" for kind, of in losses.items()), flush=True)
    means = {kind: np.array(of) for kind, of in losses.items()}
    gap = means["normal"] - means["Student-t (4)"]
    print(f"{casts:,} casts of {len(gap)} sessions")
    print(*(f"{kind} {of.mean():.4f}" for kind, of in means.items()))
    print(f"normal less Student-t {gap.mean():+.4f} (se {gap.std(ddof=1) / np.sqrt(len(gap)):.4f})")
    return 0


def loss(fitted: Fitted, hidden: np.ndarray) -> np.ndarray:
    """(casts,) log loss of casts left out of the last period, by their states' last place.

    hidden: (rollcalls, states) casts left out, MISSING elsewhere.
    """
    layout, problem = fitted.layout, fitted.problem
    rows, columns = np.nonzero(hidden != MISSING)
    ends = layout.start[1:] - 1
    known = layout.start[1:] > layout.start[:-1]
    keep = known[columns]
    rows, columns = rows[keep], columns[keep]
    items = np.concatenate([block.items for block in problem.blocks])[rows]
    theta = fitted.positions.mean[ends[columns], 0]
    var = fitted.positions.var[ends[columns], 0, 0] + fitted.scale[columns] ** 2
    mean, cov = fitted.items.mean[items], fitted.items.cov[items]
    gap = np.exp(mean[:, 2])
    x = []
    for slope, cut in ((0.0, mean[:, 1]), (1.0, mean[:, 1] + gap)):
        d = np.column_stack([theta, -np.ones(len(theta)), -slope * gap])
        v = np.einsum("na,nab,nb->n", d, cov, d) + (mean[:, 0] ** 2 + cov[:, 0, 0]) * var
        x.append((cut - mean[:, 0] * theta) / np.sqrt(1 + np.pi * v / 8))
    yes = 1 / (1 + np.exp(-x[0]))
    not_no = np.maximum(1 / (1 + np.exp(-x[1])), yes)
    chances = np.column_stack([yes, not_no - yes, 1 - not_no]).clip(1e-6)
    chances /= chances.sum(axis=1, keepdims=True)
    made = hidden[rows, columns]
    return np.asarray(-np.log(chances[np.arange(len(made)), made]))


if __name__ == "__main__":
    sys.exit(main())
