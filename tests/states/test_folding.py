"""Folding of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.states.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("COTE D'IVOIRE", "cote divoire"),
        ("U.S.", "us"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Guinea – Bissau", "guinea bissau"),
        ("Iran (Islamic Republic of)", "iran islamic republic of"),
        ("TÜRKİYE", "turkiye"),
        ("São Tomé\u00a0and\n Príncipe", "sao tome and principe"),
        ("फ़्रांस", "फ्रांस"),
        ("पाँच", "पांच"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("", ""),
        ("—", ""),
    ],
)
def test_fold_leaves_out_what_does_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_of_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_fold_ignores_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())
