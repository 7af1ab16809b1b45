"""Marks what was sought in a text as its author wrote it, and cuts the passage around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from .folding import words

__all__ = ["marked", "passage"]

PASSAGE = 220
"""About how many characters of a passage are shown."""
_BEFORE = 70


def marked(text: str, sought: Collection[str]) -> SafeString:
    """Return a text as HTML, escaped, with `<mark>` around the words that are sought.

    `sought` are folded words.
    """
    return _marked(text, _found(text, sought))


def passage(texts: Iterable[str], sought: Collection[str]) -> SafeString:
    """Return the first of some texts that has a sought word, cut around it and marked.

    Empty when none has one.
    """
    for text in texts:
        found = _found(text, sought)
        if found:
            return _cut(text, found)
    return SafeString("")


def _found(text: str, sought: Collection[str]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, forms in words(text) if not forms.isdisjoint(sought)]


def _marked(text: str, found: list[tuple[int, int]]) -> SafeString:
    html: list[str] = []
    position = 0
    for start, end in found:
        html += [escape(text[position:start]), format_html("<mark>{}</mark>", text[start:end])]
        position = end
    html.append(escape(text[position:]))
    return SafeString("".join(html))


def _cut(text: str, found: list[tuple[int, int]]) -> SafeString:
    first = found[0][0]
    start, end = max(0, first - _BEFORE), len(text)
    if start:
        # At the beginning of a word; a text without spaces is cut where it is.
        start = text.find(" ", start, first) + 1 or start
    if end - start > PASSAGE:
        end = text.rfind(" ", max(found[0][1], start), start + PASSAGE)
        end = end if end > 0 else max(found[0][1], start + PASSAGE)
    inside = [(a - start, b - start) for a, b in found if a >= start and b <= end]
    return format_html(
        "{}{}{}",
        "… " if start else "",
        _marked(text[start:end], inside),
        " …" if end < len(text) else "",
    )
