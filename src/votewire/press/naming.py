"""Who a few words name: a person with or without an office, a body, a state, or a pronoun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.allegiance import is_state, mentions, on_one_line, state_of, whole_mention
from votewire.press.speech import Office, Speech, Token

__all__ = ["Named", "read_named", "skip_leading"]

_NOMINAL = frozenset(("name", "office", "body", "doc", "adj", "title", "poss"))
_LEADING = frozenset(("and", "sub", "adv", "chain"))
_REACH = 5  # words between an article and its noun
_AFTER_HEAD = frozenset(("of", "for", "to", "at", "on", "from", "in"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What words name.

    kind: person, office (somebody unnamed), body (an organisation or a state), document, several,
    pronoun. name: the words without article and role; of a pronoun its class. role: the office as
    written, without its article. state: ISO3 that the office or the body speaks for.
    start, end: offsets of the words.
    """

    kind: str
    name: str
    start: int
    end: int
    role: str | None = None
    state: str | None = None
    gender: str = ""
    plural: bool = False
    definite: bool = False
    head: str = ""


def read_named(words: Speech, text: str, tokens: Sequence[Token]) -> tuple[Named | None, int]:
    """What the tokens name from their first on, and how many tokens that takes; (None, 0) if none.

    Tokens after the name are left unread. Commas are not crossed.
    """
    if not tokens:
        return None, 0
    first = tokens[0]
    if first.kind == "pron":
        return _pronoun(first), 1
    begin = 1 if first.kind == "det" else 0
    end = _core(tokens, begin)
    if end == begin or tokens[end - 1].kind == "poss":
        return None, 0
    past = _after_head(tokens, end)
    found = _classified(words, text, tokens, begin, end, past)
    return (found, past) if found else (None, 0)


def skip_leading(tokens: Sequence[Token], at: int) -> int:
    """The index after conjunctions and adverbs from `at` on."""
    while at < len(tokens) and tokens[at].kind in _LEADING:
        at += 1
    return at


def _pronoun(token: Token) -> Named:
    kind = token.value
    gender = kind if kind in ("masculine", "feminine") else ""
    return Named(
        kind="pronoun",
        name=kind,
        start=token.start,
        end=token.end,
        gender=gender,
        plural=kind == "plural",
    )


def _core(tokens: Sequence[Token], begin: int) -> int:
    """The end of the run of names, offices and their modifiers from `begin` on."""
    at = begin
    while at < len(tokens) and not (at == begin and tokens[at].kind == "poss"):
        kind = tokens[at].kind
        if at > begin and _closes(tokens[at - 1], kind):
            break
        if kind not in _NOMINAL and not _fits(tokens, begin, at):
            break
        at += 1
    return at


def _closes(last: Token, kind: str) -> bool:
    """Whether a name ends with `last`: after "the statement", or "the ministry" in small type."""
    if kind == "poss":
        return False
    return last.kind == "doc" or (last.kind == "body" and not last.cap and kind == "name")


def _fits(tokens: Sequence[Token], begin: int, at: int) -> bool:
    """Whether a word of no kind of its own belongs to the name around it."""
    kind = tokens[at].kind
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].value == "name" and at > begin:  # "Zhang Jun", "Theresa May"
        dated = after is not None and after.kind == "number"
        return tokens[at].cap and tokens[at - 1].kind == "name" and not dated
    if kind == "particle":
        return after is not None and after.kind in ("name", "particle")
    if kind not in ("word", "time", "number") or (at and tokens[at - 1].kind == "office"):
        return False
    for later in tokens[at + 1 : at + _REACH]:
        if later.kind in ("office", "body", "doc"):
            return at == begin or begin > 0 or tokens[at - 1].kind in ("adj", "poss", "name")
        if later.kind not in ("word", "adj", "name"):
            return False
    return False


