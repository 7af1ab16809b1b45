"""What engines are sent is counted, whatever comes back, and kept within their allowances."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.engines.thirdparty import ScriptedEngine
from tests.loopback import LoopbackServer
from wagtail_newsroom.engines.base import Engine, Failed, Outcome, Translated
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.engines.pseudo import PseudoEngine, pseudo
from wagtail_newsroom.engines.runner import Draft, Refusal, Result, Runner, Sent
from wagtail_newsroom.segments.reasons import Reason

FIVE = {n: f"Text of eighteen {letter}" for n, letter in enumerate("abcde")}
"""Five texts of 18 characters."""


def good(texts: Sequence[str], number: int) -> list[Outcome]:
    return [Translated(pseudo(text, target="fa")) for text in texts]


def run(
    engines: Sequence[Engine], fragments: dict[int, str], **options: object
) -> tuple[dict[int, Result], dict[str, Sent]]:
    """Run fragments; return the results and what was sent in all."""
    results: dict[int, Result] = {}
    total: dict[str, Sent] = {}
    for batch in Runner(engines, source="en", target="fa", **options).run(fragments):
        results |= batch.results
        for name, sent in batch.sent.items():
            before = total.get(name, Sent())
            total[name] = Sent(before.characters + sent.characters, before.requests + sent.requests)
    assert results.keys() == fragments.keys()
    return results, total


@pytest.mark.usefixtures("quick_retries")
class TestCounts:
    def test_characters_and_requests_are_told(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        google.max_texts = 2
        _, sent = run([google], FIVE)
        assert sent == {"google": Sent(5 * 18, 3)}
        assert sum(len(text) for text in loopback.texts) == 5 * 18

    def test_what_was_masked_counts_as_it_was_sent(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        _, sent = run([google], {1: 'See <a id="a1">the report</a>, 1,500 pages long'})
        assert sent == {"google": Sent(len(loopback.asked[0].text), 1)}

    def test_what_is_not_sent_does_not_count(self) -> None:
        assert run([PseudoEngine()], {1: "1,500", 2: "ORG / O.R.G."})[1] == {}

    def test_each_try_counts(self, loopback: LoopbackServer, google: GoogleEngine) -> None:
        loopback.fail("status", times=2, status=503)
        results, sent = run([google], FIVE)
        assert {type(result) for result in results.values()} == {Draft}
        assert sent == {"google": Sent(3 * 5 * 18, 3)}

    def test_texts_that_were_mixed_up_count_twice(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("merged-lines", times=1)
        _, sent = run([google], FIVE)
        assert sent == {"google": Sent(2 * 5 * 18, 6)}

    def test_each_engine_of_the_chain_has_its_own_count(self) -> None:
        refusing = ScriptedEngine(
            lambda texts, number: [Failed(Reason.REFUSED)] * len(texts), name="refusing"
        )
        _, sent = run([refusing, PseudoEngine()], FIVE)
        assert sent == {"refusing": Sent(5 * 18, 1), "pseudo": Sent(5 * 18, 1)}

    def test_what_was_sent_before_the_time_ran_out_is_told(self) -> None:
        engine = PseudoEngine(latency=30, max_texts=1, parallel=2)
        results, sent = run([engine], FIVE, budget_seconds=0.3)
        assert set(results.values()) == {Refusal(Reason.BUDGET, "pseudo")}
        assert sent == {"pseudo": Sent(2 * 18, 2)}

    def test_engine_that_raises_was_sent_something_all_the_same(self) -> None:
        def explode(texts: Sequence[str], number: int) -> list[Outcome]:
            raise LookupError

        assert run([ScriptedEngine(explode)], FIVE)[1] == {"scripted": Sent(5 * 18, 1)}


@pytest.mark.usefixtures("quick_retries")
class TestAllowance:
    def test_what_does_not_fit_is_refused_and_never_sent(self) -> None:
        engine = ScriptedEngine(good)
        results, sent = run([engine], FIVE, allowance={"scripted": 40})
        assert {n for n, result in results.items() if isinstance(result, Draft)} == {0, 1}
        assert {results[n] for n in (2, 3, 4)} == {Refusal(Reason.CAP, "scripted")}
        assert sent == {"scripted": Sent(36, 1)}

    def test_it_goes_to_the_next_engine(self) -> None:
        results, sent = run(
            [ScriptedEngine(good), PseudoEngine()], FIVE, allowance={"scripted": 40, "other": 0}
        )
        assert [results[n].engine for n in FIVE] == ["scripted"] * 2 + ["pseudo"] * 3
        assert sent == {"scripted": Sent(36, 1), "pseudo": Sent(54, 1)}

    def test_engine_that_may_be_sent_nothing_is_not_asked(self) -> None:
        engine = ScriptedEngine(good)
        results, sent = run([engine], FIVE, allowance={"scripted": 0})
        assert set(results.values()) == {Refusal(Reason.CAP, "scripted")}
        assert (engine.asked, sent) == ([], {})

    def test_shorter_text_may_fit_where_a_longer_does_not(self) -> None:
        engine = ScriptedEngine(good)
        results, _ = run(
            [engine], {1: "A long text that is too much", 2: "Short"}, allowance={"scripted": 10}
        )
        assert isinstance(results[2], Draft)
        assert results[1] == Refusal(Reason.CAP, "scripted")

    def test_tries_use_it_up_too(self, loopback: LoopbackServer, google: GoogleEngine) -> None:
        loopback.fail("status", status=503)
        results, sent = run([google], {1: FIVE[0]}, allowance={"google": 40})
        assert results == {1: Refusal(Reason.CAP, "google")}
        assert sent == {"google": Sent(36, 2)}

    def test_engines_of_one_name_share_it(self) -> None:
        first = ScriptedEngine(lambda texts, number: [Failed(Reason.REFUSED)] * len(texts))
        second = ScriptedEngine(good)
        results, sent = run([first, second], FIVE, allowance={"scripted": 5 * 18 + 36})
        assert {n for n, result in results.items() if isinstance(result, Draft)} == {0, 1}
        assert sent == {"scripted": Sent(5 * 18 + 36, 2)}

    def test_texts_that_an_open_circuit_called_back_do_not_use_it_up(self) -> None:
        engine = ScriptedEngine(
            lambda texts, number: [Failed(Reason.REFUSED)] * len(texts), max_texts=1, parallel=1
        )
        second = ScriptedEngine(good)
        results, sent = run([engine, second], FIVE, allowance={"scripted": (len(FIVE) + 3) * 18})
        assert len(engine.asked) in (3, 4)
        assert sum(isinstance(result, Draft) for result in results.values()) >= 4
        assert sent["scripted"].characters <= (len(FIVE) + 3) * 18
