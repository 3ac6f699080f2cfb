"""The few numbers that all texts have in common, for 1, 2 and 3 dimensions.

Means and covariances of (beta, c, delta) over the contested texts of a forward pass through the
record that this package ships (`python bench/surprise.py priors`). They are the one thing that the
chances of a cast owe to later casts.
"""

from __future__ import annotations

import numpy as np

from votewire.positions.standing import Prior

__all__ = ["ASSEMBLY", "COUNCIL", "DIMS"]

DIMS = 3  # it predicts best: day-ahead log loss .271, .224 and .207 with 1, 2 and 3

ASSEMBLY = {
    1: Prior(
        items_mean=np.array([2.75, 3.8, 1.08]),
        items_cov=np.array([[15.21, 6.79, 0.79], [6.79, 9.26, 0.34], [0.79, 0.34, 0.63]]),
    ),
    2: Prior(
        items_mean=np.array([0.48, 2.58, 3.42, 1.34]),
        items_cov=np.array(
            [
                [7.53, -1.07, 1.51, 0.23],
                [-1.07, 11.8, 1.48, 0.54],
                [1.51, 1.48, 9.01, 0.19],
                [0.23, 0.54, 0.19, 0.5],
            ]
        ),
    ),
    3: Prior(
        items_mean=np.array([0.32, 2.66, 0.51, 2.95, 1.44]),
        items_cov=np.array(
            [
                [7.18, -1.14, 0.68, 1.49, 0.2],
                [-1.14, 10.71, -2.35, 1.14, 0.53],
                [0.68, -2.35, 3.52, 0.63, -0.04],
                [1.49, 1.14, 0.63, 8.05, 0.19],
                [0.2, 0.53, -0.04, 0.19, 0.44],
            ]
        ),
    ),
}
COUNCIL = {
    dims: Prior(
        items_mean=np.array([0.0] * dims + [4.3, 1.2]),
        items_cov=np.diag([3.5] * dims + [3.8, 0.5]),
        population=0.5,
        step=0.05,
    )
    for dims in ASSEMBLY
}
