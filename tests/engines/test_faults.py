"""What every engine that speaks HTTP must stand, and what none may tell."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engines.conftest import Make
from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Engine, Failed, Translated
from wagtail_newsroom.segments.reasons import Reason

TEXTS = ["The river rose.", "Nobody was hurt.", "See ZQB here ZQC."]


@pytest.fixture
def engine(make: Make, loopback: LoopbackServer) -> Engine:
    """One engine after the other, pointed at this machine."""
    return make(loopback)


def count(engine: Engine) -> int:
    """Return how many of the texts the engine takes in one request."""
    return min(len(TEXTS), engine.max_texts)


def ask(engine: Engine, texts: list[str] | None = None) -> list[Translated | Failed]:
    asked = TEXTS[: count(engine)] if texts is None else texts
    return engine.translate(asked, source="en", target="fa")


def expected(engine: Engine) -> list[Translated]:
    return [Translated(translate(text, target="fa")) for text in TEXTS[: count(engine)]]


def only_reason(outcomes: list[Translated | Failed]) -> Reason:
    """Return the one reason that all texts have."""
    assert outcomes
    (reason,) = {outcome.reason for outcome in outcomes if isinstance(outcome, Failed)}
    assert all(isinstance(outcome, Failed) for outcome in outcomes)
    return reason


class TestTranslations:
    def test_what_fits_travels_in_one_request(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        assert ask(engine) == expected(engine)
        assert [asked.texts for asked in loopback.asked] == [TEXTS[: count(engine)]]
        assert [asked.source[:2] + asked.target[:2] for asked in loopback.asked] == ["enfa"]

    def test_nothing_to_translate_asks_nothing(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        assert ask(engine, []) == []
        assert loopback.asked == []

    @pytest.mark.parametrize("kind", ["merged-lines", "extra-line"])
    def test_texts_that_came_back_mixed_up_are_told_from_those_that_failed(
        self, loopback: LoopbackServer, engine: Engine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        outcomes = ask(engine)
        assert len(loopback.asked) == 1
        if count(engine) > 1:
            assert [outcome.is_mixed_up for outcome in outcomes if isinstance(outcome, Failed)] == [
                True
            ] * count(engine)

    def test_answer_is_read_as_utf8_without_being_told(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.names_charset = False
        assert ask(engine, ["Ökosystem “q”"]) == [
            Translated(translate("Ökosystem “q”", target="fa"))
        ]

    def test_eight_threads_get_their_own_answers(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.latency = 0.002
        texts = [f"number {'abcdefghij'[n % 10]} and {'klmnopqrst'[n // 10]}" for n in range(100)]
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda text: ask(engine, [text])[0], texts))
        assert answers == [Translated(translate(text, target="fa")) for text in texts]
        assert len({asked.connection for asked in loopback.asked}) <= 8

    def test_connections_are_kept_alive(self, loopback: LoopbackServer, engine: Engine) -> None:
        for _ in range(5):
            ask(engine)
        assert len({asked.connection for asked in loopback.asked}) == 1

    def test_requests_go_through_a_proxy_when_there_is_one(
        self, loopback: LoopbackServer, make: Make
    ) -> None:
        with LoopbackServer() as passed_over:
            engine = make(passed_over, proxies={"http": loopback.url})
            assert ask(engine) == expected(engine)
            assert f"http://{loopback.asked[0].headers['host']}" == passed_over.url
            assert passed_over.asked == []

    def test_engine_may_be_used_again_after_it_was_closed(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        ask(engine)
        engine.close()
        assert ask(engine) == expected(engine)
        assert len({asked.connection for asked in loopback.asked}) == 2


class TestFaults:
    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            (400, Reason.REFUSED),
            (401, Reason.REFUSED),
            (403, Reason.REFUSED),
            (404, Reason.REFUSED),
            (408, Reason.TIMEOUT),
            (413, Reason.TOO_LONG),
            (414, Reason.TOO_LONG),
            (500, Reason.SERVER_ERROR),
            (503, Reason.SERVER_ERROR),
        ],
    )
    def test_status_becomes_a_reason(
        self, loopback: LoopbackServer, engine: Engine, status: int, reason: Reason
    ) -> None:
        loopback.fail("status", times=1, status=status)
        assert ask(engine) == [Failed(reason, detail=f"status {status}")] * count(engine)
        assert len(loopback.asked) == 1
        assert ask(engine) == expected(engine)

    @pytest.mark.parametrize("pause", ["7", " 7 "])
    def test_busy_tells_the_seconds_to_wait(
        self, loopback: LoopbackServer, engine: Engine, pause: str
    ) -> None:
        loopback.fail("busy", retry_after=pause)
        assert ask(engine)[0] == Failed(Reason.BUSY, 7.0, "status 429")

    def test_busy_tells_the_date_to_wait_for(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.fail("busy", retry_date=30)
        outcome = ask(engine)[0]
        assert isinstance(outcome, Failed)
        assert outcome.retry_after is not None
        assert 27 <= outcome.retry_after <= 31

    @pytest.mark.parametrize("pause", [None, "soon", "-3", "9" * 400])
    def test_busy_without_a_sensible_time_is_busy_all_the_same(
        self, loopback: LoopbackServer, engine: Engine, pause: str | None
    ) -> None:
        loopback.fail("busy", retry_after=pause)
        outcome = ask(engine)[0]
        assert isinstance(outcome, Failed)
        assert outcome.reason is Reason.BUSY
        assert outcome.retry_after in (None, 24 * 3600.0)

    def test_nobody_there_is_unreachable(self, loopback: LoopbackServer, make: Make) -> None:
        with LoopbackServer() as gone:
            engine = make(gone)
        assert only_reason(ask(engine)) is Reason.UNREACHABLE

    @pytest.mark.parametrize("kind", ["cut", "close"])
    def test_cut_connection_is_the_servers_error_and_the_next_request_works(
        self, loopback: LoopbackServer, engine: Engine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        assert only_reason(ask(engine)) is Reason.SERVER_ERROR
        assert ask(engine) == expected(engine)

    def test_silence_is_a_timeout(self, loopback: LoopbackServer, make: Make) -> None:
        engine = make(loopback, read_timeout=0.2)
        loopback.fail("hang")
        assert only_reason(ask(engine)) is Reason.TIMEOUT

    def test_answer_that_drips_meets_the_deadline(
        self, loopback: LoopbackServer, make: Make
    ) -> None:
        engine = make(loopback, read_timeout=5, total_timeout=0.4)
        loopback.fail("drip")
        started = time.monotonic()
        assert only_reason(ask(engine)) is Reason.TIMEOUT
        assert time.monotonic() - started < 1.5
        loopback.heal()
        assert ask(engine) == expected(engine)

    def test_headers_that_never_come_meet_the_deadline(
        self, loopback: LoopbackServer, make: Make
    ) -> None:
        engine = make(loopback, read_timeout=30, total_timeout=0.3)
        loopback.fail("hang")
        started = time.monotonic()
        assert only_reason(ask(engine)) is Reason.TIMEOUT
        assert time.monotonic() - started < 1.5

    def test_huge_body_is_not_read_to_its_end(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.fail("huge", times=1)
        assert only_reason(ask(engine)) is Reason.BAD_ANSWER
        assert ask(engine) == expected(engine)

    def test_page_without_a_translation_is_a_bad_answer(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.fail("wrong")
        assert only_reason(ask(engine)) is Reason.BAD_ANSWER

    def test_redirect_to_another_host_is_not_followed(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        with LoopbackServer() as elsewhere:
            loopback.fail("redirect", to=elsewhere.google_url)
            assert only_reason(ask(engine)) is Reason.REFUSED
            assert elsewhere.asked == []

    def test_empty_answer_translates_nothing(
        self, loopback: LoopbackServer, engine: Engine
    ) -> None:
        loopback.fail("empty")
        (outcome,) = ask(engine, TEXTS[:1])
        assert outcome == Translated("") or outcome.reason is Reason.BAD_ANSWER

    def test_closing_interrupts_a_request_that_hangs(
        self, loopback: LoopbackServer, make: Make
    ) -> None:
        engine = make(loopback, read_timeout=30)
        loopback.fail("hang")
        outcomes: list[Translated | Failed] = []
        thread = threading.Thread(target=lambda: outcomes.extend(ask(engine)))
        thread.start()
        while not loopback.asked:
            time.sleep(0.01)
        started = time.monotonic()
        engine.close()
        thread.join(3)
        assert time.monotonic() - started < 1
        assert len(outcomes) == count(engine)
        assert all(isinstance(outcome, Failed) for outcome in outcomes)


class TestSecrecy:
    @pytest.mark.parametrize(
        ("kind", "details"),
        [
            ("status", {"status": 500}),
            ("status", {"status": 403}),
            ("busy", {}),
            ("cut", {}),
            ("close", {}),
            ("wrong", {}),
            ("redirect", {"to": "http://127.0.0.2:9/x"}),
            ("none", {}),
        ],
    )
    def test_text_is_in_no_log_and_no_outcome(
        self,
        loopback: LoopbackServer,
        engine: Engine,
        caplog: pytest.LogCaptureFixture,
        kind: str,
        details: dict[str, object],
    ) -> None:
        if kind != "none":
            loopback.fail(kind, **details)
        with caplog.at_level(logging.DEBUG):
            outcomes = ask(engine, ["Embargoed until Monday"])
        assert loopback.texts == ["Embargoed until Monday"]
        assert caplog.records
        logged = "\n".join(record.getMessage() for record in caplog.records)
        for told in (logged, repr(outcomes)):
            assert "Embargoed" not in told
            assert "Monday" not in told
