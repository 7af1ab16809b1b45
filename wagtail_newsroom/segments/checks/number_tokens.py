"""Cuts a text into the words and digits of its numbers, and reads those that belong together."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .number_words import Words

_TO_ASCII = str.maketrans(
    "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٬٫٪يك\u2212",
    "01234567890123456789,.%یک-",
    "\u064b\u064e\u064f\u0650\u0651\u0652",
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
# No number of a news text is longer, and longer ones have no exact value.
_N = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?(?!\d)|\d{1,15}(?:\.\d{1,9})?"
# One look at the next character spares most of the ways to try.
_TOKEN = re.compile(
    rf"""
      (?=\d)(?:
          (?P<date>(?<![\d.])\d{{1,4}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)\d{{1,4}}(?![\d.]*\d))
        | (?P<time>(?<![\d:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d))
        | (?P<decade>(?<!\d)(?:\d{{3}}|\d)0s\b)
        | (?P<fraction>(?<![\d/])\d{{1,9}}/\d{{1,9}}(?![\d/]))
        | (?P<short>(?<![A-Za-z\d])(?:{_N})(?:\ ?(?:bn|tn|mn|trn)|[mkb])\b)
        | (?P<mark>\d+[A-Z](?![a-z]))
        | (?P<number>{_N})
      )
    | (?P<latin>[A-Za-z]+-?\d[\w.]*)
    | (?P<part>[½¼¾])
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE,
)
_KINDS = {"sign": "date", "mark": "latin"}
"""The kinds of tokens whose group has another name."""
_MOST = 1e15
"""Where a number in words ends, however it goes on."""
_IS_JOINED = re.compile(r"[\s\u200c-]*")
NUMERIC = frozenset({"number", "unit", "scale", "part"})
"""The kinds of tokens with which a number may begin."""


class Token(NamedTuple):
    """A word or a number of a text."""

    kind: str
    """A group of the pattern of tokens; for words also unit, scale, half and joiner."""
    text: str
    start: int
    end: int
    value: float = 0
    """Of a number, unit or scale."""


def folded(text: str) -> str:
    """Return a text with ASCII digits and signs, Persian letters and no vowel marks."""
    return text.translate(_TO_ASCII)


def tokens_of(text: str, words: Words) -> Iterator[Token]:
    """Yield the numbers and words of a folded text."""
    for match in _TOKEN.finditer(text):
        kind = _KINDS.get(str(match.lastgroup), str(match.lastgroup))
        found, value = match[0], 0.0
        if kind == "number":
            value = float(found.replace(",", ""))
        elif kind == "part":
            value = _FRACTIONS[found]
        elif kind == "word":
            joiner, kind, value = _read_word(found.lower(), words)
            if joiner:
                # بیست‌ویک: a half-space parts it in two.
                yield Token("joiner", joiner, match.start(), match.start() + len(joiner))
                found = found[len(joiner) :]
        yield Token(kind, found, match.end() - len(found), match.end(), value)


# Most words of a text stand in others too.
@functools.lru_cache(maxsize=4096)
def _read_word(word: str, words: Words) -> tuple[str, str, float]:
    """Return the joiner that a word begins with, if any, and kind and value of the rest."""
    unit = words.unit(word)
    if word in words.halves:
        return "", "half", 0.5
    if unit is not None:
        return "", "unit", unit
    if word in words.scales:
        return "", "scale", words.scales[word]
    if word in words.joiners:
        return "", "joiner", 0.0
    if word[0] in words.joiners and (joined := words.unit(word[1:])) is not None:
        return word[0], "unit", joined
    return "", "word", 0.0


def chain(tokens: list[Token], start: int, text: str) -> tuple[list[float], int]:
    """Return the terms of the number that begins at a token, and where it ends.

    `20 هزار و 500` has the terms 20,000 and 500.
    """
    terms: list[float] = []
    after: int | None = start
    end, limit = start + 1, float("inf")
    while after is not None:
        value, scale, next_end = _term(tokens, after, text)
        if next_end == after or (terms and value >= limit):
            break
        terms.append(value)
        end, limit = next_end, scale
        after = _joined_next(tokens, end, text) if scale >= 1000 else None
    return terms, end


def _term(tokens: list[Token], start: int, text: str) -> tuple[float, float, int]:
    """Return a number with its scale, the scale alone, and where it ends."""
    position, value, rank = start, 0.0, 1000.0
    after: int | None = start
    while after is not None and after < len(tokens):
        token = tokens[after]
        if token.kind in ("number", "part") and (position == start or token.kind == "part"):
            value += token.value
            rank = 0 if token.kind == "number" else -1
        elif token.kind == "unit" and _rank(token.value) < rank and rank > 0:
            value += token.value
            rank = _rank(token.value)
        elif token.kind == "half" and position > start and rank >= 0:
            value += 0.5
            rank = -1
        elif token.kind == "scale" and token.value == 100 and 0 < value < 20:
            value, rank = value * 100, 100
        else:
            break
        position = after + 1
        after = _joined_next(tokens, position, text)
    scale = 1.0
    while scale < _MOST and position < len(tokens) and tokens[position].kind == "scale":
        if position > start and not _touch(tokens, position - 1, position, text):
            break
        scale *= tokens[position].value
        position += 1
    return (value or 1.0) * scale if position > start else 0.0, scale, position


def _rank(value: float) -> float:
    """Return where a word may stand in a number: hundreds, then tens, then the rest."""
    return 100 if value >= 100 else 10 if value >= 20 else 1


def _joined_next(tokens: list[Token], position: int, text: str) -> int | None:
    """Return the position of the next token of a number, over an "and"; None if none is near."""
    if position == 0 or position >= len(tokens) or not _touch(tokens, position - 1, position, text):
        return None
    if tokens[position].kind != "joiner":
        return position
    after = position + 1
    if after >= len(tokens) or not _touch(tokens, position, after, text):
        return None
    if tokens[after].kind == "joiner":
        # and a half
        after += 1
    return after if after < len(tokens) else None


def _touch(tokens: list[Token], one: int, other: int, text: str) -> bool:
    return bool(_IS_JOINED.fullmatch(text, tokens[one].end, tokens[other].start))
