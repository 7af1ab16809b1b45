"""Machine translators of wagtail-localize as sites would configure them, each with its manners."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import requests
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from tests.loopback import translate


class GoodTranslator(BaseMachineTranslator):
    """Translates HTML, and remembers who asked for what."""

    display_name = "A good translator"
    made = 0
    asked: list[tuple[str, str, list[str], int | None]] = []  # noqa: RUF012 - cleared by tests

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
        type(self).made += 1

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return (source_locale.language_code, target_locale.language_code) == ("en", "fa")

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> Any:
        source, target = source_locale.language_code, target_locale.language_code
        texts = [string.data for string in strings]
        self.asked.append((source, target, texts, source_locale.pk))
        return {
            string: StringValue(translate(string.data, target=target, is_html=True))
            for string in strings
        }


class OddTranslator(GoodTranslator):
    """Gives whatever its option says."""

    def translate(self, source_locale: Locale, target_locale: Locale, strings: Any) -> Any:
        answer = self.options["answer"]
        if isinstance(answer, Exception):
            raise answer
        return answer


class HangingTranslator(GoodTranslator):
    """Does not come back before it is let go."""

    gone_on = threading.Event()

    def translate(self, source_locale: Locale, target_locale: Locale, strings: Any) -> Any:
        self.gone_on.wait(10)
        return {}


class PostingTranslator(GoodTranslator):
    """Posts to an address, as those that come with wagtail-localize do."""

    def translate(self, source_locale: Locale, target_locale: Locale, strings: Any) -> Any:
        answer = requests.post(self.options["url"], json={"q": "x"}, timeout=0.3)
        answer.raise_for_status()
        return answer.json()


def status_error(status: int) -> requests.HTTPError:
    """Return the error that `raise_for_status` raises."""
    response = requests.Response()
    response.status_code = status
    return requests.HTTPError("key=s3cret", response=response)


class CodedError(Exception):
    """An error with a status, as Google's libraries have them."""

    code = 503
