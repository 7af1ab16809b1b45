"""A limit of requests per minute holds for all workers of a site, and holds nothing else up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.engines.thirdparty import ScriptedEngine
from wagtail_newsroom.engines import dispatch, pace
from wagtail_newsroom.engines.base import Outcome, Translated
from wagtail_newsroom.engines.pace import Pace
from wagtail_newsroom.engines.pseudo import PseudoEngine, pseudo
from wagtail_newsroom.engines.runner import Draft, Refusal, Result, Runner
from wagtail_newsroom.segments.reasons import Reason

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"


class Dead:
    """A cache whose server is gone."""

    asked = 0

    def add(self, *args: Any, **kwargs: Any) -> bool:
        Dead.asked += 1
        raise ConnectionError("redis://:password@cache.example")


@pytest.fixture
def dead_cache(monkeypatch: pytest.MonkeyPatch) -> type[Dead]:
    """The site's cache cannot be reached."""
    Dead.asked = 0
    monkeypatch.setattr(pace, "cache", Dead())
    return Dead


@pytest.fixture(autouse=True)
def _cache_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "_deaf_until", 0.0)
    monkeypatch.setattr(Pace, "_has_told", False)


@pytest.fixture(params=["locmem", "file", "database"])
def each_cache(request: pytest.FixtureRequest, settings: Any, tmp_path: Any) -> Iterator[str]:
    """The kinds of caches whose increments are atomic, and those whose are not."""
    if request.param == "database":
        request.getfixturevalue("db")
    backends = {
        "locmem": {"BACKEND": LOCMEM, "LOCATION": "pace"},
        "file": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path),
        },
        "database": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "newsroom_test_cache",
        },
    }
    settings.CACHES = {"default": backends[request.param]}
    if request.param == "database":
        call_command("createcachetable")
    yield request.param
    cache.clear()
    if request.param == "database":
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE newsroom_test_cache")


class TestTurns:
    def test_so_many_may_go_and_the_next_must_wait_for_the_oldest(self, each_cache: str) -> None:
        workers = [Pace("engine", 4) for _ in range(3)]
        assert [workers[n % 3].wait() for n in range(4)] == [0.0] * 4
        for worker in workers:
            assert 55 < worker.wait() <= 60

    def test_engines_do_not_wait_for_each_other(self, each_cache: str) -> None:
        first, second = Pace("an engine: ü", 1), Pace("another", 1)
        assert first.wait() == second.wait() == 0.0
        assert first.wait() > 0
        assert second.wait() > 0

    def test_a_turn_comes_when_the_minute_is_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pace, "_LASTING", 1)
        workers = [Pace("engine", 2), Pace("engine", 2)]
        assert [worker.wait() for worker in workers] == [0.0, 0.0]
        pauses = [worker.wait() for worker in workers]
        assert all(0.5 < pause <= 1 for pause in pauses)
        time.sleep(max(pauses) + 0.05)
        assert [worker.wait() for worker in workers] == [0.0, 0.0]

    def test_in_no_minute_are_there_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pace, "_LASTING", 1)
        monkeypatch.setattr(pace, "_LEAST_WAIT", 0.01)
        sent: list[float] = []
        until = time.monotonic() + 3

        def work(number: int) -> None:
            mine = Pace("engine", 5)
            while time.monotonic() < until:
                pause = mine.wait()
                if pause:
                    time.sleep(min(pause, max(0.0, until - time.monotonic())))
                else:
                    sent.append(time.monotonic())

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(work, range(4)))
        sent.sort()
        assert 12 <= len(sent) <= 16
        assert all(later - earlier > 0.95 for earlier, later in zip(sent, sent[5:], strict=False))

    def test_counter_that_gives_a_turn_twice_lets_one_through(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Pace, "_next_turn", lambda self: 0)
        assert Pace("engine", 5).wait() == 0.0
        assert Pace("engine", 5).wait() > 0.0

    def test_cache_that_keeps_nothing_holds_nothing_up(self, settings: Any) -> None:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        mine = Pace("engine", 1)
        assert [mine.wait() for _ in range(5)] == [0.0] * 5


