"""Whether a claim holds, when the page may leave open which rollcall it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from votewire.check.counting import judge_part, vote_then
from votewire.check.dating import at_its_day
from votewire.check.linking import Candidate, Link, with_counts
from votewire.check.report import Checked, Verdict
from votewire.check.scoring import content
from votewire.check.texts import TextFacts, expected_choices
from votewire.check.verdicts import Judgement, judge
from votewire.press import Article, Claim, Counts, When
from votewire.record import Chamber, Record, Rollcall

__all__ = ["Page", "against", "both_chambers"]

_FAILED = {"vetoed", "rejected"}
_FATES = {"adopted", *_FAILED}
_ANOTHER = "so much is otherwise that another vote may be meant"
_SUMMARIES = {"headline", "dek", "caption"}  # they tell of the texts that the body tells of
_NO_SUCH = "the record has no other text that fits, and not all that passed without a vote"
_SIDES = ("yes", "no", "abstain")
_NAMED = 3  # rollcalls that a reason names


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the judgement of one claim needs of the whole page."""

    article: Article
    texts: tuple[TextFacts, ...]
    record: Record
    linked: tuple[Rollcall, ...] = ()  # the rollcalls that its texts were tied to

    def tells_of(self, rollcall: Rollcall, claim: Claim) -> bool:
        """Whether the page's words for its texts are the title's, where a claim has none."""
        own = claim.reference
        if own.subject or own.about or own.drafters:
            return False
        words, about = content(rollcall)
        return bool(self._subject & words or self._about & about)

    @cached_property
    def _subject(self) -> frozenset[str]:
        return frozenset(word for facts in self.texts for word in facts.subject)

    @cached_property
    def _about(self) -> frozenset[str]:
        return frozenset(code for facts in self.texts for code in facts.about | facts.drafters)

    def text_of(self, claim: Claim) -> TextFacts | None:
        """What the page says of the claim's text."""
        return next((t for t in self.texts if any(c is claim for c in t.claims)), None)

    def beside(self, claim: Claim) -> list[Claim]:
        """The claims about the same text in the claim's sentence, itself among them."""
        return self._sentences.get(id(claim), [])

    @cached_property
    def _sentences(self) -> dict[int, list[Claim]]:
        """Claim, by its identity -> those; looked for anew, 1,000 claims took 16 s."""
        found: dict[int, list[Claim]] = {}
        for facts in self.texts:
            by_place: dict[tuple[int, int], list[Claim]] = {}
            for claim in facts.claims:
                same = by_place.setdefault(_place(claim), [])
                same.append(claim)
                found[id(claim)] = same
        return found


def _place(claim: Claim) -> tuple[int, int]:
    """Where the claim's sentence stands; its own words where that is not known."""
    return claim.sentence if claim.sentence[1] else (claim.start, claim.end)


def against(claim: Claim, found: Link, best: Candidate, page: Page) -> Checked:
    """The claim held against the rollcall that fits best, and against those that may be meant."""
    judgement = _judged(claim, best.rollcall, page)
    if found.misdated:
        lang = page.article.lang
        judgement = at_its_day(claim, best.rollcall, judgement, page.record, lang)
    if claim.quoted and judgement.verdict is Verdict.CONTRADICTED:
        reason = f"somebody's words, quoted; {judgement.reason}"
        judgement = replace(judgement, verdict=Verdict.NOT_CHECKABLE, reason=reason)
    if _was_without_vote(claim, best.rollcall, page):
        reason = f"the page says without a vote, and {best.rollcall.name} had one: {_NO_SUCH}."
        return Checked(claim=claim, verdict=Verdict.NOT_IN_RECORD, reason=reason)
    doubt = _doubt(claim, best, judgement, page)
    if doubt:
        return _unclear(claim, best, judgement, doubt)
    otherwise = _otherwise(claim, found, best, judgement, page)
    if otherwise:
        return _not_unique(claim, best, judgement, otherwise)
    return Checked(
        claim=_of_its_chamber(claim, best.rollcall),
        verdict=judgement.verdict,
        reason=judgement.reason,
        rollcall=best.rollcall.name,
        evidence=judgement.evidence,
    )


