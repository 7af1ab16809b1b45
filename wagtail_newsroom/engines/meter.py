"""Counts what an engine is sent, and keeps it within what it may still be sent."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """What an engine was sent, whatever came back of it; the same text sent twice counts twice."""

    characters: int = 0
    """Characters of the texts, without what keeps them apart."""
    requests: int = 0


class Meter:
    """One engine's counts in one run.

    Texts are reserved before they go to the threads that send them, and counted when one begins.
    """

    def __init__(self, allowance: int | None = None) -> None:
        """Takes the characters that the engine may still be sent; None when there is no cap."""
        self._left = allowance
        self._sent = Sent()
        self._lock = threading.Lock()

    def reserve(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the texts that may be sent, and those that are too much."""
        if self._left is None:
            return list(texts), []
        fitting, others = [], []
        for text in texts:
            if len(text) <= self._left:
                self._left -= len(text)
                fitting.append(text)
            else:
                others.append(text)
        return fitting, others

    def release(self, texts: Sequence[str]) -> None:
        """Takes back the reservation of texts that were not sent."""
        if self._left is not None:
            self._left += sum(map(len, texts))

    def begin(self, texts: Sequence[str]) -> None:
        """Counts a request that goes out now; from any thread."""
        with self._lock:
            self._sent = Sent(self._sent.characters + sum(map(len, texts)), self._sent.requests + 1)

    def take(self) -> Sent:
        """Return what was sent since the last call."""
        with self._lock:
            sent, self._sent = self._sent, Sent()
        return sent
