"""Writes the commonest words of languages, src/votewire/press/lang/common_words.txt.

They are the first of each of jusText's stop lists (BSD-2-Clause), which trafilatura brings along
and which are in the order of their frequency. A test runs this and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

import justext
from babel import Locale

TABLE = Path(__file__).parents[1] / "src/votewire/press/lang/common_words.txt"
# 80: of 40, 80 and 120 the fewest stretches of 25 words of the Declaration of Human Rights, in 528
# languages, that were taken for one that is read; see docs/explanation/reading-pages.md.
MOST = 80
# Other names of a list's language, and dialects and duplicates that tell nothing apart.
NAMED = {
    "Norwegian_Bokmal": "no",
    "Norwegian_Nynorsk": "nn",
    "Kyrgyz": "ky",
    "Haitian": "ht",
    "Low_Saxon": "nds",
    "West_Frisian": "fy",
    "Western_Panjabi": "pnb",
    "Tagalog": "fil",
    "Waray_Waray": "war",
}
LEFT_OUT = {
    *("Simple_English", "Serbo_Croatian", "Belarusian_Taraskievica", "Newar", "Volapuk", "Ido"),
    *("Bishnupriya_Manipuri", "Bengali"),  # Bengali is known by its script
    *("Aragonese", "Asturian"),  # on whose lists much is Spanish
}
OUTER = ".,;:!?\"“”«»()[]।॥‘’'-–—…"
HEAD = """\
# The code of a language and its commonest words: the first of jusText's stop lists (BSD-2-Clause,
# Copyright (c) 2011 Jan Pomikalek). Written by scripts/common_words.py, read by press/languages.py.
"""


def table() -> str:
    """The file as it should be."""
    codes = {name: code for code, name in Locale("en").languages.items()}
    rows = {
        NAMED.get(name) or codes[name.replace("_", " ")]: " ".join(_commonest(name))
        for name in justext.get_stoplists() - LEFT_OUT
    }
    return HEAD + "".join(f"{code} {rows[code]}\n" for code in sorted(rows))


def _commonest(name: str) -> list[str]:
    """The first words of a list.

    One that holds an English article was made from pages with English on them: what it has in
    common with the English one is left out.
    """
    english = _words("English")[:MOST]
    words = _words(name)
    mixed = name != "English" and english[0] in words[:MOST]
    return [word for word in words if not (mixed and word in english)][:MOST]


def _words(name: str) -> list[str]:
    """The words of a list, each once, in lower case and without marks around it."""
    path = Path(justext.__file__).parent / "stoplists" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").lower().split("\n")
    bare = dict.fromkeys(line.strip().strip(OUTER) for line in lines)
    return [word for word in bare if word and word.isprintable() and not _digits(word)]


def _digits(word: str) -> bool:
    return any(letter.isdigit() or letter == "#" for letter in word)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{TABLE}\n")
