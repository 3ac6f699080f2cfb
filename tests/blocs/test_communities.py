from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import votewire
from votewire import states
from votewire.blocs.communities import communities, partition, ties
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Choice, Selection

RECORD = votewire.open_record()


def two_cliques(large: int, small: int, between: float) -> np.ndarray:
    weights = np.zeros((large + small, large + small))
    weights[:small, :small] = weights[small:, small:] = 1.0
    weights[0, -1] = weights[-1, 0] = between
    np.fill_diagonal(weights, 0)
    return weights


def test_partition_finds_two_cliques_and_numbers_the_larger_first() -> None:
    found = partition(two_cliques(6, 4, 0.1), resolution=1.0, seeds=5)
    assert found.labels.tolist() == [2] * 4 + [1] * 6
    assert (found.stability == 1).all()
    assert 0 < found.quality < 1


def test_partition_leaves_a_state_without_ties_apart() -> None:
    weights = np.pad(two_cliques(5, 5, 0.0), ((0, 1), (0, 1)))
    assert partition(weights, resolution=1.0, seeds=3).labels[-1] == 0
    with pytest.raises(ValueError, match="without a tie"):
        partition(np.zeros((3, 3)), resolution=1.0, seeds=3)


def test_partition_stability_is_the_share_of_seeds_together() -> None:
    # A state with half its ties on either side falls now to one clique, now to the other.
    weights = np.zeros((9, 9))
    weights[:4, :4] = weights[4:8, 4:8] = weights[8, :8] = weights[:8, 8] = 1.0
    np.fill_diagonal(weights, 0)
    found = partition(weights, resolution=1.0, seeds=20)
    assert (found.stability >= 0).all()
    assert (found.stability <= 1).all()
    assert found.stability[8] <= found.stability[:8].max()


@given(arrays(np.int8, (14, 13), elements=st.integers(0, 3)))
def test_ties_are_symmetric_positive_and_the_strongest(choices: np.ndarray) -> None:
    weights = ties(choices, nearest=3)
    assert np.array_equal(weights, weights.T)
    assert (weights >= 0).all()
    assert (weights <= 1 + 1e-12).all()
    assert (np.diag(weights) == 0).all()
    every = ties(choices, nearest=len(weights))
    for kept, known in zip(weights, every, strict=True):
        strongest = np.sort(known)[::-1][:3]
        assert np.array_equal(np.sort(kept)[::-1][:3], strongest)


def test_ties_of_a_state_that_always_votes_yes_are_none() -> None:
    rows = Selection(since=date(2024, 1, 1)).rows(RECORD)
    choices = RECORD.choices[rows][:, :40].copy()
    choices[:, 7] = Choice.YES
    assert not ties(choices)[7].any()


def test_communities_of_1985_part_east_and_west() -> None:
    answer = communities(RECORD, session="40")
    table = answer.table
    assert table.columns == ["community", "label", "state", "name", "stability"]
    of = dict(zip(table["state"], table["community"], strict=True))
    pact = ("BGR", "BLR", "CSK", "DDR", "HUN", "POL", "SUN", "UKR", "CUB", "VNM")
    west = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN", "JPN")
    assert len({of[state] for state in pact}) == 1
    assert len({of[state] for state in west}) == 1
    assert of["SUN"] != of["USA"]
    assert table.group_by("community").len().sort("community")["len"].is_sorted(descending=True)
    assert table["stability"].min() >= 0
    assert answer.facts["stability"] > 0.9


def test_communities_name_themselves_by_a_group_or_by_members() -> None:
    table = communities(RECORD, session="58").table
    label = dict(zip(table["state"], table["label"], strict=True))
    america = table.filter(table["label"] == label["USA"])
    assert label["USA"].startswith("United States, ")
    assert label["USA"].endswith(f" and {america.height - 2} more")
    assert "(Jaccard 0." in label["DEU"]
    overlap = float(label["DEU"].rpartition(" ")[2].rstrip(")"))
    group = next(g for g in states.groups() if label["DEU"].startswith(states.group(g).name))
    members = set(table.filter(table["label"] == label["DEU"])["state"])
    last = RECORD.days[(RECORD.rollcalls["session"] == "58").to_numpy()].max().item()
    theirs = states.group_members(group, last) & set(table["state"])
    assert overlap == pytest.approx(len(members & theirs) / len(members | theirs), abs=0.005)


def test_communities_list_who_is_left_out() -> None:
    answer = communities(RECORD, session="79")
    placed = set(answer.table["state"])
    voted = {
        code
        for code, roll in zip(
            states.codes(),
            RECORD.choices[(RECORD.rollcalls["session"] == "79").to_numpy()].T,
            strict=True,
        )
        if (roll <= Choice.NO).any()
    }
    apart = {*answer.facts["left_out"], *answer.facts["without_ties"]}
    assert placed | apart == voted
    assert not placed & apart
    assert "SSD" in answer.facts["left_out"]


def test_communities_are_the_same_each_time_and_more_with_a_higher_resolution() -> None:
    one, two = (communities(RECORD, session="79", seeds=5) for _ in range(2))
    assert one.table.equals(two.table)
    fine = communities(RECORD, session="79", seeds=5, resolution=2.0)
    assert fine.facts["communities"] > one.facts["communities"]


def test_communities_default_to_the_last_year_of_the_record() -> None:
    answer = communities(RECORD, seeds=3)
    assert "from 2024-10-29" in answer.basis


def test_communities_say_what_cannot_be_counted() -> None:
    with pytest.raises(TooFewRollcalls, match=r"0 rollcalls .* session 200; 10 needed"):
        communities(RECORD, session="200")
    for resolution in (0.0, -1.0, float("inf"), float("nan")):
        with pytest.raises(UsageError, match="--resolution"):
            communities(RECORD, session="79", resolution=resolution)
    with pytest.raises(UsageError, match="--seeds"):
        communities(RECORD, session="79", seeds=1)
