"""One tiny request shows whether an engine works, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.engines.conftest import Make
from tests.engines.thirdparty import ScriptedEngine
from tests.loopback import LoopbackServer
from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.libretranslate import LibreTranslateEngine
from wagtail_newsroom.engines.microsoft import MicrosoftEngine
from wagtail_newsroom.engines.probe import Probe, probe
from wagtail_newsroom.engines.pseudo import PseudoEngine
from wagtail_newsroom.segments.reasons import Reason


def shown(found: Probe) -> tuple[bool | None, bool | None, bool | None, str]:
    return found.is_reachable, found.is_key_accepted, found.knows_pair, found.reason


def test_engine_that_works_is_asked_once(make: Make, loopback: LoopbackServer) -> None:
    loopback.latency = 0.05
    engine = make(loopback)
    found = probe(engine, "en", "fa")
    assert shown(found) == (True, True, True, "")
    assert found.works
    assert (found.engine, found.label) == (engine.name, engine.label)
    assert found.milliseconds is not None
    assert 50 <= found.milliseconds < 1000
    (asked,) = loopback.asked
    assert found.characters == len(asked.text) < 20


def test_engine_that_nobody_can_reach_says_nothing_of_its_key(make: Make) -> None:
    with LoopbackServer() as gone:
        engine = make(gone)
    found = probe(engine, "en", "fa")
    assert shown(found) == (False, None, None, "unreachable")
    assert not found.works


def test_engine_that_hangs_costs_one_time_limit(make: Make, loopback: LoopbackServer) -> None:
    loopback.fail("hang")
    found = probe(make(loopback, read_timeout=0.2), "en", "fa")
    assert shown(found) == (False, None, None, "timeout")
    assert found.milliseconds is not None
    assert found.milliseconds < 1000


@pytest.mark.parametrize("status", [401, 403])
def test_refused_key_is_told(make: Make, loopback: LoopbackServer, status: int) -> None:
    loopback.fail("status", status=status)
    assert shown(probe(make(loopback), "en", "fa")) == (True, False, None, "refused")


def test_wrong_key_is_found_out(loopback: LoopbackServer) -> None:
    loopback.key = "right"
    engine = MicrosoftEngine(base_url=loopback.microsoft_url, key="wrong")
    assert shown(probe(engine, "en", "fa")) == (True, False, None, "refused")
    engine = MicrosoftEngine(base_url=loopback.microsoft_url, key="right")
    assert probe(engine, "en", "fa").works


def test_failing_server_is_reachable(make: Make, loopback: LoopbackServer) -> None:
    loopback.fail("status", status=500)
    assert shown(probe(make(loopback), "en", "fa")) == (True, None, None, "server-error")


def test_pair_that_an_engine_does_not_know_is_not_sent(
    make: Make, loopback: LoopbackServer
) -> None:
    assert shown(probe(make(loopback), "en-gb", "en-us")) == (None, None, False, "not-supported")
    assert loopback.asked == []


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ([{"code": "en", "targets": ["de"]}], (True, None, False, "not-supported")),
        ([{"code": "en", "targets": ["fa"]}], (True, None, None, "refused")),
        ({"error": "slow down"}, (True, None, None, "refused")),
    ],
)
def test_server_that_refuses_is_asked_for_its_languages(
    loopback: LoopbackServer, languages: Any, expected: Any
) -> None:
    loopback.languages = languages
    loopback.fail("status", status=400)
    assert shown(probe(LibreTranslateEngine(url=loopback.url), "en", "fa")) == expected


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda texts: [Translated("  ")], (True, None, None, "empty")),
        (lambda texts: [Failed(Reason.NOT_SUPPORTED)], (True, None, False, "not-supported")),
        (lambda texts: [], (None, None, None, "broken")),
        (lambda texts: 1 / 0, (None, None, None, "broken")),
    ],
)
def test_whatever_an_engine_does_is_told(act: Any, expected: Any) -> None:
    engine = ScriptedEngine(lambda texts, number: act(texts))
    assert shown(probe(engine, "en", "fa")) == expected


def test_engine_that_cannot_even_say_what_it_knows_is_broken() -> None:
    class Confused(PseudoEngine):
        def supports(self, source: str, target: str) -> bool:
            raise LookupError("key=s3cret")

    assert shown(probe(Confused(), "en", "fa")) == (None, None, None, "broken")


@pytest.mark.parametrize(
    ("language", "letter"), [("en", "H"), ("fa", "س"), ("ar", "س"), ("ru", "П"), ("he", "ש")]
)
def test_text_is_in_the_letters_of_its_language(language: str, letter: str) -> None:
    def good(texts: Sequence[str], number: int) -> list[Outcome]:
        return [Translated(text) for text in texts]

    engine = ScriptedEngine(good)
    probe(engine, language, "de")
    assert engine.texts[0].startswith(letter)
    assert engine.closed
