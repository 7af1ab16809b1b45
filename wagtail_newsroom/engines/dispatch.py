"""Sends texts to one engine: batches, parallel requests, retries, and a circuit that opens."""

from __future__ import annotations

import heapq
import itertools
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from ..segments.batches import make_batches
from ..segments.reasons import Reason
from .base import Engine, Failed, Outcome, Translated
from .circuit import Circuit
from .retries import Fate, fate_of, pause_after

logger = logging.getLogger("wagtail_newsroom.engines")

LONGEST_PAUSE = 60.0
"""Seconds that a job waits at most because an engine asks for it."""
HEARTBEAT = 2.0
"""Seconds after which the caller hears something even if nothing arrived."""


@dataclass(order=True)
class _Parcel:
    """Texts that travel in one request, and when they may."""

    ready_at: float
    number: int
    texts: list[str] = field(compare=False)
    tries: int = field(default=0, compare=False)


class Dispatch:
    """One engine's requests in one job.

    Only the engine's `translate` runs in other threads, and all that is decided is decided in the
    caller's. The caller may stop at any `yield`; `close` then interrupts what is under way.
    """

    def __init__(
        self, engine: Engine, circuit: Circuit, *, source: str, target: str, deadline: float
    ) -> None:
        """Takes the languages and the moment of `time.monotonic` at which the job must end."""
        self.engine = engine
        self.circuit = circuit
        self.source = source
        self.target = target
        self.deadline = deadline
        self.outcomes: dict[str, Outcome] = {}
        """What is known of each text so far."""
        self._queue: list[_Parcel] = []
        self._under_way: dict[Future[list[Outcome]], _Parcel] = {}
        self._asked: set[str] = set()
        self._numbers = itertools.count()
        self._not_before = 0.0
        self._has_asked = False
        self._has_answered = False
        # Threads start with the first request, so an engine that is not asked has none.
        self._threads = ThreadPoolExecutor(engine.parallel, f"newsroom-{engine.name}")

    def ask(self, texts: Iterable[str]) -> None:
        """Queues texts that were not asked for before."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._asked]
        self._asked.update(fresh)
        for batch in make_batches(
            fresh, max_chars=self.engine.max_chars, max_texts=self.engine.max_texts
        ):
            self._put([fresh[position] for position in batch])

    def arrivals(self) -> Iterator[dict[str, Outcome]]:
        """Yield outcomes by text as they come, and an empty one when nothing does for a while."""
        spoke_at = time.monotonic()
        while self._queue or self._under_way:
            now = time.monotonic()
            arrived = self._give_up_if_pointless()
            self._send(now)
            if not arrived and self._under_way:
                patience = self._patience(now, spoke_at)
                done, _ = wait(self._under_way, patience, return_when=FIRST_COMPLETED)
                for future in done:
                    arrived |= self._take(future)
            elif not arrived and self._queue:
                time.sleep(self._patience(now, spoke_at))
            self.outcomes |= arrived
            if arrived or time.monotonic() - spoke_at >= HEARTBEAT:
                yield arrived
                spoke_at = time.monotonic()

    def close(self) -> None:
        """Drops what waits, interrupts what is under way and ends all threads."""
        self._queue.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.engine.close()
        self._threads.shutdown(wait=True)
        # A thread that was just about to ask may have opened a connection in the meantime.
        self.engine.close()

    def _put(self, texts: Sequence[str], *, tries: int = 0, ready_at: float = 0.0) -> None:
        if texts:
            parcel = _Parcel(ready_at, next(self._numbers), list(texts), tries)
            heapq.heappush(self._queue, parcel)

    def _send(self, now: float) -> None:
        """Hands parcels to the threads: a few more than are sent at a time, so that none idles
        while the caller stores what arrived.
        """
        room = 1 if self.circuit.is_testing else 2 * self.engine.parallel
        while (
            self._queue
            and len(self._under_way) < room
            and max(self._queue[0].ready_at, self._not_before) <= now
        ):
            parcel = heapq.heappop(self._queue)
            future = self._threads.submit(
                self.engine.translate, parcel.texts, source=self.source, target=self.target
            )
            self._under_way[future] = parcel
            self._has_asked = True

    def _patience(self, now: float, spoke_at: float) -> float:
        """Return for how many seconds there is nothing to do but wait."""
        until = min(spoke_at + HEARTBEAT, self.deadline)
        if self._queue:
            ready_at = max(self._queue[0].ready_at, self._not_before)
            if ready_at > now:
                until = min(until, ready_at)
        return max(0.0, until - now)

    def _give_up_if_pointless(self) -> dict[str, Outcome]:
        """Return failures for all that waits, when time is over or the circuit is open."""
        if time.monotonic() >= self.deadline:
            parcels = [*self._queue, *self._under_way.values()]
            self._under_way.clear()
            reason = Reason.BUDGET
        elif self.circuit.is_open:
            self._call_back()
            parcels = list(self._queue)
            # Why it opened is known to whoever was there; later it is only found open.
            reason = (self._has_asked and self.circuit.reason) or Reason.CIRCUIT_OPEN
        else:
            return {}
        self._queue.clear()
        return {text: Failed(reason) for parcel in parcels for text in parcel.texts}

    def _call_back(self) -> None:
        """Puts parcels that no thread has begun with back into the queue."""
        for future in list(self._under_way):
            if future.cancel():
                heapq.heappush(self._queue, self._under_way.pop(future))

    def _take(self, future: Future[list[Outcome]]) -> dict[str, Outcome]:
        """Return what is final of a request's outcomes, and queue the rest again."""
        parcel = self._under_way.pop(future)
        outcomes = self._read(future, len(parcel.texts))
        self._judge(outcomes)
        final: dict[str, Outcome] = {}
        again: list[str] = []
        apart: list[str] = []
        tries = parcel.tries + 1
        for text, outcome in zip(parcel.texts, outcomes, strict=True):
            if isinstance(outcome, Translated):
                final[text] = outcome
                continue
            match fate_of(
                outcome.reason, tries=tries, texts=len(outcomes), is_alive=self._has_answered
            ):
                case Fate.AGAIN:
                    again.append(text)
                case Fate.APART:
                    apart.append(text)
                case Fate.GIVEN_UP:
                    final[text] = outcome
        ready_at = time.monotonic() + pause_after(tries)
        middle = (len(apart) + 1) // 2
        self._put(again, tries=tries, ready_at=ready_at)
        self._put(apart[:middle], tries=1, ready_at=ready_at)
        self._put(apart[middle:], tries=1, ready_at=ready_at)
        return final

    def _read(self, future: Future[list[Outcome]], count: int) -> list[Outcome]:
        """Return a request's outcomes, whatever the engine's code made of it."""
        error = future.exception()
        if error is not None:
            # Its message may quote a text or a key.
            logger.error("Engine %s raised %s", self.engine.name, type(error).__name__)
            return [Failed(Reason.BROKEN, detail=type(error).__name__)] * count
        outcomes = future.result()
        if (
            isinstance(outcomes, list)
            and len(outcomes) == count
            and all(isinstance(outcome, (Translated, Failed)) for outcome in outcomes)
        ):
            return outcomes
        logger.error("Engine %s gave no outcome for each text", self.engine.name)
        return [Failed(Reason.BROKEN, detail="outcomes")] * count

    def _judge(self, outcomes: list[Outcome]) -> None:
        """Tells the circuit how a request went, and notes when the next one may go out."""
        failures = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
        for failure in failures[:1]:
            logger.warning(
                "Engine %s failed %d of %d texts: %s %s",
                self.engine.name,
                len(failures),
                len(outcomes),
                failure.reason,
                failure.detail,
            )
        if len(failures) < len(outcomes):
            self.circuit.succeeded()
            self._has_answered = True
        elif failures:
            self.circuit.failed(failures[0].reason)
        pause = max((failure.retry_after or 0.0 for failure in failures), default=0.0)
        if not pause:
            return
        if pause > LONGEST_PAUSE or time.monotonic() + pause > self.deadline:
            self.circuit.open(Reason.BUSY, pause)
        else:
            self._not_before = max(self._not_before, time.monotonic() + pause)
            self._call_back()
