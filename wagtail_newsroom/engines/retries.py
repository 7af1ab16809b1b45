"""Decides what becomes of a text whose request failed: asked again, asked apart, or given up."""

from __future__ import annotations

import random
from enum import Enum

from ..segments.reasons import Reason

TRIES = 3
"""Requests for a text before it is given up, while the engine has answered nothing."""
TRIES_WHILE_ALIVE = 8
"""The same once the engine has answered: of three in ten failing requests none loses a text."""
FIRST_PAUSE = 0.5
"""Seconds before the second try; each later pause is twice as long, up to `LONGEST_BACK_OFF`."""
LONGEST_BACK_OFF = 8.0

_IN_ONE_TEXT = frozenset({Reason.TOO_LONG, Reason.BAD_ANSWER})
"""Reasons that may lie in one text of a request, or in their number."""
_IN_ONE_TEXT_AT_LAST = frozenset({Reason.SERVER_ERROR, Reason.TIMEOUT})
"""The same, if they come again and again while other requests are answered."""


class Fate(Enum):
    """What becomes of a text that failed."""

    AGAIN = "again"
    APART = "apart"
    """In a smaller request, since one text may be to blame for what happened to all."""
    GIVEN_UP = "given up"


def fate_of(reason: Reason, *, tries: int, texts: int, is_alive: bool) -> Fate:
    """Return what becomes of a text after so many tries in a request of so many texts.

    `is_alive` says whether the engine has answered any request of this job.
    """
    is_stubborn = is_alive and tries >= TRIES
    if texts > 1 and (reason in _IN_ONE_TEXT or (is_stubborn and reason in _IN_ONE_TEXT_AT_LAST)):
        return Fate.APART
    if reason.may_pass and tries < (TRIES_WHILE_ALIVE if is_alive else TRIES):
        return Fate.AGAIN
    return Fate.GIVEN_UP


def pause_after(tries: int) -> float:
    """Return the seconds before another try: longer each time, and never at the same beat."""
    pause = min(FIRST_PAUSE * 2.0 ** (tries - 1), LONGEST_BACK_OFF)
    return pause * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
