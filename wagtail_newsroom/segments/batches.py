"""Packs texts into requests, and cuts a text that is too long for one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SEPARATOR_LENGTH = 1
"""Characters that keep two texts of a request apart: one line break."""

# Latin, Arabic, Urdu, Devanagari and CJK ends of a sentence, with the quotes that close it.
_SENTENCE = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*\s+|[。！？]+[”’」』）]*\s*")
_CLAUSE = re.compile(r"[,;:،؛]\s+|\s[–—-]\s+|[，；：、]")
_WORD = re.compile(r"\s+")
_ZWJ = "\u200d"
_JOINED = f"\u200c\ufe0f{_ZWJ}"


def make_batches(texts: Sequence[str], *, max_chars: int, max_texts: int) -> list[list[int]]:
    """Return the texts' positions in batches that each fit in one request, order kept.

    Lengths are in characters; between texts a separator counts. A text that is too long by
    itself gets a batch of its own.
    """
    batches: list[list[int]] = []
    length = 0
    for position, text in enumerate(texts):
        longer = length + SEPARATOR_LENGTH + len(text)
        if batches and len(batches[-1]) < max_texts and longer <= max_chars:
            batches[-1].append(position)
            length = longer
        else:
            batches.append([position])
            length = len(text)
    return batches


def cut(text: str, limit: int) -> list[str]:
    """Return a text in pieces of at most `limit` characters that joined are the text again.

    Cuts come after the last sentence that fits, else after the last clause, else the last word,
    else anywhere but before a combining mark or a joiner.

    Raises:
        ValueError: when the limit is not positive.
    """
    if limit < 1:
        raise ValueError("A piece has at least one character.")
    pieces = []
    start = 0
    while len(text) - start > limit:
        end = _last_cut(text, start, start + limit)
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return pieces


def join(pieces: Sequence[str], answers: Sequence[str]) -> str:
    """Return the translations of a text's pieces as one text, with the spaces of the pieces."""
    joined = ""
    for piece, answer in zip(pieces, answers, strict=True):
        if joined and not joined.endswith(" ") and piece[:1].isspace():
            joined += " "
        joined += answer.strip()
        if piece[-1:].isspace() and not joined.endswith(" "):
            joined += " "
    return joined.strip()


def _last_cut(text: str, start: int, limit: int) -> int:
    """Return where the piece from `start` ends, at `limit` or before."""
    for ends in (_SENTENCE, _CLAUSE, _WORD):
        last = 0
        for match in ends.finditer(text, start, limit + 1):
            if start < match.end() <= limit:
                last = match.end()
            elif start < match.start() < limit and match[0][-1:].isspace():
                # Spaces beyond the limit start the next piece.
                last = limit
        if last:
            return last
    end = limit
    while end > start + 1 and (
        unicodedata.combining(text[end]) or text[end] in _JOINED or text[end - 1] == _ZWJ
    ):
        end -= 1
    return end if end > start + 1 else limit
