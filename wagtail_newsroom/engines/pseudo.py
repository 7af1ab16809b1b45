"""The offline twin: translates without a network, the same text always the same way.

Its Persian is letter by letter and means nothing, but it is written in Persian letters, digits
and punctuation, so that pages, directions and checks can be tried out with it.
"""

from __future__ import annotations

import itertools
import re
import threading
import unicodedata
from collections.abc import Sequence
from typing import Any

from ..segments.reasons import Reason
from ..segments.scripts import Script, primary, script_of
from .base import Engine, Failed, Outcome, Translated

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    Script.ARABIC: "ابکدهفگحیجخلمنوپقرستعشزصژذ",
    Script.CYRILLIC: "абцдефгхийклмнопярстувшхыз",
    Script.GREEK: "αβκδεφγηιξχλμνοπθρστυβωχψζ",
    Script.HEBREW: "אבכדהפגחיזךלמנופקרסתוםןצץט",
    Script.LATIN: "áƀćďéḟǧḥíĵķĺḿńóṕɋŕśťúṽẃẋýź",
}
_PERSIAN_SIGNS = str.maketrans("0123456789,;?%", "۰۱۲۳۴۵۶۷۸۹،؛؟٪")
_ARABIC_DIGITS = str.maketrans("0123456789,;?%", "٠١٢٣٤٥٦٧٨٩،؛؟٪")
_WITH_PERSIAN_DIGITS = frozenset({"fa", "ps", "ur", "ckb"})
_LATIN_SIGNS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩،؛؟٪", "01234567890123456789,;?%")
# Capitals without vowels, such as BBC, stay as they are; so do stand-ins for tags.
_KEPT = re.compile(r"\b[B-DF-HJ-NP-TV-XZ]{3,}\b")
_FROM_ARABIC = {
    **dict(zip(_ALPHABETS[Script.ARABIC], _LATIN, strict=True)),
    "\u200c": "",
}


class PseudoEngine(Engine):
    """An engine without a network, for tests and for trying things out.

    Options beside the limits: `latency`, seconds that a request takes, and `fail_every`, which
    fails every so manieth request.
    """

    name = "pseudo"
    label = "Pseudo-translation"
    is_private = True

    def __init__(self, *, latency: float = 0.0, fail_every: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.latency = latency
        self.fail_every = fail_every
        self._requests = itertools.count(1)
        self._stop = threading.Event()

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate texts letter by letter."""
        number = next(self._requests)
        if self.latency and self._stop.wait(self.latency):
            return [Failed(Reason.UNREACHABLE, detail="stopped")] * len(texts)
        if self.fail_every and number % self.fail_every == 0:
            return [Failed(Reason.SERVER_ERROR, detail="on purpose")] * len(texts)
        return [Translated(pseudo(text, target=target)) for text in texts]

    def close(self) -> None:
        """Wakes up requests that wait out their latency."""
        self._stop.set()
        self._stop = threading.Event()


def pseudo(text: str, *, target: str) -> str:
    """Return a plain text in letters of the target language, with as many words."""
    script = script_of(target) or Script.LATIN
    table = _letters(script)
    position = 0
    done = []
    for match in _KEPT.finditer(text):
        done += [_spell(text[position : match.start()], table, target), match[0]]
        position = match.end()
    return "".join([*done, _spell(text[position:], table, target)])


def _letters(script: Script) -> dict[str, str]:
    letters = dict(zip(_LATIN, _ALPHABETS[script], strict=True))
    if script is not Script.ARABIC:
        letters.update({char: letters.get(latin, "") for char, latin in _FROM_ARABIC.items()})
    return letters


def _spell(text: str, table: dict[str, str], target: str) -> str:
    is_arabic = script_of(target) is Script.ARABIC
    spelled = []
    for char in text:
        if is_arabic and not char.isascii():
            base = unicodedata.normalize("NFD", char)[0].lower()
            spelled.append(table.get(base, char) if base in _LATIN else char)
        elif not is_arabic and is_arabic_letter(char):
            spelled.append(table.get(char, table["x"]))
        else:
            spelled.append(_in_case(char, table.get(char.lower(), char)))
    signs = _PERSIAN_SIGNS if primary(target) in _WITH_PERSIAN_DIGITS else _ARABIC_DIGITS
    return "".join(spelled).translate(signs if is_arabic else _LATIN_SIGNS)


def is_arabic_letter(char: str) -> bool:
    """Whether a character is a letter of the Arabic script, or joins such letters."""
    return char == "\u200c" or ("\u0620" <= char <= "\u06d3" and char.isalpha())


def _in_case(char: str, spelled: str) -> str:
    return spelled.upper() if char.isupper() else spelled