def _doubt(claim: Claim, best: Candidate, judgement: Judgement, page: Page) -> str:
    """Why a verdict cannot stand although the record gives it; empty where it can."""
    verdict = judgement.verdict
    tied = best.tied or _may_be_any(claim) or page.tells_of(best.rollcall, claim)
    if verdict is Verdict.SUPPORTED and not tied and not _is_cast(claim):
        return "nothing but the day ties the claim to a vote"
    facts = page.text_of(claim)
    if facts is not None and _is_none_of_it(facts, best.rollcall):
        return _ANOTHER
    if verdict not in (Verdict.CONTRADICTED, Verdict.PARTLY):
        return ""
    if claim.time.kind is When.EARLIER and not _is_of_its_day(claim, best):
        return "the claim is of an earlier vote; the page's own is another"
    if verdict is Verdict.PARTLY:
        return ""
    if claim.reference.kind == "proposal" and claim.action == "rejected":
        # "The UN rejected the move" may say that it adopted a text against the move.
        return "a proposal may be rejected by a text that passes"
    if not claim.sure:
        return "the words do not settle whose vote it was, or which way"
    if not claim.names_symbol and _is_of_another(claim, best.rollcall, page):
        return _ANOTHER
    return "" if tied else "nothing but the day ties the claim to a vote"


def _is_of_another(claim: Claim, rollcall: Rollcall, page: Page) -> bool:
    """Whether what the page says is too far from the rollcall to be a mistake about it.

    No count of several is its own, in a sentence that does not name its day; or its text was taken
    for one that has a symbol elsewhere on the page, and nothing said of it there holds.
    """
    dated = any(abs((day - rollcall.date).days) <= 1 for day in claim.days)
    wrong = [(said, counted) for said, counted in _counts(claim, rollcall) if said != counted]
    if not dated and len(wrong) > 1 and len(wrong) == len(_counts(claim, rollcall)):
        return True
    facts = page.text_of(claim)
    if facts is not None and _is_told_elsewhere(facts, rollcall, page):
        return True
    if facts is None or not facts.symbols:
        return False
    others = [c for c in facts.claims if c is not claim]
    return bool(others) and not any(_holds(other, rollcall) for other in others)


def _is_none_of_it(facts: TextFacts, rollcall: Rollcall) -> bool:
    """Whether what became of the text and each of its several counts are otherwise.

    Casts alone then tie the page to the rollcall, and states vote alike again and again: the vote
    that is meant may be one that the record does not have.
    """
    if any(claim.names_symbol for claim in facts.claims):
        return False
    pairs = [pair for claim in facts.claims for pair in _counts(claim, rollcall)]
    several = len(set(pairs)) > 1 and all(said != counted for said, counted in pairs)
    fates = [replace(c, tally=None) for c in facts.claims if c.action in _FATES]
    return several and any(_refutes(fate, rollcall) for fate in fates)


def _is_told_elsewhere(facts: TextFacts, rollcall: Rollcall, page: Page) -> bool:
    """Whether the page gives its text another tally as well, and that is the rollcall's."""
    key = facts.claims[0].reference.key
    others = [t for t in page.texts if t is not facts and t.claims[0].reference.key == key]
    counted = [c for t in others for c in t.claims if len(_counts(c, rollcall)) > 1]
    mine = any(_counts(c, rollcall) for c in facts.claims)
    return mine and any(_holds(c, rollcall) for c in counted)


def _counts(claim: Claim, rollcall: Rollcall) -> list[tuple[int, int]]:
    """The counts that the claim states of the whole roll, each with the rollcall's own."""
    if claim.tally is None or claim.counts.what is not Counts.WHOLE:
        return []
    pairs = ((getattr(claim.tally, side), getattr(rollcall.tally, side)) for side in _SIDES)
    return [(said, counted) for said, counted in pairs if None not in (said, counted)]


