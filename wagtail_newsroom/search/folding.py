"""Folds what two spellings of one word may differ in, for an index and for what is asked of it.

Letters and digits that look alike, vowel signs, tatweel, case, half-spaces, signs between digits.
The half-space is the hard one: می‌رود is written with it, with a space and in one. An index keeps
the parts and the whole; a query asks for the whole where tidying knows the word, else for the parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..segments.tidy.half_spaces import (
    plural_endings,
    superlatives,
    to_be_endings,
    verb_prefixes,
)

__all__ = ["LONGEST_QUERY", "fold", "folded_query", "folded_text", "words"]

LONGEST_QUERY = 200
"""Characters of a query that are read; what follows is left out."""
_MOST_WORDS = 16
_LONGEST_WORD = 60

HALF_SPACE = "\u200c"

# Marks that may be left out of a word: accents, Hebrew points, Arabic vowel signs and hamza above.
# Not those of scripts in which they are letters, such as Devanagari's, and not Japanese ones.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff]"
)
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ۃ": "ه",
        "ھ": "ه",
        "ٱ": "ا",
        "_": " ",
    }
)
# Read before anything else is folded, since the rules of tidying know verbs by their letters.
_PERSIAN = str.maketrans("يىك", "ییک")
_JOINS = (verb_prefixes, plural_endings, to_be_endings, superlatives)
_INVISIBLE = "\u00ad\u0640\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_THOUSANDS = re.compile(r"(?<=\d)[,٬’'\u066c](?=\d{3}(?!\d))")

# خانه‌ی is another way to write خانهٔ.
_EZAFE = re.compile(rf"(?<=ه){HALF_SPACE}ی(?![\w{HALF_SPACE}])")

# A word: letters, digits and marks, with what is invisible or a separator inside it.
_ALL_MARKS = "".join(
    char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M"
)
_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[{_ALL_MARKS}{_INVISIBLE}{HALF_SPACE}]"
    rf"|(?<=\d)[,٬’'](?=\d{{3}}(?!\d)))*"
)


class _Table(dict[int, str]):
    """Folds one character at a time, and remembers each."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    if char in _INVISIBLE_SET:
        return ""
    if char == HALF_SPACE:
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", char))
    plain = unicodedata.normalize("NFC", plain).translate(_LETTERS).casefold()
    # Compatibility forms may bring spaces, digits of another script and marks along.
    return "".join(
        str(unicodedata.decimal(each))
        if each.isdecimal()
        else each
        if each.isalnum() or unicodedata.category(each)[0] == "M"
        else " "
        for each in plain
    )


_INVISIBLE_SET = frozenset(
    "\u00ad\u0640\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
    + "".join(map(chr, range(0x2060, 0x206A)))
)
_FOLDED = _Table()


def fold(text: str) -> str:
    """Return a text folded, in words with one space between; half-spaces stay inside words."""
    folded = _THOUSANDS.sub("", text).translate(_FOLDED)
    return " ".join(word.strip(HALF_SPACE) for word in folded.split() if word.strip(HALF_SPACE))


def joined(text: str) -> str:
    """Return a text of the same length, with half-spaces where tidying joins two words.

    A joint of several spaces becomes as many half-spaces.
    """
    text = _EZAFE.sub(HALF_SPACE * 2, text.translate(_PERSIAN))
    for rule in _JOINS:
        pieces = []
        end = 0
        for edit in rule(text):
            pieces += [text[end : edit.start], HALF_SPACE * len(edit.old)]
            end = edit.end
        if pieces:
            text = "".join(pieces) + text[end:]
    return text


def folded_text(text: str) -> str:
    """Return what an index keeps of a text: its words, then those of several parts in one.

    Folding the result again gives words that are found the same.
    """
    found = fold(joined(text))
    if HALF_SPACE not in found:
        return found
    wholes = dict.fromkeys(_glued(word) for word in found.split() if HALF_SPACE in word)
    return " ".join([*_apart(found).split(), *wholes])


def folded_query(text: str) -> list[str]:
    """Return what to look for, as one or two choices of words that must all be there.

    Two where a word has a half-space that tidying would not set: such a word is sought in one
    and in its parts. Empty when nothing is left of the query.
    """
    text = text[:LONGEST_QUERY]
    whole = _shortened(_glued(fold(joined(text))))
    parts = _shortened(_glued(fold(joined(text.replace(HALF_SPACE, " ")))))
    return [choice for choice in dict.fromkeys((whole, parts)) if choice]


def words(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield the words of a text: start, end and all folded forms by which a query may mean each."""
    text = joined(text)
    for match in _WORD.finditer(text):
        forms = fold(match[0]).split()
        found = {form for each in forms for form in (_glued(each), *_apart(each).split())}
        if found:
            yield match.start(), match.end(), frozenset(found)


def _glued(text: str) -> str:
    return text.replace(HALF_SPACE, "")


def _apart(text: str) -> str:
    return text.replace(HALF_SPACE, " ")


def _shortened(text: str) -> str:
    found = dict.fromkeys(word[:_LONGEST_WORD] for word in text.split())
    return " ".join(list(found)[:_MOST_WORDS])
