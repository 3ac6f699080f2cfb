from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.record.sources import source
from votewire.errors import LessThanStored, RecordDamaged, SourceError, UsageError
from votewire.record import layer_file
from votewire.record.layer import Added, Layer
from votewire.record.readers.detect import read_files
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall, Totals, count
from votewire.record.tables import Choice, Kind, Modality, Outcome

READ_ON = date(2026, 2, 6)
MARKS = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.NON_VOTING)


def unknown(_: ReadRollcall) -> None:
    return None


def vote(symbol: str = "A/RES/79/1", *, casts: int = 3, **changed: object) -> ReadRollcall:
    codes = ("FRA", "GBR", "RUS", "USA", "CHN", "IND")
    return dataclasses.replace(
        ReadRollcall(
            source_key=symbol,
            chamber="GA",
            session="79",
            date=date(2025, 2, 24),
            symbol=symbol,
            casts=dict.fromkeys(codes[:casts], Choice.YES),
        ),
        **changed,
    )


def add(layer: Layer, *rollcalls: ReadRollcall, known=unknown, **changed: object) -> Added:
    given = {"source_name": "a.csv", "sha256": "0" * 64, "read_on": READ_ON} | changed
    return layer.add(ReadResult(rollcalls=rollcalls), known=known, **given)


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    return Layer(tmp_path / "layer")


def test_layer_is_empty_before_anything_is_added(layer: Layer) -> None:
    assert layer.entries() == []
    assert layer.load() == []
    assert not layer.directory.exists()


def test_add_stores_what_a_reader_read(layer: Layer) -> None:
    result = read_files([("ga_2026.csv", source("ga_2026.csv"))])
    added = add(layer, *result.rollcalls)
    assert (added.new, added.filled, added.beside, added.repeated) == (2, 0, 0, 0)
    ((entry, rollcalls),) = layer.load()
    assert entry == added.entry
    assert (entry.sequence, entry.source_name, entry.read_on) == (1, "a.csv", READ_ON)
    assert (entry.rollcalls, entry.casts) == (2, 193 + 79)
    assert sorted(rollcalls, key=lambda r: r.date) == sorted(result.rollcalls, key=lambda r: r.date)


def test_add_counts_the_very_same_as_repeated_and_stores_nothing(layer: Layer) -> None:
    add(layer, vote())
    again = add(layer, vote(), source_name="b.csv")
    assert (again.repeated, again.new, again.entry) == (1, 0, None)
    assert len(layer.entries()) == 1


def test_add_fills_a_roll_and_refuses_to_empty_it(layer: Layer) -> None:
    add(layer, vote(casts=3))
    assert add(layer, vote(casts=5)).filled == 1
    with pytest.raises(LessThanStored, match=r"A/RES/79/1: the file has 4 casts, but 5 are stored"):
        add(layer, vote(casts=4))
    assert len(layer.entries()) == 2


def test_add_asks_the_record_what_it_knows(layer: Layer) -> None:
    with pytest.raises(LessThanStored, match="the file has 3 casts, but 193 are stored"):
        add(layer, vote(), known=lambda _: 193)
    assert add(layer, vote(), known=lambda _: 2).filled == 1
    assert add(layer, vote("A/RES/79/2"), known=lambda _: 3).beside == 1
    assert add(layer, vote("A/RES/79/3"), known=lambda _: 0).new == 1


def test_add_leaves_lesser_rolls_out_beside_others_and_says_so(layer: Layer) -> None:
    had = Problem(source_key="1", reason="its marks do not add up")
    result = ReadResult(rollcalls=(vote(), vote("A/RES/79/2")), problems=(had,))
    added = layer.add(
        result,
        source_name="a.csv",
        sha256="",
        read_on=READ_ON,
        known=lambda r: 193 if r.symbol == "A/RES/79/1" else None,
    )
    assert added.new == 1
    assert [problem.reason for problem in added.problems] == [
        "its marks do not add up",
        "has 3 casts, but 193 are stored already",
    ]


