"""How a page says that a text was adopted: unanimously, without a vote."""

import pytest

from tests.press.articles import claims_of


def manner(text: str, lang: str = "en") -> str:
    said = [claim.manner for claim in claims_of(text, lang=lang) if claim.action == "adopted"]
    assert len(said) == 1, said
    return said[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Security Council on Monday passed unanimously a resolution on Mali.", "unanimous"),
        ("In a unanimous vote, the Security Council adopted resolution 2118.", "unanimous"),
        ("Resolution 2118 was adopted unanimously by the Security Council.", "unanimous"),
        ("The resolution won unanimous approval in the Security Council.", "unanimous"),
        ("The General Assembly adopted resolution 61/255 by consensus.", "consensus"),
        ("The General Assembly adopted the resolution without a vote.", "consensus"),
        ("The Security Council almost unanimously adopted resolution 2118.", ""),
        ("The Security Council adopted resolution 2118.", ""),
        # Another verb's manner is not the adoption's.
        ("The Security Council unanimously condemned it and later adopted a resolution.", ""),
    ],
)
def test_claims_say_how_a_text_was_adopted(text: str, said: str) -> None:
    assert manner(text) == said


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("fr", "Le Conseil de sécurité a adopté à l'unanimité la résolution 2118.", "unanimous"),
        ("fr", "L'Assemblée générale a adopté la résolution par consensus.", "consensus"),
        ("es", "El Consejo de Seguridad aprobó por unanimidad la resolución 2118.", "unanimous"),
        ("es", "La Asamblea General aprobó la resolución sin votación.", "consensus"),
    ],
)
def test_claims_say_it_in_french_and_spanish(lang: str, text: str, said: str) -> None:
    assert manner(text, lang) == said


def test_claims_symbol_names_its_chamber() -> None:
    claims = claims_of("The draft S/2025/115 failed on Monday to win the nine votes needed.")
    assert [claim.actor for claim in claims] == ["SC"]
