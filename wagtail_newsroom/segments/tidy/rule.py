"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .reading import Edit

Rule = Callable[[str], Iterable[Edit]]
"""Takes a sheltered plain text (see `shelter`) and says what to change in it."""
