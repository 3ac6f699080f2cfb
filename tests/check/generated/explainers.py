"""Pages that are no news report: questions and answers, live blogs, tables, letters, round-ups."""

from __future__ import annotations

from tests.check.generated.names import listed
from tests.check.generated.scene import Scene, Template

__all__ = ["TEMPLATES"]


def questions(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"What was the UN vote on {s.about} about?\n"
        f"Q: What happened?\n\nA: The UN General Assembly {s.became('adopted', 'rejected')} a "
        f"resolution on {s.about} on {s.day()}.\n\nQ: How close was it?\n\nA: There "
        f"were {yes} votes "
        f"in favour, {no} votes against and {abstain} abstentions.\n\nQ: Who was against?\n\n"
        f"A: {listed(s.no(2))} voted against. {s.abstain(1)[0]} abstained."
    )


def live_blog(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Live: General Assembly votes on {s.about}\n"
        f"15:02 GMT - The UN General Assembly has {s.became('adopted', 'rejected')} the resolution "
        f"on {s.about}: {yes} in favour, {no} against, {abstain} abstentions.\n\n"
        f"15:06 GMT - {s.no(1)[0]} and {s.no(1)[0]} voted no.\n\n"
        f"15:11 GMT - {s.abstain(1)[0]} has abstained, its envoy confirms."
    )


def roll_call(s: Scene) -> str:
    return (
        f"How they voted\n"
        f"The General Assembly of the United Nations {s.became('adopted', 'rejected')} "
        f"a resolution "
        f"on {s.about} on {s.day()}.\n\nIn favour: {', '.join(s.yes(5))}\n\n"
        f"Against: {', '.join(s.no(2))}\n\nAbstaining: {', '.join(s.abstain(2))}"
    )


def think_tank(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Reading the vote on {s.about}\n"
        f"When the UN General Assembly put resolution {s.symbol} to the vote on {s.day('full')}, "
        f"{yes} states supported it, {no} opposed it and {abstain} abstained. Three "
        f"votes stand out. "
        f"{s.abstain(1)[0]} chose to abstain rather than vote against. {s.no(1)[0]}, by contrast, "
        f"cast a vote against. And {s.yes(1)[0]} joined the majority in voting for the text."
    )


def a_day_earlier(s: Scene) -> str:
    no = s.no(2)
    return (
        f"Reactions to the UN vote\n"
        f"Diplomats were weighing the result on {s.published:%A}. A day earlier, the UN General "
        f"Assembly had {s.became('adopted', 'rejected')} a resolution on {s.about}, which "
        f"{listed(no)} opposed. {s.yes(1)[0]} had voted for it."
    )


def relative_clauses(s: Scene) -> str:
    no, abstained, yes = s.no(1)[0], s.abstain(1)[0], s.yes(1)[0]
    return (
        f"Three views of one vote\n"
        f"{no}, which voted against the UN General Assembly resolution on {s.about} on {s.day()}, "
        f"called it one-sided. {abstained}, which abstained, said it lacked balance. {yes}, which "
        f"voted in favour, praised the sponsors. The resolution was "
        f"{s.became('adopted', 'rejected')}."
    )


def passive_voice(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Resolution at the UN\n"
        f"A resolution on {s.about} was {s.became('adopted', 'rejected')} by the UN "
        f"General Assembly "
        f"on {s.day()}. It was supported by {yes} states, among them {listed(s.yes(2))}, and was "
        f"opposed by {no}, including {listed(s.no(2))}. Another {abstain} abstained."
    )


def paraphrase(s: Scene) -> str:
    return (
        f"Who lined up where\n"
        f"The resolution on {s.about} that came before the UN General Assembly on {s.day()} was "
        f"{s.became('carried', 'defeated')}. {s.no(1)[0]} refused to support the resolution and "
        f"voted no. {s.yes(1)[0]} gave its support to the text, as did {s.yes(1)[0]}. "
        f"{s.abstain(1)[0]} decided to abstain."
    )


def tabloid(s: Scene) -> str:
    yes, no, _ = s.tally()
    return (
        f"UN SPLIT OVER {s.about.upper()}\n"
        f"IT'S official. The UN General Assembly {s.became('backed', 'threw out')} a resolution on "
        f"{s.about} by {yes} votes to {no} on {s.day()}. {listed(s.no(2))} voted no. "
        f"{s.yes(1)[0]} voted yes."
    )


def round_up(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"The week at the United Nations\n"
        f"• General Assembly: on {s.day()} members {s.became('adopted', 'rejected')} a "
        f"resolution on "
        f"{s.about} ({yes} in favour, {no} against, {abstain} abstaining). {listed(s.no(2))} were "
        f"the most prominent among those voting against.\n\n• Secretariat: the budget talks go on."
    )


def communique(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Statement on the vote\n"
        f"The Ministry takes note of General Assembly resolution {s.symbol}, "
        f"{s.became('adopted', 'rejected')} on {s.day('british')} by {yes} votes in favour, {no} "
        f"against and {abstain} abstentions. It regrets that {listed(s.no(2))} voted against the "
        f"resolution and that {s.abstain(1)[0]} abstained."
    )


def radio(s: Scene) -> str:
    yes, no, abstain = s.words()
    return (
        f"News in brief\n"
        f"The UN General Assembly has {s.became('passed', 'rejected')} a resolution on {s.about}. "
        f"The vote on {s.day()} was {yes} in favour, {no} opposed, with {abstain} abstentions. "
        f"{s.no(1)[0]} was one of the countries that voted against it, {s.abstain(1)[0]} one of "
        "those that abstained."
    )


TEMPLATES = (
    Template(write=questions, pinned=True),
    Template(write=live_blog),
    Template(write=roll_call, least=(20, 2, 2)),
    Template(write=think_tank, pinned=True),
    Template(write=a_day_earlier, least=(20, 2, 0)),
    Template(write=relative_clauses),
    Template(write=passive_voice, pinned=True),
    Template(write=paraphrase),
    Template(write=tabloid, least=(20, 3, 0)),
    Template(write=round_up, pinned=True),
    Template(write=communique, pinned=True),
    Template(write=radio, pinned=True),
)
