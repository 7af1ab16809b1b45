"""Any machine translator of wagtail-localize, worn as an engine of ours.

Their interface: https://wagtail-localize.org/stable/how-to/integrations/machine-translation/
They have no errors of their own, and some no time limit, so each call runs in a thread that can
be left behind.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import requests
from django.db import connections
from django.utils.module_loading import import_string
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from ...engines.base import Engine, Failed, Outcome, Translated
from ...segments.reasons import Reason

_STATUSES = {408: Reason.TIMEOUT, 413: Reason.TOO_LONG, 429: Reason.BUSY}


class LocalizeEngine(Engine):
    """A translator class for `WAGTAILLOCALIZE_MACHINE_TRANSLATOR`, with `CLASS` and `OPTIONS`.

    `total_timeout` is the seconds that a request may take. The engine's name has the class's in
    it, since a chain may wear several.
    """

    keeps_markup = True
    max_chars = 5000
    max_texts = 50
    """DeepL takes no more."""
    parallel = 2

    def __init__(
        self,
        *,
        CLASS: str,  # noqa: N803 - the names of wagtail-localize's setting
        OPTIONS: Mapping[str, Any] | None = None,  # noqa: N803
        total_timeout: float = 60.0,
        **options: Any,
    ) -> None:
        """Imports the class; it is made an instance of when there is something to translate.

        Raises:
            ValueError: when there is no such class.
        """
        try:
            self._worn = import_string(CLASS)
        except Exception as error:  # noqa: BLE001 - the module is somebody else's
            raise ValueError("CLASS") from error
        if not callable(getattr(self._worn, "translate", None)):
            raise ValueError("CLASS")
        self.name = f"localize:{self._worn.__name__}"[:100]
        self.label = str(getattr(self._worn, "display_name", self._worn.__name__))
        super().__init__(**options)
        self.total_timeout = total_timeout
        self._options = dict(OPTIONS or {})
        self._idle: deque[Any] = deque()
        self._waiting: set[threading.Event] = set()

    def supports(self, source: str, target: str) -> bool:
        """Whether the worn translator says that it knows the pair."""
        worn = self._take()
        answer = worn.can_translate(_locale(source), _locale(target))
        self._idle.append(worn)
        return bool(answer)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Translate HTML texts in one call of the worn translator."""
        if not texts:
            return []
        outcomes: list[Outcome] = []
        ended = threading.Event()

        def call() -> None:
            outcomes.extend(self._ask(texts, source, target))
            ended.set()
            # Those of this thread, in case the worn translator asked the database.
            connections.close_all()

        self._waiting.add(ended)
        threading.Thread(target=call, name=f"worn-{self.name}", daemon=True).start()
        ended.wait(self.total_timeout)
        self._waiting.discard(ended)
        return list(outcomes) or [Failed(Reason.TIMEOUT, detail="deadline")] * len(texts)

    def close(self) -> None:
        """Leaves calls that are under way behind; they cannot be interrupted."""
        for ended in list(self._waiting):
            ended.set()

    def _take(self) -> Any:
        """Return a translator that nobody else uses at the moment."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._worn(dict(self._options))

    def _ask(self, texts: Sequence[str], source: str, target: str) -> list[Outcome]:
        """Translate in this thread, for as long as it takes."""
        strings = [StringValue(text) for text in texts]
        try:
            worn = self._take()
            # The type that wagtail-localize gives them.
            found = worn.translate(_locale(source), _locale(target), dict.fromkeys(strings).keys())
            self._idle.append(worn)
        except Exception as error:  # noqa: BLE001 - somebody else's code
            return [_failure(error)] * len(texts)
        if not isinstance(found, Mapping):
            return [Failed(Reason.BAD_ANSWER, detail="no mapping")] * len(texts)
        return [_outcome(found.get(string)) for string in strings]


def _locale(code: str) -> Locale:
    """Return a locale that is not looked up: threads have no business in the database."""
    return Locale(language_code=code)


def _outcome(found: Any) -> Outcome:
    text = getattr(found, "data", found)
    if isinstance(text, str):
        return Translated(text)
    return Failed(Reason.BAD_ANSWER, detail="no text")


def _failure(error: Exception) -> Failed:
    """Return what an error means; its message may quote texts and keys."""
    detail = type(error).__name__
    status = _status_of(error)
    if status is not None and status >= 400:
        reason = Reason.SERVER_ERROR if status >= 500 else Reason.REFUSED
        return Failed(_STATUSES.get(status, reason), detail=f"status {status}")
    if isinstance(error, (requests.ReadTimeout, TimeoutError)):
        return Failed(Reason.TIMEOUT, detail=detail)
    if isinstance(error, (requests.ConnectionError, ConnectionError)):
        return Failed(Reason.UNREACHABLE, detail=detail)
    return Failed(Reason.BAD_ANSWER, detail=detail)


def _status_of(error: Exception) -> int | None:
    """Return the status that an error of `requests` or of Google's libraries carries."""
    for status in (
        getattr(getattr(error, "response", None), "status_code", None),
        getattr(error, "code", None),
    ):
        if isinstance(status, int):
            return int(status)
    return None
