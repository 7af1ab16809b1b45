"""The stand-ins that go to an engine in place of tags, and how they are found again.

They are capital letters without digits, from a sparse alphabet: engines leave such words alone
and neither read numbers in them nor change those to another digit system.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_HEADS = "ZQXJ"
_TAILS = "BCDFGHKLMNPRST"
# What engines put inside or around a word they do not know: spaces, half-spaces, bidi marks.
_MARKS = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_GAP = rf"[\s{_MARKS}]{{0,3}}"
_GAPS = re.compile(rf"[\s{_MARKS}]+")
_LEFTOVER = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(''.join(pair) for pair in itertools.permutations(_HEADS, 2))})"
    rf"[{_TAILS}]{{1,3}}(?![A-Za-z])"
)


def tokens_for(count: int, text: str) -> list[str]:
    """Return as many tokens, all alike in length, none of which can be found in the text."""
    width = 1
    while len(_TAILS) ** width < count:
        width += 1
    lower, squeezed = text.lower(), _GAPS.sub("", text).lower()
    for head in _heads():
        tails = itertools.islice(itertools.product(_TAILS, repeat=width), count)
        found = [head + "".join(tail) for tail in tails]
        if head.lower() not in lower and not (
            head.lower() in squeezed and any(token.lower() in squeezed for token in found)
        ):
            return found
    raise AssertionError("a text holds every token")  # pragma: no cover - tokens never run out


def _heads() -> Iterator[str]:
    for length in itertools.count(2):
        for letters in itertools.product(_HEADS, repeat=length):
            if all(one != other for one, other in itertools.pairwise(letters)):
                yield "".join(letters)


def head_of(token: str) -> str:
    """Return the letters that a token shares with all others of its text."""
    return token.rstrip(_TAILS)


def split_at_tokens(text: str, tokens: list[str]) -> list[str | int]:
    """Return a text's stretches and, between them, the positions of the tokens found in it.

    A token counts as found in any case, with spaces, half-spaces or marks inside; unless it is
    whole and in capitals it must not touch other Latin letters.
    """
    if not tokens:
        return [text]
    number = {token.lower(): position for position, token in enumerate(tokens)}
    head = head_of(tokens[0])
    letters = [*head, *[f"[{_TAILS}]"] * (len(tokens[0]) - len(head))]
    pattern = re.compile(
        rf"{''.join(letters)}|(?<![A-Za-z])(?i:{_GAP.join(letters)})(?![A-Za-z])",
        # Outside ASCII, ignoring case would let a long s or a Kelvin sign pass for a letter.
        re.ASCII,
    )
    stretches: list[str | int] = []
    position = 0
    for match in pattern.finditer(text):
        found = number.get(_GAPS.sub("", match[0]).lower())
        if found is not None:
            stretches += [text[position : match.start()], found]
            position = match.end()
    return [*stretches, text[position:]]


def leftover_tokens(text: str) -> set[str]:
    """Return the words of a text that look like tokens."""
    return set(_LEFTOVER.findall(text))
