"""What comes of a fragment: a draft or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from ..segments.reasons import Reason


@dataclass(frozen=True)
class Draft:
    """A translation that was checked as far as a machine can."""

    text: str
    """An HTML fragment with the source's tags."""
    engine: str
    """The name of the engine that made it, or `copy`."""


@dataclass(frozen=True)
class Refusal:
    """Why there is no translation."""

    reason: Reason
    engine: str
    """The name of the engine that the reason is about; empty when there was none."""


Result = Draft | Refusal
