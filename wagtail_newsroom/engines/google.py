"""Google's public translation page, through deep-translator."""

from __future__ import annotations

from typing import Any

import deep_translator.google
from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES

from .deep import LibraryEngine, Requests, lookup, over
from .fetch import Line

_CODES = {code.lower(): code for code in GOOGLE_LANGUAGES_TO_CODES.values()}
# Codes that Google knows by an older or another name.
_OTHER_NAMES = {
    "fil": "tl",
    "he": "iw",
    "jv": "jw",
    "nb": "no",
    "nn": "no",
    "prs": "fa",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-sg": "zh-CN",
}


class GoogleEngine(LibraryEngine):
    """Google's public page: no key, no promise; texts travel in the address as plain text."""

    name = "google"
    label = "Google Translate"
    max_chars = 4999
    """deep-translator refuses 5,000."""
    max_texts = 100
    parallel = 4

    def code(self, language: str) -> str | None:
        """Return Google's code for a language."""
        return lookup(language, _OTHER_NAMES, _CODES)

    def translator(self, line: Line, source: str, target: str) -> Any:
        """Return the library's translator over our connections."""
        return over(
            Requests(line), GoogleTranslator(source=source, target=target), deep_translator.google
        )
