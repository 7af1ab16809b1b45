"""Machine translators of wagtail-localize serve as engines, however they behave."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from wagtail_localize.strings import StringValue

from tests.engines.worn import (
    CodedError,
    GoodTranslator,
    HangingTranslator,
    status_error,
)
from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.desk.localize.engine import LocalizeEngine
from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.registry import BadEngine, load_engine
from wagtail_newsroom.engines.runner import Draft, Refusal, Runner
from wagtail_newsroom.segments.reasons import Reason

WORN = "tests.engines.worn."
HTML = 'The <b>river</b> rose &amp; fell, says <a id="a1">a report</a>.'


@pytest.fixture(autouse=True)
def _nobody_asked() -> Iterator[None]:
    GoodTranslator.asked.clear()
    GoodTranslator.made = HangingTranslator.made = 0
    HangingTranslator.gone_on.clear()
    yield
    HangingTranslator.gone_on.set()


def worn(name: str, *, OPTIONS: Any = None, **options: Any) -> LocalizeEngine:  # noqa: N803
    return LocalizeEngine(CLASS=WORN + name, OPTIONS=OPTIONS, **options)


def ask(engine: LocalizeEngine, *texts: str) -> list[Outcome]:
    return engine.translate(texts or ["One text"], source="en", target="fa")


def test_html_goes_out_and_comes_back_in_order() -> None:
    assert ask(worn("GoodTranslator"), HTML, "Nobody was hurt.") == [
        Translated(translate(text, target="fa", is_html=True))
        for text in (HTML, "Nobody was hurt.")
    ]
    assert GoodTranslator.asked == [("en", "fa", [HTML, "Nobody was hurt."], None)]


def test_nothing_to_translate_asks_nothing() -> None:
    assert worn("GoodTranslator").translate([], source="en", target="fa") == []
    assert GoodTranslator.asked == []


def test_runner_uses_it_like_any_engine_and_no_database(
    django_assert_num_queries: Any, db: None
) -> None:
    entry = {"ENGINE": "localize", "OPTIONS": {"CLASS": WORN + "GoodTranslator"}}
    runner = Runner([load_engine(entry)], source="en", target="fa")
    with django_assert_num_queries(0):
        results = {
            key: found for batch in runner.run({1: HTML}) for key, found in batch.results.items()
        }
    assert results == {
        1: Draft(translate(HTML, target="fa", is_html=True), "localize:GoodTranslator")
    }


def test_translator_is_made_when_it_is_needed_and_used_again() -> None:
    engine = worn("GoodTranslator")
    assert GoodTranslator.made == 0
    assert (engine.name, engine.label) == ("localize:GoodTranslator", "A good translator")
    ask(engine)
    ask(engine)
    assert GoodTranslator.made == 1


def test_translator_says_which_languages_it_knows() -> None:
    engine = worn("GoodTranslator")
    assert engine.supports("en", "fa")
    assert not engine.supports("en", "de")
    runner = Runner([engine], source="en", target="de")
    (batch,) = runner.run({1: "One text"})
    assert batch.results == {1: Refusal(Reason.NOT_SUPPORTED, "localize:GoodTranslator")}


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (KeyError("translations"), Failed(Reason.BAD_ANSWER, detail="KeyError")),
        (status_error(403), Failed(Reason.REFUSED, detail="status 403")),
        (status_error(429), Failed(Reason.BUSY, detail="status 429")),
        (status_error(502), Failed(Reason.SERVER_ERROR, detail="status 502")),
        (CodedError(), Failed(Reason.SERVER_ERROR, detail="status 503")),
        (requests.ConnectTimeout(), Failed(Reason.UNREACHABLE, detail="ConnectTimeout")),
        (requests.ReadTimeout(), Failed(Reason.TIMEOUT, detail="ReadTimeout")),
        (ConnectionResetError(), Failed(Reason.UNREACHABLE, detail="ConnectionResetError")),
        (None, Failed(Reason.BAD_ANSWER, detail="no mapping")),
        (["text"], Failed(Reason.BAD_ANSWER, detail="no mapping")),
        ({}, Failed(Reason.BAD_ANSWER, detail="no text")),
    ],
)
def test_whatever_it_raises_or_returns_is_told_without_its_message(
    answer: Any, failed: Failed, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(worn("OddTranslator", OPTIONS={"answer": answer})) == [failed]
    assert "s3cret" not in caplog.text


def test_text_that_is_missing_from_the_answer_fails_by_itself() -> None:
    found = {StringValue("a"): StringValue("الف"), StringValue("b"): StringValue(None)}
    assert ask(worn("OddTranslator", OPTIONS={"answer": found}), "a", "b", "c") == [
        Translated("الف"),
        *[Failed(Reason.BAD_ANSWER, detail="no text")] * 2,
    ]


def test_address_that_nobody_listens_on_is_unreachable() -> None:
    with LoopbackServer() as gone:
        engine = worn("PostingTranslator", OPTIONS={"url": gone.libre_url})
    assert ask(engine) == [Failed(Reason.UNREACHABLE, detail="ConnectionError")]


def test_translator_that_hangs_is_left_behind() -> None:
    engine = worn("HangingTranslator", total_timeout=0.2)
    started = time.monotonic()
    assert ask(engine) == [Failed(Reason.TIMEOUT, detail="deadline")]
    assert time.monotonic() - started < 1
    HangingTranslator.gone_on.set()


def test_closing_does_not_wait_for_a_translator_that_hangs() -> None:
    engine = worn("HangingTranslator")
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.extend(ask(engine)))
    thread.start()
    while not HangingTranslator.made:
        time.sleep(0.01)
    started = time.monotonic()
    engine.close()
    thread.join(3)
    assert time.monotonic() - started < 1
    assert outcomes == [Failed(Reason.TIMEOUT, detail="deadline")]
    HangingTranslator.gone_on.set()


@pytest.mark.parametrize(
    "name",
    ["", 5, "nowhere.Translator", "tests.engines.worn.Missing", "tests.engines.worn.translate_"],
)
def test_class_that_is_none_is_refused_by_name(name: Any) -> None:
    with pytest.raises(BadEngine, match="localize"):
        load_engine({"ENGINE": "localize", "OPTIONS": {"CLASS": name}})


def test_translators_that_come_with_wagtail_localize_fit() -> None:
    engine = LocalizeEngine(CLASS="wagtail_localize.machine_translators.deepl.DeepLTranslator")
    assert (engine.name, engine.label) == ("localize:DeepLTranslator", "DeepL")
    dummy = LocalizeEngine(CLASS="wagtail_localize.machine_translators.dummy.DummyTranslator")
    assert ask(dummy, "one <b>two</b> three") == [Translated(" three<b>two</b>one ")]
