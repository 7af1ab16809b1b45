"""Gives a text the typography of its language: letters, digits, marks, half-spaces.

A machine's answer goes through here. A person's words do so only when that person asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..scripts import primary
from .arabic import RULES as ARABIC
from .persian import RULES as PERSIAN
from .reading import Edit, Reading, read
from .rule import Rule
from .shelter import shelter

__all__ = ["LANGUAGES", "Edit", "Rule", "edits_by", "rules_for", "tidy"]

LANGUAGES: Mapping[str, Mapping[str, Rule]] = {
    "fa": PERSIAN,
    # Dari, which some code by itself and others as fa-AF.
    "prs": PERSIAN,
    "ar": ARABIC,
}
"""The rules of each language, by name, in the order in which they run."""

_ROUNDS = 6
"""One rule may make work for another; a text is settled after two or three rounds."""


def rules_for(language: str) -> Mapping[str, Rule]:
    """Return the rules for a language code such as `fa` or `fa-ir`; none for most languages."""
    return LANGUAGES.get(primary(language), {})


def tidy(fragment: str, language: str, *, rules: Collection[str] | None = None) -> str:
    """Return an HTML fragment with the typography of its language.

    Tags, addresses, placeholders, Latin words and the values of numbers stay as they are. The
    result, tidied again, is the same. `rules` names those that may run; None means all.

    Raises:
        ValueError: when no language has a rule of that name.
    """
    unknown = set(rules or ()).difference(*LANGUAGES.values())
    if unknown:
        raise ValueError(f"There is no tidying rule called {', '.join(sorted(unknown))}.")
    chosen = [rule for name, rule in rules_for(language).items() if rules is None or name in rules]
    reading = read(fragment) if chosen else None
    settled = _settled(reading, chosen) if reading else reading
    return fragment if settled is reading or settled is None else settled.fragment


def edits_by(rule: Rule, reading: Reading) -> list[Edit]:
    """Return what one rule would change in a text."""
    return [
        Edit(edit.start, reading.text[edit.start : edit.end], edit.new)
        for edit in rule(shelter(reading.text))
    ]


def _settled(reading: Reading, rules: list[Rule]) -> Reading:
    for _ in range(_ROUNDS):
        before = reading
        seen = shelter(reading.text)
        for rule in rules:
            edits = list(rule(seen))
            if edits:
                # The same edits in the sheltered text save the sheltering after each rule.
                reading, seen = reading.changed(edits), Reading(seen).changed(edits).text
        if reading is before:
            break
    return reading
