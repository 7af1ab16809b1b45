"""Ends of addresses made from names and titles, in any script."""

from __future__ import annotations

import re
import unicodedata

# Letters that look alike have one form each: two spellings would be two addresses.
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "\u0640": None,  # tatweel
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
_JOINTS = re.compile(r"[\s\u200c\u200d_/–—-]+")
_OTHER = re.compile(r"[^\w-]+")

LONGEST_SLUG = 70
"""Letters of a slug that is made here; a Persian letter is six characters of an address."""


def slug_of(text: str) -> str:
    """Return a text as the end of an address: lower case, words joined by hyphens.

    Accents are dropped, so that Latin letters become ASCII where they can; other scripts keep
    their letters, with half-spaces as hyphens, because halves glued together are another word.
    Persian and Arabic digits become ASCII. Cut between words where there is one; empty if nothing
    of the text can stand in an address.
    """
    composed = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    folded = "".join(map(_plain, composed)).translate(_LETTERS).lower()
    slug = _OTHER.sub("", _JOINTS.sub("-", folded)).strip("-")
    slug = re.sub("-{2,}", "-", slug)
    return cut(slug, LONGEST_SLUG)


def cut(slug: str, length: int) -> str:
    """Return a slug with at most this many letters, cut between words where there is a place."""
    if len(slug) <= length:
        return slug
    at_a_word = slug[: length + 1].rpartition("-")[0]
    return at_a_word or slug[:length]


def _plain(letter: str) -> str:
    """Return a letter without its marks; one of the Arabic script, such as آ, is one with them."""
    if unicodedata.category(letter) == "Mn":
        return ""
    if "\u0600" <= letter <= "\u06ff":
        return letter
    return "".join(
        part for part in unicodedata.normalize("NFKD", letter) if unicodedata.category(part) != "Mn"
    )
