"""Pages in the manner of news agencies and dailies: a lead with the outcome, then who voted how."""

from __future__ import annotations

from tests.check.generated.names import listed
from tests.check.generated.scene import Scene, Template

__all__ = ["TEMPLATES"]


def wire_lead(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"UN assembly votes on {s.about}\n"
        f"UNITED NATIONS, {s.day('short')} (Wire) - The United Nations General Assembly on "
        f"{s.day()} {s.became('adopted', 'rejected')} a resolution on {s.about} by {yes} votes to "
        f"{no}, with {abstain} abstentions.\n\n{listed(s.no(2))} voted against the text. "
        f"{listed(s.abstain(2))} abstained."
    )


def hyphens_and_symbol(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Assembly acts on {s.about}\n"
        f"By a vote of {yes}-{no}-{abstain}, the UN General Assembly on {s.day()} "
        f"{s.became('passed', 'defeated')} resolution {s.symbol}. {s.no(1)[0]} opposed the "
        f"resolution, while {listed(s.abstain(2))} abstained and {listed(s.yes(2))} "
        f"voted in favour."
    )


def tally_in_prose(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"How the world voted on {s.about}\n"
        f"{s.day()}'s vote in the General Assembly of the United Nations was clear: "
        f"{yes} countries "
        f"in favour, {no} against and {abstain} abstaining. The resolution, on {s.about}, was "
        f"{s.became('adopted', 'rejected')}.\n\nThe countries that voted against include "
        f"{listed(s.no(2))}. Those abstaining included {listed(s.abstain(2))}."
    )


def counted_in_words(s: Scene) -> str:
    yes, no, abstain = s.words()
    return (
        f"UN vote\n"
        f"The U.N. General Assembly {s.became('approved', 'voted down')} a resolution on {s.about} "
        f"on {s.day()}. {yes.capitalize()} nations voted in favor, {no} voted against "
        f"and {abstain} "
        f"abstained. Among the {abstain} were {listed(s.abstain(2))}; {s.no(1)[0]} was among "
        "those that voted no."
    )


def list_between_dashes(s: Scene) -> str:
    names = s.all_no()
    s.tally()
    yes = s.count("yes")
    return (
        f"{len(names)} countries stand apart\n"
        f"Only {len(names)} countries – {listed(names)} – voted against a UN General Assembly "
        f"resolution on {s.about}, which was {s.became('adopted', 'rejected')} on {s.day()} with "
        f"{yes} votes in favour."
    )


def lists_in_brackets(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Vote on {s.about}\n"
        f"The General Assembly of the United Nations {s.became('adopted', 'rejected')}, by a "
        f"recorded vote of {yes} in favour to {no} against ({listed(s.all_no())}), with {abstain} "
        f"abstentions, a resolution on {s.about}."
    )


def alongside(s: Scene) -> str:
    first, *rest = s.no(4)
    yes, no, abstain = s.tally()
    return (
        f"{first} at odds with most of the UN\n"
        f"A resolution on {s.about} {s.became('passed', 'failed')} in the UN General Assembly on "
        f"{s.day()} by {yes} to {no}, with {abstain} members abstaining. Alongside {first}, those "
        f"voting against included {listed(rest)}."
    )


def and_others(s: Scene) -> str:
    yes, no, abstain = s.tally()
    named = s.abstain(2)
    return (
        f"{named[0]} abstains at UN\n"
        f"{named[0]}, {named[1]} and {abstain - 2} others abstained on {s.day()} when "
        f"the UN General "
        f"Assembly {s.became('adopted', 'rejected')} a resolution on {s.about}. The text got {yes} "
        f"votes in favour and {no} against. {listed(s.yes(2))} were among those who supported it."
    )


def both_of_which(s: Scene) -> str:
    yes, no, abstain = s.tally()
    first, second = s.abstain(2)
    return (
        f"Allies part ways at UN\n"
        f"The UN General Assembly {s.became('adopted', 'rejected')} a resolution on {s.about} on "
        f"{s.day()} ({yes}-{no}-{abstain}). The vote put a distance between {s.no(1)[0]}, which "
        f"voted against the resolution, and {first} and {second}, both of which abstained."
    )


def pronouns(s: Scene) -> str:
    no, abstained = s.no(1)[0], s.abstain(2)
    return (
        f"{no} says no\n"
        f"{no} has told the United Nations why it voted against a General Assembly resolution on "
        f"{s.about}. The text was {s.became('adopted', 'rejected')} on {s.day()}. It had asked for "
        f"changes in vain. {listed(abstained)} raised similar doubts, but the two abstained."
    )


def late_on(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"UN assembly votes after long debate\n"
        f"NEW YORK - Late on {s.day()}, after hours of debate, the UN General Assembly "
        f"{s.became('adopted', 'rejected')} resolution {s.symbol} with {yes} votes in favour, {no} "
        f"against and {abstain} abstentions. {listed(s.yes(3))} backed the resolution; "
        f"{s.no(1)[0]} and {s.no(1)[0]} rejected it."
    )


def full_date(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Resolution on {s.about}\n"
        f"On {s.day('full')} the General Assembly {s.became('adopted', 'rejected')} resolution "
        f"{s.symbol}. The voting was {yes} for, {no} against, {abstain} abstaining. "
        f"{s.no(1)[0]} cast a negative vote, {s.abstain(1)[0]} abstained and "
        f"{s.yes(1)[0]} voted yes."
    )


def capitals(s: Scene) -> str:
    no, yes = s.no(1)[0], s.yes(2)
    return (
        f"{no} isolated at the UN\n"
        f"{no} voted against a UN General Assembly resolution on {s.about} on {s.day()}, while "
        f"{yes[0]} and {yes[1]} backed the text. It was {s.became('adopted', 'rejected')} all the "
        "same."
    )


def demonyms(s: Scene) -> str:
    no, yes = s.no(1)[0], s.yes(1)[0]
    return (
        f"Envoys explain their votes\n"
        f"The {no} ambassador voted against the resolution on {s.about} that the UN General "
        f"Assembly {s.became('adopted', 'rejected')} on {s.day()}. The {yes} representative "
        "voted in favour."
    )


def indian_daily(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"UNGA votes on {s.about}\n"
        f"New York: As many as {yes} member states of the UN General Assembly voted in favour of a "
        f"resolution on {s.about} on {s.day()}, {no} against and {abstain} nations abstained. "
        f"Countries that abstained from voting are {listed(s.abstain(2))}. Besides "
        f"{s.no(1)[0]}, {s.no(1)[0]} also voted against the resolution."
    )


TEMPLATES = (
    Template(write=wire_lead, pinned=True),
    Template(write=hyphens_and_symbol, pinned=True),
    Template(write=tally_in_prose, pinned=True),
    Template(write=counted_in_words, pinned=True, least=(20, 3, 2)),
    Template(write=list_between_dashes, least=(20, 3, 0)),
    Template(write=lists_in_brackets, least=(20, 2, 2)),
    Template(write=alongside, pinned=True, least=(20, 4, 2)),
    Template(write=and_others, pinned=True, least=(20, 2, 5)),
    Template(write=both_of_which, pinned=True, least=(20, 2, 2)),
    Template(write=pronouns),
    Template(write=late_on, pinned=True),
    Template(write=full_date, pinned=True),
    Template(write=capitals, least=(20, 1, 0), names="capital"),
    Template(write=demonyms, least=(20, 1, 0), names="demonym"),
    Template(write=indian_daily, pinned=True),
)
