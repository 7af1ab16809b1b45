"""Neighboring words of a text, by which texts that are nearly the same are found without reading all.

A text keeps a few of its pairs of words as numbers in an index; a text that asks tries all of its
own. Texts that share most of their words share one of those pairs nearly for sure; how alike they
are is then measured on the few texts found. The idea of shingles is from Broder, "On the
resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from .keys import visible_text
from .scripts import primary
from .terms import UNSPACED, fold

KEPT = 5
"""How many pairs a text keeps; with a quarter of its words changed, one in a hundred loses all."""

TRIED = 64
"""How many pairs of a text are looked up at most."""

LONGEST = 4000
"""How many characters of a text count; alike texts are alike at their beginnings too."""

_FEW_WORDS = 4
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_JOINERS = re.compile("[\u200c\u200d\u0640\u064b-\u0652]")


def kept_keys(fragment: str, *, language: str, other: str) -> list[int]:
    """Return the keys under which a fragment in one language, translated into another, is found.

    They are 64-bit numbers with a sign, as databases store them.
    """
    return _keys(_spread(_shingles(fragment, language), KEPT), language, other)


def tried_keys(fragment: str, *, language: str, other: str) -> list[int]:
    """Return the keys under which fragments like this one may be found."""
    shingles = sorted(_shingles(fragment, language), key=_rank)
    return _keys([words for _position, words in shingles[:TRIED]], language, other)


def compared(fragment: str) -> str:
    """Return the text in which fragments are compared: what a reader sees, letters folded."""
    return fold(visible_text(fragment))


def _shingles(fragment: str, language: str) -> list[tuple[int, str]]:
    """Return pairs of neighboring words with the position of the first; single words of a few."""
    text = _JOINERS.sub("", fold(visible_text(fragment[:LONGEST])).casefold())
    # The same sentence with another figure is a near match.
    text = _DIGITS.sub("0", text)
    if primary(language) in UNSPACED:
        letters = "".join(_WORD.findall(text))
        return list(enumerate(letters[at : at + 3] for at in range(max(1, len(letters) - 2))))
    words = _WORD.findall(text)
    pairs = [(at, f"{words[at]} {words[at + 1]}") for at in range(len(words) - 1)]
    if len(words) > _FEW_WORDS:
        return pairs
    return pairs + list(enumerate(words))


def _rank(shingle: tuple[int, str]) -> tuple[bool, int, int]:
    """Sort pairs before single words, and long ones, which are rare, before short ones."""
    position, words = shingle
    return " " not in words, -len(words), position


def _spread(shingles: list[tuple[int, str]], size: int) -> list[str]:
    """Return some shingles, long ones first, no two of which one changed word would spoil."""
    ranked = sorted(shingles, key=_rank)
    chosen: list[tuple[int, str]] = []
    taken: set[int] = set()
    for position, words in ranked:
        if len(chosen) < size and not {position, position + 1} & taken:
            chosen.append((position, words))
            taken |= {position, position + 1}
    chosen += [shingle for shingle in ranked if shingle not in chosen][: size - len(chosen)]
    return [words for _position, words in chosen]


def _keys(shingles: Iterable[str], language: str, other: str) -> list[int]:
    pair = f"{primary(language)}>{primary(other)}:"
    return [
        int.from_bytes(
            hashlib.blake2b(f"{pair}{words}".encode(), digest_size=8).digest(), "big", signed=True
        )
        for words in dict.fromkeys(shingles)
        if words
    ]
