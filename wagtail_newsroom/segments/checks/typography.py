"""Checks whose fixes are the rules of `tidy`, and the one for marks that do not pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..tidy import edits_by, rules_for
from ..tidy.reading import Edit
from .findings import Fix, Hit
from .pair import Pair

_SHOWN = 5
_HALF_SPACE_RULES = (
    "half-space-edges",
    "verb-prefixes",
    "plural-endings",
    "to-be-endings",
    "superlatives",
)
_ARABIC_DIGITS = re.compile("[٠-٩]+")
_PERSIAN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def half_space(pair: Pair) -> Iterator[Hit]:
    """Find words that lack their half-space, or have one where none belongs."""
    yield from _hit(pair, "join-words", _by_rules(pair, *_HALF_SPACE_RULES))


def arabic_letters(pair: Pair) -> Iterator[Hit]:
    """Find letters and digits of Arabic in Persian, or of Persian in Arabic."""
    # ۀ is Persian; it is a matter of style.
    edits = [edit for edit in _by_rules(pair, "letters") if edit.old.strip("ۀ")]
    if "digits" in rules_for(pair.target):
        for match in _ARABIC_DIGITS.finditer(pair.reading.text):
            edits.append(Edit(match.start(), match[0], match[0].translate(_PERSIAN_DIGITS)))
    yield from _hit(pair, "fix-letters", edits)


def straight_quotes(pair: Pair) -> Iterator[Hit]:
    """Find quotation marks that are not those of the language."""
    yield from _hit(pair, "fix-quotes", _by_rules(pair, "quotes"))


def latin_punctuation(pair: Pair) -> Iterator[Hit]:
    """Find Latin commas, semicolons and question marks after words in Arabic script."""
    edits = [edit for edit in _by_rules(pair, "punctuation") if edit.old in tuple(",;?")]
    yield from _hit(pair, "fix-punctuation", edits)


def _by_rules(pair: Pair, *names: str) -> list[Edit]:
    rules = rules_for(pair.target)
    return [edit for name in names if name in rules for edit in edits_by(rules[name], pair.reading)]


def _hit(pair: Pair, code: str, found: Iterable[Edit]) -> Iterator[Hit]:
    edits: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, edit.end)):
        if not edits or edit.start > edits[-1].end:
            edits.append(edit)
    if edits:
        words = list(dict.fromkeys(_words_around(pair.reading.text, edit) for edit in edits))
        yield Hit({"words": words[:_SHOWN], "count": len(edits)}, (Fix(code, tuple(edits)),))


def _words_around(text: str, edit: Edit) -> str:
    """Return the words that an edit touches, for a person to see the place."""
    start, end = edit.start, edit.end
    while start > 0 and not text[start - 1].isspace() and edit.start - start < 30:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - edit.end < 30:
        end += 1
    return text[start:end]


_PAIRS = (("«", "»"), ("(", ")"), ("[", "]"), ("“", "”"), ("{", "}"))


def unbalanced(pair: Pair) -> Iterator[Hit]:
    """Find quotes and brackets that open and do not close, unless the source has the same."""
    marks = [
        opening + closing
        for opening, closing in _PAIRS
        if pair.target_text.count(opening) != pair.target_text.count(closing)
        and pair.source_text.count(opening) == pair.source_text.count(closing)
    ]
    if _odd_quotes(pair.target_text) and not _odd_quotes(pair.source_text):
        marks.append('""')
    if marks:
        yield Hit({"marks": marks})


def _odd_quotes(text: str) -> bool:
    # Inches and seconds of arc stand after a digit.
    return len(re.findall(r'(?<!\d)"', text)) % 2 == 1
