"""What makes a translation urgent; the rules stand above the desk and register here."""

from __future__ import annotations

from collections.abc import Callable, Collection

Pair = tuple[int, int]
"""The keys of a live original and of its live translation, both pages."""
Rule = Callable[[Collection[Pair]], set[Pair]]
"""Returns those of some pairs that are urgent, in a number of queries that does not grow with them."""

_rules: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Have a rule say which translations are urgent."""
    _rules[name] = rule


def urgent_of(pairs: Collection[Pair]) -> set[Pair]:
    """Return the pairs that any rule calls urgent."""
    found: set[Pair] = set()
    for rule in _rules.values() if pairs else ():
        found |= rule(pairs)
    return found
