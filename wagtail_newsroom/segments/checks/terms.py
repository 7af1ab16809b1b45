"""Checks against the glossary: the approved translation, and those that are not to be used."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..tidy.characters import MARKS
from ..tidy.reading import Edit
from .findings import Fix, Hit
from .pair import Pair


def glossary_missed(pair: Pair) -> Iterator[Hit]:
    """Find terms of the source whose approved translation is not in the text."""
    if pair.glossary:
        for term in pair.glossary.missed(pair.source_fragment, pair.target_fragment):
            yield Hit({"term": term.source, "translation": term.target})


def forbidden_variant(pair: Pair) -> Iterator[Hit]:
    """Find translations of a term that are not to be used."""
    if not pair.glossary:
        return
    for term, variant in pair.glossary.forbidden(pair.source_fragment, pair.target_fragment):
        edits = tuple(
            Edit(match.start(), match[0], term.target)
            for match in _written(variant).finditer(pair.reading.text)
        )
        fixes = (Fix("use-translation", edits),) if edits else ()
        yield Hit({"term": term.source, "variant": variant, "translation": term.target}, fixes)


_GAP = "(?: |\u200c| \u200c)"
_SAME = {"ی": "[یيى]", "ک": "[کك]"}


@functools.lru_cache(maxsize=1024)
def _written(variant: str) -> re.Pattern[str]:
    """Return what finds a variant to replace: whole words, with no ending but a joined one."""
    words = (
        "".join(_SAME.get(char) or re.escape(char) for char in word)
        for word in re.split("[ \u200c]+", variant.strip())
    )
    return re.compile(rf"(?<!\w){_GAP.join(words)}(?![\w{MARKS}])", re.IGNORECASE)
