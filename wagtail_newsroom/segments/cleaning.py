"""Cleans what an engine sends back: an answer is hostile input until it went through here."""

from __future__ import annotations

import html
import re

import nh3

MAX_ANSWER = 200_000
"""The longest answer, in characters, that is looked at; the rest is dropped."""

INLINE_TAGS = {"a", "abbr", "acronym", "b", "br", "code", "em", "i", "strong", "sub", "sup"}
"""The tags that a fragment may have; see `wagtail_localize.strings.INLINE_TAGS`."""

TAG_LIKE = re.compile(r"<[!/?]?[A-Za-z][^<>]*>|<[!?][^<>]*>")

_BREAKING_TAG = re.compile(r"<(?:br|hr|/?(?:p|div|li|h[1-6]|tr|td))\b[^<>]*>", re.IGNORECASE)
_LONE_ANGLE = re.compile(rf"(?!{TAG_LIKE.pattern})<")
# Control characters and lone surrogates, which no text has; embeddings, overrides and isolates,
# which turn text around for readers and may hide what it says:
# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")
# Marks that mean nothing at the end of a text.
_EDGES = " \u061c\u200b\u200e\u200f\u2060\ufeff"


def plain(text: str) -> str:
    """Return a text in one line: single spaces, no control characters, no bidi overrides.

    The zero-width non-joiner, which Persian writes with, and the plain marks U+200E and U+200F
    stay.
    """
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join(_UNWANTED.sub("", text).split())


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
