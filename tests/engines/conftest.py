"""What the engines' tests share: the far end of the network, quick retries, no leaks."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.loopback import LoopbackServer
from wagtail_newsroom.engines import retries
from wagtail_newsroom.engines.base import Engine
from wagtail_newsroom.engines.circuit import forget_circuits
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.libretranslate import LibreTranslateEngine
from wagtail_newsroom.engines.microsoft import MicrosoftEngine
from wagtail_newsroom.engines.mymemory import MyMemoryEngine


@pytest.fixture
def loopback() -> Iterator[LoopbackServer]:
    """A translation service on this machine."""
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def google(loopback: LoopbackServer) -> Iterator[GoogleEngine]:
    """The Google engine, pointed at this machine."""
    engine = GoogleEngine(base_url=loopback.google_url)
    yield engine
    engine.close()


Make = Callable[..., Engine]

ENGINES: dict[str, Callable[..., Engine]] = {
    "google": lambda server, **options: GoogleEngine(base_url=server.google_url, **options),
    "mymemory": lambda server, **options: MyMemoryEngine(base_url=server.mymemory_url, **options),
    "microsoft": lambda server, **options: MicrosoftEngine(
        **{"base_url": server.microsoft_url, "key": "s3cret", **options}
    ),
    "libretranslate": lambda server, **options: LibreTranslateEngine(url=server.url, **options),
}
"""The engines that speak HTTP, each made for a server and with options."""


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes each of the engines that speak HTTP, in turn, for a server."""
    made: list[Engine] = []

    def one(server: LoopbackServer, **options: Any) -> Engine:
        made.append(ENGINES[request.param](server, **options))
        return made[-1]

    yield one
    for engine in made:
        engine.close()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """Starts each test as a process of its own would start: no open circuits, an empty cache."""
    forget_circuits()
    cache.clear()
    yield
    forget_circuits()


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets pauses between tries last milliseconds."""
    monkeypatch.setattr(retries, "FIRST_PAUSE", 0.005)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """Fails a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 2
    while set(threading.enumerate()) - before and time.monotonic() < until:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before


@pytest.fixture(autouse=True, scope="module")
def _no_socket_is_left_behind() -> Iterator[None]:
    """Lets a leaked socket warn, hence fail, in the file that leaked it."""
    yield
    gc.collect()
