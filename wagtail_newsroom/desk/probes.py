"""Tests of the chain of engines: a worker does them, the admin shows what came of them.

No engine is called inside a request, so a page asks for a test and looks for its answer. A cache
that web server and worker do not share loses it; then the queue is asked, which may keep what a
task returned. What puts a task in a queue stands above the desk and registers here.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Locale

from ..conf import conf
from ..engines.probe import Probe, probe
from ..engines.registry import load_chain
from . import usage

logger = logging.getLogger("wagtail_newsroom")

KEPT_SECONDS = 3600


class ProbeQueue(Protocol):
    """What the desk needs of a queue for tests."""

    def ask(self, token: str, source: str, target: str) -> str:
        """Puts a test in the queue, which is to call `run` with these; return its name there."""

    def answer(self, call: str) -> list[dict[str, Any]] | None:
        """Return what `run` returned for a test of that name; None if that cannot be told."""


_registered: list[ProbeQueue] = []


@dataclass(frozen=True)
class Asked:
    """A test that was asked for; plain values, so that a session can keep it."""

    token: str
    call: str
    source: str
    target: str
    at: float
    """When, in seconds since the epoch."""

    @property
    def age(self) -> float:
        """Seconds since it was asked for."""
        return timezone.now().timestamp() - self.at


def register(queue: ProbeQueue) -> None:
    """Set the queue that tests go to."""
    _registered[:] = [queue]


def ask(source: str, target: str) -> Asked:
    """Have a worker test every engine of the chain for a pair of languages.

    Raises what the queue raises when it cannot be reached.
    """
    token = uuid.uuid4().hex
    call = ""
    for queue in _registered:
        call = queue.ask(token, source, target)
    return Asked(token, call, source, target, timezone.now().timestamp())


def answer(asked: Asked) -> list[Probe] | None:
    """Return what a test showed of each engine; None while it is not known."""
    found = _cached(asked.token)
    for queue in _registered:
        found = found if found is not None else queue.answer(asked.call)
    return None if found is None else [Probe(**fields) for fields in found]


def run(token: str, source: str, target: str) -> list[dict[str, Any]]:
    """Test the chain and keep what it shows; return it as plain values, for the queue to keep."""
    found = [asdict(one) for one in probe_chain(source, target)]
    try:
        cache.set(_key(token), found, KEPT_SECONDS)
    except Exception as error:  # noqa: BLE001 - each cache raises its own kind
        logger.warning("The cache failed with %s", type(error).__name__)
    return found


def probe_chain(source: str, target: str) -> list[Probe]:
    """Send each engine of the chain one tiny text, and count it; for workers and commands only."""
    found = []
    for engine in load_chain(conf.engines):
        one = probe(engine, source, target)
        usage.count(one.engine, characters=one.characters, requests=1 if one.characters else 0)
        found.append(one)
    return found


def _cached(token: str) -> list[dict[str, Any]] | None:
    try:
        found = cache.get(_key(token))
    except Exception as error:  # noqa: BLE001 - each cache raises its own kind
        logger.warning("The cache failed with %s", type(error).__name__)
        return None
    return found if isinstance(found, list) else None


def _key(token: str) -> str:
    return f"wagtail_newsroom.probe.{token}"


def usual_pair() -> tuple[str, str] | None:
    """Return the site's first language and the next; None when it has only one."""
    first = Locale.get_default().language_code
    others = Locale.objects.exclude(language_code=first).order_by("pk")
    second = others.values_list("language_code", flat=True).first()
    return (first, second) if second else None
