"""What the press calls states, numbers and days, in the languages of the templates."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date

from votewire import states

# Names that the press prefers to the Library's; capitals and demonyms of the states it names most.
PRESS = {"GBR": "Britain", "USA": "the United States", "COD": "DR Congo", "SUN": "the Soviet Union"}
CAPITALS = {
    "USA": "Washington", "RUS": "Moscow", "CHN": "Beijing", "GBR": "London", "FRA": "Paris",
    "IND": "New Delhi", "IRN": "Tehran", "TUR": "Ankara", "UKR": "Kyiv",
    "DEU": "Berlin", "JPN": "Tokyo", "CUB": "Havana", "PAK": "Islamabad", "SYR": "Damascus",
    "CAN": "Ottawa", "AUS": "Canberra", "POL": "Warsaw", "HUN": "Budapest", "EGY": "Cairo",
    "KEN": "Nairobi", "ESP": "Madrid", "VNM": "Hanoi", "SAU": "Riyadh", "BLR": "Minsk",
}  # fmt: skip
DEMONYMS = {
    "USA": "American", "RUS": "Russian", "CHN": "Chinese", "GBR": "British", "FRA": "French",
    "IND": "Indian", "ISR": "Israeli", "IRN": "Iranian", "TUR": "Turkish", "UKR": "Ukrainian",
    "DEU": "German", "JPN": "Japanese", "CUB": "Cuban", "PAK": "Pakistani", "SYR": "Syrian",
    "CAN": "Canadian", "AUS": "Australian", "BRA": "Brazilian", "EGY": "Egyptian",
    "KEN": "Kenyan", "MEX": "Mexican", "ITA": "Italian", "SWE": "Swedish", "NOR": "Norwegian",
}  # fmt: skip
# French takes an article before most names of states.
FRENCH = {
    "USA": "les États-Unis", "RUS": "la Russie", "CHN": "la Chine", "GBR": "le Royaume-Uni",
    "FRA": "la France", "IND": "l'Inde", "ISR": "Israël", "IRN": "l'Iran", "TUR": "la Turquie",
    "UKR": "l'Ukraine", "DEU": "l'Allemagne", "JPN": "le Japon", "CUB": "Cuba",
    "PAK": "le Pakistan", "SYR": "la Syrie", "CAN": "le Canada", "AUS": "l'Australie",
    "BRA": "le Brésil", "EGY": "l'Égypte", "KEN": "le Kenya", "MEX": "le Mexique",
    "ITA": "l'Italie", "SWE": "la Suède", "NOR": "la Norvège", "ESP": "l'Espagne",
    "BLR": "le Bélarus", "PRK": "la Corée du Nord", "KOR": "la Corée du Sud",
    "SEN": "le Sénégal", "MAR": "le Maroc", "DZA": "l'Algérie", "ZAF": "l'Afrique du Sud",
    "IDN": "l'Indonésie", "VNM": "le Vietnam", "POL": "la Pologne", "HUN": "la Hongrie",
    "NLD": "les Pays-Bas", "BEL": "la Belgique", "ARG": "l'Argentine", "CHL": "le Chili",
    "NGA": "le Nigeria", "GHA": "le Ghana", "PER": "le Pérou", "THA": "la Thaïlande",
}  # fmt: skip
_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def name(code: str, on: date, lang: str) -> str:
    """What a page in that language calls the state."""
    if lang == "fr":
        return FRENCH[code]
    if lang != "en":
        return str(Locale(lang).territories[states.state(code).iso2])
    article = "the " if states.state(code).article else ""
    return PRESS.get(code) or f"{article}{states.name_of(code, on=on)}"


def can_name(code: str, lang: str, names: str = "plain") -> bool:
    """Whether the language, and the kind of name, has a name for the state that is its alone."""
    if names == "capital":
        return code in CAPITALS
    if names == "demonym":
        return code in DEMONYMS
    if lang == "fr":
        return code in FRENCH
    if lang != "en":
        return states.state(code).iso2 in Locale(lang).territories and code in FRENCH
    return code not in ("COG", "YMD", "YEM", "DDR", "DEU", "VNM", "PSE", "TWN", "CSK")


def listed(names: list[str], lang: str = "en", last: str = "") -> str:
    """`A, B and C`."""
    word = last or {"en": "and", "fr": "et", "es": "y", "hi": "और"}[lang]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def in_words(number: int) -> str:
    """`ninety-three`, `one hundred and four`."""
    if number < 20:
        return _WORDS[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return f"{_TENS[ten]}-{_WORDS[one]}" if one else _TENS[ten]
    rest = number % 100
    return f"one hundred and {in_words(rest)}" if rest else "one hundred"


def day_words(day: date, lang: str, form: str) -> str:
    """A day as the language writes it: `Tuesday`, `3 March 1995`, `March 3, 1995`."""
    patterns = {
        "weekday": "EEEE",
        "full": {"en": "MMMM d, y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y", "hi": "d MMMM y"},
        "british": "EEEE d MMMM y",
        "short": {"en": "MMMM d", "fr": "d MMMM", "es": "d 'de' MMMM", "hi": "d MMMM"},
    }[form]
    pattern = patterns if isinstance(patterns, str) else patterns[lang]
    return str(format_date(day, pattern, locale=lang))
