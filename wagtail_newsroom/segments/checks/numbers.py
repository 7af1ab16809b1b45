"""The check that both texts tell the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from .figures import figures, untold
from .findings import Hit
from .pair import Pair


def numbers(pair: Pair) -> Iterator[Hit]:
    """Find figures that one text has and the other does not tell in any way."""
    before = figures(pair.source_words, pair.source)
    after = figures(pair.target_words, pair.target)
    missing, added = untold(before, after), untold(after, before)
    if missing or added:
        yield Hit({"missing": missing, "added": added})
