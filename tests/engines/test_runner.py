from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TypeVar

import pytest

from tests.engines.thirdparty import HtmlEngine, ScriptedEngine
from tests.loopback import HOSTILE, LoopbackServer
from wagtail_newsroom.engines import dispatch, retries
from wagtail_newsroom.engines.base import Engine, Failed, Outcome, Translated
from wagtail_newsroom.engines.circuit import Circuit, circuit_of
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.libretranslate import LibreTranslateEngine
from wagtail_newsroom.engines.pseudo import PseudoEngine, pseudo
from wagtail_newsroom.engines.registry import load_chain
from wagtail_newsroom.engines.runner import Batch, Draft, Refusal, Result, Runner, Sent
from wagtail_newsroom.segments.markup import tags_of
from wagtail_newsroom.segments.reasons import Reason

K = TypeVar("K")

PIECE = {
    "title": "The river rises again",
    "kicker": "Climate",
    "standfirst": "Engineers watch the dam &amp; wait.",
    "p1": 'The <b>river</b> rose, says <a id="a1">a report</a> of <i>the Delta Office</i>.',
    "p2": 'See <a id="a1">one</a>,<br/><a id="a2">another</a> or desk@gazette.example.',
    "figure": "1,500",
    "acronyms": "ORG / O.R.G.",
}
TRIVIAL = {"figure", "acronyms"}
WORDS = {key: text for key, text in PIECE.items() if key not in TRIVIAL}


def persian(text: str) -> Translated:
    return Translated(pseudo(text, target="fa"))


def good(texts: Sequence[str], number: int) -> list[Outcome]:
    return [persian(text) for text in texts]


def always(reason: Reason, retry_after: float | None = None) -> ScriptedEngine:
    return ScriptedEngine(
        lambda texts, number: [Failed(reason, retry_after)] * len(texts), name=reason.value
    )


def run(engines: Sequence[Engine], fragments: Mapping[K, str], **options: float) -> dict[K, Result]:
    """Run fragments; checks on the way that each key gets exactly one result."""
    results: dict[K, Result] = {}
    for batch in Runner(engines, source="en", target="fa", **options).run(fragments):
        assert not results.keys() & batch.results.keys()
        results |= batch.results
    assert results.keys() == fragments.keys()
    for key, result in results.items():
        if isinstance(result, Draft):
            assert tags_of(result.text) == tags_of(fragments[key])
    return results


def paragraphs(count: int) -> dict[int, str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        n: f"Paragraph {letters[n % 26]}{letters[n // 26 % 26]} tells of the river and its people."
        for n in range(count)
    }


