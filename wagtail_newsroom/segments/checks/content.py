"""Checks whether the translation says anything, says it in its language, and says all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..keys import visible_text
from ..reasons import Reason
from ..scripts import primary, script_of, share_of_letters
from .findings import Hit
from .pair import Pair


def empty(pair: Pair) -> Iterator[Hit]:
    """Find a translation in which there is nothing to read."""
    has_text = any(char.isalnum() for char in pair.source_text)
    if pair.reason is Reason.EMPTY or (
        has_text and not any(char.isalnum() for char in pair.target_text)
    ):
        yield Hit()


def unchanged(pair: Pair) -> Iterator[Hit]:
    """Find a translation that is the source; names and acronyms may stay."""
    if pair.reason is Reason.UNCHANGED and not _is_name(pair):
        yield Hit()


# Products and people, such as Wagtail or AC/DC: nothing else is a word with a capital inside or
# a single word in a text by itself.
_NAME = re.compile(r"[\W\d_]*[^\W\d_]{1,30}[\W\d_]*|\W*[A-Z]\w*[A-Z]\w*\W*")


def _is_name(pair: Pair) -> bool:
    return bool(_NAME.fullmatch(pair.source_words)) and not pair.source_words.islower()


_LEAST_SCRIPT = 0.4
"""Good Persian has more of its letters than this in its script; one text in a thousand has half."""
_LETTERS_TO_JUDGE = 12


def wrong_script(pair: Pair) -> Iterator[Hit]:
    """Find a translation that is mostly written in the letters of another language."""
    script = script_of(pair.target)
    if script is None:
        return
    share = share_of_letters(pair.target_words, script)
    if pair.reason is Reason.WRONG_SCRIPT or (
        script_of(pair.source) != script
        and share < _LEAST_SCRIPT
        and sum(char.isalpha() for char in pair.target_words) >= _LETTERS_TO_JUDGE
        and len(pair.source_words.split()) > 3
        and pair.reason is not Reason.UNCHANGED
    ):
        yield Hit({"percent": round(100 * share)})


# Lengths of translation and source, in characters: those of a hundred human English-to-Persian
# sentences lie between 0.67 and 1.38. Short texts vary more.
_LENGTHS = ((80, 0.55, 1.6), (40, 0.45, 2.2))
_LENGTHS_ELSEWHERE = ((80, 0.4, 2.5),)
_MEASURED = {("en", "fa"), ("en", "prs"), ("en", "ar")}
_DENSE = frozenset({"zh", "ja", "ko", "yue", "th"})


def length_ratio(pair: Pair) -> Iterator[Hit]:
    """Find a translation that is much shorter or longer than such a text should be."""
    source, target = primary(pair.source), primary(pair.target)
    before, after = len(pair.source_words), len(pair.target_words)
    if not before or {source, target} & _DENSE:
        return
    for length, least, most in _lengths(source, target):
        if before >= length:
            if not least <= after / before <= most:
                yield Hit({"percent": round(100 * after / before)})
            return


def _lengths(source: str, target: str) -> tuple[tuple[int, float, float], ...]:
    if (source, target) in _MEASURED:
        return _LENGTHS
    if (target, source) in _MEASURED:
        return tuple((length, 1 / most, 1 / least) for length, least, most in _LENGTHS)
    return _LENGTHS_ELSEWHERE


_SENTENCE_END = re.compile(
    # Not after initials and titles: https://unicode.org/reports/tr29/#Sentence_Boundaries
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|vs|Jr|Sr|Lt))(?<!\b(?:Mrs|Nos|Gen|Col|Rev|Sen|Gov|Ltd|Inc))"
    r"(?<!\b(?:Prof|Capt))(?<!\b[a-z]\.[a-z])(?<!\b[A-Z]\.[A-Z])"
    r"(?<![.!?؟۔…])[.!?؟۔…]+[\"”»’)\]]*\s+(?=[^\sa-z])"
)


def sentences(text: str) -> int:
    """Return how many sentences a text in one line has."""
    return len(_SENTENCE_END.findall(text)) + 1 if text else 0


_SHORTER = 0.75
"""Good translations that tell in one sentence what was two are not that much shorter."""


def sentences_lost(pair: Pair) -> Iterator[Hit]:
    """Find a translation that has fewer sentences and is shorter as well."""
    before, after = sentences(pair.source_text), sentences(pair.target_text)
    if after >= before or before == 1 or {primary(pair.source), primary(pair.target)} & _DENSE:
        return
    # Two sentences may well become one with a semicolon.
    after += max(0, _semicolons(pair.target_text) - _semicolons(pair.source_text))
    if after < before:
        ratio = len(pair.target_words) / max(1, len(pair.source_words))
        if ratio < _SHORTER or (before > 3 and after < before / 2):
            yield Hit({"source": before, "target": after})


def _semicolons(text: str) -> int:
    return len(re.findall("[;؛]", text))


def readable(fragment: str) -> str:
    """Return a fragment's text for comparing: no case, no marks, single spaces."""
    return " ".join(re.findall(r"\w+", visible_text(fragment).casefold()))