def test_add_keeps_votes_on_paragraphs_of_one_text_apart(layer: Layer) -> None:
    parts = [
        vote(kind=Kind.PARAGRAPH, source_key=key, casts=casts)
        for key, casts in (("1", 5), ("2", 3))
    ]
    assert add(layer, *parts).new == 2
    assert add(layer, *parts).repeated == 2
    other = vote(kind=Kind.PARAGRAPH, source_key="3", casts=4)
    assert add(layer, other).new == 1


def test_add_keeps_another_source_that_differs(layer: Layer) -> None:
    add(layer, vote())
    other = vote(casts=0)
    other = dataclasses.replace(other, casts=dict.fromkeys(("FRA", "GBR", "RUS"), Choice.NO))
    assert add(layer, other).beside == 1
    assert len(layer.load()) == 2


def test_add_gives_the_same_bytes_for_the_same_rollcalls(tmp_path: Path) -> None:
    first, second = Layer(tmp_path / "a"), Layer(tmp_path / "b")
    one, two = add(first, vote()).entry, add(second, vote()).entry
    assert one is not None
    assert two is not None
    assert one.path.name == two.path.name
    assert one.path.read_bytes() == two.path.read_bytes()


def test_undo_takes_the_last_addition_back_and_loses_nothing(layer: Layer) -> None:
    add(layer, vote())
    add(layer, vote("A/RES/79/2"))
    undone = layer.undo()
    assert undone.sequence == 2
    assert undone.path.parent.name == "undone"
    assert undone.path.exists()
    assert [entry.sequence for entry in layer.entries()] == [1]
    assert add(layer, vote("A/RES/79/2")).new == 1
    assert layer.undo().sequence == 2
    assert layer.undo().sequence == 1
    with pytest.raises(UsageError, match="is empty: there is nothing to undo"):
        layer.undo()


