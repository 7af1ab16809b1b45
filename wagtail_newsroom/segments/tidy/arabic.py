"""The rules of Arabic: the few that no house style disputes. Digits differ between countries."""

from __future__ import annotations

from .letters import arabic_letters, invisible
from .punctuation import quotes, signs, spacing
from .rule import Rule

RULES: dict[str, Rule] = {
    "letters": arabic_letters,
    "invisible": invisible,
    "quotes": quotes,
    "punctuation": signs,
    "spacing": spacing,
}
"""Each rule by the name of its switch."""
