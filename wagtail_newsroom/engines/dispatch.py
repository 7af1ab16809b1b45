"""Sends texts to one engine: batches, parallel requests, retries, limits, an open circuit."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from ..segments.reasons import Reason
from .base import Engine, Failed, Outcome, Translated
from .circuit import Circuit
from .meter import Meter
from .pace import Pace
from .parcels import Parcel, Waiting
from .retries import Fate, fate_of, pause_after

logger = logging.getLogger("wagtail_newsroom.engines")

LONGEST_PAUSE = 60.0
"""Seconds that a job waits at most because an engine asks for it."""
HEARTBEAT = 2.0
"""Seconds after which the caller hears something even if nothing arrived."""


class Dispatch:
    """One engine's requests in one job.

    Only the engine's `translate` runs in other threads, and all that is decided is decided in the
    caller's. The caller may stop at any `yield`; `close` then interrupts what is under way.
    """

    def __init__(
        self,
        engine: Engine,
        circuit: Circuit,
        meter: Meter,
        *,
        source: str,
        target: str,
        deadline: float,
    ) -> None:
        """Takes the languages and the moment of `time.monotonic` at which the job must end."""
        self.engine = engine
        self.circuit = circuit
        self.meter = meter
        self.source = source
        self.target = target
        self.deadline = deadline
        self.outcomes: dict[str, Outcome] = {}
        """What is known of each text so far."""
        self._queue = Waiting(max_chars=engine.max_chars, max_texts=engine.max_texts)
        self._under_way: dict[Future[list[Outcome]], Parcel] = {}
        limit = engine.requests_per_minute
        self._pace = Pace(engine.name, limit) if limit else None
        self._not_before = 0.0
        self._has_asked = False
        self._has_answered = False
        # Threads start with the first request, so an engine that is not asked has none.
        self._threads = ThreadPoolExecutor(engine.parallel, f"newsroom-{engine.name}")

    def ask(self, texts: Iterable[str]) -> None:
        """Queues texts that were not asked for before."""
        self._queue.add(texts)

    def arrivals(self) -> Iterator[dict[str, Outcome]]:
        """Yield outcomes by text as they come, and an empty one when nothing does for a while."""
        spoke_at = time.monotonic()
        while self._queue or self._under_way:
            now = time.monotonic()
            arrived = self._give_up_if_pointless()
            arrived |= self._send(now)
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
        self._queue.take_all()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.engine.close()
        self._threads.shutdown(wait=True)
        # A thread that was just about to ask may have opened a connection in the meantime.
        self.engine.close()

    def _send(self, now: float) -> dict[str, Outcome]:
        """Hands parcels to the threads; return failures for what may not be sent."""
        refused: dict[str, Outcome] = {}
        while (
            self._queue
            and len(self._under_way) < self._room
            and max(self._queue.ready_at, self._not_before) <= now
        ):
            parcel = self._queue.take()
            parcel.texts, excess = self.meter.reserve(parcel.texts)
            refused |= {text: Failed(Reason.CAP) for text in excess}
            if not parcel.texts:
                continue
            pause = self._pace.wait() if self._pace else 0.0
            if pause:
                self._hold(parcel)
                if now + pause >= self.deadline:
                    # The next engine of the chain may use the time that is left.
                    return refused | self._drop(Reason.BUDGET)
                self._not_before = max(self._not_before, now + pause)
                break
            self._under_way[self._threads.submit(self._ask, parcel.texts)] = parcel
            self._has_asked = True
        return refused

    @property
    def _room(self) -> int:
        """How many parcels the threads may hold."""
        if self.circuit.is_testing:
            return 1
        # A few more than are sent at a time, so that no thread idles while the caller stores what
        # arrived; but where minutes are counted, a request goes out when its turn comes.
        return self.engine.parallel if self._pace else 2 * self.engine.parallel

    def _ask(self, texts: Sequence[str]) -> list[Outcome]:
        """Asks the engine, in a thread."""
        self.meter.begin(texts)
        return self.engine.translate(texts, source=self.source, target=self.target)

    def _hold(self, parcel: Parcel) -> None:
        """Puts a parcel that was not sent back into the queue."""
        self.meter.release(parcel.texts)
        self._queue.put_back(parcel)

    def _drop(self, reason: Reason) -> dict[str, Outcome]:
        """Return a failure for all that waits."""
        return {text: Failed(reason) for parcel in self._queue.take_all() for text in parcel.texts}

    def _patience(self, now: float, spoke_at: float) -> float:
        """Return for how many seconds there is nothing to do but wait."""
        until = min(spoke_at + HEARTBEAT, self.deadline)
        if self._queue:
            ready_at = max(self._queue.ready_at, self._not_before)
            if ready_at > now:
                until = min(until, ready_at)
        return max(0.0, until - now)

    def _give_up_if_pointless(self) -> dict[str, Outcome]:
        """Return failures for all that waits, when time is over or the circuit is open."""
        if time.monotonic() >= self.deadline:
            self._call_back()
            for parcel in self._under_way.values():
                self._queue.put_back(parcel)
            self._under_way.clear()
            return self._drop(Reason.BUDGET)
        if self.circuit.is_open:
            self._call_back()
            # Why it opened is known to whoever was there; later it is only found open.
            return self._drop((self._has_asked and self.circuit.reason) or Reason.CIRCUIT_OPEN)
        return {}

    def _call_back(self) -> None:
        """Puts parcels that no thread has begun with back into the queue."""
        for future in list(self._under_way):
            if future.cancel():
                self._hold(self._under_way.pop(future))

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
            if outcome.is_mixed_up and len(outcomes) > 1:
                self._queue.put([text])
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
        self._queue.put(again, tries=tries, ready_at=ready_at)
        self._queue.put(apart[:middle], tries=1, ready_at=ready_at)
        self._queue.put(apart[middle:], tries=1, ready_at=ready_at)
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
        if len(failures) < len(outcomes) or failures[0].is_mixed_up:
            self.circuit.succeeded()
            self._has_answered = True
        else:
            self.circuit.failed(failures[0].reason)
        pause = max((failure.retry_after or 0.0 for failure in failures), default=0.0)
        if not pause:
            return
        if pause > LONGEST_PAUSE or time.monotonic() + pause > self.deadline:
            self.circuit.open(Reason.BUSY, pause)
        else:
            self._not_before = max(self._not_before, time.monotonic() + pause)
            self._call_back()
