"""MyMemory, a public memory of translations with machines behind it, through deep-translator."""

from __future__ import annotations

import re
from typing import Any

import deep_translator.mymemory
from deep_translator import MyMemoryTranslator
from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

from ..segments.reasons import Reason
from .deep import LibraryEngine, Requests, lookup, over
from .fetch import FetchError, Line, Page

_CODES = {code.lower(): code for code in MY_MEMORY_LANGUAGES_TO_CODES.values()}
# MyMemory wants a region with each language; these are not the one that is named alike.
_REGIONS = {
    "ar": "ar-SA",
    "da": "da-DK",
    "el": "el-GR",
    "en": "en-GB",
    "fa": "fa-IR",
    "he": "he-IL",
    "hi": "hi-IN",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "ku": "kmr-TR",
    "nb": "nb-NO",
    "no": "nb-NO",
    "sr": "sr-Latn-RS",
    "sv": "sv-SE",
    "ur": "ur-PK",
    "vi": "vi-VN",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
}
_WAIT = re.compile(r"(\d{1,3})\s+(HOUR|MINUTE|SECOND)")
_SECONDS = {"HOUR": 3600.0, "MINUTE": 60.0, "SECOND": 1.0}
_DEFAULT_WAIT = 3600.0


class MyMemoryEngine(LibraryEngine):
    """MyMemory: no key; a text in each address, and few of them a day.

    Option beside those of `LibraryEngine`: `email`, with which it takes ten times as much a day.
    """

    name = "mymemory"
    label = "MyMemory"
    max_chars = 499
    """deep-translator refuses 500."""
    max_texts = 1
    parallel = 4

    def __init__(self, *, email: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.email = email
        # The library's address would send texts unencrypted.
        self.base_url = self.base_url or "https://api.mymemory.translated.net/get"

    def code(self, language: str) -> str | None:
        """Return MyMemory's code for a language, which has a region."""
        return lookup(language, _CODES, _REGIONS) or _alike(language)

    def supports(self, source: str, target: str) -> bool:
        """Whether MyMemory knows both languages and they are not one."""
        codes = self.code(source), self.code(target)
        if codes[0] is None or codes[1] is None:
            return False
        return codes[0].split("-")[0] != codes[1].split("-")[0]

    def translator(self, line: Line, source: str, target: str) -> Any:
        """Return the library's translator over our connections."""
        theirs = MyMemoryTranslator(source=source, target=target, email=self.email or None)
        return over(_Requests(line), theirs, deep_translator.mymemory)


class _Requests(Requests):
    """Reads what MyMemory says under the good status 200.

    It reports faults as the translation, with the status inside:
    https://mymemory.translated.net/doc/spec.php
    """

    def get(self, url: str, **options: Any) -> Page:
        """Fetch a page; raise FetchError when it tells of a fault."""
        page = super().get(url, **options)
        data = page.json()
        if not isinstance(data, dict):
            raise FetchError(Reason.BAD_ANSWER, detail="no object")
        status = str(data.get("responseStatus", 200))
        if status == "200" and data.get("quotaFinished") is not True:
            return page
        told = str(data.get("responseDetails") or data.get("responseData")).upper()
        if status in ("200", "429") or "USED ALL AVAILABLE" in told:
            raise FetchError(Reason.BUSY, retry_after=_pause(told), detail="quota")
        if "LENGTH LIMIT" in told:
            raise FetchError(Reason.TOO_LONG, detail="query length")
        if "LANGUAGE" in told:
            raise FetchError(Reason.NOT_SUPPORTED, detail="language pair")
        is_theirs = status.isdigit() and int(status) >= 500
        reason = Reason.SERVER_ERROR if is_theirs else Reason.REFUSED
        raise FetchError(reason, detail=f"status {status[:3]}")


def _alike(language: str) -> str | None:
    """Return the code of a language whose region has its name, as `de-DE`, or the only one."""
    primary = language.replace("_", "-").split("-")[0].lower()
    same = [code for low, code in sorted(_CODES.items()) if low.split("-")[0] == primary]
    alike = _CODES.get(f"{primary}-{primary}")
    return alike or (same[0] if same else None)


def _pause(told: str) -> float:
    """Return the seconds after which there is a new quota, as MyMemory tells them."""
    seconds = sum(float(count) * _SECONDS[unit] for count, unit in _WAIT.findall(told))
    return seconds or _DEFAULT_WAIT
