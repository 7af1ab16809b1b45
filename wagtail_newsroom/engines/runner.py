"""Runs fragments through a chain of engines and says of each what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Hashable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..segments.markup import Keep
from ..segments.masking import mask
from ..segments.reasons import Reason
from .attempt import Attempt
from .base import Engine
from .circuit import circuit_of
from .dispatch import Dispatch
from .meter import Meter, Sent
from .plans import Prepare
from .results import Draft, Refusal, Result

__all__ = ["COPY", "Batch", "Draft", "Refusal", "Result", "Runner", "Sent"]

K = TypeVar("K", bound=Hashable)

COPY = "copy"
"""The engine's name for texts without words, which are taken over as they are."""
_LEAST_TELLING = frozenset({Reason.NOT_SUPPORTED, Reason.CIRCUIT_OPEN, Reason.BUDGET})

logger = logging.getLogger("wagtail_newsroom.engines")


@dataclass(frozen=True)
class Batch(Generic[K]):
    """What happened since the last batch."""

    results: dict[K, Result] = field(default_factory=dict)
    """What arrived; empty when the batch only says that work goes on."""
    sent: dict[str, Sent] = field(default_factory=dict)
    """What engines were sent, by their names, whether or not it was answered."""


class Runner:
    """A chain of engines for one pair of languages."""

    def __init__(
        self,
        engines: Sequence[Engine],
        *,
        source: str,
        target: str,
        budget_seconds: float = 600,
        prepare: Prepare | None = None,
        keep: Keep | None = None,
        allowance: Mapping[str, int] | None = None,
    ) -> None:
        """Takes the engines in the order in which they are asked, and the seconds for a run.

        `allowance` says how many characters an engine may still be sent in a run, by its name;
        what is too much goes to the next engine. An engine that is not named has no cap.
        `prepare` is called with each plain text before it is sent, and returns what is sent: a
        glossary puts approved translations in the place of terms. Words such as `ZQB` stand for
        markup and must stay where they are. `keep` finds what must stay as it is, such as names;
        engines that speak plain text get tokens for it.
        """
        self.engines = list(engines)
        self.source = source
        self.target = target
        self.budget_seconds = budget_seconds
        self.prepare = prepare
        self.keep = keep
        self.allowance = dict(allowance or {})
        self._circuits = [circuit_of(engine) for engine in self.engines]

    def run(self, fragments: Mapping[K, str]) -> Generator[Batch[K], None, None]:
        """Yield results by key as they arrive; each key gets exactly one.

        Equal fragments are sent once. While nothing arrives an empty batch comes every few
        seconds. Closing the generator interrupts what is under way; engines end up closed.
        """
        keys: dict[str, list[K]] = {}
        for key, fragment in fragments.items():
            keys.setdefault(fragment, []).append(key)
        meters = {engine.name: Meter(self.allowance.get(engine.name)) for engine in self.engines}
        with closing(self._results(list(keys), meters)) as arrivals:
            for results in arrivals:
                yield Batch(
                    {key: result for text, result in results.items() for key in keys[text]},
                    _taken(meters),
                )

    def _results(
        self, fragments: Sequence[str], meters: Mapping[str, Meter]
    ) -> Generator[dict[str, Result], None, None]:
        """Yield results by fragment: trivial ones first, then engine by engine."""
        trivial: dict[str, Result] = {
            text: Draft(text, COPY) for text in fragments if mask(text, self.keep).is_trivial
        }
        if trivial:
            yield trivial
        left = [text for text in fragments if text not in trivial]
        if not left:
            return
        able = [
            (engine, circuit)
            for engine, circuit in zip(self.engines, self._circuits, strict=True)
            if self._supports(engine)
        ]
        if not able:
            reason = Reason.NOT_SUPPORTED if self.engines else Reason.NO_ENGINE
            name = self.engines[-1].name if self.engines else ""
            yield dict.fromkeys(left, Refusal(reason, name))
            return
        deadline = time.monotonic() + self.budget_seconds
        refusals: dict[str, Refusal] = {}
        for engine, circuit in able:
            dispatch = Dispatch(
                engine,
                circuit,
                meters[engine.name],
                source=self.source,
                target=self.target,
                deadline=deadline,
            )
            is_last = engine is able[-1][0]
            with (
                closing(dispatch),
                closing(Attempt(dispatch, self.prepare, self.keep).results(left)) as arrivals,
            ):
                left = []
                for arrived in arrivals:
                    final: dict[str, Result] = {}
                    for text, result in arrived.items():
                        if isinstance(result, Refusal):
                            result = refusals[text] = _more_telling(refusals.get(text), result)
                            if not is_last:
                                left.append(text)
                                continue
                        final[text] = result
                    yield final
            if not left:
                return

    def _supports(self, engine: Engine) -> bool:
        try:
            return engine.supports(self.source, self.target)
        except Exception as error:  # noqa: BLE001 - somebody else's code
            logger.error("Engine %s raised %s", engine.name, type(error).__name__)
            return False


def _taken(meters: Mapping[str, Meter]) -> dict[str, Sent]:
    taken = {name: meter.take() for name, meter in meters.items()}
    return {name: sent for name, sent in taken.items() if sent.requests}


def _more_telling(former: Refusal | None, latest: Refusal) -> Refusal:
    return former if former and latest.reason in _LEAST_TELLING else latest
