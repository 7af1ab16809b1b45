from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import deep_translator.google
import pytest
import requests
from deep_translator import GoogleTranslator

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Failed, Translated
from wagtail_newsroom.engines.google import GoogleEngine, google_code
from wagtail_newsroom.segments.reasons import Reason

TEXTS = ["The river rose.", "Nobody was hurt.", "See ZQB here ZQC."]
PERSIAN = [Translated(translate(text, target="fa")) for text in TEXTS]


def ask(engine: GoogleEngine, texts: list[str] = TEXTS) -> list[Translated | Failed]:
    return engine.translate(texts, source="en", target="fa")


def only_reason(outcomes: list[Translated | Failed]) -> Reason:
    """Return the one reason that all texts have."""
    assert len(outcomes) == len(TEXTS)
    (reason,) = {outcome.reason for outcome in outcomes if isinstance(outcome, Failed)}
    assert all(isinstance(outcome, Failed) for outcome in outcomes)
    return reason


def impatient(loopback: LoopbackServer, **seconds: float) -> GoogleEngine:
    return GoogleEngine(base_url=loopback.google_url, **seconds)


class TestTranslations:
    def test_several_texts_travel_in_one_request(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        assert ask(google) == PERSIAN
        assert [(asked.texts, asked.source, asked.target) for asked in loopback.asked] == [
            (TEXTS, "en", "fa")
        ]

    def test_nothing_to_translate_asks_nothing(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        assert ask(google, []) == []
        assert loopback.asked == []

    def test_the_librarys_own_code_does_the_work(
        self, loopback: LoopbackServer, google: GoogleEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class MarkedError(Exception):
            pass

        def refuse(*args: object, **kwargs: object) -> bool:
            raise MarkedError

        monkeypatch.setattr(deep_translator.google, "is_input_valid", refuse)
        assert ask(google)[0] == Failed(Reason.BAD_ANSWER, detail="MarkedError")
        assert loopback.asked == []

    def test_the_librarys_module_is_left_alone(self, google: GoogleEngine) -> None:
        before = GoogleTranslator.translate
        ask(google)
        assert deep_translator.google.requests is requests
        assert GoogleTranslator.translate is before

    @pytest.mark.parametrize("kind", ["merged-lines", "extra-line"])
    def test_texts_that_came_back_mixed_up_are_sent_one_by_one(
        self, loopback: LoopbackServer, google: GoogleEngine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        assert ask(google) == PERSIAN
        assert [asked.texts for asked in loopback.asked] == [TEXTS, *([text] for text in TEXTS)]

    def test_one_by_one_stops_at_the_first_that_cannot_be_asked(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        line = google._fetcher.line()
        loopback.fail("status", every=2, status=503)
        down = Failed(Reason.SERVER_ERROR, detail="status 503")
        assert google._one_by_one(line, TEXTS, source="en", target="fa") == [
            PERSIAN[0],
            down,
            down,
        ]
        assert loopback.texts == TEXTS[:2]

    def test_the_longest_text_passes_and_one_longer_is_refused(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        longest = "گ" * google.max_chars
        assert google.translate([longest], source="fa", target="en") == [
            Translated(translate(longest, target="en"))
        ]
        assert google.translate([longest + "گ"], source="fa", target="en") == [
            Failed(Reason.TOO_LONG, detail="NotValidLength")
        ]

    def test_echo_of_signs_and_of_words_comes_back_as_text(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("echo")
        assert ask(google, ["—"]) == [Translated("—")]
        assert ask(google, ["Mina Farrow"]) == [Translated("Mina Farrow")]

    def test_page_is_read_as_utf8_without_being_told(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.names_charset = False
        assert ask(google, ["Ökosystem “q” & <x>"]) == [
            Translated(translate("Ökosystem “q” & <x>", target="fa"))
        ]

    def test_eight_threads_get_their_own_answers(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.latency = 0.002
        texts = [f"number {'abcdefghij'[n % 10]} and {'klmnopqrst'[n // 10]}" for n in range(100)]
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda text: ask(google, [text])[0], texts))
        assert answers == [Translated(translate(text, target="fa")) for text in texts]
        assert len({asked.connection for asked in loopback.asked}) <= 8

    def test_connections_are_kept_alive(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        for _ in range(5):
            ask(google)
        assert len({asked.connection for asked in loopback.asked}) == 1

    def test_requests_go_through_a_proxy_when_there_is_one(self, loopback: LoopbackServer) -> None:
        engine = GoogleEngine(base_url="http://translate.example/m", proxies={"http": loopback.url})
        assert ask(engine) == PERSIAN
        assert loopback.asked[0].headers["host"] == "translate.example"
        engine.close()

    def test_engine_may_be_used_again_after_it_was_closed(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        ask(google)
        google.close()
        assert ask(google) == PERSIAN
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
        self, loopback: LoopbackServer, google: GoogleEngine, status: int, reason: Reason
    ) -> None:
        loopback.fail("status", times=1, status=status)
        assert ask(google) == [Failed(reason, detail=f"status {status}")] * 3
        assert len(loopback.asked) == 1
        assert ask(google) == PERSIAN

    @pytest.mark.parametrize("pause", ["7", " 7 "])
    def test_busy_tells_the_seconds_to_wait(
        self, loopback: LoopbackServer, google: GoogleEngine, pause: str
    ) -> None:
        loopback.fail("busy", retry_after=pause)
        assert ask(google)[0] == Failed(Reason.BUSY, 7.0, "status 429")

    def test_busy_tells_the_date_to_wait_for(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("busy", retry_date=30)
        outcome = ask(google)[0]
        assert isinstance(outcome, Failed)
        assert outcome.retry_after is not None
        assert 27 <= outcome.retry_after <= 31

    @pytest.mark.parametrize("pause", [None, "soon", "-3", "9" * 400])
    def test_busy_without_a_sensible_time_is_busy_all_the_same(
        self, loopback: LoopbackServer, google: GoogleEngine, pause: str | None
    ) -> None:
        loopback.fail("busy", retry_after=pause)
        outcome = ask(google)[0]
        assert isinstance(outcome, Failed)
        assert outcome.reason is Reason.BUSY
        assert outcome.retry_after in (None, 24 * 3600.0)

    def test_nobody_there_is_unreachable(self, loopback: LoopbackServer) -> None:
        with LoopbackServer() as gone:
            address = gone.google_url
        engine = GoogleEngine(base_url=address)
        assert only_reason(ask(engine)) is Reason.UNREACHABLE
        engine.close()

    @pytest.mark.parametrize("kind", ["cut", "close"])
    def test_cut_connection_is_the_servers_error_and_the_next_request_works(
        self, loopback: LoopbackServer, google: GoogleEngine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        assert only_reason(ask(google)) is Reason.SERVER_ERROR
        assert ask(google) == PERSIAN

    def test_silence_is_a_timeout(self, loopback: LoopbackServer) -> None:
        engine = impatient(loopback, read_timeout=0.2)
        loopback.fail("hang")
        assert only_reason(ask(engine)) is Reason.TIMEOUT
        engine.close()

    def test_answer_that_drips_meets_the_deadline(self, loopback: LoopbackServer) -> None:
        engine = impatient(loopback, read_timeout=5, total_timeout=0.4)
        loopback.fail("drip")
        started = time.monotonic()
        assert only_reason(ask(engine)) is Reason.TIMEOUT
        assert time.monotonic() - started < 1.5
        loopback.heal()
        assert ask(engine) == PERSIAN
        engine.close()

    def test_headers_that_never_come_meet_the_deadline(self, loopback: LoopbackServer) -> None:
        engine = impatient(loopback, read_timeout=30, total_timeout=0.3)
        loopback.fail("hang")
        started = time.monotonic()
        assert only_reason(ask(engine)) is Reason.TIMEOUT
        assert time.monotonic() - started < 1.5
        engine.close()

    def test_huge_body_is_not_read_to_its_end(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("huge", times=1)
        assert only_reason(ask(google)) is Reason.BAD_ANSWER
        assert ask(google) == PERSIAN

    def test_page_without_a_translation_is_a_bad_answer(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("wrong")
        assert ask(google)[0] == Failed(Reason.BAD_ANSWER, detail="TranslationNotFound")

    def test_redirect_to_another_host_is_not_followed(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        with LoopbackServer() as elsewhere:
            loopback.fail("redirect", to=elsewhere.google_url)
            assert only_reason(ask(google)) is Reason.REFUSED
            assert elsewhere.asked == []

    def test_redirect_within_the_host_is_followed_but_not_for_ever(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("redirect", times=1, to="/m?q=Again&sl=en&tl=fa")
        assert ask(google, ["Again"]) == [Translated(translate("Again", target="fa"))]
        loopback.fail("redirect", to="/m?q=Again&sl=en&tl=fa")
        assert only_reason(ask(google)) is Reason.REFUSED
        assert len(loopback.asked) == 2 + 4

    def test_empty_answer_translates_nothing(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("empty")
        assert ask(google, TEXTS[:1]) == [Translated("")]

    def test_closing_interrupts_a_request_that_hangs(self, loopback: LoopbackServer) -> None:
        engine = impatient(loopback, read_timeout=30)
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
        assert len(outcomes) == 3
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
        google: GoogleEngine,
        caplog: pytest.LogCaptureFixture,
        kind: str,
        details: dict[str, object],
    ) -> None:
        if kind != "none":
            loopback.fail(kind, **details)
        with caplog.at_level(logging.DEBUG):
            outcomes = ask(google, ["Embargoed until Monday"])
        assert loopback.texts == ["Embargoed until Monday"]
        assert caplog.records
        logged = "\n".join(record.getMessage() for record in caplog.records)
        for told in (logged, repr(outcomes)):
            assert "Embargoed" not in told
            assert "Monday" not in told


class TestLanguages:
    @pytest.mark.parametrize(
        ("code", "theirs"),
        [
            ("en", "en"),
            ("en-gb", "en"),
            ("fa", "fa"),
            ("fa-IR", "fa"),
            ("he", "iw"),
            ("zh-hans", "zh-CN"),
            ("zh-hant-tw", "zh-TW"),
            ("zh_CN", "zh-CN"),
            ("nb", "no"),
            ("tlh", None),
        ],
    )
    def test_wagtails_codes_become_googles(self, code: str, theirs: str | None) -> None:
        assert google_code(code) == theirs

    def test_one_language_into_itself_or_an_unknown_one_is_not_supported(
        self, google: GoogleEngine
    ) -> None:
        assert google.supports("en", "fa")
        assert not google.supports("en-gb", "en-us")
        assert not google.supports("en", "tlh")
