"""How time and memory of a fit grow with the casts, in simulated chambers of up to 50 million.

    python bench/scaling.py [MOST]     (64 times as many casts if not given)

A chamber is shaped as the Assembly: 80 sessions of 100 rollcalls, members growing from 51 to 193,
a tenth of the casts missing, positions that walk around a population, items drawn from a normal
distribution like that of a fit of the record. No text recurs. It is made 4, 16 and 64 times as
large by more rollcalls in each session, and 4 and 16 times by more sessions. Each size is made,
fitted from its principal components and given its joint posterior (`joint s`) in a process of its
own, whose peak of memory is told. Fits are of compiled code: a small chamber is fitted first. r,
within: correlation of the fit with the truth over all positions, and its mean over sessions.

ns: nanoseconds of processor time, of all threads together, for each cast in one sweep: the figure
that stays level where cost is linear, and the one that other work on the machine disturbs least.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from children import machine, myself

SESSIONS, ROLLCALLS, FIRST, LAST, MISSED = 80, 100, 51, 193, 0.1
ITEM_MEAN = np.array([2.5, 3.3, 1.3])  # beta, c, delta of a fit of the record
ITEM_COV = np.array([[29.4, 8.0, 0.7], [8.0, 12.8, 0.75], [0.7, 0.75, 0.85]])
STEP = 0.015  # variance of a session's step
GROWN = {  # how many times as many rollcalls in a session, and sessions
    "rollcalls in each session": ((1, 1), (4, 1), (16, 1), (64, 1)),
    "sessions": ((1, 4), (1, 16)),
}
HEAD = (
    f"{'times':>5} {'casts':>11} {'positions':>9} {'texts':>8} {'sweeps':>6} {'s/sweep':>8} "
    f"{'ns':>5} {'fit s':>7} {'joint s':>8} {'fit MB':>7} {'peak MB':>8} {'r':>7} {'within':>7}"
)


def main() -> int:
    if sys.argv[1:2] == ["--worker"]:
        work(int(sys.argv[2]), int(sys.argv[3]))
        return 0
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    print(machine())
    for what, grown in GROWN.items():
        print(f"\nmore {what}\n{HEAD}")
        for rollcalls, sessions in grown:
            if rollcalls * sessions <= most:
                measure(rollcalls, sessions)
    return 0


def measure(rollcalls: int, sessions: int) -> None:
    done = myself(__file__, "--worker", str(rollcalls), str(sessions))
    said = done.said
    sweep, worked = (said[name] / said["sweeps"] for name in ("fit", "cpu"))
    print(
        f"{rollcalls * sessions:5} {said['casts']:11,} {said['positions']:9,} {said['texts']:8,} "
        f"{said['sweeps']:6} {sweep:8.3f} {1e9 * worked / said['casts']:5.1f} {said['fit']:7.2f} "
        f"{said['posterior']:8.2f} {said['peak']:7,.0f} {done.peak:8,.0f} "
        f"{said['r']:7.4f} {said['within']:7.4f}",
        flush=True,
    )


def work(rollcalls: int, sessions: int) -> None:
    """Makes a chamber, fits it, and prints what that took."""
    from votewire.positions.fitting import fit_problem
    from votewire.positions.posterior import posterior_of

    small, start, _ = chamber(40, 6)
    posterior_of(fit_problem(small, start))
    problem, start, truth = chamber(ROLLCALLS * rollcalls, SESSIONS * sessions)
    begin, worked = time.perf_counter(), time.process_time()
    fitted = fit_problem(problem, start)
    seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    peak = peak_so_far()
    layout = fitted.layout
    own, mean = truth[layout.period, layout.state], fitted.positions.mean[:, 0]
    within = [np.corrcoef(mean[at], own[at])[0, 1] for at in layout.columns]
    begin = time.perf_counter()
    posterior_of(fitted)
    found = {
        "casts": problem.casts,
        "positions": len(layout),
        "texts": problem.items,
        "sweeps": fitted.sweeps,
        "fit": seconds,
        "cpu": worked,
        "posterior": time.perf_counter() - begin,
        "peak": peak,
        "r": float(np.corrcoef(mean, own)[0, 1]),
        "within": float(np.mean(within)),
    }
    print(json.dumps(found))


def peak_so_far() -> float:
    """The peak of this process's memory in MB until now."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def chamber(rollcalls: int, sessions: int):
    """A problem, where its search begins, and the true positions (sessions, states)."""
    from votewire.positions.problem import problem_of
    from votewire.positions.sessions import start_by_component

    rng = np.random.default_rng(0)
    truth = walks(rng, sessions)
    members = np.linspace(FIRST, LAST, sessions).astype(int)
    choices = np.full((rollcalls * sessions, LAST), 3, dtype=np.int8)
    for t, n in enumerate(members):
        choices[t * rollcalls : (t + 1) * rollcalls, :n] = casts(rng, truth[t, :n], rollcalls)
    labels = np.repeat(np.arange(sessions), rollcalls).astype(str).tolist()
    codes = [f"S{at:03}" for at in range(LAST)]
    problem = problem_of(choices, labels, states=codes)
    start = start_by_component(problem)
    return problem, start * np.sign((start[:, :, 0] * truth * problem.present).sum()), truth


def walks(rng: np.random.Generator, sessions: int) -> np.ndarray:
    """(sessions, states) walks that return to a population of mean 0 and variance 1."""
    found = rng.normal(size=(sessions, LAST))
    for t in range(1, sessions):
        found[t] = np.sqrt(1 - STEP) * found[t - 1] + np.sqrt(STEP) * found[t]
    return found


def casts(rng: np.random.Generator, theta: np.ndarray, rollcalls: int) -> np.ndarray:
    """(rollcalls, n) Yes 0, abstention 1, No 2, missing 3, drawn from the model."""
    beta, c, delta = rng.multivariate_normal(ITEM_MEAN, ITEM_COV, size=rollcalls).T[:, :, None]
    x = beta * theta - c + rng.logistic(size=(rollcalls, len(theta)))
    drawn = (x > 0).astype(np.int8) + (x > np.exp(delta.clip(-4.0, 3.0)))
    return np.where(rng.random(drawn.shape) < MISSED, 3, drawn).astype(np.int8)


if __name__ == "__main__":
    sys.exit(main())
