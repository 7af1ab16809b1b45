"""Rules for single characters: letters, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .characters import LETTERS, MARKS, OTHER, edits
from .reading import Edit

# Presentation forms, which old fonts and PDF files leave behind; not the symbols among them,
# such as the rial sign, nor marks that stand by themselves.
# https://www.unicode.org/reports/tr15/ has NFKC, the normal form that resolves them.
_FORMS = "\ufb50-\ufdf2\ufe80-\ufefc"
_PERSIAN = {"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه\u0654"}
_PERSIAN_ANY = re.compile(f"[{''.join(_PERSIAN)}{_FORMS}]+")
_ARABIC_ANY = re.compile(f"[ک{_FORMS}]+|ی(?=[{LETTERS}{MARKS}])")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b\u2060\ufeff]+")


def persian_letters(text: str) -> Iterator[Edit]:
    """Yield edits that write ی and ک as Persian does, and resolve presentation forms."""
    return edits(_PERSIAN_ANY, lambda match: _persian(match[0]), text)


def _persian(text: str) -> str:
    return "".join(_PERSIAN.get(char, char) for char in unicodedata.normalize("NFKC", text))


def arabic_letters(text: str) -> Iterator[Edit]:
    """Yield edits that write ك, and ي inside a word, as Arabic does.

    A ی at the end of a word may stand for ي or ى; it is left to a person.
    """
    return edits(_ARABIC_ANY, lambda match: _arabic(match[0]), text)


def _arabic(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("ک", "ك").replace("ی", "ي")


def invisible(text: str) -> Iterator[Edit]:
    """Yield edits that drop tatweel, zero-width spaces, soft hyphens and byte order marks.

    The half-space stays, and so do the marks U+200E and U+200F.
    """
    return edits(_INVISIBLE, lambda match: match[0] if _parts_an_address(match) else "", text)


def _parts_an_address(match: re.Match[str]) -> bool:
    """Whether an address would run into a word if nothing stood between them."""
    around = (
        match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() :][:1]
    )
    return OTHER in around and len(around) == 2 and not around.isspace()
