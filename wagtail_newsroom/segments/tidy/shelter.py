"""What no rule may touch: addresses, placeholders, Latin words with their digits, phones."""

from __future__ import annotations

import functools
import re

from ..markup import Kind, split_atoms

SHELTERED = "\ufffc"
"""Stands for each character that rules must leave alone, so that positions stay the same."""

_LATIN = "A-Za-z\u00c0-\u024f"
_LATIN_WORD = (
    # The digits of H1N1, 5G, F-16, v2.1 and COVID-19 belong to the word.
    rf"(?:(?<![0-9.])[0-9]+(?:\.[0-9]+)*-?)?[{_LATIN}][{_LATIN}0-9_]*"
    rf"(?:[-.'’/&+:_][{_LATIN}0-9_]+)*"
)
_SHELTERED = re.compile(
    "|".join(
        [
            # "PMOI / MEK" and "Reuters, AP", but nothing with quotes or brackets between.
            rf"{_LATIN_WORD}(?:[ ]?[/&,.:;–-]?[ ]?{_LATIN_WORD})*(?: [0-9]+(?:\.[0-9]+)+)?",
            # Phones: with a plus, or a zero in front and groups.
            r"\+[0-9](?:[ ()/-]{0,2}[0-9]){5,16}(?![.,:]?[0-9])",
            r"(?<![0-9.,/:])\(?0[0-9]{1,3}\)?(?:[ -]?[0-9]{2,4}){2,4}(?![.,:]?[0-9])",
            # Versions and IP addresses; a date with dots has a year at one end.
            r"(?<![0-9.])(?![0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9.]))(?![0-9]{4}\.)"
            r"[0-9]+(?:\.[0-9]+){2,}(?![0-9])",
        ]
    )
)
_MAY_SHELTER = re.compile(rf"[{_LATIN}@#{{%&<+]|0[0-9]|[0-9]\.[0-9]|\w\.\w")


# One rule after the other asks for the same text.
@functools.lru_cache(maxsize=64)
def shelter(text: str) -> str:
    """Return a plain text with every character that rules must leave alone hidden.

    The result is as long as the text; what is hidden reads as `SHELTERED`.
    """
    if not _MAY_SHELTER.search(text):
        return text
    return "".join(
        SHELTERED * len(part.text) if part.kind is Kind.ATOM else _hide_words(part.text)
        for part in split_atoms(text)
    )


def _hide_words(text: str) -> str:
    return _SHELTERED.sub(lambda match: SHELTERED * len(match[0]), text)