def _after_head(tokens: Sequence[Token], end: int) -> int:
    """The end of "of Norway", "for the UK mission", "to the United Nations" after the head."""
    at = end
    while at < len(tokens) and tokens[at].low in _AFTER_HEAD:
        if tokens[at - 1].kind not in ("office", "body", "doc") and tokens[at].low != "of":
            break
        inner = at + 1
        if inner < len(tokens) and tokens[inner].kind == "det":
            inner += 1
        past = _core(tokens, inner)
        if past == inner or tokens[inner].kind == "time":
            break
        at = past
    return at


def _classified(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, end: int, past: int
) -> Named | None:
    """What tokens[begin:end] name, with the words up to `past` that belong to it."""
    core = tokens[begin:end]
    office = -1 if is_state(on_one_line(text[core[0].start : core[-1].end])) else _last_office(core)
    after = core[office + 1 :]
    if office >= 0 and after and any(token.kind == "body" for token in after):
        office, after = -1, core  # "Human Rights Chief Office"
    if office < 0:
        return _without_office(words, text, tokens, begin, end, past)
    if after:
        return _person(words, text, core, office, tokens[0].start)
    split = _name_after(tokens, end, past, text)
    if split:
        return _posted(words, text, tokens[begin:past], office, split - begin, tokens[0].start)
    return _unnamed(words, text, tokens, begin, past, begin + office)


def _name_after(tokens: Sequence[Token], end: int, past: int, text: str) -> int:
    """Where a person's name begins in "to Israel Dan Wheeler" after an office, else 0."""
    inner = [at for at in range(end, past) if tokens[at].kind not in ("prep", "det")]
    if len(inner) < 2 or tokens[past - 1].kind != "name":
        return 0
    first, last = tokens[inner[0]], tokens[past - 1]
    places = mentions(text[first.start : last.end])
    stop = first.start + places[0].end if places and places[0].start == 0 else first.start
    split = max(
        [at + 1 for at in inner if tokens[at].end <= stop or tokens[at].kind != "name"], default=0
    )
    return split if inner[0] < split < past else 0


def _posted(
    words: Speech, text: str, tokens: Sequence[Token], office: int, split: int, start: int
) -> Named:
    """ "US ambassador to Israel Dan Wheeler": the name stands after the post."""
    held: Office = tokens[office].value
    return Named(
        kind="person",
        name=on_one_line(text[tokens[split].start : tokens[-1].end]),
        start=start,
        end=tokens[-1].end,
        role=on_one_line(text[tokens[0].start : tokens[split - 1].end]),
        state=state_of(words, text, tokens[:split], office, split) if held.state else None,
        gender=held.gender,
        head=held.word,
    )


def _last_office(core: Sequence[Token]) -> int:
    """Index of the last office; -1 without one, and for a surname that is a word for an office."""
    at = len(core) - 1
    while at >= 0 and core[at].kind != "office":
        at -= 1
    surname = (
        at == len(core) - 1
        and at > 0
        and core[at].cap
        and all(token.kind == "name" for token in core[:at])
        and bool(core[at].value.gender)
        and not mentions(" ".join(token.text for token in core[:at]))
    )
    return -1 if surname else at


def _person(
    words: Speech, text: str, core: Sequence[Token], office: int, start: int
) -> Named | None:
    """ "Deputy UAE Ambassador Mohamed Abushahab": an office and then a name."""
    names = [token for token in core[office + 1 :] if token.kind not in ("title", "adj")]
    if not names or any(token.kind == "poss" for token in names):
        return None
    held: Office = core[office].value
    role = text[core[0].start : core[office].end]
    if held.plural:
        return None
    return Named(
        kind="person",
        name=on_one_line(text[names[0].start : names[-1].end]),
        start=start,
        end=core[-1].end,
        role=on_one_line(role),
        state=state_of(words, text, core, office, office + 1) if held.state else None,
        gender=held.gender or _gender(words, core),
        head=held.word,
    )