class TestFlow:
    def test_a_piece_comes_back_whole_with_its_markup(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        results = run([google], PIECE)

        assert {key for key, result in results.items() if result == Draft(PIECE[key], "copy")} == (
            TRIVIAL
        )
        assert results["p1"] == Draft(
            f"{pseudo('The', target='fa')} <b>{pseudo('river', target='fa')}</b> "
            f"{pseudo('rose, says', target='fa')} "
            f'<a id="a1">{pseudo("a report", target="fa")}</a> {pseudo("of", target="fa")} '
            f"<i>{pseudo('the Delta Office', target='fa')}</i>.",
            "google",
        )
        assert results["standfirst"] == Draft(
            pseudo("Engineers watch the dam & wait.", target="fa").replace("&", "&amp;"), "google"
        )
        assert len(loopback.asked) == 1
        assert not any(mark in loopback.asked[0].text for mark in ("<", "@", "1,500"))

    def test_equal_text_is_sent_once_and_answered_for_each_key(self) -> None:
        engine = ScriptedEngine(good)
        results = run([engine], dict.fromkeys(range(50), "The same text"))
        assert engine.texts == ["The same text"]
        assert set(results.values()) == {Draft(pseudo("The same text", target="fa"), "scripted")}

    def test_trivial_text_is_answered_at_once_and_never_sent(self) -> None:
        engine = ScriptedEngine(good)
        runner = Runner([engine], source="en", target="fa").run(PIECE)
        first = next(runner)
        assert first.results == {key: Draft(PIECE[key], "copy") for key in TRIVIAL}
        assert engine.asked == []
        runner.close()

    def test_nothing_to_do_ends_at_once(self) -> None:
        assert list(Runner([ScriptedEngine(good)], source="en", target="fa").run({})) == []

    def test_text_over_the_limit_is_cut_at_sentences_and_joined(self) -> None:
        engine = ScriptedEngine(good, max_chars=80)
        text = "The <b>river</b> rose over night. " * 12 + "It is <i>over</i>."
        result = run([engine], {1: text})[1]
        assert isinstance(result, Draft)
        assert result.text.count("<b>") == 12
        assert result.text.count(". ") == 12
        assert all(len("\n".join(texts)) <= 80 for texts in engine.asked)

    def test_requests_keep_the_engines_limits(self) -> None:
        engine = ScriptedEngine(good, max_chars=200, max_texts=3)
        run([engine], paragraphs(40))
        assert all(len(texts) <= 3 and len("\n".join(texts)) <= 200 for texts in engine.asked)
        assert sorted(engine.texts) == sorted(paragraphs(40).values())

    def test_engine_that_keeps_markup_gets_html(self, loopback: LoopbackServer) -> None:
        results = run([HtmlEngine(url=loopback.libre_url)], PIECE)
        assert all(isinstance(result, Draft) for result in results.values())
        assert PIECE["p1"] in loopback.texts
        assert "Engineers watch the dam &amp; wait." in loopback.texts
        assert results["standfirst"] == Draft(
            pseudo("Engineers watch the dam & wait.", target="fa").replace("&", "&amp;"), "html"
        )

    def test_html_over_the_limit_goes_piece_by_piece(self, loopback: LoopbackServer) -> None:
        text = "The <b>river &amp; sea</b> rose &amp; fell. " * 10
        result = run([HtmlEngine(url=loopback.libre_url, max_chars=60)], {1: text})[1]
        assert isinstance(result, Draft)
        assert result.text.count("&amp;") == 20
        assert all(len(asked.text) <= 60 for asked in loopback.asked)


class TestDamage:
    @pytest.mark.parametrize("kind", ["lost-tokens", "swapped-tokens", "extra-tags", "scripts"])
    def test_damaged_markup_is_translated_between_its_tags(
        self, loopback: LoopbackServer, google: GoogleEngine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        results = run([google], WORDS)
        assert all(isinstance(result, Draft) for result in results.values())
        stored = "".join(result.text for result in results.values() if isinstance(result, Draft))
        assert not any(word in stored for word in ("script", "style", "onerror", "alert", "img"))

    @pytest.mark.parametrize("kind", HOSTILE)
    def test_whatever_comes_back_what_is_kept_has_the_sources_markup(
        self, loopback: LoopbackServer, google: GoogleEngine, kind: str
    ) -> None:
        loopback.fail(kind)
        results = run([google], PIECE)
        if kind in ("echo", "empty"):
            assert {type(results[key]) for key in WORDS} == {Refusal}
        else:
            assert isinstance(results["title"], Draft)

    def test_half_a_text_is_not_taken_for_a_translation(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("half")
        text = "The river rose over night, and the engineers who watch the dam say it will again."
        assert run([google], {1: text})[1] == Refusal(Reason.TRUNCATED, "google")

    def test_tags_that_come_back_as_tags_do_not_come_through(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("raw", html="<script>alert(1)</script><b onclick=x>!</b>")
        assert run([google], {1: "See it"})[1] == Draft(
            f"{pseudo('See it', target='fa')}!", "google"
        )

    def test_html_answer_with_foreign_attributes_is_stripped(self) -> None:
        engine = ScriptedEngine(
            lambda texts, number: [
                Translated('<p dir="rtl"><a id="a1" href="javascript:x()">گزارش</a> را ببینید</p>')
            ]
        )
        engine.keeps_markup = True
        assert run([engine], {1: 'See <a id="a1">the report</a>'})[1] == Draft(
            '<a id="a1">گزارش</a> را ببینید', "scripted"
        )

    def test_markup_that_nothing_saves_is_refused(self) -> None:
        engine = ScriptedEngine(lambda texts, number: [Translated("ZQB ببینید")] * len(texts))
        assert run([engine], {1: "See <b>it</b> now"})[1] == Refusal(Reason.TOKENS, "scripted")

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            ("", Reason.EMPTY),
            ("The river rises again and again", Reason.UNCHANGED),
            ("Le fleuve monte encore et encore", Reason.WRONG_SCRIPT),
            ("ZQB رودخانه باز هم بالا می‌آید", Reason.TOKENS),
        ],
    )
    def test_answer_that_is_no_translation_is_refused(self, answer: str, reason: Reason) -> None:
        engine = ScriptedEngine(lambda texts, number: [Translated(answer)])
        assert run([engine], {1: "The river rises again and again"})[1] == Refusal(
            reason, "scripted"
        )
        assert len(engine.asked) == 1


@pytest.mark.usefixtures("quick_retries")
class TestRetries:
    @pytest.mark.parametrize(
        "reason", [Reason.TIMEOUT, Reason.BUSY, Reason.SERVER_ERROR, Reason.UNREACHABLE]
    )
    def test_what_may_pass_is_tried_three_times(self, reason: Reason) -> None:
        engine = always(reason)
        assert run([engine], {1: "One text"})[1] == Refusal(reason, reason.value)
        assert len(engine.asked) == 3

    @pytest.mark.parametrize(
        "reason", [Reason.REFUSED, Reason.NOT_SUPPORTED, Reason.TOO_LONG, Reason.BAD_ANSWER]
    )
    def test_what_will_not_pass_is_tried_once(self, reason: Reason) -> None:
        engine = always(reason)
        assert run([engine], {1: "One text"})[1] == Refusal(reason, reason.value)
        assert len(engine.asked) == 1

    def test_only_what_failed_is_asked_again(self) -> None:
        def half(texts: Sequence[str], number: int) -> list[Outcome]:
            return [
                Failed(Reason.SERVER_ERROR) if number == 1 and n % 2 else persian(text)
                for n, text in enumerate(texts)
            ]

        engine = ScriptedEngine(half)
        results = run([engine], paragraphs(10))
        assert {type(result) for result in results.values()} == {Draft}
        assert [len(texts) for texts in engine.asked] == [10, 5]

    @pytest.mark.parametrize("every", [2, 3])
    @pytest.mark.parametrize("kind", ["status", "cut", "close", "busy"])
    def test_no_text_is_lost_when_every_so_manieth_request_fails(
        self, loopback: LoopbackServer, kind: str, every: int
    ) -> None:
        loopback.fail(kind, every=every, status=502)
        engine = GoogleEngine(base_url=loopback.google_url, max_texts=5)
        results = run([engine], paragraphs(120))
        assert {type(result) for result in results.values()} == {Draft}
        answered = [text for asked in loopback.asked if not asked.fault for text in asked.texts]
        assert sorted(answered) == sorted(paragraphs(120).values())

    def test_busy_engine_is_left_alone_as_long_as_it_asks(self, loopback: LoopbackServer) -> None:
        loopback.fail("busy", times=1, retry_after=1)
        engine = GoogleEngine(base_url=loopback.google_url)
        run([engine], PIECE)
        first, second = loopback.asked
        assert second.at - first.at >= 0.95

    def test_engine_that_asks_to_wait_too_long_is_given_up_at_once(self) -> None:
        engine = always(Reason.BUSY, retry_after=3600)
        started = time.monotonic()
        assert run([engine], {1: "One text"})[1] == Refusal(Reason.BUSY, "busy")
        assert time.monotonic() - started < 1
        assert len(engine.asked) == 1

    def test_request_that_is_too_long_is_divided(self) -> None:
        def short(texts: Sequence[str], number: int) -> list[Outcome]:
            if len(texts) > 3:
                return [Failed(Reason.TOO_LONG)] * len(texts)
            return good(texts, number)

        engine = ScriptedEngine(short)
        assert {type(result) for result in run([engine], paragraphs(12)).values()} == {Draft}
        assert max(map(len, engine.asked[3:])) <= 3

    def test_one_text_that_spoils_a_request_is_found_and_the_others_are_saved(self) -> None:
        def picky(texts: Sequence[str], number: int) -> list[Outcome]:
            if "poison" in texts:
                return [Failed(Reason.BAD_ANSWER)] * len(texts)
            return good(texts, number)

        engine = ScriptedEngine(picky)
        results = run([engine], {**paragraphs(15), "bad": "poison"})
        assert results.pop("bad") == Refusal(Reason.BAD_ANSWER, "scripted")
        assert {type(result) for result in results.values()} == {Draft}
        assert len(engine.asked) <= 10

    def test_one_text_that_fails_the_server_is_found_and_the_others_are_saved(self) -> None:
        def stumbling(texts: Sequence[str], number: int) -> list[Outcome]:
            if "poison" in texts:
                return [Failed(Reason.SERVER_ERROR)] * len(texts)
            return good(texts, number)

        engine = ScriptedEngine(stumbling, max_texts=8, parallel=1)
        results = run([engine], {**paragraphs(15), "bad": "poison"})
        assert results.pop("bad") == Refusal(Reason.SERVER_ERROR, "scripted")
        assert {type(result) for result in results.values()} == {Draft}

    def test_time_that_runs_out_is_told(self) -> None:
        def slow(texts: Sequence[str], number: int) -> list[Outcome]:
            time.sleep(0.2)
            return good(texts, number)

        engine = ScriptedEngine(slow, parallel=1, max_texts=1)
        results = run([engine], paragraphs(30), budget_seconds=0.5)
        drafts = [result for result in results.values() if isinstance(result, Draft)]
        assert 1 <= len(drafts) <= 3
        assert set(results.values()) - set(drafts) == {Refusal(Reason.BUDGET, "scripted")}


@pytest.mark.usefixtures("quick_retries")
class TestMixedUp:
    @pytest.mark.parametrize("kind", ["merged-lines", "extra-line"])
    def test_texts_that_came_back_mixed_up_are_sent_one_by_one(
        self, loopback: LoopbackServer, google: GoogleEngine, kind: str
    ) -> None:
        loopback.fail(kind, times=1)
        results = run([google], paragraphs(8))
        assert {type(result) for result in results.values()} == {Draft}
        together, *apart = loopback.asked
        assert together.texts == list(paragraphs(8).values())
        assert sorted(asked.text for asked in apart) == sorted(paragraphs(8).values())

    def test_they_go_in_parallel_and_at_once(self, loopback: LoopbackServer) -> None:
        loopback.latency = 0.1
        engine = LibreTranslateEngine(url=loopback.url, parallel=4)
        loopback.fail("merged-lines", times=1)
        started = time.monotonic()
        results = run([engine], paragraphs(8))
        assert {type(result) for result in results.values()} == {Draft}
        assert time.monotonic() - started < 0.45
        assert len(loopback.asked) == 9

    def test_engine_that_mixes_up_everything_is_not_given_up(self) -> None:
        def mixing(texts: Sequence[str], number: int) -> list[Outcome]:
            if len(texts) > 1:
                return [Failed(Reason.BAD_ANSWER, is_mixed_up=True)] * len(texts)
            return good(texts, number)

        engine = ScriptedEngine(mixing, max_texts=2, parallel=1)
        results = run([engine], paragraphs(40))
        assert {type(result) for result in results.values()} == {Draft}

    def test_single_text_that_is_called_mixed_up_is_a_bad_answer(self) -> None:
        engine = ScriptedEngine(
            lambda texts, number: [Failed(Reason.BAD_ANSWER, is_mixed_up=True)] * len(texts)
        )
        assert run([engine], {1: "One text"})[1] == Refusal(Reason.BAD_ANSWER, "scripted")
        assert len(engine.asked) == 1


@pytest.mark.usefixtures("quick_retries")
class TestCircuit:
    def test_engine_that_nobody_can_reach_is_given_up_quickly(self) -> None:
        with LoopbackServer() as gone:
            address = gone.google_url
        engine = GoogleEngine(base_url=address, max_texts=1)
        started = time.monotonic()
        results = run([engine], paragraphs(200))
        assert set(results.values()) == {Refusal(Reason.UNREACHABLE, "google")}
        assert time.monotonic() - started < 2

    def test_engine_that_hangs_costs_a_few_timeouts_not_one_for_each_request(
        self, loopback: LoopbackServer
    ) -> None:
        loopback.fail("hang")
        engine = GoogleEngine(base_url=loopback.google_url, read_timeout=0.3, max_texts=1)
        started = time.monotonic()
        results = run([engine], paragraphs(100))
        assert set(results.values()) == {Refusal(Reason.TIMEOUT, "google")}
        assert time.monotonic() - started < 2
        assert len(loopback.asked) <= 12

    def test_refused_requests_stop_after_a_few(self) -> None:
        engine = always(Reason.REFUSED)
        engine.max_texts = 1
        results = run([engine], paragraphs(100))
        assert set(results.values()) == {Refusal(Reason.REFUSED, "refused")}
        assert len(engine.asked) <= 3 + 2 * engine.parallel

    def test_next_run_finds_the_circuit_open_and_a_later_one_tries_a_single_request(
        self,
    ) -> None:
        down = True

        def act(texts: Sequence[str], number: int) -> list[Outcome]:
            return [Failed(Reason.UNREACHABLE)] * len(texts) if down else good(texts, number)

        engine = ScriptedEngine(act, max_texts=1)
        runner = Runner([engine], source="en", target="fa")
        (circuit,) = runner._circuits
        circuit.pause = 0.3

        def results() -> set[Result]:
            return {
                result for batch in runner.run(paragraphs(9)) for result in batch.results.values()
            }

        assert results() == {Refusal(Reason.UNREACHABLE, "scripted")}
        asked = len(engine.asked)
        assert results() == {Refusal(Reason.CIRCUIT_OPEN, "scripted")}
        assert len(engine.asked) == asked
        time.sleep(0.3)
        assert results() == {Refusal(Reason.UNREACHABLE, "scripted")}
        assert len(engine.asked) == asked + 1
        time.sleep(0.3)
        down = False
        assert {type(result) for result in results()} == {Draft}

    def test_engine_that_was_down_is_not_waited_for_by_the_next_job(self) -> None:
        with LoopbackServer() as gone:
            entry = {"ENGINE": "google", "OPTIONS": {"base_url": gone.google_url}}
        assert run(load_chain([entry]), {1: "One text"})[1].reason is Reason.UNREACHABLE
        started = time.monotonic()
        results = run(load_chain([entry, "pseudo"]), paragraphs(3))
        assert {result.engine for result in results.values()} == {"pseudo"}
        assert time.monotonic() - started < 0.1
        again = run(load_chain([entry]), paragraphs(3))
        assert set(again.values()) == {Refusal(Reason.CIRCUIT_OPEN, "google")}

    def test_shared_circuit_closes_by_itself(
        self, loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry = {"ENGINE": "google", "OPTIONS": {"base_url": loopback.google_url}}
        loopback.fail("status", status=403)
        (engine,) = load_chain([entry])
        circuit_of(engine).pause = 0.2
        for _ in range(3):
            run(load_chain([entry]), {1: "One text"})
        assert run(load_chain([entry]), {1: "One text"})[1].reason is Reason.CIRCUIT_OPEN
        loopback.heal()
        time.sleep(0.2)
        assert isinstance(run(load_chain([entry]), {1: "One text"})[1], Draft)
        assert not circuit_of(engine).is_testing

    def test_engine_of_another_entry_has_a_circuit_of_its_own(
        self, loopback: LoopbackServer
    ) -> None:
        with LoopbackServer() as gone:
            down = {"ENGINE": "google", "OPTIONS": {"base_url": gone.google_url}}
        up = {"ENGINE": "google", "OPTIONS": {"base_url": loopback.google_url}}
        run(load_chain([down]), {1: "One text"})
        assert isinstance(run(load_chain([up]), {1: "One text"})[1], Draft)
        assert circuit_of(PseudoEngine()) is not circuit_of(PseudoEngine())

    def test_circuit_counts_failures_in_a_row_only(self) -> None:
        now = 0.0
        circuit = Circuit(pause=30, clock=lambda: now)
        for _ in range(20):
            circuit.failed(Reason.UNREACHABLE)
            circuit.failed(Reason.UNREACHABLE)
            circuit.succeeded()
        assert not circuit.is_open
        for _ in range(20):
            circuit.failed(Reason.TOO_LONG)
        assert not circuit.is_open
        for _ in range(3):
            circuit.failed(Reason.UNREACHABLE)
        assert circuit.is_open
        assert circuit.reason is Reason.UNREACHABLE
        now = 31.0
        assert not circuit.is_open
        assert circuit.is_testing
        circuit.failed(Reason.SERVER_ERROR)
        assert circuit.is_open
        now = 62.0
        circuit.succeeded()
        assert not circuit.is_open
        assert not circuit.is_testing


@pytest.mark.usefixtures("quick_retries")
class TestChain:
    def test_what_one_engine_cannot_do_goes_to_the_next_which_is_remembered(self) -> None:
        def picky(texts: Sequence[str], number: int) -> list[Outcome]:
            return [
                Failed(Reason.REFUSED) if text.startswith("The") else persian(text)
                for text in texts
            ]

        first, second = ScriptedEngine(picky, name="first"), ScriptedEngine(good, name="second")
        results = run([first, second], PIECE)
        assert {key: result.engine for key, result in results.items()} == {
            "title": "second",
            "kicker": "first",
            "standfirst": "first",
            "p1": "second",
            "p2": "first",
            "figure": "copy",
            "acronyms": "copy",
        }
        assert len(second.texts) == 2

    def test_unreachable_engine_leaves_all_to_the_offline_twin(self) -> None:
        with LoopbackServer() as gone:
            address = gone.google_url
        results = run([GoogleEngine(base_url=address), PseudoEngine()], WORDS)
        assert {result.engine for result in results.values()} == {"pseudo"}

    def test_answer_that_is_no_translation_goes_to_the_next_engine(self) -> None:
        echo = ScriptedEngine(lambda texts, number: [Translated(text) for text in texts])
        results = run([echo, PseudoEngine()], WORDS)
        assert {result.engine for result in results.values()} == {"pseudo"}

    def test_the_last_reason_is_told_unless_it_tells_less(self) -> None:
        text = {1: "One text"}
        unreachable, refused = always(Reason.UNREACHABLE), always(Reason.REFUSED)
        assert run([unreachable, refused], text)[1] == Refusal(Reason.REFUSED, "refused")
        unknown = always(Reason.NOT_SUPPORTED)
        assert run([refused, unknown], text)[1] == Refusal(Reason.REFUSED, "refused")

    def test_engine_that_does_not_know_the_languages_is_not_asked(self) -> None:
        engine = ScriptedEngine(good)
        engine.languages = frozenset({"en", "de"})
        assert run([engine], {1: "One text"})[1] == Refusal(Reason.NOT_SUPPORTED, "scripted")
        assert engine.asked == []
        assert run([engine, PseudoEngine()], {1: "One text"})[1].engine == "pseudo"

    def test_empty_chain_is_told(self) -> None:
        assert run([], {1: "One text", 2: "5"}) == {
            1: Refusal(Reason.NO_ENGINE, ""),
            2: Draft("5", "copy"),
        }

    def test_third_partys_engine_is_used_by_dotted_path(self, loopback: LoopbackServer) -> None:
        chain = load_chain(
            [
                {
                    "ENGINE": "tests.engines.thirdparty.HtmlEngine",
                    "OPTIONS": {"url": loopback.libre_url, "parallel": 2},
                }
            ]
        )
        results = run(chain, paragraphs(60))
        assert {result.engine for result in results.values()} == {"html"}
        assert len(loopback.asked) == 6
        assert loopback.most_at_once <= 2


@pytest.mark.usefixtures("quick_retries")
class TestThreads:
    def test_requests_run_in_parallel_up_to_the_engines_number(
        self, loopback: LoopbackServer
    ) -> None:
        loopback.latency = 0.05
        engine = GoogleEngine(base_url=loopback.google_url, max_texts=1, parallel=3)
        started = time.monotonic()
        run([engine], paragraphs(12))
        assert loopback.most_at_once == 3
        assert time.monotonic() - started < 12 * 0.05
        assert len({asked.connection for asked in loopback.asked}) == 3

    def test_caller_hears_something_while_nothing_arrives(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatch, "HEARTBEAT", 0.05)
        engine = PseudoEngine(latency=0.4)
        batches = list(Runner([engine], source="en", target="fa").run({1: "One text"}))
        assert len(batches) >= 5
        assert batches[:4] == [Batch({}, {"pseudo": Sent(8, 1)}), *[Batch({})] * 3]
        assert batches[-1].results == {1: Draft(pseudo("One text", target="fa"), "pseudo")}

    def test_caller_hears_something_while_a_try_waits(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatch, "HEARTBEAT", 0.05)
        monkeypatch.setattr(retries, "FIRST_PAUSE", 0.4)
        engine = PseudoEngine(fail_every=1)
        work = Runner([engine], source="en", target="fa").run({1: "One text"})
        started = time.monotonic()
        assert next(work) == Batch({}, {"pseudo": Sent(8, 1)})
        assert next(work) == Batch({})
        assert time.monotonic() - started < 0.35
        work.close()

    def test_heartbeat_is_well_within_five_seconds(self) -> None:
        assert dispatch.HEARTBEAT <= 2.5

    def test_closing_interrupts_requests_and_ends_all_threads(
        self, loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatch, "HEARTBEAT", 0.05)
        loopback.fail("hang")
        engine = GoogleEngine(base_url=loopback.google_url, max_texts=1, read_timeout=30)
        before = threading.active_count()
        work = Runner([engine], source="en", target="fa").run(paragraphs(20))
        while len(loopback.asked) < 4:
            next(work)
        started = time.monotonic()
        work.close()
        assert time.monotonic() - started < 1
        # The server's own threads may still be hanging; none of the runner's may.
        assert not [
            thread for thread in threading.enumerate() if thread.name.startswith("newsroom-")
        ]
        assert threading.active_count() >= before

    def test_results_that_arrived_before_a_failure_are_not_held_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(retries, "FIRST_PAUSE", 0.3)

        def act(texts: Sequence[str], number: int) -> list[Outcome]:
            return [Failed(Reason.TIMEOUT)] * len(texts) if number == 2 else good(texts, number)

        engine = ScriptedEngine(act, max_texts=1, parallel=1)
        started = time.monotonic()
        work = Runner([engine], source="en", target="fa").run(paragraphs(3))
        early: set[int] = set()
        while len(early) < 2:
            early |= next(work).results.keys()
        assert time.monotonic() - started < 0.15
        assert early | {key for batch in work for key in batch.results} == {0, 1, 2}
        assert engine.texts.count(engine.asked[1][0]) == 2

    def test_engines_are_closed_after_a_run(self) -> None:
        engine = ScriptedEngine(good)
        run([engine], {1: "One text"})
        assert engine.closed


@pytest.mark.usefixtures("quick_retries")
class TestForeignCode:
    def test_engine_that_raises_is_broken_and_its_message_stays_unread(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def explode(texts: Sequence[str], number: int) -> list[Outcome]:
            raise RuntimeError(f"key=secret {texts}")

        results = run([ScriptedEngine(explode), PseudoEngine()], {1: "Embargoed text"})
        assert results[1].engine == "pseudo"
        assert run([ScriptedEngine(explode)], {1: "Embargoed text"})[1] == Refusal(
            Reason.BROKEN, "scripted"
        )
        assert "RuntimeError" in caplog.text
        assert "secret" not in caplog.text
        assert "Embargoed" not in caplog.text

    @pytest.mark.parametrize("answer", [[], [Translated("یک")] * 3, None, ["text", "text"]])
    def test_engine_that_does_not_answer_each_text_is_broken(self, answer: object) -> None:
        engine = ScriptedEngine(lambda texts, number: answer)  # type: ignore[arg-type, return-value]
        results = run([engine], {1: "One text", 2: "Another text"})
        assert set(results.values()) == {Refusal(Reason.BROKEN, "scripted")}

    def test_engine_that_cannot_say_what_it_knows_is_passed_over(self) -> None:
        class Confused(PseudoEngine):
            def supports(self, source: str, target: str) -> bool:
                raise LookupError

        assert run([Confused(), ScriptedEngine(good)], {1: "One text"})[1].engine == "scripted"

    def test_failed_requests_are_logged_without_texts(
        self, loopback: LoopbackServer, google: GoogleEngine, caplog: pytest.LogCaptureFixture
    ) -> None:
        loopback.fail("status", times=1, status=500)
        with caplog.at_level(logging.DEBUG):
            run([google], {1: "Embargoed until Monday"})
        assert "google failed 1 of 1 texts: server-error status 500" in caplog.text
        assert "Embargoed" not in caplog.text
