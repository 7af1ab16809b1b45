"""Microsoft's translator, with a key of the site's own, through deep-translator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import deep_translator.microsoft
from deep_translator import MicrosoftTranslator

from ..segments.reasons import Reason
from .deep import LibraryEngine, Requests, lookup, over
from .fetch import Line

# Codes that Microsoft writes in its own way:
# https://learn.microsoft.com/azure/ai-services/translator/language-support
_OTHER_NAMES = {
    "fr-ca": "fr-ca",
    "iw": "he",
    "ku": "kmr",
    "mn": "mn-Cyrl",
    "nn": "nb",
    "no": "nb",
    "pt-br": "pt",
    "pt-pt": "pt-pt",
    "sr": "sr-Latn",
    "sr-cyrl": "sr-Cyrl",
    "sr-latn": "sr-Latn",
    "tl": "fil",
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-hans": "zh-Hans",
    "zh-hant": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-tw": "zh-Hant",
}


class MicrosoftEngine(LibraryEngine):
    """Microsoft's translator; texts travel as plain text in the body, the key in a header.

    Options beside those of `LibraryEngine`: `key`, and `region` where the key belongs to one.
    """

    name = "microsoft"
    label = "Microsoft Translator"
    max_chars = 10_000
    max_texts = 100
    parallel = 4
    reasons: ClassVar[Mapping[str, Reason]] = {
        **LibraryEngine.reasons,
        "MicrosoftAPIerror": Reason.REFUSED,
    }

    def __init__(self, *, key: str, region: str = "", **options: Any) -> None:
        super().__init__(**options)
        if not key:
            raise ValueError("key")
        self._key = key
        self._region = region

    def code(self, language: str) -> str | None:
        """Return Microsoft's code for a language; which ones it knows only Microsoft can say."""
        return lookup(language, _OTHER_NAMES) or language.replace("_", "-").split("-")[0].lower()

    def translator(self, line: Line, source: str, target: str) -> Any:
        """Return the library's translator over our connections."""
        theirs = _Translator(
            source=source, target=target, api_key=self._key, region=self._region or None
        )
        # The function that runs is the library's, so the module is too.
        return over(Requests(line), theirs, deep_translator.microsoft)


class _Translator(MicrosoftTranslator):
    """Takes languages as they are; the library would ask for a list of them each time."""

    def _get_supported_languages(self) -> dict[str, str]:
        return {}

    def _map_language_to_code(self, *languages: str) -> tuple[str, ...]:
        return languages