def _was_without_vote(claim: Claim, rollcall: Rollcall, page: Page) -> bool:
    """Whether the claim is of another text than its rollcall: of one that needed no vote.

    So where the page tells elsewhere that the rollcall's text, or some other one, was adopted.
    """
    told = claim.manner == "consensus" and claim.action == "adopted" and claim.tally is None
    if not told or claim.names_symbol or not rollcall.tally.no:
        return False
    others = (c for facts in page.texts for c in facts.claims if c.action == "adopted")
    return any(c.manner != "consensus" and c.where not in _SUMMARIES for c in others)


def _may_be_any(claim: Claim) -> bool:
    """Whether the page names chamber and day and no subject: then any vote of that day is meant."""
    reference = claim.reference
    named = reference.date is not None and reference.chamber in {c.value for c in Chamber}
    return named and not (reference.subject or reference.about or reference.drafters)


def _is_cast(claim: Claim) -> bool:
    return bool(expected_choices(claim.action))


def _is_of_its_day(claim: Claim, best: Candidate) -> bool:
    """Whether the claim's own sentence names the day of the rollcall: "a day earlier it had"."""
    return claim.reference.date in claim.days and best.rollcall.date in claim.days


def _of_its_chamber(claim: Claim, rollcall: Rollcall) -> Claim:
    """The claim with the chamber that voted, where the reader carried another over to it."""
    chambers = {chamber.value for chamber in Chamber}
    if claim.actor not in chambers or claim.actor == rollcall.chamber:
        return claim
    return replace(claim, actor=rollcall.chamber)


def _otherwise(
    claim: Claim, found: Link, best: Candidate, judgement: Judgement, page: Page
) -> list[Rollcall]:
    """The rollcalls that may be meant and that answer otherwise than the best."""
    if judgement.verdict in (Verdict.CONTRADICTED, Verdict.PARTLY):
        others = [*found.open[1:], *_rivals(claim, found, best, page)]
        if not _crowded(claim, page.texts):
            others = [c for c in others if not (found.busy and c.is_plainly_worse(best))]
        others = [c for c in others if _holds(claim, c.rollcall)]
        beside = _beside(claim, best, page)
        holding = {
            c.rollcall.id: c.rollcall
            for c in others
            if not any(_refutes(sibling, c.rollcall) for sibling in beside)
        }
        alike = [] if claim.names_symbol else _same_counts(claim, best.rollcall, page.record)
        return [*holding.values(), *alike, *_elsewhere(claim, best, page)]
    decides = bool(expected_choices(claim.action)) or claim.action == "tally"
    if judgement.verdict is Verdict.SUPPORTED and decides and not found.settled:
        equals = [c.rollcall for c in found.open[1:] if c.fit >= best.fit]
        return [rollcall for rollcall in equals if not _holds(claim, rollcall)]
    return []


def _beside(claim: Claim, best: Candidate, page: Page) -> list[Claim]:
    """The other claims of the sentence about the same text that hold of the best rollcall.

    What became of a text is held together with who voted how, and no two votes with one another.
    None where the page speaks of several texts, which the reader may have taken for one.
    """
    if best.part or _crowded(claim, page.texts):
        return []
    return [
        other
        for other in page.beside(claim)
        if other is not claim
        and not other.hedged
        and not (expected_choices(claim.action) and expected_choices(other.action))
        and _holds(other, best.rollcall)
    ]


def _judged(claim: Claim, rollcall: Rollcall, page: Page) -> Judgement:
    """What the rollcall says of the claim; counts of a part are counted as such."""
    return _counted(claim, rollcall, vote_then(claim, page.linked, page.record))


def _alone(claim: Claim, rollcall: Rollcall) -> Verdict:
    """The verdict by one rollcall, of a part without the vote that it starts from."""
    return _counted(claim, rollcall, None).verdict


def _counted(claim: Claim, rollcall: Rollcall, then: Rollcall | None) -> Judgement:
    """The judgement, what the claim counts of a part counted as such; then: see `judge_part`."""
    if claim.tally is None or claim.counts.what is Counts.WHOLE:
        return judge(claim, rollcall)
    part = judge_part(claim, rollcall, then)
    if claim.action == "tally":
        return part
    whole = judge(replace(claim, tally=None), rollcall)
    wrong = part.verdict is Verdict.CONTRADICTED and whole.verdict is Verdict.SUPPORTED
    reason = f"{whole.reason} {part.reason[0].upper()}{part.reason[1:]}"
    return replace(whole, reason=reason, verdict=Verdict.PARTLY if wrong else whole.verdict)


