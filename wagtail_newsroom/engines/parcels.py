"""Texts that wait to be sent, packed as they travel."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..segments.batches import make_batches


@dataclass(order=True)
class Parcel:
    """Texts that travel in one request, and when they may."""

    ready_at: float
    """A moment of `time.monotonic`."""
    number: int
    texts: list[str] = field(compare=False)
    tries: int = field(default=0, compare=False)
    """How often they were sent already."""


class Waiting:
    """The parcels that wait, the next one first."""

    def __init__(self, *, max_chars: int, max_texts: int) -> None:
        """Takes an engine's limits for a request."""
        self.max_chars = max_chars
        self.max_texts = max_texts
        self._heap: list[Parcel] = []
        self._known: set[str] = set()
        self._numbers = itertools.count()

    def __bool__(self) -> bool:
        return bool(self._heap)

    @property
    def ready_at(self) -> float:
        """When the next parcel may be sent; there must be one."""
        return self._heap[0].ready_at

    def add(self, texts: Iterable[str]) -> None:
        """Packs texts that were not added before."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(fresh)
        for batch in make_batches(fresh, max_chars=self.max_chars, max_texts=self.max_texts):
            self.put([fresh[position] for position in batch])

    def put(self, texts: Sequence[str], *, tries: int = 0, ready_at: float = 0.0) -> None:
        """Lets texts wait as one parcel; does nothing when there are none."""
        if texts:
            self.put_back(Parcel(ready_at, next(self._numbers), list(texts), tries))

    def put_back(self, parcel: Parcel) -> None:
        """Lets a parcel wait again, in its old place."""
        heapq.heappush(self._heap, parcel)

    def take(self) -> Parcel:
        """Return the next parcel, which waits no longer."""
        return heapq.heappop(self._heap)

    def take_all(self) -> list[Parcel]:
        """Return all parcels, which wait no longer."""
        parcels, self._heap = self._heap, []
        return parcels
