"""Google's public translation page, through deep-translator made safe to use.

deep-translator's `GoogleTranslator` calls `requests.get` with no time limit, opens a connection
for each text, changes itself while it works, and raises errors that quote the text. Here its own
code runs on an instance for each call, with a `get` of ours under the name that it looks up.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any

import deep_translator.google
from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
from deep_translator.exceptions import (
    LanguageNotSupportedException,
    NotValidLength,
    TooManyRequests,
    TranslationNotFound,
)

from ..segments.reasons import Reason
from .base import Engine, Failed, Outcome, Translated
from .fetch import Fetcher, FetchError, Limits, Line

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
_REASONS: list[tuple[type[Exception], Reason]] = [
    (TooManyRequests, Reason.BUSY),
    (NotValidLength, Reason.TOO_LONG),
    (LanguageNotSupportedException, Reason.NOT_SUPPORTED),
    (TranslationNotFound, Reason.BAD_ANSWER),
]


class GoogleEngine(Engine):
    """Google's public page: no key, no promise; texts travel in the address as plain text.

    Options beside the limits: `base_url`, `proxies` (as `requests` takes them), and the seconds
    `connect_timeout`, `read_timeout` and `total_timeout`.
    """

    name = "google"
    label = "Google Translate"
    max_chars = 4999
    """deep-translator refuses 5,000."""
    max_texts = 100
    parallel = 4

    def __init__(
        self,
        *,
        base_url: str | None = None,
        proxies: Mapping[str, str] | None = None,
        connect_timeout: float = 5.0,
        read_timeout: float = 15.0,
        total_timeout: float = 30.0,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.base_url = base_url
        self.proxies = dict(proxies) if proxies else None
        limits = Limits(connect=connect_timeout, read=read_timeout, total=total_timeout)
        self._fetcher = Fetcher(limits)

    def supports(self, source: str, target: str) -> bool:
        """Whether Google knows both languages and they are not one to it."""
        codes = google_code(source), google_code(target)
        return None not in codes and codes[0] != codes[1]

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate texts in one request, a line each; one by one when lines got mixed up."""
        if not texts:
            return []
        # A line that is held through the call notices when the engine is closed under way.
        line = self._fetcher.line()
        lines = [" ".join(text.split()) for text in texts]
        outcome = self._ask(line, "\n".join(lines), source=source, target=target)
        if len(lines) == 1:
            return [outcome]
        if isinstance(outcome, Failed):
            return [outcome] * len(lines)
        answers = outcome.text.split("\n")
        if len(answers) == len(lines) and all(answer.strip() for answer in answers):
            return [Translated(answer) for answer in answers]
        return self._one_by_one(line, lines, source=source, target=target)

    def close(self) -> None:
        """Drops connections and interrupts requests that are under way."""
        self._fetcher.close()

    def _one_by_one(
        self, line: Line, texts: Sequence[str], *, source: str, target: str
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for text in texts:
            outcome = self._ask(line, text, source=source, target=target)
            outcomes.append(outcome)
            if isinstance(outcome, Failed) and outcome.reason is not Reason.BAD_ANSWER:
                # The next text would meet the same; the runner decides when to try again.
                outcomes += [outcome] * (len(texts) - len(outcomes))
                break
        return outcomes

    def _ask(self, line: Line, text: str, *, source: str, target: str) -> Outcome:
        try:
            translator = _translator(line, google_code(source), google_code(target))
            if self.base_url:
                translator._base_url = self.base_url
            translator.proxies = self.proxies
            answer = translator.translate(text)
        except FetchError as error:
            return Failed(error.reason, error.retry_after, error.detail)
        except Exception as error:  # noqa: BLE001 - the library raises what it likes
            # Its messages quote the text, so nothing but the class goes on.
            detail = type(error).__name__
            for kind, reason in _REASONS:
                if isinstance(error, kind):
                    return Failed(reason, detail=detail)
            return Failed(Reason.BAD_ANSWER, detail=detail)
        # The library returns None when the page echoes a text without letters or digits.
        return Translated(text if answer is None else answer)


def google_code(code: str) -> str | None:
    """Return Google's code for a language of Wagtail's, or None when it knows none."""
    code = code.replace("_", "-").lower()
    while code:
        found = _OTHER_NAMES.get(code) or _CODES.get(code)
        if found:
            return found
        code = code.rpartition("-")[0]
    return None


class _Requests:
    """Stands where deep-translator's module has `requests`."""

    def __init__(self, line: Line) -> None:
        self.get = line.get


def _translator(line: Line, source: str | None, target: str | None) -> Any:
    """Return a translator that runs the library's code over our connections.

    The library's module stays as it is: its function is built again with its own globals copied
    and one of them exchanged.
    """
    theirs = GoogleTranslator.translate
    if "requests" not in theirs.__code__.co_names:  # pragma: no cover - a future release
        raise FetchError(Reason.BROKEN, detail="unknown deep-translator")
    ours = types.FunctionType(
        theirs.__code__,
        {**vars(deep_translator.google), "requests": _Requests(line)},
        theirs.__name__,
        theirs.__defaults__,
        theirs.__closure__,
    )
    translator = GoogleTranslator(source=source, target=target)
    translator.translate = types.MethodType(ours, translator)
    return translator
