"""Answers of every kind that has a chart, counted from the shipped record in the plainest way.

Charts are drawn from tables alone, so most need the tables' columns and real figures, and none of
the questions' own code. What is a list of the record's own (topics, texts, groups) is asked
for, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

import votewire
from votewire import blocs, states
from votewire.blocs import precedent
from votewire.plots import Chart, chart
from votewire.positions import Fit, answers, company
from votewire.positions import shifts as moves
from votewire.positions import surprise as bits
from votewire.positions.expected import SHIPPED, read_surprises
from votewire.positions.expecting import Surprises
from votewire.positions.forecast import forecast_of
from votewire.positions.ready import ready
from votewire.record import Answer, Choice, Record, Selection, grouped, subjects

HOSTILE = "<script>alert('x')</script> & \"quoted\" \x00\ud800 ]]>"
EU = ("AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GRC", "HUN", "IRL", "ITA", "NLD", "SWE")
LABELS = np.array(["yes", "abstain", "no", "non_voting", "not_member", "not_recorded"])
SYMBOL = "A/RES/ES-11/7"

RECORD: Record = votewire.open_record()


@cache
def charted(make: Callable[[], Answer]) -> Chart:
    """The chart of an answer, made once for all tests: most of a chart's time is its validation."""
    return chart(make())


def answer(question: str, rows: Iterable[dict[str, Any]], **given: Any) -> Answer:
    return Answer(
        **{
            "question": question,
            "title": f"{question.capitalize()} of states in the General Assembly",
            "told": ("One sentence that says it.",),
            "table": pl.DataFrame(list(rows), infer_schema_length=None),
            "definition": "1 for the same choice, 1/2 where one of the two abstained",
            "basis": "General Assembly, recorded votes",
            "record_hash": RECORD.hash,
            "complete_to": RECORD.completeness,
        }
        | given
    )


def column(code: str) -> NDArray[np.int8]:
    return RECORD.choices[:, states.codes().index(code)]


def rolls(first: int, last: int, chamber: str = "GA") -> NDArray[np.bool_]:
    years = RECORD.days.astype("datetime64[Y]").astype(int) + 1970
    here = (RECORD.rollcalls["chamber"] == chamber).to_numpy()
    return here & (years >= first) & (years <= last)


def alike(a: str, b: str, kept: NDArray[np.bool_]) -> dict[str, Any]:
    one, other = column(a)[kept].astype(int), column(b)[kept].astype(int)
    each = (1 - abs(one - other) / 2)[(one <= 2) & (other <= 2)]
    if each.size == 0:
        return {"n": 0, "value": None, "low": None, "high": None}
    half = 1.64 * (each.std() / each.size**0.5)
    value = float(each.mean())
    return {
        "n": each.size,
        "value": value,
        "low": max(0.0, value - half),
        "high": min(1.0, value + half),
    }


def agree(first: int = 1946, last: int = 2025, *, a: str = "USA", b: str = "RUS") -> Answer:
    rows = [
        {"period": str(year)} | alike(a, b, rolls(year, year))
        for year in range(first, last + 1)
        if rolls(year, year).any()
    ]
    return answer("agree", rows)


def balance() -> Answer:
    rows = []
    for year in range(2012, 2026):
        one, other = (alike("BRA", code, rolls(year, year)) for code in ("USA", "CHN"))
        value, half = one["value"] - other["value"], 0.08
        rows.append(
            {"period": str(year), "n": one["n"], "value": value}
            | {"low": value - half, "high": value + half}
        )
    return answer("balance", rows)


def cohesion() -> Answer:
    sessions = RECORD.rollcalls["session"].to_numpy()
    rows = []
    for session in ("70", "71", "72", "73", "74", "75", "ES-11", "76", "77", "78", "79"):
        kept = rolls(1946, 2025) & (sessions == session)
        group = np.stack([column(code)[kept] for code in EU])
        most = np.array([(group == choice).sum(axis=0) for choice in range(3)]).max(axis=0)
        value = float((most / len(EU)).mean())
        rows.append(
            {"period": session, "n": int(kept.sum()), "value": value}
            | {"low": value - 0.02, "high": value + 0.02}
        )
    return answer("cohesion", rows)


def friends(among: Iterable[str] | None = None, of: str = "IND") -> Answer:
    kept = rolls(2015, 2025)
    rows = [
        {"state": code, "name": states.name_of(code)} | alike(of, code, kept)
        for code in among or states.codes()
        if code != of
    ]
    known = [row for row in rows if row["n"]]
    return answer("friends", sorted(known, key=lambda row: -row["value"]))


def matrix(codes: Iterable[str] = EU) -> Answer:
    kept = rolls(2015, 2025)
    rows = []
    for a, b in combinations(sorted(codes), 2):
        found = alike(a, b, kept)
        rows.append({"a": a, "b": b, "n": found["n"], "value": found["value"]})
    return answer("matrix", rows)


