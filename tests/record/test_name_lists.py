from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire import states
from votewire.errors import SourceError, UnknownState
from votewire.record.readers.name_lists import states_in

DAY = date(2025, 2, 24)
RESOLVERS = (
    lambda name: states.from_un_name(name, DAY),
    lambda name: states.resolve(name, DAY).code,
)


def codes(text: str) -> list[str]:
    return [code for _, code in states_in(text, RESOLVERS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Albania, Andorra.", ["ALB", "AND"]),
        ("Bolivia (Plurinational State of), Iran (Islamic Republic of)", ["BOL", "IRN"]),
        ("Congo, Congo, Democratic Republic of the", ["COG", "COD"]),
        ("Korea, Republic of, Korea, Democratic People’s Republic of", ["KOR", "PRK"]),
        ("Chad, Congo, Democratic Republic of the and Fiji", ["TCD", "COD", "FJI"]),
        ("Chad, Fiji and Congo, Democratic Republic of the", ["TCD", "FJI", "COD"]),
        ("Chad, Trinidad and Tobago, Fiji and Peru", ["TCD", "TTO", "FJI", "PER"]),
        ("Trinidad and Tobago and Tunisia", ["TTO", "TUN"]),
        ("Bosnia and\nHerzegovina, Guinea-\nBissau", ["BIH", "GNB"]),
        ("Yemen, Zambia, and Zimbabwe", ["YEM", "ZMB", "ZWE"]),
        ("Yemen, Zambia and Zimbabwe", ["YEM", "ZMB", "ZWE"]),
        ("the United Kingdom and the United States", ["GBR", "USA"]),
        ("Gambia, The, Germany*", ["GMB", "DEU"]),
        ("France; Russia; US", ["FRA", "RUS", "USA"]),
        ("France\nCôte d'Ivoire\n\n• Türkiye", ["FRA", "CIV", "TUR"]),
        ("Angola and\nPapua\nNew Guinea", ["AGO", "PNG"]),
        ("Bosnia\nand Herzegovina", ["BIH"]),
        ("None", []),
        ("", []),
    ],
)
def test_states_in_reads_lists_as_people_write_them(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_states_in_gives_the_names_as_written() -> None:
    assert states_in("France, Korea, Republic of", RESOLVERS) == [
        ("France", "FRA"),
        ("Korea, Republic of", "KOR"),
    ]


@pytest.mark.parametrize("text", ["France, Atlantis", "Atlantis and France", "France and Atlantis"])
def test_states_in_raises_for_the_part_that_is_no_state(text: str) -> None:
    with pytest.raises(UnknownState, match="Atlantis"):
        states_in(text, RESOLVERS)


@pytest.mark.parametrize(
    "text",
    [
        *("Chad, " * 2_000, "Chad and " * 2_000 + "Chad", "Chad\n" * 2_000, "(," * 2_000),
        "Congo, Democratic Republic of the and " * 2_000 + "Chad",
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_states_in_refuses_more_names_than_there_are_states(text: str) -> None:
    with pytest.raises(SourceError, match="more than there are states"):
        states_in(text, RESOLVERS)


@pytest.mark.parametrize("text", [" and" * 500, "," * 5_000, "Atlantis and " * 500, "x" * 5_000])
def test_states_in_looks_up_few_names_whatever_is_given(text: str) -> None:
    looked_up: list[str] = []

    def nobody(name: str) -> str:
        looked_up.append(name)
        raise UnknownState(name)

    try:
        states_in(text, (nobody, nobody))
    except UnknownState:
        assert looked_up
    assert len(looked_up) < 20
    assert all(len(name) <= 120 for name in looked_up)


# Without Montenegro: "Serbia and Montenegro" was one state. No list names a state twice.
NAMED = {states.name_of(code, on=DAY): code for code in sorted(states.members_on(DAY) - {"MNE"})}


@given(st.lists(st.sampled_from(list(NAMED)), min_size=1, max_size=30, unique=True), st.data())
def test_states_in_gives_the_names_whatever_joins_them(
    names: list[str], data: st.DataObject
) -> None:
    joins = [data.draw(st.sampled_from([", ", "; ", " and ", ", and "])) for _ in names[1:]]
    text = "".join(part for pair in zip(names, [*joins, ""], strict=True) for part in pair)
    assert codes(text) == [NAMED[name] for name in names]