def _unnamed(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, past: int, office: int
) -> Named:
    """ "A senior Western diplomat", "the head of the mission"."""
    held: Office = tokens[office].value
    role = on_one_line(text[tokens[begin].start : tokens[past - 1].end])
    return Named(
        kind="office",
        name=role,
        start=tokens[0].start,
        end=tokens[past - 1].end,
        role=role,
        state=state_of(words, text, tokens[begin:], office - begin, past - begin)
        if held.state
        else None,
        gender=held.gender,
        plural=held.plural,
        definite=tokens[0].low == "the",
        head=held.word,
    )


def _without_office(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, end: int, past: int
) -> Named | None:
    core = tokens[begin:end]
    if core[-1].kind == "doc":
        return _document(words, text, tokens, begin, end, past)
    owner = max((at for at, token in enumerate(core) if token.kind == "poss"), default=-1)
    head = [token for token in core[owner + 1 :] if token.kind != "title"]
    if not head or head[-1].kind == "adj":
        return None
    if any(token.kind == "body" for token in head):
        return _body(words, text, tokens, begin, past, core)
    if any(token.kind == "adj" and not token.cap for token in head):
        return None
    return _plain_name(words, text, tokens, begin, (end, past), owner)


def _plain_name(
    words: Speech,
    text: str,
    tokens: Sequence[Token],
    begin: int,
    ends: tuple[int, int],
    owner: int,
) -> Named | None:
    """A state, a body known by its capitals, or a person."""
    core = tokens[begin : ends[0]]
    head = [token for token in core[owner + 1 :] if token.kind != "title"]
    name = on_one_line(text[head[0].start : head[-1].end])
    article = tokens[0].kind == "det" and owner < 0
    mention = whole_mention(name)
    titled = any(token.kind == "title" for token in core)
    if not titled and (mention or article or _is_acronym(name)):
        return Named(
            kind="body",
            name=name,
            start=tokens[0].start,
            end=head[-1].end,
            state=mention.code if mention and mention.kind == "state" else None,
            definite=article,
        )
    if not head[-1].cap or (article and not titled):
        return None
    owners = mentions(text[core[0].start : core[owner].end]) if owner > 0 else ()
    return Named(
        kind="person",
        name=name,
        start=tokens[0].start,
        end=head[-1].end,
        state=owners[0].code if owners and owners[0].kind == "state" else None,
        gender=_gender(words, core),
    )


def _body(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, past: int, core: Sequence[Token]
) -> Named:
    """ "Russia's foreign ministry", "Human Rights Watch", "the UK mission"."""
    name = on_one_line(text[tokens[begin].start : tokens[past - 1].end])
    head = next(token for token in reversed(core) if token.kind in ("body", "name", "adj"))
    state = state_of(words, text, tokens[begin:], len(core) - 1, past - begin)
    return Named(
        kind="body",
        name=name,
        start=tokens[0].start,
        end=tokens[past - 1].end,
        state=state,
        definite=tokens[0].low == "the",
        head=head.low,
    )


def _document(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, end: int, past: int
) -> Named:
    """ "A statement from Norway" speaks for Norway, "Norway's statement" too; others for nobody."""
    core = tokens[begin:end]
    at = end
    found: Named | None = None
    if at < len(tokens) and tokens[at].low in ("from", "by", "of"):
        found, size = read_named(words, text, tokens[at + 1 :])
        past = at + 1 + size if found else past
    elif any(token.kind == "poss" for token in core):
        owner = max(n for n, token in enumerate(core) if token.kind == "poss")
        found, _ = read_named(words, text, core[:owner])
    if found is not None and found.kind in ("body", "person", "office"):
        return found
    last = tokens[max(past, end) - 1]
    return Named(
        kind="document",
        name=on_one_line(text[tokens[begin].start : last.end]),
        start=tokens[0].start,
        end=last.end,
    )


def _gender(words: Speech, core: Sequence[Token]) -> str:
    lows = {token.low for token in core}
    if lows & words.sets["feminine"]:
        return "feminine"
    return "masculine" if lows & words.sets["masculine"] else ""


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 6 and " " not in letters
