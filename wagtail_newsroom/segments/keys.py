"""Hashes of texts: one to compare what a reader sees, one to look up the memory."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"))


def visible_text(fragment: str) -> str:
    """Return the text of an HTML fragment as a reader sees it: no tags, single spaces, NFC."""
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", fragment)))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fingerprint(fragment: str) -> str:
    """Return a hash (64 hex digits) of what a reader sees of an HTML fragment."""
    return hashlib.sha256(visible_text(fragment).encode()).hexdigest()


def memory_key(fragment: str) -> str:
    """Return the hash (64 hex digits) under which the memory keeps an HTML fragment.

    Tags count, because a translation must have the same; spaces, invisible marks and Unicode
    forms do not.
    """
    text = html.unescape(fragment).translate(_INVISIBLE)
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return hashlib.sha256(text.encode()).hexdigest()
