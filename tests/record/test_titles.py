import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from votewire import open_record
from votewire.record.titles import part_letters, title_keys

TITLES = open_record().rollcalls["title"].drop_nulls()


def same(*titles: str) -> bool:
    """Whether these titles have one key among all titles of the record."""
    known = set(TITLES)
    every = pl.concat([pl.Series([t for t in titles if t not in known], dtype=pl.String), TITLES])
    keys = dict(zip(every, title_keys(every), strict=True))
    return len({keys[title] for title in titles}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Law of the sea", "LAW OF THE SEA"),
        ("Question of Namibia", "Questions of Namibia"),
        ("Situation of human rights in Iraq", "Human rights situation in Iraq"),
        ("Programme budget for the biennium 1986-1987", "Programme budget for the biennium 1988"),
        (
            "Credentials of representatives to the 17th session of the General Assembly",
            "Credentials of representatives to the 29th session of the General Assembly",
        ),
        (
            "Observance of environmental norms in the draftign and implementation of agreements "
            "on disarmament and arms control",
            "Observance of environmental norms in the drafting and implementation of agreements "
            "on disarmament and arms control",
        ),
        ("UNRWA : assistance to Palestine refugees", "Assistance to Palestine refugees"),
        (
            "Implementation of General Assembly resolution 3467 (XXX) concerning the signature and "
            "ratification of additional Protocol II of the Treaty of Tlatelolco",
            "Implementation of General Assembly resolution 31/67 concerning the signature and "
            "ratification of Additional Protocol II of the Treaty of Tlatelolco",
        ),
        (
            "Security Council resolution 2723 (2024) [on extension of the mandate of the UN "
            "Peacekeeping Force in Cyprus (UNFICYP) until 31 Jan. 2025]",
            "Security Council resolution 2771 (2025) [on extension of the mandate of the UN "
            "Peacekeeping Force in Cyprus (UNFICYP) until 31 Jan. 2026]",
        ),
    ],
)
def test_titles_keys_see_through_ways_of_writing(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Situation of human rights in Iraq", "Situation of human rights in Iran"),
        (
            "Implementation of the Declaration on the Granting of Independence to Colonial "
            "Countries and Peoples",
            "Implementation of the Declaration on the Granting of Independence to Colonial "
            "Countries and Peoples by the specialized agencies",
        ),
        ("Additional Protocol I of the Treaty", "Additional Protocol II of the Treaty"),
        ("Reduction of military budgets", "Programme budget for the biennium 1986-1987"),
        (
            "Towards a nuclear-weapon-free world : accelerating the implementation of nuclear "
            "disarmament commitments",
            "Nuclear-weapon-free southern hemisphere and adjacent areas : accelerating the "
            "implementation of nuclear disarmament commitments",
        ),
    ],
)
def test_titles_keys_keep_other_texts_apart(one: str, other: str) -> None:
    assert not same(one, other)


@example(
    "Report of the Secretary-General in implementation of General Assembly resolution 40/173", 1946
)
@given(st.sampled_from(TITLES.unique().sort().to_list()), st.integers(1946, 2026))
def test_titles_keys_do_not_count_case_or_year(title: str, year: int) -> None:
    keys = title_keys(pl.Series([title, title.upper(), f"{title} {year}", f"  {title}."]))
    assert keys.n_unique() == 1


def test_titles_letters_of_parts() -> None:
    symbols = ["A/RES/38/79B", "A/RES/31/106[B]", "A/RES/79/7", "A/RES/2054(XX)[A]", None]
    assert part_letters(pl.Series(symbols)).to_list() == ["B", "B", "", "A", ""]
