"""What the engines' tests share: the far end of the network, quick retries, no leaks."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest

from tests.loopback import LoopbackServer
from wagtail_newsroom.engines import retries
from wagtail_newsroom.engines.google import GoogleEngine


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
