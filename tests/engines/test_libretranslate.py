from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.libretranslate import LibreTranslateEngine, libre_code
from wagtail_newsroom.engines.registry import load_engine
from wagtail_newsroom.engines.runner import Draft, Runner
from wagtail_newsroom.segments.reasons import Reason

HTML = 'The <b>river</b> rose &amp; fell, says <a id="a1">a report</a>.'


def ask(engine: LibreTranslateEngine, *texts: str) -> list[Outcome]:
    outcomes = engine.translate(texts or [HTML], source="en", target="fa")
    engine.close()
    return outcomes


def test_texts_travel_as_a_list_of_html(loopback: LoopbackServer) -> None:
    assert ask(LibreTranslateEngine(url=loopback.url), HTML, "Nobody was hurt.") == [
        Translated(translate(HTML, target="fa", is_html=True)),
        Translated(translate("Nobody was hurt.", target="fa")),
    ]
    (asked,) = loopback.asked
    assert (asked.texts, asked.source, asked.target, asked.key) == (
        [HTML, "Nobody was hurt."],
        "en",
        "fa",
        "",
    )
    assert asked.headers["content-type"] == "application/json"


@pytest.mark.parametrize("ending", ["", "/", "/translate"])
def test_address_may_be_written_in_each_usual_way(loopback: LoopbackServer, ending: str) -> None:
    assert isinstance(ask(LibreTranslateEngine(url=loopback.url + ending))[0], Translated)


def test_server_of_the_sites_own_is_private_unless_told_otherwise() -> None:
    assert load_engine("libretranslate").is_private
    public = {"ENGINE": "libretranslate", "OPTIONS": {"is_private": False}}
    assert not load_engine(public).is_private


def test_key_travels_in_the_body_and_a_wrong_one_is_refused(loopback: LoopbackServer) -> None:
    loopback.key = "s3cret"
    right, wrong = (LibreTranslateEngine(url=loopback.url, key=key) for key in ("s3cret", "no"))
    assert isinstance(ask(right)[0], Translated)
    assert "s3cret" not in loopback.asked[0].path + str(loopback.asked[0].headers)
    assert ask(wrong) == [Failed(Reason.REFUSED, detail="status 401")]


@pytest.mark.parametrize(
    ("code", "theirs"),
    [
        ("en-gb", "en"),
        ("fa", "fa"),
        ("fa_IR", "fa"),
        ("pt-br", "pb"),
        ("pt-pt", "pt"),
        ("zh-hans", "zh"),
        ("zh-hant-tw", "zt"),
        ("no", "nb"),
    ],
)
def test_wagtails_codes_become_libretranslates(code: str, theirs: str) -> None:
    assert libre_code(code) == theirs


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        ({"error": "x"}, Failed(Reason.BAD_ANSWER, None, "KeyError")),
        ([], Failed(Reason.BAD_ANSWER, None, "TypeError")),
        ({"translatedText": "گزارش"}, Failed(Reason.BAD_ANSWER, None, "no list")),
        ({"translatedText": [5]}, Failed(Reason.BAD_ANSWER, None, "no list")),
        ({"translatedText": []}, Failed(Reason.BAD_ANSWER, None, "count", is_mixed_up=True)),
    ],
)
def test_odd_answer_is_told(loopback: LoopbackServer, answer: Any, failed: Failed) -> None:
    loopback.fail("say", json=answer)
    assert ask(LibreTranslateEngine(url=loopback.url)) == [failed]


def test_server_that_resolves_character_references_is_understood(
    loopback: LoopbackServer,
) -> None:
    loopback.fail("say", json={"translatedText": ["رود & دریا: ۵ < ۶، <b>گزارش</b> را ببینید"]})
    engine = LibreTranslateEngine(url=loopback.url)
    text = "River &amp; sea: 5 &lt; 6, see the <b>report</b>"
    (batch,) = Runner([engine], source="en", target="fa").run({1: text})
    assert batch.results == {
        1: Draft("رود &amp; دریا: ۵ &lt; ۶، <b>گزارش</b> را ببینید", "libretranslate")
    }


@pytest.mark.parametrize(
    ("languages", "answer"),
    [
        ([{"code": "en", "targets": ["fa", "de"]}, {"code": "fa", "targets": ["en"]}], True),
        ([{"code": "en", "targets": ["de"]}, {"code": "fa", "targets": ["en"]}], False),
        ([{"code": "en"}, {"code": "fa"}], True),
        ([{"code": "de", "targets": ["fa"]}], False),
        ({"error": "x"}, None),
        ([5], None),
    ],
)
def test_server_is_asked_for_its_languages(
    loopback: LoopbackServer, languages: Any, answer: bool | None
) -> None:
    loopback.languages = languages
    engine = LibreTranslateEngine(url=loopback.url)
    assert engine.ask_whether_supported("en-gb", "fa") is answer
    engine.close()


def test_text_and_key_are_in_no_log(
    loopback: LoopbackServer, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.fail("status", status=500)
    with caplog.at_level(logging.DEBUG):
        outcomes = ask(LibreTranslateEngine(url=loopback.url, key="s3cret"), "Embargoed text")
    assert caplog.records
    assert not any(word in caplog.text + repr(outcomes) for word in ("s3cret", "Embargoed"))
