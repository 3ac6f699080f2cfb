"""What the descriptions in Voeten's data say of a vote: on what it was taken, and on which draft.

Up to 1985 they are sentences in capitals ("TO ADOPT CUBAN AMENDMENT (A/L.12) TO ..."); later they
are titles, or the president's words before a separate vote, cut out of the verbatim record. The two
flags (amend, para) say that an amendment or a part of the text was about, not always that it was
what was voted on: "TO ADOPT THE DRAFT AS AMENDED" has the first, "... MINUS PARAGRAPH 2" the other.
"""

from __future__ import annotations

import re

from votewire.record.tables import Kind

__all__ = ["cleaned", "draft_in", "kind_of"]

LONGEST = 240

_QUOTES = re.compile(r'\\+"*|"+|_(?=[A-Za-z])|<d3>')
_SPEAKER = re.compile(r"^The (?:Acting )?(?:Co-)?President(?: \([^)]*\))?:? ")
_ASIDE = re.compile(r"(?:^|\s)The (?:Acting )?President(?: \([^)]{0,80}\))?: ")
_CALLED = re.compile(r"(?<!\s)(?:\s*+A recorded vote has (?:also )?been ?requested\.|\s++A$)")
_PAGE = re.compile(r"(?:\.|(?<![\s.]))\s++\d[\d-]*+(?:\s++A/\S+/PV\.\d+)?$")
_PUT = re.compile(
    r"put to ?(?:the|a) ?vote|take (?:a|its) decision|(?<!explain their )vote on|proceed to"
    r"|turn first to draft",
    re.IGNORECASE,
)
# At the foot of a page its number, or scraps of the margin, stand between two sentences.
_SENTENCE = re.compile(r"(?<=[.?!])\s*(?:\d+ |[a-z]{2} )?(?=[A-Z])")
_DRAFT = re.compile(
    r"\b(A/(?:(?:ES-|S-)?\d+/)?(?:C\.\d/(?:\d+/)?)?L\. ?\d+(?:/(?:REV|ADD)\.? ?\d+)*)",
    re.IGNORECASE,
)

_MOTION = re.compile(
    r"\bMOTION\b|\bRULING\b|\bNO ACTION\b|IMPORTANT QUESTION|2/3[- ]MAJORITY|TWO-THIRDS MAJORITY"
    r"|MAJORITY[- ]RULE|SIMPLE MAJORITY|(?:PROPOSAL|REQ|REQUEST) FOR (?:A )?(?:SEPARATE|DIVIDED)"
    r"|BE DEFERRED",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\bADJOURN|\bPOSTPON|\bPRIORITY\b|\bDIVISION\b|CLOSE DEBATE|DEFER DEBATE|RECONSIDER"
    r"|SUSPENSION OF (?:THE )?MEETING|\bINCLU(?:D|S)?\w*\b.{0,400}\bITEM|\bITEM\b.{0,400}\bAGENDA"
    r"|(?:ON|FROM|IN) THE AGENDA|NO[- ]OBJECTION|RIGHT TO SPEAK|ALLOCAT(?:E|ION)"
    r"|REFERRING .{0,400} TO THE \d\w\w COMM",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(r"\bAM+END(?:MENTS?)?\b", re.IGNORECASE)
_NAMED = re.compile(r"TO ADOPT (?:AN? |THE )?(?:\S+ ){0,2}AM+ENDMENT")
_AMENDED = re.compile(
    r"\bAS (?:ORALLY )?(?:REV(?:ISED)? & )?AMENDED|INCLUDING .{0,400}AMENDMENT|INCORPORATING"
    r"|\bWITH (?:\S+ ){0,3}AMENDMENT|AMENDMENTS? [^.]{0,400}\bBEEN ADOPTED"
    r"|DECISION ON (?:THE )?DRAFT RESOL",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\bPARA(?:S|G|GS|GRAPH|GRAPHS)?\b\.?|\bSUB-?PARA|\bARTICLES?\b|\bART\b|\bSECTIONS?\b|\bPREAMB"
    r"|\bTHE WORDS?\b|\bPHRASE\b|\bSENTENCE\b|\bPART \d|\b\dST PART|\b\dND PART|\bPOINT \(",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"draft resolution(?: [IVXL]+)? as a whole|(?:has|have) been adopted, we shall"
    r"|decision on (?:the )?draft resolution(?: [A-Z]+)?, as orally amended",
    re.IGNORECASE,
)
_TEXT = re.compile(r"\bDRAFT\b|\bRESOL|\bRES\b", re.IGNORECASE)
_REDUCED = re.compile(r"\bWHOLE\b|\bMINUS\b|\bWITHOUT\b|\bEXCEPT", re.IGNORECASE)


def cleaned(text: str | None) -> str | None:
    """The description without the damage of its export, at most LONGEST characters; None if empty.

    Backslashes stand for quotation marks, columns of the file are glued to the end, and the
    president's sentences before the one that puts the question are left out.
    """
    words = (text or "").split("\t")[0].replace("<90>", "'")
    words = " ".join(_QUOTES.sub('"', words).replace('""', '"').split())
    if _ASIDE.search(words) or _SPEAKER.match(words):
        words = _question(words)
    if words.count('"') % 2:
        words = words.removesuffix('"') if words.endswith('"') else words + '"'
    words = words.strip(" .,")
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " ..."
    return words if len(words) > 1 and not words.startswith("(") else None


def draft_in(text: str | None) -> str | None:
    """The first draft or amendment symbol of the limited series (A/L.12, A/56/L.10/Rev.1)."""
    found = _DRAFT.search(text or "")
    if found is None:
        return None
    symbol = found[1].replace(" ", "")
    return re.sub(r"/(REV|ADD)\.?", lambda m: f"/{m[1].capitalize()}.", symbol, flags=re.IGNORECASE)


def kind_of(text: str | None, *, amend: int | None, para: int | None) -> Kind:
    """What was voted on, by the flags and the words; UNSTATED for a whole text and where unclear.

    Order matters: a motion on an amendment is procedure, an amendment to a paragraph an amendment.
    """
    words = text or ""
    spoken = _SPEAKER.match(words) is not None
    if spoken:
        words = _question(words)
    if _MOTION.search(words) or (_PROCEDURE.search(words) and not (amend or para)):
        return Kind.PROCEDURAL
    if spoken and _FINAL.search(words):
        return Kind.UNSTATED
    if (amend or spoken or _NAMED.match(words)) and _puts_amendment(words):
        return Kind.AMENDMENT
    if (para and not _reduced_text(words)) or (spoken and _PART.search(words)):
        return Kind.PARAGRAPH
    return Kind.UNSTATED


def _puts_amendment(words: str) -> bool:
    """Whether the vote was on an amendment, not on a text that had been amended."""
    found = _AMENDMENT.search(words)
    return found is not None and not _AMENDED.search(words[: found.start() + 60])


def _reduced_text(words: str) -> bool:
    """Whether a text was put as a whole, or without a part: it is named before the part."""
    part, text = _PART.search(words), _TEXT.search(words)
    named_first = text is not None and (part is None or text.start() < part.start())
    return named_first and _REDUCED.search(words) is not None


def _question(words: str) -> str:
    """The sentence that puts the question: the last that speaks of a vote or a decision."""
    said = _ASIDE.split(_CALLED.sub("", words))[-1]
    said = _PAGE.sub("", _SPEAKER.sub("", _CALLED.sub("", said)).strip())
    sentences = [part for part in _SENTENCE.split(said) if part]
    put = [part for part in sentences if _PUT.search(part)]
    return _PAGE.sub("", (put or sentences or [said])[-1].strip())
