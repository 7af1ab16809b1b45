"""What is wrong with a piece's content, told to its editor: plain functions over the stored draft.

The same rules are shown on the page itself by Wagtail's own checker (`checker.py`); these see
a draft as it is stored, before anybody looks at a preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import RichTextBlock

from .blocks import ArticleImageBlock, HeadingBlock, SubheadingBlock, walk
from .image_texts import read_image_texts, words_of
from .pictures import images_of

LONGEST_HEADLINE = 110
"""Characters of a headline that search engines and lists still show whole.

https://developers.google.com/search/docs/appearance/structured-data/article
"""

_EMPTY_LINK = re.compile(r"<a\b[^>]*>(?:\s|&nbsp;|<(?!/a\b)[^>]*>)*</a>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a reader would stumble over."""

    code: str
    """The rule: `headline-length`, `missing-alt`, `heading-order` or `empty-link`."""
    message: str


def find_problems(piece: Any) -> list[Problem]:
    """Return what is wrong with an article's content; two queries at most for its pictures."""
    return [
        *_headline(piece),
        *_missing_alt(piece),
        *_heading_order(piece),
        *_empty_links(piece),
    ]


def _headline(piece: Any) -> Iterator[Problem]:
    length = len(piece.title.strip())
    if length > LONGEST_HEADLINE:
        yield Problem(
            "headline-length",
            _(
                "The headline has %(length)d characters; search engines and lists cut it off after "
                "%(longest)d."
            )
            % {"length": length, "longest": LONGEST_HEADLINE},
        )


def _missing_alt(piece: Any) -> Iterator[Problem]:
    read_image_texts([piece.lead_image, *images_of(piece.body)], piece.locale_id)
    pictures = [
        words_of(value.get("image"), alt=value.get("alt"))
        for block, value in walk(piece.body)
        if isinstance(block, ArticleImageBlock)
        and value.get("image") is not None
        and not value.get("decorative")
    ]
    if piece.lead_image is not None and not piece.lead_image_decorative:
        pictures.append(words_of(piece.lead_image, alt=piece.lead_image_alt))
    count = sum(not words.alt.strip() for words in pictures)
    if count:
        yield Problem(
            "missing-alt",
            ngettext(
                "%(count)d picture has no alternative text and is not marked as decorative.",
                "%(count)d pictures have no alternative text and are not marked as decorative.",
                count,
            )
            % {"count": count},
        )


def _heading_order(piece: Any) -> Iterator[Problem]:
    for child in piece.body:
        if isinstance(child.block, SubheadingBlock) and child.value.strip():
            yield Problem(
                "heading-order",
                _("The subheading “%(heading)s” comes before any heading.")
                % {"heading": child.value},
            )
            return
        if isinstance(child.block, HeadingBlock) and child.value.strip():
            return


def _empty_links(piece: Any) -> Iterator[Problem]:
    count = sum(
        len(_EMPTY_LINK.findall(value.source))
        for block, value in walk(piece.body)
        if isinstance(block, RichTextBlock)
    )
    if count:
        yield Problem(
            "empty-link",
            ngettext("%(count)d link has no words.", "%(count)d links have no words.", count)
            % {"count": count},
        )
