"""The order of names in a language's own alphabet, which is not that of code points."""

from __future__ import annotations

import unicodedata

_ALPHABETS = {"fa": "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"}
_ALIKE = str.maketrans({"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ؤ": "و", "أ": "ا"})


def sort_key(name: str, language_code: str) -> list[tuple[int, int]]:
    """Return what a name is sorted by in a language: the letters of its alphabet come first.

    Half-spaces and marks do not count, and neither does case.
    """
    alphabet = _ALPHABETS.get(language_code.split("-")[0], "")
    if alphabet:
        name = name.translate(_ALIKE)
        letters = [letter for letter in name if unicodedata.category(letter) not in ("Mn", "Cf")]
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        letters = [each for each in decomposed if unicodedata.category(each) not in ("Mn", "Cf")]
    places = {letter: place for place, letter in enumerate(alphabet)}
    return [
        (-1, 0)
        if letter.isspace()
        else (0, places[letter])
        if letter in places
        else (1, ord(letter))
        for letter in letters
    ]
