"""Checks for tags, for what does not belong into a text, and for what masking left behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..cleaning import INLINE_TAGS, TAG_LIKE, clean_markup
from ..markup import is_nested, tags_of
from ..tidy.reading import Reading, read
from ..tokens import leftover_tokens
from .findings import Fix, Hit
from .pair import Pair


def tags(pair: Pair) -> Iterator[Hit]:
    """Find tags and link ids that were lost, added or torn apart."""
    before, after = tags_of(pair.source_fragment), tags_of(pair.target_fragment)
    if before != after:
        yield Hit({"missing": _listed(before - after), "added": _listed(after - before)})
    elif is_nested(pair.source_fragment) and not is_nested(pair.target_fragment):
        yield Hit({"missing": [], "added": []})


def _listed(tags: Counter[str]) -> list[str]:
    return sorted(tags.elements())


_SAFE_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(INLINE_TAGS))})/?>|<a id=\"[A-Za-z0-9_-]{{1,40}}\">"
)
# Embeddings and overrides turn the text around that a reviewer reads.
# https://trojansource.codes/ shows what hides in that.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def hostile(pair: Pair) -> Iterator[Hit]:
    """Find scripts, styles, attributes, comments, and characters that turn or hide text."""
    # What the source has, the translation may have.
    found = [
        tag
        for tag in tags_of(pair.target_fragment) - tags_of(pair.source_fragment)
        if not _SAFE_TAG.fullmatch(tag)
    ]
    # Comments and the like, which are no tags.
    others = Counter(_others(pair.reading)) - Counter(_others(read(pair.source_fragment)))
    found += others.elements()
    # Escaped markup is harmless, and is nothing that a translation adds.
    told = Counter(TAG_LIKE.findall(pair.source_text))
    found += (Counter(TAG_LIKE.findall(pair.target_text)) - told).elements()
    marks = _OVERRIDES.findall(pair.target_text) + _CONTROLS.findall(pair.target_text)
    if found or (marks and not _OVERRIDES.search(pair.source_text)):
        found += [f"U+{ord(mark):04X}" for mark in marks]
        clean = _CONTROLS.sub("", _OVERRIDES.sub("", clean_markup(pair.target_fragment)))
        fixes = (Fix("remove-markup", fragment=clean),) if clean != pair.target_fragment else ()
        yield Hit({"found": [text[:80] for text in found[:10]]}, fixes)


def _others(reading: Reading) -> Iterator[str]:
    return (
        mark.raw
        for mark in reading.marks
        if mark.is_tag and not _SAFE_TAG.fullmatch(mark.raw) and not tags_of(mark.raw)
    )


def tokens(pair: Pair) -> Iterator[Hit]:
    """Find stand-ins for tags or addresses that were not put back."""
    left = leftover_tokens(pair.target_text) - leftover_tokens(pair.source_text)
    if left:
        yield Hit({"tokens": sorted(left)})