def test_add_changes_nothing_where_writing_fails(
    layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(layer, vote())
    before = sorted(path.name for path in layer.directory.iterdir())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot be written \\(No space left on device\\)"):
        add(layer, vote("A/RES/79/2"))
    assert sorted(path.name for path in layer.directory.iterdir()) == before


def test_add_says_where_a_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Set VOTEWIRE_DATA_DIR"):
        add(Layer(tmp_path / "file" / "layer"), vote())


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_load_names_a_damaged_file_and_the_way_out(layer: Layer, damage: str) -> None:
    entry = add(layer, vote()).entry
    assert entry is not None
    content = entry.path.read_bytes()
    damaged = {"cut": content[:-9], "changed": content[:-9] + b"x" * 9, "empty": b""}[damage]
    entry.path.write_bytes(damaged)
    with pytest.raises(RecordDamaged) as error:
        layer.load()
    assert entry.path.name in str(error.value)
    assert "add its source again" in str(error.value)
    with pytest.raises(RecordDamaged):
        add(layer, vote("A/RES/79/2"))


def crafted(layer: Layer, document: object) -> Path:
    """A file in the layer that has the hash of its name, whatever is in it."""
    text = document if isinstance(document, str) else json.dumps(document)
    content = gzip.compress(text.encode("utf-8", "surrogatepass"), mtime=0)
    digest = hashlib.sha256(content).hexdigest()[:16]
    layer.directory.mkdir(exist_ok=True)
    path = layer.directory / f"0001-{digest}.json.gz"
    path.write_bytes(content)
    return path


def document(**changed: object) -> dict[str, object]:
    """An addition as it is in its file, with another value or none in its one rollcall."""
    _, content = layer_file.packed(
        [vote(announced=Totals(yes=3))], sequence=1, source_name="a", sha256="", read_on=READ_ON
    )
    whole = json.loads(gzip.decompress(content))
    for name, value in changed.items():
        held = whole if name in whole else whole["rollcalls"][0]
        held[name] = value
    return whole


@pytest.mark.parametrize(
    "changed",
    [
        *({name: 7} for name in ("title", "symbol", "source_key", "session", "note", "url")),
        *(
            {name: value}
            for name in ("agenda", "sponsors")
            for value in (7, [7], [None], "x\ud800")
        ),
        *({"date": day} for day in (7, "x", "1066-10-14", "9999-12-31", "2025-02-30")),
        *({"chamber": name} for name in ("XX", None, ["GA"])),
        {"chamber": "SC", "date": "2099-01-01"},
        *({"casts": casts} for casts in ("YYYY", 7, "???", [[]], None)),
        *({"states": codes} for codes in (7, ["FRA", "GBR", "XXX"], [[], {}, 0])),
        *({"announced": totals} for totals in (7, [1], [10**30, 0, 0, 0, 0], ["a"] * 5, [-1] * 5)),
        *({"kind": "x"}, {"outcome": 7}, {"modality": None}, {"date_exact": "yes"}),
        *({"rollcalls": rows} for rows in (7, [7], [None], [[]])),
        *({"read_on": 7}, {"source_name": 7}, {"sha256": None}, {"format": [1]}),
        {"title": "\ud800"},
        {"a_field_of_later": 7},
        *(
            {name: wrong}
            for name in ("symbol", "draft", "meeting", "title", "url", "note")
            for wrong in ({}, [], 0, False)
        ),
        *({"agenda": texts} for texts in ("", {}, None, 0, "texts")),
        *({"rollcalls": {}}, {"rollcalls": ""}, {"format": True}, {"format": 1.0}),
        *({"states": ["FRA", "FRA", "GBR"]}, {"states": {"FRA": 1, "GBR": 2, "USA": 3}}),
        *({"announced": [2, None, None, None, None]}, {"announced": {}}, {"casts": ["Y"] * 3}),
    ],
    ids=repr,
)
def test_load_names_a_crafted_file(layer: Layer, changed: dict[str, object]) -> None:
    path = crafted(layer, document(**changed))
    with pytest.raises(RecordDamaged, match=path.name):
        layer.load()


@pytest.mark.parametrize(
    "text", ["", "7", "null", "[]", "{}", "[" * 200_000, "{" * 200_000, '{"format": 1}', "\ud800"]
)
def test_load_names_a_crafted_document(layer: Layer, text: str) -> None:
    path = crafted(layer, text)
    with pytest.raises(RecordDamaged, match=path.name):
        layer.load()


def test_load_takes_what_is_as_it_was_written(layer: Layer) -> None:
    crafted(layer, document())
    ((_, (rollcall,)),) = layer.load()
    assert rollcall == vote(announced=Totals(yes=3))


def test_load_does_not_unpack_a_bomb(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    path = crafted(layer, document(note="x" * 100_000))
    monkeypatch.setattr(layer_file, "LARGEST", 50_000)
    with pytest.raises(RecordDamaged, match=f"{path.name} .*more than an addition holds"):
        layer.load()
    with pytest.raises(SourceError, match="Divide the file"):
        add(Layer(layer.directory / "other"), vote(note="x" * 100_000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_load_does_not_wait_for_a_pipe(layer: Layer) -> None:
    layer.directory.mkdir()
    os.mkfifo(layer.directory / "0001-0123456789abcdef.json.gz")
    with pytest.raises(RecordDamaged, match="0001-0123456789abcdef"):
        layer.load()


def test_load_refuses_a_format_of_later(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(layer_file, "FORMAT", 2)
        add_one = layer_file.packed(
            [vote()], sequence=1, source_name="a", sha256="", read_on=READ_ON
        )
    layer.directory.mkdir()
    (layer.directory / add_one[0]).write_bytes(add_one[1])
    with pytest.raises(RecordDamaged, match="has format 2, not 1"):
        layer.load()


def test_load_passes_other_files_over(layer: Layer) -> None:
    add(layer, vote())
    for name in ("notes.txt", ".adding-x", "0002-short.json.gz"):
        (layer.directory / name).write_text("not an addition")
    assert len(layer.load()) == 1


TEXT = st.text(min_size=1, max_size=12)
CASTS = st.dictionaries(st.sampled_from(["FRA", "GBR", "RUS", "USA"]), st.sampled_from(MARKS))
COUNT = st.none() | st.integers(0, 193)
ROLLCALLS = st.builds(
    ReadRollcall,
    source_key=TEXT,
    chamber=st.sampled_from(["GA", "SC"]),
    session=TEXT,
    date=st.dates(date(1945, 10, 24), date(2025, 12, 31)),
    date_exact=st.booleans(),
    symbol=st.none() | TEXT,
    draft=st.none() | TEXT,
    meeting=st.none() | TEXT,
    kind=st.sampled_from(Kind),
    title=st.none() | TEXT,
    agenda=st.lists(TEXT, max_size=2).map(tuple),
    issues=st.lists(TEXT, max_size=2).map(tuple),
    sponsors=st.lists(TEXT, max_size=2).map(tuple),
    outcome=st.sampled_from(Outcome),
    modality=st.sampled_from(Modality),
    casts=CASTS,
    announced=st.none()
    | st.builds(Totals, yes=COUNT, no=COUNT, abstain=COUNT, non_voting=COUNT, members=COUNT),
    url=st.none() | TEXT,
    note=st.none() | TEXT,
)


def counted(rollcall: ReadRollcall) -> ReadRollcall:
    """The rollcall, its totals those of its casts where it announces any."""
    announced = None if rollcall.announced is None else count(rollcall.casts)
    return replace(rollcall, announced=announced)


@settings(max_examples=60)
@given(st.lists(ROLLCALLS.map(counted), max_size=4))
def test_unpacked_gives_back_what_was_packed(
    tmp_path_factory: pytest.TempPathFactory, rollcalls: list[ReadRollcall]
) -> None:
    name, content = layer_file.packed(
        rollcalls, sequence=7, source_name="a.csv", sha256="x", read_on=READ_ON
    )
    path = tmp_path_factory.mktemp("layer") / name
    path.write_bytes(content)
    entry, read = layer_file.unpacked(path)
    assert list(read) == rollcalls
    assert (entry.sequence, entry.rollcalls) == (7, len(rollcalls))


class AddAndUndo(RuleBasedStateMachine):
    """Any sequence of additions and undos leaves what a list with append and pop would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.layer = Layer(Path(self.folder.name))
        self.model: list[tuple[ReadRollcall, ...]] = []

    @rule(numbers=st.sets(st.integers(1, 5), min_size=1), casts=st.integers(1, 6))
    def add(self, numbers: set[int], casts: int) -> None:
        rollcalls = tuple(vote(f"A/RES/79/{n}", casts=casts) for n in sorted(numbers))
        most = {r.symbol: len(r.casts) for batch in self.model for r in batch}
        expected = tuple(r for r in rollcalls if len(r.casts) > most.get(r.symbol, 0))
        try:
            added = add(self.layer, *rollcalls)
        except LessThanStored:
            assert not expected
            return
        assert added.new + added.filled == len(expected)
        if expected:
            self.model.append(expected)

    @rule()
    def undo(self) -> None:
        if self.model:
            assert self.layer.undo().rollcalls == len(self.model.pop())
        else:
            with pytest.raises(UsageError):
                self.layer.undo()

    @invariant()
    def holds_what_was_added(self) -> None:
        assert [rollcalls for _, rollcalls in self.layer.load()] == self.model

    def teardown(self) -> None:
        self.folder.cleanup()


AddAndUndo.TestCase.settings = settings(max_examples=12, stateful_step_count=8)
TestAddAndUndo = AddAndUndo.TestCase
