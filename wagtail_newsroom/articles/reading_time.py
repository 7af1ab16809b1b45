"""How long a text takes to read."""

from __future__ import annotations

import re
from math import ceil

# A word is what stands between spaces and dashes and has a letter or a digit. A half-space is
# neither a space nor a boundary: می‌رود is one word.
_WORD = re.compile(r"[^\s—–/]*\w[^\s—–/]*")  # noqa: RUF001 - the en dash is meant


def count_words(text: str) -> int:
    """Return the number of words of a text."""
    return len(_WORD.findall(text))


def minutes_to_read(words: int, *, per_minute: int) -> int:
    """Return how many minutes a number of words takes, rounded up; 0 for none."""
    return ceil(words / per_minute)