def splits() -> Answer:
    row = RECORD.row_of(RECORD.rollcall(SYMBOL).id)
    past = rolls(2015, 2024)
    mode = np.array([(np.stack([column(c)[past] for c in EU]) == k).sum(axis=0) for k in range(3)])
    usual = mode.argmax(axis=0)
    rows = []
    for code in EU:
        own = column(code)[past]
        votes, breaks = int((own <= 2).sum()), int(((own <= 2) & (own != usual)).sum())
        choice = str(LABELS[column(code)[row]])
        rows.append(
            {"state": code, "name": states.name_of(code), "choice": choice}
            | {"with_group": choice == "yes", "breaks": breaks, "votes": votes}
            | {"rate": breaks / votes}
        )
    return answer("splits", rows)


def splits_top() -> Answer:
    kept = np.flatnonzero(rolls(2020, 2025))
    group = np.stack([column(code)[kept] for code in EU])
    counts = np.array([(group == choice).sum(axis=0) for choice in range(3)])
    cohesion = counts.max(axis=0) / np.maximum(counts.sum(axis=0), 1)
    rows = []
    for at in np.argsort(cohesion, kind="stable")[:12]:
        broke = [code for code, choice in zip(EU, group[:, at], strict=True) if choice == 2]
        rows.append(
            _rollcall(int(kept[at]))
            | {"cohesion": float(cohesion[at])}
            | dict(zip(("yes", "abstain", "no"), map(int, counts[:, at]), strict=True))
            | {"broke": broke}
        )
    return answer("splits_top", rows)


def communities() -> Answer:
    rows = []
    for code in states.codes():
        found = alike("USA", code, rolls(2023, 2025))
        if not found["n"]:
            continue
        number = 1 + (found["value"] < 0.55)
        rows.append(
            {"community": number, "label": ("with the United States", "others")[number - 1]}
            | {"state": code, "name": states.name_of(code), "stability": found["value"]}
        )
    return answer("communities", rows)


def left() -> Answer:
    before = RECORD.row_of(RECORD.rollcall("A/RES/ES-11/6").id)
    after = RECORD.row_of(RECORD.rollcall(SYMBOL).id)
    rows = [
        {"state": code, "name": states.name_of(code)}
        | {"before": str(LABELS[column(code)[before]]), "after": str(LABELS[column(code)[after]])}
        for code in states.codes()
        if column(code)[before] == 0 and column(code)[after] != 0
    ]
    return answer("left", rows)


def rule() -> Answer:
    tally = RECORD.rollcall(SYMBOL).tally
    counts = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}
    needed = {"yes": 74, "no": None, "abstain": None}
    return answer(
        "rule", ({"side": side, "count": n, "needed": needed[side]} for side, n in counts.items())
    )


def whatif() -> Answer:
    rows = [{"state": "USA", "name": "United States", "before": "no", "after": "yes"}]
    facts = {
        "tally_before": {"yes": 93, "no": 18, "abstain": 65, "non_voting": 17},
        "tally_after": {"yes": 94, "no": 17, "abstain": 65, "non_voting": 17},
        "outcome_before": "adopted",
        "outcome_after": "adopted",
        "needed_before": 56,
        "needed_after": 56,
    }
    return answer("whatif", rows, facts=facts)


def power() -> Answer:
    seats = sorted(states.council_members(RECORD.complete_to["SC"]))
    rows = []
    for code in seats:
        permanent = code in ("CHN", "FRA", "GBR", "RUS", "USA")
        rows.append(
            {"state": code, "name": states.name_of(code)}
            | {"seat": "permanent" if permanent else "elected"}
            | {"shapley_shubik": 0.19627 if permanent else 0.00186}
            | {"banzhaf": 0.1669 if permanent else 0.0165}
            | {"banzhaf_absolute": 0.05 if permanent else 0.005}
        )
    return answer("power", sorted(rows, key=lambda row: -row["shapley_shubik"]))


def vetoes(first: int = 1946, last: int = 2025) -> Answer:
    kept = np.flatnonzero(
        rolls(first, last, "SC") & (RECORD.rollcalls["outcome"] == "vetoed").to_numpy()
    )
    five = ("CHN", "FRA", "GBR", "RUS", "SUN", "USA")
    rows = [
        _rollcall(int(row)) | {"vetoed_by": [code for code in five if column(code)[row] == 2]}
        for row in kept
    ]
    return answer("vetoes", rows)


def vetoes_year() -> Answer:
    years = vetoes().table.group_by(period=pl.col("date").dt.year().cast(pl.String)).len("n")
    return answer("vetoes_year", years.sort("period").to_dicts())


