"""A state beside several others, and all states beside a few."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire.blocs import Definition, agree, agree_each, alongside
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Selection

RECORD = votewire.open_record()
RECENT = Selection(since=date(2020, 1, 1))


def test_company_each_row_is_what_agree_gives_for_the_pair() -> None:
    found = agree_each(RECORD, "IND", ["USA", "RUS"], within=RECENT)
    for other in ("USA", "RUS"):
        alone = agree(RECORD, "IND", other, within=RECENT, by="year")
        rows = found.table.filter(found.table["state"] == other)
        assert rows.drop("state", "name").equals(alone.table)
        whole = {name: alone.facts[name] for name in ("n", "value", "low", "high")}
        assert found.facts["overall"][other] == whole


def test_company_leaves_out_the_state_itself_and_who_it_never_met() -> None:
    found = agree_each(RECORD, "USA", ["USA", "CHN", "SUN"], within=RECENT, by=None)
    assert found.table["state"].to_list() == ["CHN"]
    assert found.table["period"].to_list() == ["all"]
    assert found.told[0].startswith("The United States over all these rollcalls")


def test_company_of_nobody_met_is_refused() -> None:
    with pytest.raises(TooFewRollcalls, match="chose together with none of the Soviet Union"):
        agree_each(RECORD, "SSD", ["SUN"])


def test_company_alongside_is_what_agree_gives() -> None:
    found = alongside(RECORD, ["USA", "CHN"], within=RECENT)
    rows = {row["state"]: row for row in found.table.to_dicts()}
    for other in ("USA", "CHN"):
        alone = agree(RECORD, "HUN", other, within=RECENT).facts
        assert rows["HUN"][f"value_{other}"] == pytest.approx(alone["value"])
        assert rows["HUN"][f"n_{other}"] == alone["n"]
        assert rows["HUN"][f"high_{other}"] == pytest.approx(alone["high"])
    assert rows["USA"]["n_USA"] is None
    assert "SUN" not in rows


@pytest.mark.parametrize("definition", [Definition.KAPPA, Definition.PI])
def test_company_takes_shares_alone(definition: Definition) -> None:
    with pytest.raises(UsageError, match="no share"):
        agree_each(RECORD, "IND", ["USA"], definition=definition)
    with pytest.raises(UsageError, match="no share"):
        alongside(RECORD, ["USA"], definition=definition)
