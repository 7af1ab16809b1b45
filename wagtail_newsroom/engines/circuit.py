"""Leaves an engine alone for a while after it failed repeatedly.

What one job learned holds for the next ones of the process, which do not wait for a dead engine
again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ..segments.reasons import Reason
from .base import Engine

# Failures in a row that open the circuit. An engine that nobody can reach shows at once; single
# failing requests are what retries are for, and at three in ten of them eight in a row are rare.
_LIMITS = {Reason.UNREACHABLE: 3, Reason.REFUSED: 3, Reason.BROKEN: 3, Reason.TIMEOUT: 4}
_OTHERS = 8
_BLAMELESS = frozenset({Reason.TOO_LONG, Reason.NOT_SUPPORTED})
"""Reasons that lie in the text, not in the engine."""


class Circuit:
    """Counts an engine's failed requests in a row; several jobs may share one."""

    def __init__(self, *, pause: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Takes the seconds that the circuit stays open before one request may try again."""
        self.pause = pause
        self.reason: Reason | None = None
        """Why the circuit opened; None while it is closed."""
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0
        self._lock = threading.RLock()

    @property
    def is_open(self) -> bool:
        """Whether no request may go out."""
        with self._lock:
            return self.reason is not None and self._clock() < self._open_until

    @property
    def is_testing(self) -> bool:
        """Whether the pause is over and a single request may find out how things stand."""
        with self._lock:
            return self.reason is not None and not self.is_open

    def succeeded(self) -> None:
        """Notes a request that was answered; closes the circuit."""
        with self._lock:
            self.reason = None
            self._failures = 0

    def failed(self, reason: Reason) -> None:
        """Notes a request that failed; opens the circuit after too many in a row."""
        if reason in _BLAMELESS:
            return
        with self._lock:
            self._failures += 1
            if self.is_testing or self._failures >= _LIMITS.get(reason, _OTHERS):
                self.open(reason)

    def open(self, reason: Reason, pause: float | None = None) -> None:
        """Opens the circuit, for its pause or for as many seconds as are given."""
        with self._lock:
            self.reason = reason
            self._open_until = self._clock() + (self.pause if pause is None else pause)


_shared: dict[str, Circuit] = {}
"""The process's circuits, by the engine's entry in the settings."""
_lock = threading.Lock()


def circuit_of(engine: Engine) -> Circuit:
    """Return the circuit that all jobs of this process share for an engine of the settings.

    An engine that was not made from settings gets one of its own.
    """
    if engine.setting is None:
        return Circuit()
    with _lock:
        return _shared.setdefault(engine.setting, Circuit())


def forget_circuits() -> None:
    """Closes the circuits of this process, as a restart would."""
    with _lock:
        _shared.clear()
