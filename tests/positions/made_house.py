"""A small house of Congress made up by the model, as Voteview's three CSV files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Files = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeHouse:
    """The (name, bytes) of a house and the truth: position of each member by icpsr."""

    files: Files
    truth: dict[str, float]


def made_house(
    congress: int = 118,
    *,
    chamber: str = "Senate",
    members: int = 30,
    rollcalls: int = 60,
    first: int = 40000,
    missed: float = 0.1,
    seed: int = 0,
) -> MadeHouse:
    """A house of `members` numbered from `first`, every other one a Republican.

    Republicans stand about 1, Democrats about -1. Beside nominate_dim1 each cast has a `prob`, both
    made from the truth. Every tenth cast (`missed`) is "not voting".
    """
    rng = np.random.default_rng(seed)
    icpsr = [first + at for at in range(members)]
    republican = np.arange(members) % 2 == 1
    theta = np.where(republican, 1.0, -1.0) + 0.4 * np.random.default_rng(first).normal(
        size=members
    )
    beta = rng.choice([-1.0, 1.0], size=rollcalls) * rng.uniform(2.0, 5.0, size=rollcalls)
    cut = rng.normal(size=rollcalls)
    chance = 1 / (1 + np.exp(-beta[:, None] * (cut[:, None] - theta)))
    yea = rng.random(chance.shape) < chance
    code = np.where(rng.random(chance.shape) < missed, 9, np.where(yea, 1, 6))
    house = f"{congress},{chamber}"
    return MadeHouse(
        files=[
            (f"{chamber[0]}{congress}_members.csv", _members(house, icpsr, republican, theta)),
            (f"{chamber[0]}{congress}_rollcalls.csv", _rollcalls(house, congress, rollcalls)),
            (f"{chamber[0]}{congress}_votes.csv", _votes(house, icpsr, code, chance)),
        ],
        truth=dict(zip(map(str, icpsr), theta.tolist(), strict=True)),
    )


def _members(
    house: str, icpsr: list[int], republican: NDArray[np.bool_], theta: NDArray[np.float64]
) -> bytes:
    rows = [
        f'{house},{number},XX,{200 if side else 100},"MEMBER, {number}",{at / 2:.3f},0'
        for number, side, at in zip(icpsr, republican, theta, strict=True)
    ]
    head = "congress,chamber,icpsr,state_abbrev,party_code,bioname,nominate_dim1,nominate_dim2"
    return "\n".join([head, *rows]).encode()


def _rollcalls(house: str, congress: int, n: int) -> bytes:
    year = 1787 + 2 * congress
    rows = [f"{house},{at},{year}-01-{1 + at % 28:02}" for at in range(1, n + 1)]
    return "\n".join(["congress,chamber,rollnumber,date", *rows]).encode()


def _votes(
    house: str, icpsr: list[int], code: NDArray[np.int64], chance: NDArray[np.float64]
) -> bytes:
    rows = [
        f"{house},{at + 1},{number},{code[at, i]},{_percent(code[at, i], chance[at, i])}"
        for at in range(len(code))
        for i, number in enumerate(icpsr)
    ]
    return "\n".join(["congress,chamber,rollnumber,icpsr,cast_code,prob", *rows]).encode()


def _percent(code: int, chance: float) -> str:
    return "" if code == 9 else f"{100 * (chance if code == 1 else 1 - chance):.1f}"
