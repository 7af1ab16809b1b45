from __future__ import annotations

import logging
from typing import Any

import deep_translator.microsoft
import pytest

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.microsoft import MicrosoftEngine
from wagtail_newsroom.engines.registry import BadEngine, load_engine
from wagtail_newsroom.segments.reasons import Reason


def make(loopback: LoopbackServer, **options: Any) -> MicrosoftEngine:
    return MicrosoftEngine(**{"base_url": loopback.microsoft_url, "key": "s3cret", **options})


def ask(engine: MicrosoftEngine, *texts: str) -> list[Outcome]:
    outcomes = engine.translate(texts or ["The river rose."], source="en", target="fa")
    engine.close()
    return outcomes


def test_making_the_engine_and_asking_what_it_knows_reaches_nobody(
    loopback: LoopbackServer,
) -> None:
    # Any address but this machine's would fail the test, and the library asks one when it is made.
    engine = make(loopback)
    assert engine.supports("en", "fa")
    assert loopback.asked == []


def test_key_and_region_travel_in_headers(loopback: LoopbackServer) -> None:
    loopback.key = "s3cret"
    assert ask(make(loopback, region="westeurope")) == [
        Translated(translate("The river rose.", target="fa"))
    ]
    (asked,) = loopback.asked
    assert asked.headers["ocp-apim-subscription-key"] == "s3cret"
    assert asked.headers["ocp-apim-subscription-region"] == "westeurope"


def test_region_is_left_out_if_there_is_none(loopback: LoopbackServer) -> None:
    ask(make(loopback))
    assert "ocp-apim-subscription-region" not in loopback.asked[0].headers


def test_wrong_key_is_refused(loopback: LoopbackServer) -> None:
    loopback.key = "another"
    assert ask(make(loopback)) == [Failed(Reason.REFUSED, detail="status 401")]


def test_the_librarys_own_code_does_the_work(
    loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> bool:
        raise LookupError

    monkeypatch.setattr(deep_translator.microsoft, "is_input_valid", refuse)
    assert ask(make(loopback)) == [Failed(Reason.BAD_ANSWER, detail="LookupError")]
    assert loopback.asked == []


@pytest.mark.parametrize(
    ("code", "theirs"),
    [
        ("en", "en"),
        ("en-gb", "en"),
        ("fa", "fa"),
        ("fa_IR", "fa"),
        ("pt-br", "pt"),
        ("pt-pt", "pt-pt"),
        ("zh-hans", "zh-Hans"),
        ("zh-hant-hk", "zh-Hant"),
        ("no", "nb"),
        ("sr", "sr-Latn"),
    ],
)
def test_wagtails_codes_become_microsofts(code: str, theirs: str) -> None:
    assert MicrosoftEngine(key="k").code(code) == theirs


def test_one_language_into_itself_is_not_supported() -> None:
    assert not MicrosoftEngine(key="k").supports("en-gb", "en-us")


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (
            {"error": {"code": 400036, "message": "x"}},
            Failed(Reason.REFUSED, None, "MicrosoftAPIerror"),
        ),
        ([], Failed(Reason.BAD_ANSWER, None, "IndexError")),
        ([{}], Failed(Reason.BAD_ANSWER, None, "KeyError")),
        ([{"translations": [{"text": 5}]}], Failed(Reason.BAD_ANSWER, None, "TypeError")),
        ([{"translations": []}], Translated("")),
    ],
)
def test_odd_answer_is_told(loopback: LoopbackServer, answer: Any, failed: Outcome) -> None:
    loopback.fail("say", json=answer)
    assert ask(make(loopback)) == [failed]


@pytest.mark.parametrize("options", [{}, {"key": ""}])
def test_engine_without_a_key_is_no_engine(options: dict[str, str]) -> None:
    with pytest.raises(BadEngine, match="key"):
        load_engine({"ENGINE": "microsoft", "OPTIONS": options})


@pytest.mark.parametrize("status", [401, 403, 500])
def test_the_key_is_in_no_log_and_no_outcome(
    loopback: LoopbackServer, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    loopback.fail("status", status=status)
    with caplog.at_level(logging.DEBUG):
        outcomes = ask(make(loopback))
    assert caplog.records
    assert "s3cret" not in caplog.text + repr(outcomes)
