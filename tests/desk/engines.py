"""Engines of a third party, for tests of the desk."""

from __future__ import annotations

from collections.abc import Sequence

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
