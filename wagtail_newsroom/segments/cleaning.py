"""Cleans what an engine sends back: an answer is hostile input until it went through here."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

MAX_ANSWER = 200_000
"""The longest answer, in characters, that is looked at; the rest is dropped."""

INLINE_TAGS = {"a", "abbr", "acronym", "b", "br", "code", "em", "i", "strong", "sub", "sup"}
"""The tags that a fragment may have; see `wagtail_localize.strings.INLINE_TAGS`."""

TAG_LIKE = re.compile(r"<[!/?]?[A-Za-z][^<>]*>|<[!?][^<>]*>")

_BREAKING_TAG = re.compile(r"<(?:br|hr|/?(?:p|div|li|h[1-6]|tr|td))\b[^<>]*>", re.IGNORECASE)
_LONE_ANGLE = re.compile(rf"(?!{TAG_LIKE.pattern})<")
# Embeddings, overrides and isolates turn text around for readers and may hide what it says:
# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Marks that mean nothing at the end of a text.
_EDGES = " \u061c\u200b\u200e\u200f\u2060\ufeff"
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text in one line: single spaces, no control characters, no bidi overrides.

    The zero-width non-joiner, which Persian writes with, and the plain marks U+200E and U+200F
    stay.
    """
    text = _SPACE.sub(" ", text).translate(_OVERRIDES)
    if not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))
    return _SPACE.sub(" ", text).strip()


def clean_answer(text: str) -> str:
    """Return an engine's answer as plain text in one line, with no markup left in it.

    Character references are resolved once, and after that every tag is dropped, scripts and
    styles with their content. A lone `<` or `&` is text and stays. The result is not escaped.
    """
    text = plain(html.unescape(text[:MAX_ANSWER]))
    if TAG_LIKE.search(text):
        text = _BREAKING_TAG.sub(" ", text).replace("&", "&amp;")
        text = _LONE_ANGLE.sub("&lt;", text)
        text = html.unescape(nh3.clean(text, tags=set()))
        if TAG_LIKE.search(text):
            # A tag that was wrapped in another; nobody writes that but to get through.
            text = text.replace("<", "")
        text = plain(text)
    return text.strip(_EDGES)


def clean_markup(fragment: str) -> str:
    """Return an engine's HTML answer as a fragment: inline tags only, and no attribute but a
    link's id.
    """
    safe = nh3.clean(
        plain(fragment[:MAX_ANSWER]),
        tags=INLINE_TAGS,
        attributes={"a": {"id"}},
        link_rel=None,
        generic_attribute_prefixes=set(),
    )
    return safe.replace("<br>", "<br/>").replace("&nbsp;", " ")
