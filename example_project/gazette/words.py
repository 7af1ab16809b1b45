"""Texts in several languages, and the places where wagtail-localize finds them."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]

OTHER = {"en": "fa", "fa": "en"}
"""The language that a piece is translated into, by the one in which it was written."""

ANYWHERE = "*"
"""The end of a place whose texts are told apart by their words, as the cells of a table are."""

# What wagtail-localize leaves out of a string, because it surrounds all of it.
_WHOLE = re.compile(r"^<(b|i)>((?:(?!</\1>).)*)</\1>$")
_LINK = re.compile(r'<a href="[^"]*">')


@dataclass(frozen=True)
class Place:
    """One text of a piece: where wagtail-localize finds it, and its words."""

    path: str
    text: Text
    is_rich: bool = False

    def source(self, language: str) -> str:
        """Return the text in which it was written as wagtail-localize cuts it."""
        numbers = itertools.count(1)
        return _LINK.sub(lambda _link: f'<a id="a{next(numbers)}">', self.translated(language))

    def translated(self, language: str) -> str:
        """Return the text in another language as an HTML fragment, empty when there is none."""
        text = self.text.get(language, "")
        return _WHOLE.sub(r"\2", text) if self.is_rich else html.escape(text, quote=False)
