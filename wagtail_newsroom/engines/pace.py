"""Keeps all workers of a site together within an engine's requests per minute.

The count lives in Django's cache, for every cache has `add`, which only one of several callers
wins. A limit of sixty is sixty keys that each last a minute: whoever adds one may send a request,
and in no sixty seconds are there more. A counter says whose turn each key is, oldest first. Where
its increments are not atomic, as in a database cache, two callers may get the same turn; then
`add` decides.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import quote

from django.core.cache import cache

logger = logging.getLogger("wagtail_newsroom.engines")

MINUTE = 60.0
_LASTING = 61
"""Seconds that a key lasts; some caches round the end down to a whole second."""
_LEAST_WAIT = 0.05
_NO_CACHE_FOR = 30.0
"""Seconds for which a cache that failed is not asked again; a dead one may be slow to say so."""


class Pace:
    """One engine's place in the queue of all workers; used by one thread."""

    _deaf_until: ClassVar[float] = 0.0
    _has_told: ClassVar[bool] = False

    def __init__(
        self, name: str, per_minute: int, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Takes the engine's name, and how many requests all workers may send it in a minute."""
        self.per_minute = per_minute
        self._prefix = f"wagtail_newsroom.pace.{quote(name, safe='')[:100]}"
        self._clock = clock
        self._turn: int | None = None

    def wait(self) -> float:
        """Takes leave for one request; return 0, or the seconds after which to ask again.

        A cache that fails is told of once, and holds nothing up.
        """
        if time.monotonic() < Pace._deaf_until:
            return 0.0
        try:
            seconds = self._claim()
        except Exception as error:  # noqa: BLE001 - each cache raises its own kind
            Pace._deaf_until = time.monotonic() + _NO_CACHE_FOR
            if not Pace._has_told:
                Pace._has_told = True
                logger.error(
                    "The cache failed with %s; limits of requests per minute are not kept",
                    type(error).__name__,
                )
            return 0.0
        Pace._has_told = False
        return seconds

    def _claim(self) -> float:
        if self._turn is not None and self._is_won(self._turn):
            self._turn = None
            return 0.0
        # Somebody else was quicker, or there was no turn yet.
        self._turn = self._next_turn()
        if self._is_won(self._turn):
            self._turn = None
            return 0.0
        free_at = cache.get(self._key(self._turn))
        seconds = free_at - self._clock() if isinstance(free_at, float) else 0.0
        return min(max(seconds, _LEAST_WAIT), MINUTE)

    def _is_won(self, turn: int) -> bool:
        return cache.add(self._key(turn), self._clock() + _LASTING, timeout=_LASTING)

    def _next_turn(self) -> int:
        counter = f"{self._prefix}.turn"
        cache.add(counter, 0, timeout=None)
        try:
            return int(cache.incr(counter)) % self.per_minute
        except ValueError:
            # The counter is gone already, as in a cache that keeps nothing.
            return int(self._clock() * 1000) % self.per_minute

    def _key(self, turn: int) -> str:
        return f"{self._prefix}.{turn}"
