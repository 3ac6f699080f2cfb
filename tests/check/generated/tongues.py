"""Pages in French, Spanish and Hindi."""

from __future__ import annotations

from tests.check.generated.names import listed
from tests.check.generated.scene import Scene, Template

__all__ = ["TEMPLATES"]


def french_wire(s: Scene) -> str:
    yes, no, abstain = s.tally()
    against = listed(s.no(2), "fr")
    return (
        f"L'ONU vote\n"
        f"L'Assemblée générale de l'ONU a {s.became('adopté', 'rejeté')} {s.day()} une résolution "
        f"par {yes} voix pour, {no} voix contre et {abstain} abstentions. "
        f"{against[0].upper()}{against[1:]} ont voté contre la résolution, tandis que "
        f"{listed(s.abstain(2), 'fr')} se sont abstenus."
    )


def french_symbol(s: Scene) -> str:
    yes, no, abstain = s.tally()
    against, favour = s.no(1)[0], s.yes(1)[0]
    return (
        f"Vote aux Nations unies\n"
        f"La résolution {s.symbol} a été {s.became('adoptée', 'rejetée')} le {s.day('full')} par "
        f"l'Assemblée générale des Nations unies ({yes} pour, {no} contre, {abstain} abstentions). "
        f"{against[0].upper()}{against[1:]} a voté contre ; {favour} a voté pour."
    )


def spanish_wire(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"La ONU vota\n"
        f"La Asamblea General de la ONU {s.became('aprobó', 'rechazó')} el {s.day()} "
        f"una resolución "
        f"con {yes} votos a favor, {no} en contra y {abstain} abstenciones. "
        f"{listed(s.no(2), 'es')} "
        f"votaron en contra de la resolución, mientras que {listed(s.abstain(2), 'es')} se "
        "abstuvieron."
    )


def spanish_symbol(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"Votación en Naciones Unidas\n"
        f"La resolución {s.symbol} fue {s.became('aprobada', 'rechazada')} el "
        f"{s.day('full')} por la "
        f"Asamblea General de Naciones Unidas: {yes} a favor, {no} en contra y {abstain} "
        f"abstenciones. {s.no(1)[0]} votó en contra. {listed(s.yes(2), 'es')} votaron a favor."
    )


def hindi_wire(s: Scene) -> str:
    yes, no, abstain = s.tally()
    return (
        f"संयुक्त राष्ट्र महासभा में मतदान\n"
        f"संयुक्त राष्ट्र महासभा ने {s.day()} को एक प्रस्ताव "
        f"{s.became('पारित', 'खारिज')} किया। प्रस्ताव के पक्ष में {yes} और विरोध में {no} वोट "
        f"पड़े, जबकि {abstain} देश मतदान से दूर रहे। {listed(s.no(2), 'hi')} ने "
        f"प्रस्ताव के विरोध में मतदान किया। "
        f"{listed(s.abstain(2), 'hi')} ने मतदान से परहेज किया।"
    )


def hindi_india(s: Scene) -> str:
    yes, no, abstain = s.tally()
    abstained = s.abstain(1)[0]
    return (
        f"{abstained} ने मतदान से दूरी बनाई\n"
        f"{abstained} ने {s.day()} को संयुक्त राष्ट्र महासभा में एक प्रस्ताव पर मतदान "
        f"से दूरी बनाई। "
        f"{listed(s.yes(2), 'hi')} ने प्रस्ताव के पक्ष में मतदान किया। {s.no(1)[0]} ने "
        f"प्रस्ताव के खिलाफ मतदान किया। "
        f"मतदान में {yes} देशों ने पक्ष में, {no} ने विरोध में वोट दिया और {abstain} अनुपस्थित रहे।"
    )


TEMPLATES = (
    Template(write=french_wire, quiet=True, lang="fr", pinned=True),
    Template(write=french_symbol, lang="fr", pinned=True, least=(20, 2, 1)),
    Template(write=spanish_wire, quiet=True, lang="es", pinned=True),
    Template(write=spanish_symbol, lang="es", pinned=True, least=(20, 1, 1)),
    Template(write=hindi_wire, quiet=True, lang="hi", pinned=True),
    Template(write=hindi_india, quiet=True, lang="hi", least=(20, 1, 1)),
)