def _refutes(claim: Claim, rollcall: Rollcall) -> bool:
    return _alone(claim, rollcall) is Verdict.CONTRADICTED


def _holds(claim: Claim, rollcall: Rollcall) -> bool:
    return _alone(claim, rollcall) is Verdict.SUPPORTED


def _rivals(claim: Claim, found: Link, best: Candidate, page: Page) -> list[Candidate]:
    """The other texts that a claim may mean, where its sentence and the page do not settle it.

    "The resolution" is no amendment; but what was vetoed or rejected that day may be one, and words
    said of an amendment may be meant of the text.
    """
    if claim.names_symbol or (best.sure and not _crowded(claim, page.texts)):
        return []
    parts = best.part or claim.action in _FAILED
    alike = [c for c in found.rivals if parts or not c.part]
    if claim.names_chamber or not both_chambers(page.article):
        return [c for c in alike if claim.reference.chamber in (None, c.rollcall.chamber)]
    return alike


def _crowded(claim: Claim, texts: Sequence[TextFacts]) -> bool:
    """Whether the page speaks of more than one text of the claim's chamber."""
    chamber = claim.reference.chamber
    told = [t for t in texts if any(c.where not in _SUMMARIES for c in t.claims)]
    same = [t for t in told if None in (t.chamber, chamber) or t.chamber == chamber]
    return len(same) > 1


def _same_counts(claim: Claim, linked: Rollcall, record: Record) -> list[Rollcall]:
    """Earlier rollcalls of the chamber that have just the counts that a claim gives to this one.

    A tally that is wrong throughout, and is another vote's, is likelier a word about that vote
    ("last year 141 were in favour") than a mistake, unless the claim names its own day.
    """
    stated = claim.tally if claim.counts.what is Counts.WHOLE else None
    if stated is None or stated.yes is None or stated.no is None:
        return []
    if stated.yes == linked.tally.yes or stated.no == linked.tally.no:
        return []
    if claim.reference.date_text is not None and claim.reference.date == linked.date:
        return []
    earlier = with_counts(stated, chamber=linked.chamber, before=linked.date, record=record)
    if linked.chamber == Chamber.SC:  # fifteen votes fall alike too often to mean the other vote
        earlier = [r for r in earlier if set(r.agenda) & set(linked.agenda)]
    return earlier[-_NAMED:]


def _elsewhere(claim: Claim, best: Candidate, page: Page) -> list[Rollcall]:
    """The page's other votes of which a cast is true whose sentence names none of them."""
    told = claim.names_symbol or claim.days or claim.names_chamber
    counted = claim.tally is not None and not claim.names_symbol
    if not counted and (told or not _is_cast(claim)):
        return []
    return [r for r in page.linked if r.id != best.rollcall.id and _holds(claim, r)]


def both_chambers(article: Article) -> bool:
    """Whether the article speaks of the Assembly and of the Council."""
    return {chamber.value for chamber in Chamber} <= set(article.chambers)


def _unclear(claim: Claim, best: Candidate, judgement: Judgement, why: str) -> Checked:
    """The claim with what the record says of the best vote, and why that is no verdict."""
    return Checked(
        claim=claim,
        verdict=Verdict.UNCLEAR,
        reason=f"{why}: {judgement.reason}",
        evidence=judgement.evidence,
        candidates=(best.rollcall.name,),
    )


def _not_unique(
    claim: Claim, best: Candidate, judgement: Judgement, others: Sequence[Rollcall]
) -> Checked:
    """The page does not settle which rollcall is meant, and they answer differently."""
    names = [rollcall.name for rollcall in others]
    reason = f"the page does not settle which vote is meant: {judgement.reason[:-1]}; it is "
    reason += f"otherwise on {', '.join(names[:_NAMED])}."
    return Checked(
        claim=claim,
        verdict=Verdict.UNCLEAR,
        reason=reason,
        evidence=judgement.evidence,
        candidates=(best.rollcall.name, *names),
    )
