"""In which language a page is, and that one that is not read is named and refused."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.conftest import ROOT
from votewire import press
from votewire.errors import UnreadLanguage
from votewire.press.feeds_items import FeedItem, read_item
from votewire.press.langfiles import languages_read
from votewire.press.languages import UNKNOWN, detect_language

# One report in many words, so that no name decides. Our own sentences.
NOT_READ = {
    "id": "Majelis Umum PBB pada hari Senin mengadopsi sebuah resolusi tentang perang di Ukraina. "
    "Amerika Serikat dan Rusia menolak naskah itu karena menurut mereka sebuah kesepakatan sudah "
    "dekat, sedangkan Tiongkok tidak memberikan suara.",
    "ms": "Perhimpunan Agung PBB pada hari Isnin telah meluluskan resolusi mengenai perang di "
    "Ukraine. Amerika Syarikat dan Rusia menentang teks itu manakala China berkecuali, kata "
    "jurucakap beliau kepada para pemberita.",
    "fil": "Pinagtibay ng General Assembly ng United Nations noong Lunes ang isang resolusyon "
    "tungkol sa digmaan sa Ukraine. Tumutol ang Estados Unidos at Russia, habang ang China ay "
    "hindi bumoto.",
    "sw": "Baraza Kuu la Umoja wa Mataifa lilipitisha azimio kuhusu vita vya Ukraine siku ya "
    "Jumatatu. Marekani na Urusi zilipinga azimio hilo, huku China ikijizuia kupiga kura.",
    "nl": "De Algemene Vergadering van de Verenigde Naties heeft maandag een resolutie over de "
    "oorlog in Oekraïne aangenomen. De Verenigde Staten en Rusland stemden tegen, China onthield "
    "zich van stemming.",
    "it": "L'Assemblea generale delle Nazioni Unite ha adottato lunedì una risoluzione sulla "
    "guerra in Ucraina. Gli Stati Uniti e la Russia hanno votato contro, mentre la Cina si "
    "è astenuta.",
    "ro": "Adunarea Generală a Națiunilor Unite a adoptat luni o rezoluție privind războiul din "
    "Ucraina. Statele Unite și Rusia au votat împotrivă, iar China s-a abținut de la vot.",
    "tr": "Birleşmiş Milletler Genel Kurulu pazartesi günü Ukrayna'daki savaş hakkında bir karar "
    "kabul etti. Amerika Birleşik Devletleri ve Rusya karşı oy verdi, Çin ise çekimser kaldı.",
    "vi": "Đại hội đồng Liên Hợp Quốc hôm thứ Hai đã thông qua một nghị quyết về cuộc chiến ở "
    "Ukraine. Hoa Kỳ và Nga bỏ phiếu chống, còn Trung Quốc không bỏ phiếu.",
    "de": "Die Generalversammlung der Vereinten Nationen hat am Montag eine Resolution zum Krieg "
    "in der Ukraine angenommen. Die Vereinigten Staaten und Russland stimmten dagegen.",
    "pl": "Zgromadzenie Ogólne ONZ przyjęło w poniedziałek rezolucję w sprawie wojny na Ukrainie. "
    "Stany Zjednoczone i Rosja głosowały przeciw, a Chiny wstrzymały się od głosu.",
    "ru": "Генеральная Ассамблея ООН в понедельник приняла резолюцию о войне на Украине. США и "
    "Россия проголосовали против, а Китай не участвовал в голосовании.",
    "uk": "Генеральна Асамблея ООН у понеділок ухвалила резолюцію про війну в Україні. США та "
    "Росія проголосували проти, а Китай не брав участі в голосуванні.",
    "mr": "संयुक्त राष्ट्रांच्या आमसभेने सोमवारी युक्रेनमधील युद्धाबाबत ठराव मंजूर केला आहे. "
    "अमेरिका आणि रशिया यांनी विरोध केला, "
    "मात्र चीन मतदानात नाही.",
    "ja": "国連総会は月曜日、ウクライナでの戦争に関する決議を採択した。中国は棄権した。",
    "ar": "اعتمدت الجمعية العامة قرارا "
    "بشأن الحرب في أوكرانيا يوم الاثنين وامتنعت الصين عن التصويت.",
    "fa": "مجمع عمومی سازمان ملل روز دوشنبه قطعنامه‌ای درباره جنگ در اوکراین "
    "تصویب کرد و چین رأی ممتنع داد.",
}
READ = {
    "pt": "A Assembleia Geral das Nações Unidas adotou na segunda-feira uma resolução sobre a "
    "guerra na Ucrânia. Os Estados Unidos e a Rússia votaram contra, e a China não participou da "
    "votação.",
    "en": "The General Assembly of the United Nations adopted a resolution on the war in Ukraine.",
    "fr": "L'Assemblée générale des Nations unies a adopté lundi une résolution sur la guerre.",
    "es": "La Asamblea General de las Naciones Unidas aprobó el lunes una resolución sobre la "
    "guerra en Ucrania. Estados Unidos y Rusia votaron en contra.",
    "hi": "संयुक्त राष्ट्र महासभा ने सोमवार को यूक्रेन युद्ध पर एक प्रस्ताव पारित किया। "
    "भारत ने मतदान में हिस्सा नहीं लिया।",
}


@pytest.mark.parametrize("lang", [*NOT_READ, *READ])
def test_languages_of_a_report_are_told_from_two_sentences(lang: str) -> None:
    assert detect_language((NOT_READ | READ)[lang]) == lang


@pytest.mark.parametrize("lang", NOT_READ)
def test_languages_that_are_not_read_are_refused(lang: str) -> None:
    with pytest.raises(UnreadLanguage, match="reads English, French, Hindi, Portuguese, Spanish"):
        press.read(NOT_READ[lang].encode())


def test_languages_error_names_the_language_and_those_that_are_read() -> None:
    with pytest.raises(UnreadLanguage) as caught:
        press.read(NOT_READ["de"].encode())
    told = "This page is in German; votewire reads English, French, Hindi, Portuguese, Spanish."
    assert (str(caught.value), caught.value.language) == (told, "German")


@pytest.mark.parametrize("text", ["Ukraine", "Council adopts a text", "A/RES/ES-11/7: 93-18-65"])
def test_languages_a_few_words_that_tell_none_are_taken_for_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_languages_a_list_of_names_is_in_the_language_of_the_words_around_it() -> None:
    names = ", ".join(["Albania", "Burkina Faso", "Côte d'Ivoire", "Guatemala", "Timor-Leste"] * 30)
    assert detect_language(f"In favour: {names}. Against: none of the members.") == "en"


def test_languages_a_long_text_of_unlisted_words_is_in_none_that_is_known() -> None:
    words = "zorvat mekli pradun ostiv kelbra nuvor tashik grelo vindar"
    text = " ".join(
        f"{word}{end}" for end in ("", "ak", "ilo", "urn", "eft") for word in words.split()
    )
    assert detect_language(text) == UNKNOWN
    with pytest.raises(UnreadLanguage, match="cannot tell"):
        press.read(text.encode())


def test_languages_metadata_and_text_of_a_page_are_read_in_any_language() -> None:
    article = press.read_page(f"Rat nimmt Text an\n24.02.2025\n{NOT_READ['de']}".encode())
    assert article.lang == "de"
    assert article.metadata.headline == "Rat nimmt Text an"


def test_languages_that_are_read_are_the_folders_of_data() -> None:
    folder = ROOT / "src/votewire/press/lang"
    assert languages_read() == tuple(sorted(p.name for p in folder.iterdir() if p.is_dir()))


def test_languages_item_of_a_feed_is_refused_too_whatever_the_feed_declares() -> None:
    item = FeedItem(id="1", headline="Votum", body=NOT_READ["de"] * 3, lang="en")
    with pytest.raises(UnreadLanguage, match="German"):
        read_item(item.packed())


def test_languages_commonest_words_are_what_the_script_writes() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "common_words.py"))
    table: Path = made["TABLE"]
    assert table.read_text(encoding="utf-8") == made["table"]()
