"""The rules of Persian."""

from __future__ import annotations

from .half_spaces import (
    half_space_edges,
    plural_endings,
    superlatives,
    to_be_endings,
    verb_prefixes,
)
from .letters import invisible, persian_letters
from .numerals import digits, number_signs, times_and_dates
from .punctuation import quotes, signs, spacing
from .rule import Rule

RULES: dict[str, Rule] = {
    "letters": persian_letters,
    "invisible": invisible,
    "digits": digits,
    "times-and-dates": times_and_dates,
    "number-signs": number_signs,
    "quotes": quotes,
    "punctuation": signs,
    "spacing": spacing,
    "half-space-edges": half_space_edges,
    "verb-prefixes": verb_prefixes,
    "plural-endings": plural_endings,
    "to-be-endings": to_be_endings,
    "superlatives": superlatives,
}
"""Each rule by the name of its switch."""
