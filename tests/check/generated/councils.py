"""Pages about the Security Council: adoptions with abstentions, failures, vetoes."""

from __future__ import annotations

from tests.check.generated.names import in_words, listed
from tests.check.generated.scene import Scene, Template

__all__ = ["TEMPLATES"]


def council_adopts(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Security Council acts\n"
        f"The UN Security Council on {s.day()} {s.became('adopted', 'rejected')} resolution "
        f"{s.symbol} on {s.about}. The vote was {yes} in favour, {no} against and {abstain} "
        f"abstaining. {listed(s.abstain(1))} abstained. {listed(s.yes(2))} voted in favour."
    )


def fifteen_members(s: Scene) -> str:
    yes, _, abstain = s.tally()
    return (
        f"Divided council votes\n"
        f"{in_words(yes).capitalize()} of the Security Council's 15 members voted in favour of the "
        f"resolution on {s.about} on {s.day()}, and {in_words(abstain)} – "
        f"{listed(s.abstain(s.rollcall.tally.abstain or 0))} "
        f"– abstained, the United Nations said. The text was {s.became('adopted', 'rejected')}."
    )


def abstain_of(s: Scene) -> int:
    """How many abstained, as the roll has it."""
    return int(s.rollcall.tally.abstain or 0)


def numbered(s: Scene) -> str:
    number = s.symbol.removeprefix("S/RES/").split("(")[0]
    yes, no, abstain = s.tally()
    return (
        f"Resolution {number}\n"
        f"UNITED NATIONS - Resolution {number}, on {s.about}, was "
        f"{s.became('adopted', 'rejected')} "
        f"by the Security Council on {s.day('full')} by {yes} votes to {no}, with {abstain} "
        f"abstentions ({listed(s.abstain(s.rollcall.tally.abstain or 0))})."
    )


def who_sat_out(s: Scene) -> str:
    first = s.abstain(1)[0]
    return (
        f"{first} abstains in Security Council\n"
        f"{first} abstained when the UN Security Council voted on {s.day()} on {s.about}, although "
        f"{listed(s.yes(2))} supported the resolution. The council "
        f"{s.became('adopted', 'rejected')} "
        f"the text."
    )


def veto_lead(s: Scene) -> str:
    powers = listed(s.vetoing())
    yes, no, abstain = s.tally()
    return (
        f"{powers} veto UN draft\n"
        f"{powers} vetoed a draft resolution in the UN Security Council on {s.day()}. The draft, "
        f"{s.symbol}, received {yes} votes in favour and {no} against, with {abstain} abstentions. "
        f"{listed(s.yes(2))} voted in favour."
    )


def veto_noun(s: Scene) -> str:
    powers = listed(s.vetoing())
    return (
        f"Council blocked\n"
        f"A draft resolution before the Security Council of the United Nations "
        f"{s.became('was adopted', 'was not adopted')} on "
        f"{s.day()}, after {powers} used the veto. {listed(s.yes(3))} had supported the draft."
    )


def veto_passive(s: Scene) -> str:
    powers = listed(s.vetoing())
    yes, no, abstain = s.tally()
    return (
        f"Draft falls\n"
        f"Draft resolution {s.symbol} was vetoed by {powers} in the UN Security Council on "
        f"{s.day('full')}. The result of the vote was {yes}-{no}-{abstain}. "
        f"{listed(s.yes(2))} were "
        f"among the members that voted for it."
    )


TEMPLATES = (
    Template(write=council_adopts, chamber="SC", least=(9, 0, 1), pinned=True),
    Template(write=fifteen_members, chamber="SC", least=(9, 0, 2)),
    Template(write=numbered, chamber="SC", least=(9, 0, 1), pinned=True),
    Template(write=who_sat_out, chamber="SC", least=(9, 0, 1)),
    Template(write=veto_lead, chamber="veto", least=(5, 1, 0), pinned=True),
    Template(write=veto_noun, chamber="veto", least=(5, 1, 0)),
    Template(write=veto_passive, chamber="veto", least=(5, 1, 0), pinned=True),
)
