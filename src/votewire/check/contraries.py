"""What a page says of one vote twice and differently: it vetoed, and two lines on it abstained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from votewire.check.report import Checked, Verdict
from votewire.check.texts import expected_choices
from votewire.press import Claim

__all__ = ["with_contraries"]

_DOUBTED = (Verdict.CONTRADICTED, Verdict.PARTLY)
_SAID = {
    "voted_yes": "voted Yes",
    "backed": "backed it",
    "voted_no": "voted No",
    "opposed": "opposed it",
    "vetoed": "vetoed it",
    "abstained": "abstained",
    "absent": "was absent",
}


def with_contraries(checked: Sequence[Checked]) -> list[Checked]:
    """The claims, those that are wrong with what the page also says of that state's vote.

    Only where both are tied to one rollcall: of two texts a page may well say two things.
    """
    return [_with_contrary(item, checked) for item in checked]


def _with_contrary(item: Checked, others: Iterable[Checked]) -> Checked:
    if item.verdict not in _DOUBTED or item.rollcall is None:
        return item
    contrary = [o.claim for o in others if o.rollcall == item.rollcall and _differ(item, o)]
    if not contrary:
        return item
    also = _SAID[contrary[0].action]
    reason = f"{item.reason.removesuffix('.')}; elsewhere the page itself says that it {also}."
    return replace(item, reason=reason)


def _differ(one: Checked, other: Checked) -> bool:
    """Whether two claims say of one state what cannot both be."""
    claims: tuple[Claim, Claim] = one.claim, other.claim
    if claims[0].actor != claims[1].actor or other.claim.hedged or other.claim.quoted:
        return False
    first, second = (set(expected_choices(claim.action)) for claim in claims)
    return bool(first and second) and not first & second
