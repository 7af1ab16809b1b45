from __future__ import annotations

import logging
from typing import Any

import deep_translator.mymemory
import pytest

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Failed, Outcome, Translated
from wagtail_newsroom.engines.mymemory import MyMemoryEngine
from wagtail_newsroom.engines.runner import Draft, Runner
from wagtail_newsroom.segments.reasons import Reason


@pytest.fixture
def engine(loopback: LoopbackServer) -> MyMemoryEngine:
    """MyMemory, on this machine."""
    return MyMemoryEngine(base_url=loopback.mymemory_url)


def ask(engine: MyMemoryEngine, text: str = "The river rose.") -> Outcome:
    (outcome,) = engine.translate([text], source="en", target="fa")
    engine.close()
    return outcome


def test_texts_travel_encrypted_unless_told_otherwise() -> None:
    assert MyMemoryEngine().base_url == "https://api.mymemory.translated.net/get"


@pytest.mark.parametrize(
    ("code", "theirs"),
    [
        ("en", "en-GB"),
        ("en-us", "en-US"),
        ("en_AU", "en-AU"),
        ("en-xx", "en-GB"),
        ("fa", "fa-IR"),
        ("fa-ir", "fa-IR"),
        ("de", "de-DE"),
        ("fr", "fr-FR"),
        ("ar", "ar-SA"),
        ("uk", "uk-UA"),
        ("zh-hans", "zh-CN"),
        ("zh-hant-tw", "zh-TW"),
        ("tlh", None),
    ],
)
def test_wagtails_codes_get_the_region_that_mymemory_wants(code: str, theirs: str | None) -> None:
    assert MyMemoryEngine().code(code) == theirs


def test_languages_reach_it_with_their_regions(
    loopback: LoopbackServer, engine: MyMemoryEngine
) -> None:
    assert ask(engine) == Translated(translate("The river rose.", target="fa"))
    assert [(asked.source, asked.target) for asked in loopback.asked] == [("en-GB", "fa-IR")]


def test_one_language_into_another_region_of_it_is_not_supported() -> None:
    engine = MyMemoryEngine()
    assert engine.supports("en", "fa")
    assert not engine.supports("en-gb", "en-us")
    assert not engine.supports("en", "tlh")


@pytest.mark.parametrize("email", ["", "desk@gazette.example"])
def test_address_of_the_site_is_given_only_if_set(loopback: LoopbackServer, email: str) -> None:
    ask(MyMemoryEngine(base_url=loopback.mymemory_url, email=email))
    assert [asked.key for asked in loopback.asked] == [email]


def test_the_librarys_own_code_does_the_work(
    loopback: LoopbackServer, engine: MyMemoryEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> bool:
        raise LookupError

    monkeypatch.setattr(deep_translator.mymemory, "is_input_valid", refuse)
    assert ask(engine) == Failed(Reason.BAD_ANSWER, detail="LookupError")
    assert loopback.asked == []


def test_longest_text_passes_and_one_longer_is_refused(engine: MyMemoryEngine) -> None:
    longest = "g" * engine.max_chars
    assert ask(engine, longest) == Translated(translate(longest, target="fa"))
    assert ask(engine, longest + "g") == Failed(Reason.TOO_LONG, detail="NotValidLength")


def test_long_passages_go_in_pieces_of_499_characters(
    loopback: LoopbackServer, engine: MyMemoryEngine
) -> None:
    text = "The <b>river</b> rose over night. " * 60
    (result,) = (
        result
        for batch in Runner([engine], source="en", target="fa").run({1: text})
        for result in batch.results.values()
    )
    assert isinstance(result, Draft)
    assert result.text.count("<b>") == 60
    assert len(loopback.asked) > 1
    assert all(len(asked.text) <= 499 for asked in loopback.asked)


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (
            {
                "responseStatus": 429,
                "responseData": {
                    "translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"
                    " FOR TODAY. NEXT AVAILABLE IN  16 HOURS 53 MINUTES 10 SECONDS"
                },
            },
            Failed(Reason.BUSY, 16 * 3600 + 53 * 60 + 10.0, "quota"),
        ),
        (
            {"responseStatus": "403", "responseDetails": "You used all available translations"},
            Failed(Reason.BUSY, 3600.0, "quota"),
        ),
        (
            {"quotaFinished": True, "responseData": {"translatedText": "گزارش"}},
            Failed(Reason.BUSY, 3600.0, "quota"),
        ),
        (
            {
                "responseStatus": "403",
                "responseDetails": "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS",
            },
            Failed(Reason.TOO_LONG, None, "query length"),
        ),
        (
            {"responseStatus": "403", "responseDetails": "'XX' IS AN INVALID TARGET LANGUAGE"},
            Failed(Reason.NOT_SUPPORTED, None, "language pair"),
        ),
        (
            {"responseStatus": "403", "responseDetails": "INVALID EMAIL PROVIDED"},
            Failed(Reason.REFUSED, None, "status 403"),
        ),
        ({"responseStatus": 500}, Failed(Reason.SERVER_ERROR, None, "status 500")),
        ({"responseStatus": "odd"}, Failed(Reason.REFUSED, None, "status odd")),
        ([1], Failed(Reason.BAD_ANSWER, None, "no object")),
        ({"responseData": None}, Failed(Reason.BAD_ANSWER, None, "AttributeError")),
        ({"responseData": {}}, Failed(Reason.BAD_ANSWER, None, "StopIteration")),
        ({"responseData": {"translatedText": ["a"]}}, Failed(Reason.BAD_ANSWER)),
    ],
)
def test_fault_that_comes_as_a_translation_is_told_from_one(
    loopback: LoopbackServer, engine: MyMemoryEngine, answer: Any, failed: Failed
) -> None:
    loopback.fail("say", json=answer)
    assert ask(engine) == failed


def test_the_sites_address_is_in_no_log(
    loopback: LoopbackServer, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.fail("status", status=403)
    with caplog.at_level(logging.DEBUG):
        ask(MyMemoryEngine(base_url=loopback.mymemory_url, email="desk@gazette.example"))
    assert caplog.records
    assert "gazette" not in caplog.text
