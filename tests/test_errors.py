from collections.abc import Iterator
from pathlib import Path

from votewire import errors
from votewire.cli.main import EXIT_CODES

DOCS = Path(__file__).parents[1] / "docs" / "reference" / "errors.md"


def tree(kind: type[errors.VotewireError]) -> Iterator[type[errors.VotewireError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


def test_errors_every_class_has_an_exit_code_below_the_root() -> None:
    for kind in tree(errors.VotewireError):
        if kind is not errors.VotewireError:
            code = next(EXIT_CODES[k] for k in kind.__mro__ if k in EXIT_CODES)
            assert code in (2, 3, 4, 5, 8), kind


def test_errors_every_class_is_exported_and_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    for kind in tree(errors.VotewireError):
        assert kind.__name__ in errors.__all__
        assert f"`{kind.__name__}`" in documented


def test_errors_messages_say_what_to_do_next() -> None:
    mismatch = errors.TallyMismatch(
        rollcall="A/RES/99/999", read=(120, 4, 30), announced=(121, 4, 30)
    )
    assert str(mismatch) == (
        "A/RES/99/999: read 120-4-30 but the source announces 121-4-30. Nothing was stored: "
        "compare its lists with those of the source."
    )
    absent = errors.NotInRecord("A/RES/99/1", nearest=["A/RES/79/1"], complete_to="GA 2025-10-29")
    assert "Nearest: A/RES/79/1." in str(absent)
    assert "complete to GA 2025-10-29" in str(absent)
