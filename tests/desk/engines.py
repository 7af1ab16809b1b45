"""Engines of a third party, for tests of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from wagtail_newsroom.engines.base import Engine, Outcome, Translated


class Untidy(Engine):
    """Answers in Persian without half-spaces and with an Arabic letter."""

    name = "untidy"
    label = "Untidy"
    is_private = True

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Answers each text with its tokens and a sentence."""
        return [
            Translated(
                " ".join(word for word in text.split() if word.isupper())
                + " این مي شود یک جملهٔ تازه" * (1 + len(text) // 30)
            )
            for text in texts
        ]


class Suggester(Engine):
    """Answers in Persian, with the same tokens, and notes each text that it was sent."""

    name = "suggester"
    label = "Suggester"
    is_private = False
    sent: ClassVar[list[str]] = []

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[Outcome]:
        """Answers each text."""
        self.sent.extend(texts)
        return [
            Translated(
                " ".join([*(word for word in text.split() if word.isupper()), "پیشنهاد تازه"])
            )
            for text in texts
        ]


class House(Suggester):
    """The same on a machine of the site's own."""

    name = "house"
    label = "House"
    is_private = True
