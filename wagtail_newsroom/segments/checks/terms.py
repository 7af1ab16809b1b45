"""Checks against the glossary: the agreed translation, and those agreed not to be used."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..tidy.characters import LETTERS, MARKS
from ..tidy.reading import Edit
from .findings import Fix, Hit
from .pair import Pair, Term

_SAME = {
    "ی": "[یيى]",
    "ک": "[کك]",
    "ه": "[هة]",
    " ": "[ \u00a0\u200c]{1,2}",
    "\u200c": "[ \u200c]?",
}
_PERSIAN_ENDING = f"(?:[{MARKS}]|\u200c?(?:ها|های|هایی|ی|ای|ان|ام|اش|مان|تان|شان))?"
_ENGLISH_ENDING = "(?:[’']s?|(?:e?s)[’']?)?"


@functools.lru_cache(maxsize=4096)
def _pattern(term: str, *, is_case_sensitive: bool = False) -> re.Pattern[str]:
    """Return what finds a term as whole words, in the plural and with a half-space or a space."""
    text = " ".join(term.split())
    if text[-1:] == "y" and text[-2:-1] not in "aeiou":
        written, ending = _written(text[:-1]), "(?:y(?:[’']s?)?|ies[’']?)"
    else:
        is_arabic = re.search(f"[{LETTERS}]$", text)
        written, ending = _written(text), _PERSIAN_ENDING if is_arabic else _ENGLISH_ENDING
    return re.compile(
        rf"(?<![\w{MARKS}])(?P<term>{written}){ending}(?![\w{MARKS}])",
        0 if is_case_sensitive else re.IGNORECASE,
    )


def _written(text: str) -> str:
    return "".join(_SAME.get(char) or re.escape(char) for char in text)


@functools.lru_cache(maxsize=4096)
def _beginning(term: str) -> re.Pattern[str]:
    """Return what finds a translation with any ending: ایران in ایرانیان."""
    return re.compile(rf"(?<!\w){_written(' '.join(term.split()))}", re.IGNORECASE)


def glossary_missed(pair: Pair) -> Iterator[Hit]:
    """Find terms of the source whose agreed translation is not in the text."""
    for term in _terms_in(pair):
        translation = term.translation or term.term
        if not _beginning(translation).search(pair.target_text):
            yield Hit({"term": term.term, "translation": translation})


def forbidden_variant(pair: Pair) -> Iterator[Hit]:
    """Find translations of a term that are agreed not to be used."""
    for term in _terms_in(pair):
        translation = term.translation or term.term
        for variant in term.forbidden:
            edits = tuple(
                Edit(match.start("term"), match["term"], translation)
                for match in _pattern(variant).finditer(pair.reading.text)
            )
            if edits:
                values = {"term": term.term, "variant": variant, "translation": translation}
                yield Hit(dict(values), (Fix("use-translation", edits),))


def _terms_in(pair: Pair) -> Iterator[Term]:
    """Yield the terms in the source, without those that are only part of a longer one."""
    text = pair.source_text
    lower = text.lower()
    found: list[tuple[int, int]] = []
    for term in sorted(pair.glossary, key=lambda term: -len(term.term)):
        # Of a term in another script nothing is found anyway; this spares most searches.
        stem = term.term.lower().rstrip("y")
        if not stem.strip() or (stem.isascii() and stem not in lower):
            continue
        spans = [
            match.span()
            for match in _pattern(term.term, is_case_sensitive=term.is_case_sensitive).finditer(
                text
            )
        ]
        free = [
            (start, end)
            for start, end in spans
            if not any(start < taken_end and end > taken for taken, taken_end in found)
        ]
        if free:
            found += free
            yield term
