"""What the blocks of a page read together: related pieces in one query, anchors without doubles.

A page puts a `Reading` into the context of its template; a block that is rendered without one, in
a feed or a preview, does the same for itself alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Locale, Page

from .queries import readable

CONTEXT_NAME = "newsroom_reading"
"""The name of a page's reading in the context of its template."""

LONGEST_ANCHOR = 60
"""Letters of a heading that its address takes at most."""


class Reading:
    """One rendering of one page's blocks."""

    def __init__(self, pieces: Mapping[UUID, Page] | None = None) -> None:
        self.pieces = pieces or {}
        """Pages that readers can open, by translation key, in the page's language."""
        self._anchors: set[str] = set()

    def take_anchor(self, text: str) -> str:
        """Return a heading's anchor, with a number if another heading has the same one."""
        wanted = anchor = make_anchor(text)
        number = 1
        while anchor in self._anchors:
            number += 1
            anchor = f"{wanted}-{number}"
        self._anchors.add(anchor)
        return anchor


def read_pieces(pages: Iterable[Page | None], locale_id: int | None) -> dict[UUID, Page]:
    """Return the readable versions of pages in a language by translation key; at most one query.

    Of their own classes, because a class may decide its address, with the fields of a base page.
    """
    keys = {page.translation_key for page in pages if page is not None}
    if not keys or locale_id is None:
        return {}
    found = readable(Page.objects.filter(translation_key__in=keys, locale_id=locale_id))
    return {page.translation_key: page for page in found.specific(defer=True)}  # type: ignore[attr-defined]


def piece_of(page: Page | None, context: Mapping[str, Any] | None) -> Page | None:
    """Return a related piece as a block shows it; None if readers of this page cannot open it."""
    if page is None:
        return None
    reading = (context or {}).get(CONTEXT_NAME)
    if isinstance(reading, Reading):
        return reading.pieces.get(page.translation_key)
    return read_pieces([page], _locale_of(context)).get(page.translation_key)


def anchor_of(text: str, context: Mapping[str, Any] | None) -> str:
    """Return the anchor of a heading, unlike that of any other heading of the same page."""
    reading = (context or {}).get(CONTEXT_NAME)
    return reading.take_anchor(text) if isinstance(reading, Reading) else make_anchor(text)


def make_anchor(text: str) -> str:
    """Return a text as a readable part of an address: `h-what-comes-next`, `h-آنچه-می-آید`.

    The prefix keeps it apart from all other ids of a page.
    """
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u200c", "-")
    words = re.findall(r"[\w\u0300-\u036f]+", folded)
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > LONGEST_ANCHOR:
            break
        kept = longer
    return f"h-{kept or (words[0][:LONGEST_ANCHOR] if words else 'section')}"


def _locale_of(context: Mapping[str, Any] | None) -> int | None:
    page = (context or {}).get("page")
    if isinstance(page, Page):
        return page.locale_id
    code = get_language() or ""
    for wanted in (code, code.split("-")[0]):
        locale = Locale.objects.filter(language_code=wanted).first()
        if locale is not None:
            return locale.pk
    return None
