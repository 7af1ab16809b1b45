"""Checks for what must stand in both texts letter by letter: addresses and acronyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..markup import Kind, Part
from ..tidy.reading import Edit
from .findings import Fix, Hit
from .pair import Pair


def addresses(pair: Pair) -> Iterator[Hit]:
    """Find web and mail addresses, handles, hashtags and placeholders that changed."""
    before, after = _atoms(pair.source_parts), _atoms(pair.target_parts)
    missing, added = sorted((before - after).elements()), sorted((after - before).elements())
    if not missing and not added:
        return
    fixes: tuple[Fix, ...] = ()
    if len(missing) == len(added) == 1:
        place = pair.reading.text.find(added[0])
        if place >= 0:
            fixes = (Fix("restore-address", (Edit(place, added[0], missing[0]),)),)
    yield Hit({"missing": missing, "added": added}, fixes)


def _atoms(parts: list[Part]) -> Counter[str]:
    return Counter(
        part.text for part in parts if part.kind is Kind.ATOM and part.text[0] not in "<&"
    )


_IN_PARENTHESES = re.compile(r"\(([^()]{2,60})\)")
_ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z][A-Z0-9&]{1,9}|(?:[A-Z]\.){2,6})(?![\w-])")


def acronyms(pair: Pair) -> Iterator[Hit]:
    """Find acronyms that stood in parentheses and are nowhere in the translation."""
    told = pair.target_text.replace(".", "").upper()
    missing = [
        acronym
        for inside in _IN_PARENTHESES.findall(pair.source_text)
        if not any(char.islower() for char in inside)
        for acronym in _ACRONYM.findall(inside)
        if not re.search(rf"(?<![A-Z0-9]){re.escape(acronym.replace('.', ''))}(?![A-Z0-9])", told)
    ]
    if missing:
        yield Hit({"acronyms": missing})
