"""The check that both texts tell the same figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import figures, untold
from .findings import Hit
from .pair import Pair

_DIGIT = re.compile(r"\d")


def numbers(pair: Pair) -> Iterator[Hit]:
    """Find figures that one text has and the other does not tell in any way."""
    # Words alone ask for nothing, see `asked`.
    if not (_DIGIT.search(pair.source_words) or _DIGIT.search(pair.target_words)):
        return
    before = figures(pair.source_words, pair.source)
    after = figures(pair.target_words, pair.target)
    missing, added = untold(before, after), untold(after, before)
    if missing or added:
        yield Hit({"missing": missing, "added": added})
