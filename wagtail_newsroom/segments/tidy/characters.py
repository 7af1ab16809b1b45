"""The characters of the Arabic script, as rules name them in regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .reading import Edit
from .shelter import SHELTERED

LETTERS = "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
"""Letters, without tatweel."""
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Vowel signs and other marks that stand over and under letters."""
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
"""Digits of the three systems that news texts mix."""
HALF_SPACE = "\u200c"
"""The zero-width non-joiner, which parts two letters without a space."""
SPACES = " \u00a0\t"
"""What counts as a space inside a line; a line break does not."""
OTHER = SHELTERED
"""What is hidden from the rules: a Latin word or an address."""

Replace = Callable[["re.Match[str]"], str]


def edits(pattern: re.Pattern[str], new: str | Replace, text: str) -> Iterator[Edit]:
    """Yield, for each match of a pattern, the smallest edit that makes it read `new`."""
    for match in pattern.finditer(text):
        edit = smallest(match.start(), match[0], new if isinstance(new, str) else new(match))
        if edit:
            yield edit


def smallest(start: int, old: str, new: str) -> Edit | None:
    """Return an edit without what old and new text share at both ends; None if they are equal."""
    if old == new:
        return None
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(start + head, old[head : len(old) - tail], new[head : len(new) - tail])
