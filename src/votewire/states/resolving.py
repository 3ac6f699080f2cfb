"""From what a person types to a state, with what they should know about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from votewire.errors import UnknownState
from votewire.states.datafiles import languages, read_table
from votewire.states.folding import fold
from votewire.states.gazetteer import phrases
from votewire.states.members import all_states, is_member, nearest_names, state
from votewire.states.model import Resolution, State
from votewire.states.naming import babel_languages, babel_territories
from votewire.states.sources import member_among, un_names

__all__ = ["resolve"]

# Looked through before CLDR's other 300 languages, which take 0.7 s together.
_COMMON = ("en", "ar", "ru", "zh", "de", "pt", "it", "ja", "bn", "ur", "tr", "pl", "uk")


def resolve(text: str, on: date | None = None) -> Resolution:
    """The state that a person means by `text`, on a day if one is given.

    text: a code (RUS, ru), a name, former name, long form, nickname, demonym, capital or seat of
    government in English, or a name in any language of CLDR; case, accents, apostrophes and full
    stops do not matter. Where one state continues another's seat the answer is the one that held it
    that day: Russia in 1985 is SUN. The note says so, and what else to know; "" if nothing.
    Raises UnknownState with the nearest names; for a name that two states share it names both.
    """
    folded = fold(text).removeprefix("the ")
    codes = _by_code(text) or _english().get(folded) or _shared_or_outside(text, folded)
    if folded and not codes:
        codes = _in_other_languages(folded)
    if not codes:
        raise UnknownState(text, nearest=nearest_names(text))
    return _answer(codes, folded, on)


def _answer(codes: tuple[str, ...], folded: str, on: date | None) -> Resolution:
    asked = state(codes[0])
    if on is None:
        return Resolution(code=asked.code, note=_former_name(asked, folded) or asked.note)
    if not is_member(asked.code, on):
        holder = _holder(asked, on)
        if holder is not None:
            note = f"On {on} the seat of {_label(asked)} was held by {_label(holder)}."
            return Resolution(code=holder.code, note=_joined(note, holder.note))
        asked = state(member_among(codes, on))
    if not is_member(asked.code, on):
        note = f"{_label(asked)} was no UN member on {on}{_kin(asked, on)}."
        return Resolution(code=asked.code, note=_joined(_capital_first(note), asked.note))
    note = asked.note if asked.note_days is not None and on in asked.note_days else ""
    return Resolution(code=asked.code, note=_joined(_name_on(asked, folded, on), note))


def _holder(asked: State, on: date) -> State | None:
    """The state that held that day the seat that `asked` continues, or that continues its seat."""
    for other in all_states().values():
        same_seat = asked.continues == other.code or other.continues == asked.code
        if same_seat and is_member(other.code, on):
            return other
    return None


def _former_name(asked: State, folded: str) -> str:
    """A sentence where `folded` is a UN name that the state bore once and bears no more."""
    spells = [dated for dated in asked.names if fold(dated.name) == folded]
    if not spells or spells[-1].end is None or fold(asked.name) == folded:
        return ""
    dated = spells[-1]
    since = f" from {dated.start}" if dated.start else ""
    return f"{dated.name} was the UN's name of {_label(asked)}{since} until {dated.end}."


def _name_on(asked: State, folded: str, on: date) -> str:
    """A sentence where the UN's name of that day is another than the one typed, or than today's."""
    for dated in asked.names[:-1]:
        if on in dated:
            return "" if fold(dated.name) == folded else f"The UN's name on {on}: {dated.name}."
    return _former_name(asked, folded)


def _kin(asked: State, on: date) -> str:
    kin = (*asked.predecessors, *asked.successors)
    then = [_label(state(code)) for code in kin if is_member(code, on)]
    return f"; see {', '.join(then)}" if then else ""


def _label(found: State) -> str:
    return f"{'the ' if found.article else ''}{found.name} ({found.code})"


def _capital_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _joined(*notes: str) -> str:
    return " ".join(note for note in notes if note)


def _by_code(text: str) -> tuple[str, ...]:
    code = text.strip().upper()
    return (code,) if code in all_states() else ()


def _shared_or_outside(text: str, folded: str) -> tuple[str, ...]:
    """Nothing, or UnknownState for a name that two states share or that no member bears."""
    tables = read_table("unresolved")
    for name, codes in tables["shared"]["names"].items():
        if fold(name) == folded:
            labels = [_label(state(code)) for code in codes]
            raise UnknownState(text, nearest=labels, why=" by that name alone: two states share it")
    for name, reason in tables["outside"]["names"].items():
        if fold(name) == folded:
            raise UnknownState(text, why=f": {reason}")
    return ()


@cache
def _english() -> dict[str, tuple[str, ...]]:
    """Folded words -> codes: the UN's names, all English words, then ISO alpha-2 codes."""
    tables = read_table("unresolved").values()
    never = {fold(name) for table in tables for name in table["names"]}
    index = dict(un_names())
    for folded, code in _listed("en").items():
        index.setdefault(folded, (code,))
    for code, found in all_states().items():
        if found.iso2:
            index.setdefault(found.iso2.lower(), (code,))
    return {folded: codes for folded, codes in index.items() if folded not in never}


@cache
def _listed(lang: str) -> dict[str, str]:
    """Folded words -> code, for the words of one alias file and CLDR's names in its language."""
    index: dict[str, str] = {}
    for phrase in phrases(lang, typed=True):
        if phrase.kind == "state":
            index.setdefault(fold(phrase.text), phrase.code)
    return index


def _in_other_languages(folded: str) -> tuple[str, ...]:
    for lang in languages():
        if code := _listed(lang).get(folded):
            return (code,)
    iso2 = next(_iso2_named(folded), None)
    return tuple(code for code, found in all_states().items() if iso2 and found.iso2 == iso2)


def _iso2_named(folded: str) -> Iterator[str]:
    """ISO alpha-2 codes of the members that bear the name in some language of CLDR."""
    for lang in (*_COMMON, *(lang for lang in babel_languages() if lang not in _COMMON)):
        if iso2 := _territories(lang).get(folded):
            yield iso2


@cache
def _territories(lang: str) -> dict[str, str]:
    """Folded name -> ISO alpha-2 code of the members, in one language of CLDR."""
    members = {found.iso2 for found in all_states().values()}
    index: dict[str, str] = {}
    for iso2, name in babel_territories(lang).items():
        if iso2 in members:
            index.setdefault(fold(name), iso2)
    return index
