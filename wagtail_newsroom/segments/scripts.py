"""The scripts that languages are written in, as far as a check can rely on them."""

from __future__ import annotations

import functools
import re
from enum import Enum


class Script(str, Enum):
    """A script, named by its ISO 15924 code."""

    ARABIC = "Arab"
    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    GREEK = "Grek"
    HEBREW = "Hebr"


# Languages written in one script nearly everywhere; Serbian, Uzbek and their like stay out.
_LANGUAGES = {
    Script.ARABIC: "ar ckb fa ps sd ug ur",
    Script.LATIN: (
        "af ca cs cy da de en es et eu fi fr ga gl hr hu id is it lt lv ms mt nb nl nn no pl pt"
        " ro sk sl sq sv sw tl tr vi"
    ),
    Script.CYRILLIC: "be bg kk ky mk ru tg uk",
    Script.GREEK: "el",
    Script.HEBREW: "he iw yi",
}
_SCRIPT_OF = {code: script for script, codes in _LANGUAGES.items() for code in codes.split()}

_LETTERS = {
    Script.ARABIC: re.compile(
        "[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"
    ),
    Script.LATIN: re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"),
    Script.CYRILLIC: re.compile("[\u0400-\u052f]+"),
    Script.GREEK: re.compile("[\u0370-\u03ff\u1f00-\u1fff]+"),
    Script.HEBREW: re.compile("[\u05d0-\u05ea\ufb1d-\ufb4f]+"),
}
_ANY_LETTERS = re.compile(r"[^\W\d_]+")


def primary(code: str) -> str:
    """Return the language of a language code without region or script: `fa` for `fa-ir`."""
    return code.replace("_", "-").lower().split("-")[0]


def script_of(code: str) -> Script | None:
    """Return the script of a language code, or None where no check can rely on one."""
    subtags = code.replace("_", "-").lower().split("-")
    for subtag in subtags[1:]:
        for script in Script:
            if subtag == script.value.lower():
                return script
        if len(subtag) == 4 and subtag.isalpha():
            return None
    return _SCRIPT_OF.get(subtags[0])


# The same text is asked about by several checks, one after the other.
@functools.lru_cache(maxsize=64)
def share_of_letters(text: str, script: Script) -> float:
    """Return which part of a text's letters, 0 to 1, belongs to a script; 1 without letters."""
    letters = _count(_ANY_LETTERS, text)
    return _count(_LETTERS[script], text) / letters if letters else 1.0


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
