from __future__ import annotations

import deep_translator.google
import pytest
import requests
from deep_translator import GoogleTranslator

from tests.loopback import LoopbackServer, translate
from wagtail_newsroom.engines.base import Failed, Translated
from wagtail_newsroom.engines.google import GoogleEngine
from wagtail_newsroom.segments.reasons import Reason

TEXTS = ["The river rose.", "Nobody was hurt.", "See ZQB here ZQC."]
PERSIAN = [Translated(translate(text, target="fa")) for text in TEXTS]


def ask(engine: GoogleEngine, texts: list[str] = TEXTS) -> list[Translated | Failed]:
    return engine.translate(texts, source="en", target="fa")


class TestTranslations:
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

    def test_redirect_within_the_host_is_followed_but_not_for_ever(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        loopback.fail("redirect", times=1, to="/m?q=Again&sl=en&tl=fa")
        assert ask(google, ["Again"]) == [Translated(translate("Again", target="fa"))]
        loopback.fail("redirect", to="/m?q=Again&sl=en&tl=fa")
        assert {outcome.reason for outcome in ask(google) if isinstance(outcome, Failed)} == {
            Reason.REFUSED
        }
        assert len(loopback.asked) == 2 + 4


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
        assert GoogleEngine().code(code) == theirs

    def test_one_language_into_itself_or_an_unknown_one_is_not_supported(
        self, google: GoogleEngine
    ) -> None:
        assert google.supports("en", "fa")
        assert not google.supports("en-gb", "en-us")
        assert not google.supports("en", "tlh")

    def test_language_that_google_does_not_know_is_not_asked_for(
        self, loopback: LoopbackServer, google: GoogleEngine
    ) -> None:
        assert google.translate(["Text"], source="en", target="tlh") == [
            Failed(Reason.NOT_SUPPORTED)
        ]
        assert loopback.asked == []
