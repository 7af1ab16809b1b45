"""Running text: paragraphs, headings, quotes, lists, and the line between two parts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..reading import anchor_of
from .values import (
    PREVIEW_TEMPLATE,
    TEXT,
    NeverNullStructBlock,
    PlainTextBlock,
    TextLineBlock,
    has_words,
)

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", "subscript"]
"""What rich text offers: wagtail-localize keeps these, and loses an embed's or an image's words."""

FACT_FEATURES = [*INLINE_FEATURES, "ul", "ol"]
"""What the rich text of a box offers: lists too."""

_ITEM_IDS = uuid.UUID("9d0a1d0e-5d0b-5a51-8a5c-6f6e0f5f7a11")


class ParagraphBlock(blocks.RichTextBlock):
    """Running text, with emphasis and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text with bold, italic and links.")
        group = TEXT
        template = "wagtail_newsroom/blocks/paragraph.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = (
            "<p>The last ferry of the evening left <b>on time</b>, "
            'and <a href="https://example.org/">nobody</a> had expected that.</p>'
        )


class HeadingBlock(TextLineBlock):
    """A heading inside an article, which a link can lead to."""

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `anchor`: readable, and used once among the headings of a page."""
        context = super().get_context(value, parent_context=parent_context)
        context["anchor"] = anchor_of(value, parent_context)
        return context

    class Meta:
        icon = "h2"
        label = _("Heading")
        description = _("A heading inside the article, with an address of its own.")
        group = TEXT
        template = "wagtail_newsroom/blocks/heading.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = "What the harbour master says"


class SubheadingBlock(HeadingBlock):
    """A heading below a heading."""

    class Meta:
        icon = "h3"
        label = _("Subheading")
        description = _("A heading below a heading.")
        template = "wagtail_newsroom/blocks/subheading.html"
        preview_value = "On stormy days"


class QuoteBlock(NeverNullStructBlock):
    """What somebody said, and who."""

    text = PlainTextBlock(label=_("quote"))
    attribution = TextLineBlock(label=_("attribution"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("What somebody said, and who said it.")
        group = TEXT
        template = "wagtail_newsroom/blocks/quote.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "text": "We counted the passengers twice.",
            "attribution": "Mina Sample, harbour master",
        }


class PullQuoteBlock(QuoteBlock):
    """A sentence from the piece, in large letters."""

    class Meta:
        icon = "newsroom-pull-quote"
        label = _("Pull quote")
        description = _("A sentence from the piece in large letters, to catch the eye.")
        template = "wagtail_newsroom/blocks/pull_quote.html"
        preview_value = {
            "text": "Nobody builds a pier for the weather we had.",
            "attribution": "Mina Sample",
        }


class ItemListBlock(blocks.ListBlock):
    """A list of points."""

    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        if child_block is None:
            child_block = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("item"))
        super().__init__(child_block, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Returns the stored items, none for null."""
        return super().to_python(with_item_ids(self, value))

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Returns the stored items of several lists, none for null."""
        return super().bulk_to_python([with_item_ids(self, value) for value in values])

    def normalize(self, value: Any) -> Any:
        """Returns the items given by code, none for null."""
        return super().normalize([] if value is None else value)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `items`, those that say anything."""
        context = super().get_context(value, parent_context=parent_context)
        # A site's own points may be of another kind, and are empty where nothing is in them.
        context["items"] = [
            item for item in value if (has_words(item) if hasattr(item, "source") else item)
        ]
        return context

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("A list of points.")
        group = TEXT
        template = "wagtail_newsroom/blocks/list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = ["<p>Two boats in winter</p>", "<p>Four in summer</p>"]


class DividerBlock(blocks.StaticBlock):
    """A line between two parts of a piece."""

    class Meta:
        icon = "minus"
        label = _("Divider")
        description = _("A line between two parts of the piece.")
        admin_text = _("A line between two parts of the piece.")
        group = TEXT
        template = "wagtail_newsroom/blocks/divider.html"
        preview_template = "wagtail_newsroom/blocks/preview_divider.html"
        preview_value = None


def with_item_ids(block: blocks.ListBlock, items: Any) -> list[Any]:
    """Give each item of a plain list the form with an id, in place; nothing for null.

    In place, because wagtail-localize looks at the stored form to decide whether to read a
    list at all. An id is made from the item, so that it is the same at each reading.
    """
    if not isinstance(items, list):
        return []
    for index, item in enumerate(items):
        if not block._item_is_in_block_format(item):
            name = json.dumps([index, item], sort_keys=True, default=str)
            items[index] = {
                "type": "item",
                "value": item,
                "id": str(uuid.uuid5(_ITEM_IDS, name)),
            }
    return items