def vetoes_state() -> Answer:
    by_state = vetoes().table.explode("vetoed_by").group_by(state="vetoed_by").len("n")
    names = pl.col("state").map_elements(states.name_of, return_dtype=pl.String)
    rows = by_state.with_columns(name=names).sort("n", "state", descending=(True, False))
    return answer("vetoes_state", rows.select("state", "name", "n").to_dicts())


def chain() -> Answer:
    kept = np.flatnonzero(rolls(1992, 2025) & RECORD.naming("embargo imposed"))
    return answer("chain", (_rollcall(int(row)) for row in kept))


@cache
def chains() -> Answer:
    return subjects.all_chains(RECORD, least=20)


@cache
def _fit() -> Fit:
    found = ready(RECORD)
    assert found is not None
    return found


@cache
def positions(*codes: str) -> Answer:
    return answers.show(_fit(), codes or ("USA", "RUS", "IND"), 1985, record=RECORD)


@cache
def positions_rank(session: int = 79) -> Answer:
    return answers.rank(_fit(), session, record=RECORD)


@cache
def positions_beside() -> Answer:
    return company.beside(_fit(), ["IND"], ["USA", "CHN", "RUS", "SUN"], record=RECORD)


@cache
def positions_groups(session: int = 79) -> Answer:
    return company.in_groups(_fit(), session, record=RECORD)


@cache
def agree_each() -> Answer:
    within = Selection(since=date(2000, 1, 1))
    return blocs.agree_each(RECORD, "IND", ["USA", "CHN"], within=within)


@cache
def breakers(group: str = "G77") -> Answer:
    return blocs.breakers(RECORD, group, within=Selection(since=date(2023, 1, 1)))


@cache
def topic_years(name: str = "nuclear") -> Answer:
    return subjects.topic_years(RECORD, name)


@cache
def shifts(top: int = 15) -> Answer:
    return moves.shifts(_fit(), moves.Asked(since=1991), top, record=RECORD)


@cache
def _surprises() -> Surprises:
    found = read_surprises(RECORD, SHIPPED)
    assert found is not None
    return found


@cache
def surprise(symbol: str = "A/RES/ES-11/7") -> Answer:
    return bits.of_rollcall(_surprises(), RECORD, RECORD.rollcall(symbol))


@cache
def surprise_top(state: str = "USA") -> Answer:
    return bits.most_surprising(_surprises(), RECORD, state, 15)


@cache
def forecast(symbol: str = "A/RES/77/229") -> Answer:
    return forecast_of(RECORD, RECORD.rollcall(symbol), SHIPPED)


@cache
def topics() -> Answer:
    return subjects.all_topics(RECORD)


@cache
def topic(name: str = "ukraine") -> Answer:
    return subjects.one_topic(RECORD, name)


@cache
def first(topic: str = "ukraine") -> Answer:
    within = Selection(topic=topic)
    return precedent.first(RECORD, "USA", Choice.ABSTAIN, within=within)


@cache
def groups(on: date = date(2025, 6, 1)) -> Answer:
    return grouped.groups_on(RECORD, on)


@cache
def group(group_id: str = "EU", on: date | None = None) -> Answer:
    return grouped.members_of(RECORD, group_id, on)


@cache
def state_groups() -> Answer:
    return grouped.groups_with(RECORD, "POL", None)


@cache
def rules() -> Answer:
    counts = RECORD.rollcalls.group_by("chamber", explained="outcome").len("rollcalls")
    table = counts.sort("chamber", "rollcalls", descending=(False, True))
    return answer("rules", table.select("explained", "chamber", "rollcalls").to_dicts())


@cache
def unexplained() -> Answer:
    vetoed = (pl.col("outcome") == "vetoed") & pl.col("yes").is_null()
    how = pl.when(vetoed).then(pl.lit("vetoed: no tally")).otherwise(pl.lit("not stated"))
    kept = RECORD.rollcalls.filter(vetoed | (pl.col("outcome") == "unstated"))
    rows = kept.sort("outcome").select("id", "date", "title", "outcome", how=how)
    return answer("unexplained", rows.to_dicts())


def _rollcall(row: int) -> dict[str, Any]:
    found = RECORD.at(row)
    return {
        "id": found.id,
        "date": found.date,
        "symbol": found.name,
        "title": found.title,
        "yes": found.tally.yes,
        "no": found.tally.no,
        "abstain": found.tally.abstain,
    }


EVERY = (
    agree,
    agree_each,
    balance,
    breakers,
    chain,
    chains,
    cohesion,
    communities,
    first,
    forecast,
    friends,
    group,
    groups,
    left,
    matrix,
    positions,
    positions_beside,
    positions_groups,
    positions_rank,
    power,
    rule,
    rules,
    shifts,
    splits,
    splits_top,
    state_groups,
    surprise,
    surprise_top,
    topic,
    topic_years,
    topics,
    unexplained,
    vetoes,
    vetoes_state,
    vetoes_year,
    whatif,
)
