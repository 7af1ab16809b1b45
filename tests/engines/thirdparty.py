"""Engines as others would write them, named in settings by dotted path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import requests

from wagtail_newsroom.engines.base import Engine, Failed, Outcome, Translated
from wagtail_newsroom.segments.reasons import Reason


class HtmlEngine(Engine):
    """Speaks LibreTranslate's dialect in its HTML mode."""

    name = "html"
    label = "An HTML engine"
    keeps_markup = True
    is_private = True
    max_texts = 10
    languages = frozenset({"en", "fa"})

    def __init__(self, *, url: str, **options: Any) -> None:
        super().__init__(**options)
        self.url = url

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        data = {"q": list(texts), "source": source, "target": target, "format": "html"}
        try:
            answer = requests.post(self.url, json=data, timeout=5)
            answer.raise_for_status()
        except requests.RequestException:
            return [Failed(Reason.SERVER_ERROR)] * len(texts)
        return [Translated(text) for text in answer.json()["translatedText"]]


class ScriptedEngine(Engine):
    """Does what a test says, and remembers what it was asked."""

    name = "scripted"
    label = "A scripted engine"

    def __init__(
        self,
        act: Callable[[Sequence[str], int], list[Outcome]],
        *,
        name: str = "scripted",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.name = name
        self.act = act
        self.asked: list[list[str]] = []
        self.closed = 0
        self._lock = threading.Lock()

    @property
    def texts(self) -> list[str]:
        """All texts that it was asked for."""
        return [text for texts in self.asked for text in texts]

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        with self._lock:
            self.asked.append(list(texts))
            number = len(self.asked)
        return self.act(texts, number)

    def close(self) -> None:
        self.closed += 1


class NoEngine:
    """A class that is no engine."""