class TestDeadCache:
    def test_it_is_told_once_and_holds_nothing_up(
        self, dead_cache: type[Dead], caplog: pytest.LogCaptureFixture
    ) -> None:
        mine = Pace("engine", 1)
        assert [mine.wait() for _ in range(5)] == [0.0] * 5
        assert dead_cache.asked == 1
        (record,) = caplog.records
        assert record.levelno == logging.ERROR
        assert "ConnectionError" in record.getMessage()
        assert "password" not in caplog.text

    def test_it_is_asked_again_later_and_told_of_anew_only_if_it_lived_in_between(
        self,
        dead_cache: type[Dead],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(pace, "_NO_CACHE_FOR", 0.0)
        mine = Pace("engine", 1)
        mine.wait()
        mine.wait()
        assert (dead_cache.asked, len(caplog.records)) == (2, 1)
        with monkeypatch.context() as alive:
            alive.setattr(pace, "cache", cache)
            mine.wait()
        mine.wait()
        assert len(caplog.records) == 2


def run(engine: ScriptedEngine | PseudoEngine, count: int, **options: Any) -> list[Result]:
    fragments = {n: f"Text {'abcdefghij'[n]}" for n in range(count)}
    results: dict[int, Result] = {}
    for batch in Runner([engine], source="en", target="fa", **options).run(fragments):
        results |= batch.results
    return list(results.values())


def good(texts: Any, number: int) -> list[Outcome]:
    return [Translated(pseudo(text, target="fa")) for text in texts]


class TestRunner:
    def test_requests_wait_for_their_turns(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pace, "_LASTING", 1)
        engine = ScriptedEngine(good, max_texts=1, requests_per_minute=3)
        started = time.monotonic()
        assert {type(result) for result in run(engine, 7)} == {Draft}
        assert 2 <= time.monotonic() - started < 4
        assert len(engine.asked) == 7

    def test_two_jobs_at_once_share_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pace, "_LASTING", 1)
        engines = [
            ScriptedEngine(good, max_texts=1, requests_per_minute=4, name="one") for _ in range(2)
        ]
        started = time.monotonic()
        threads = [threading.Thread(target=run, args=(engine, 4)) for engine in engines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - started >= 1
        assert [len(engine.asked) for engine in engines] == [4, 4]

    def test_caller_hears_something_while_a_turn_is_waited_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatch, "HEARTBEAT", 0.05)
        engine = PseudoEngine(max_texts=1, requests_per_minute=1)
        work = Runner([engine], source="en", target="fa").run({1: "One text", 2: "Two texts"})
        batches = [next(work) for _ in range(4)]
        assert [len(batch.results) for batch in batches] == [1, 0, 0, 0]
        started = time.monotonic()
        work.close()
        assert time.monotonic() - started < 0.5

    def test_turn_that_comes_too_late_is_not_waited_for(self) -> None:
        engine = ScriptedEngine(good, max_texts=1, requests_per_minute=2)
        started = time.monotonic()
        results = run(engine, 5, budget_seconds=20)
        assert time.monotonic() - started < 1
        assert sum(isinstance(result, Draft) for result in results) == 2
        assert results.count(Refusal(Reason.BUDGET, "scripted")) == 3

    def test_engine_without_a_limit_asks_no_cache(self, dead_cache: type[Dead]) -> None:
        assert {type(result) for result in run(ScriptedEngine(good), 3)} == {Draft}
        assert dead_cache.asked == 0

    def test_dead_cache_loses_no_text(self, dead_cache: type[Dead]) -> None:
        engine = ScriptedEngine(good, max_texts=1, requests_per_minute=1)
        assert {type(result) for result in run(engine, 5)} == {Draft}
