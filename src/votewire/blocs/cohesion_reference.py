"""The two indices of cohesion as their papers write them, one rollcall at a time.

Never made faster: `cohesion.py` has the vectorised ones, and one test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence

from votewire.record import Choice

__all__ = ["agreement_index", "modal_choice", "rice_index"]


def agreement_index(choices: Sequence[int]) -> float:
    """AI of one rollcall; NaN where no member voted Yes, No or abstained.

    choices: the Choice codes of the group's members. Source: Hix, Noury and Roland (2005), Power
    to the Parties, British Journal of Political Science 35, equation 1.
    """
    Y, N, A = (list(choices).count(c) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN))  # noqa: N806
    total = Y + N + A
    if total == 0:
        return float("nan")
    # AI_i = (max{Y, N, A} - 1/2 [(Y + N + A) - max{Y, N, A}]) / (Y + N + A)
    return (max(Y, N, A) - 0.5 * (total - max(Y, N, A))) / total


def rice_index(choices: Sequence[int]) -> float:
    """|Y - N| / (Y + N) of one rollcall; NaN where no member voted Yes or No. Source: Rice (1925).

    choices: the Choice codes of the group's members.
    """
    Y, N = (list(choices).count(c) for c in (Choice.YES, Choice.NO))  # noqa: N806
    return abs(Y - N) / (Y + N) if Y + N else float("nan")


def modal_choice(choices: Sequence[int]) -> int | None:
    """The choice that more members made than any other; None for a tie or where none voted."""
    counts = {c: list(choices).count(c) for c in (Choice.YES, Choice.ABSTAIN, Choice.NO)}
    top = [choice for choice, n in counts.items() if n == max(counts.values())]
    return int(top[0]) if len(top) == 1 else None
