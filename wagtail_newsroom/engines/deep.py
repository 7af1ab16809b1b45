"""What the engines of deep-translator have in common: the library's own code, made safe to use.

deep-translator calls `requests` with no time limit, opens a connection for each text, changes its
translators while they work, and raises errors that quote texts and keys. Here its code runs on a
translator of its own for each call, with connections of ours under the name that it looks up.
"""

from __future__ import annotations

import types
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import requests

from ..segments.reasons import Reason
from .base import Engine, Failed, Outcome, Translated
from .fetch import Fetcher, FetchError, Limits, Line, Page

MIXED_UP = Failed(Reason.BAD_ANSWER, detail="lines mixed up", is_mixed_up=True)


class LibraryEngine(Engine):
    """An engine that deep-translator knows; texts travel as plain text, a line each.

    Options beside the limits: `base_url`, `proxies` (as `requests` takes them), and the seconds
    `connect_timeout`, `read_timeout` and `total_timeout`.
    """

    reasons: ClassVar[Mapping[str, Reason]] = {
        "TooManyRequests": Reason.BUSY,
        "NotValidLength": Reason.TOO_LONG,
        "LanguageNotSupportedException": Reason.NOT_SUPPORTED,
    }
    """What the library's errors mean, by their classes; others mean a bad answer."""

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

    @abstractmethod
    def code(self, language: str) -> str | None:
        """Return the engine's code for a language of Wagtail's, or None when it knows none."""

    @abstractmethod
    def translator(self, line: Line, source: str, target: str) -> Any:
        """Return the library's translator for two codes, its code running `over` the line."""

    def supports(self, source: str, target: str) -> bool:
        """Whether the engine knows both languages and they are not one to it."""
        codes = self.code(source), self.code(target)
        return None not in codes and codes[0] != codes[1]

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate texts in one request, a line each."""
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
        return [MIXED_UP] * len(lines)

    def close(self) -> None:
        """Drops connections and interrupts requests that are under way."""
        self._fetcher.close()

    def _ask(self, line: Line, text: str, *, source: str, target: str) -> Outcome:
        codes = self.code(source), self.code(target)
        if codes[0] is None or codes[1] is None:
            return Failed(Reason.NOT_SUPPORTED)
        try:
            translator = self.translator(line, codes[0], codes[1])
            if self.base_url:
                translator._base_url = self.base_url
            translator.proxies = self.proxies
            answer = translator.translate(text)
        except FetchError as error:
            return Failed(error.reason, error.retry_after, error.detail)
        except Exception as error:  # noqa: BLE001 - the library raises what it likes
            # Its messages quote texts and keys, so nothing but the class goes on.
            detail = type(error).__name__
            return Failed(self.reasons.get(detail, Reason.BAD_ANSWER), detail=detail)
        if answer is None:
            # That is how the library says that the page echoed a text without letters or digits.
            return Translated(text)
        return Translated(answer) if isinstance(answer, str) else Failed(Reason.BAD_ANSWER)


class Requests:
    """Stands where a module of deep-translator has `requests`."""

    exceptions = requests.exceptions

    def __init__(self, line: Line) -> None:
        self.line = line

    def get(self, url: str, **options: Any) -> Page:
        """Fetch a page."""
        return self.line.get(url, **options)

    def post(self, url: str, **options: Any) -> Page:
        """Post JSON and return the answer."""
        return self.line.post(url, **options)


def over(requests: Requests, translator: Any, module: types.ModuleType) -> Any:
    """Return a translator whose own code runs over connections of ours.

    The library's module stays as it is: its function is built again with its own globals copied
    and one of them exchanged.
    """
    theirs = type(translator).translate
    if "requests" not in theirs.__code__.co_names:  # pragma: no cover - a future release
        raise FetchError(Reason.BROKEN, detail="unknown deep-translator")
    ours = types.FunctionType(
        theirs.__code__,
        {**vars(module), "requests": requests},
        theirs.__name__,
        theirs.__defaults__,
        theirs.__closure__,
    )
    translator.translate = types.MethodType(ours, translator)
    return translator


def lookup(code: str, *tables: Mapping[str, str]) -> str | None:
    """Return what tables say of a language code, or of it without its region, first found first.

    The tables' keys are in lower case.
    """
    code = code.replace("_", "-").lower()
    while code:
        for table in tables:
            if code in table:
                return table[code]
        code = code.rpartition("-")[0]
    return None
