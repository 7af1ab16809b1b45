"""The blocks of an article's body: safe for wagtail-localize whatever value they hold.

wagtail-localize cannot read a text block whose value is null, nor the items of a list that was
stored as a plain list (https://github.com/wagtail/wagtail-localize/issues/875 and 917). Drafts,
imports and the API make such values, so these blocks turn them into what it can read.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", "subscript"]
"""What rich text offers: wagtail-localize keeps these, and loses an embed's or an image's words."""

_PREVIEW_TEMPLATE = "wagtail_newsroom/blocks/preview.html"
_ITEM_IDS = uuid.UUID("9d0a1d0e-5d0b-5a51-8a5c-6f6e0f5f7a11")


class NeverNullMixin:
    """Reads a null as an empty text, wherever it comes from."""

    def to_python(self, value: Any) -> Any:
        """Returns the stored value as a text, empty for null."""
        return super().to_python("" if value is None else value)  # type: ignore[misc]

    def normalize(self, value: Any) -> Any:
        """Returns a value given by code as a text, empty for null."""
        return super().normalize("" if value is None else value)  # type: ignore[misc]

    def get_prep_value(self, value: Any) -> Any:
        """Returns what is stored, never null."""
        return super().get_prep_value("" if value is None else value)  # type: ignore[misc]


class NeverNullStructBlock(blocks.StructBlock):
    """A block of several fields that reads a null as all fields empty."""

    def to_python(self, value: Any) -> Any:
        """Returns the stored fields, all of them empty for null."""
        return super().to_python(value if isinstance(value, Mapping) else {})

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Returns the stored fields of several values, all of them empty for null."""
        return super().bulk_to_python(
            [value if isinstance(value, Mapping) else {} for value in values]
        )

    def normalize(self, value: Any) -> Any:
        """Returns the fields given by code, all of them empty for null."""
        return super().normalize(self.get_default() if value is None else value)


class TextLineBlock(NeverNullMixin, blocks.CharBlock):
    """A line of text."""

    class Meta:
        default = ""


class PlainTextBlock(NeverNullMixin, blocks.TextBlock):
    """Text of several lines, without markup."""

    class Meta:
        default = ""


class ParagraphBlock(blocks.RichTextBlock):
    """Running text, with emphasis and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text with bold, italic and links.")
        template = "wagtail_newsroom/blocks/paragraph.html"
        preview_template = _PREVIEW_TEMPLATE
        preview_value = (
            "<p>The last ferry of the evening left <b>on time</b>, "
            'and <a href="https://example.org/">nobody</a> had expected that.</p>'
        )


class HeadingBlock(TextLineBlock):
    """A heading inside an article."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading inside the article.")
        template = "wagtail_newsroom/blocks/heading.html"
        preview_template = _PREVIEW_TEMPLATE
        preview_value = "What the harbour master says"


class ArticleImageBlock(NeverNullStructBlock):
    """A picture with its words, which are this article's and not the image file's."""

    image = ImageChooserBlock(label=_("image"))
    alt = TextLineBlock(
        label=_("alternative text"),
        required=False,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = TextLineBlock(label=_("caption"), required=False)
    credit = TextLineBlock(label=_("credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with alternative text, caption and credit.")
        template = "wagtail_newsroom/blocks/image.html"
        preview_template = "wagtail_newsroom/blocks/preview_image.html"
        preview_value = {
            "image": None,
            "alt": "A ferry at its pier in the evening",
            "caption": "The last ferry of the evening.",
            "credit": "Photo: A. Sample",
        }


class QuoteBlock(NeverNullStructBlock):
    """What somebody said, and who."""

    text = PlainTextBlock(label=_("quote"))
    attribution = TextLineBlock(label=_("attribution"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("What somebody said, and who said it.")
        template = "wagtail_newsroom/blocks/quote.html"
        preview_template = _PREVIEW_TEMPLATE
        preview_value = {
            "text": "We counted the passengers twice.",
            "attribution": "Mina Sample, harbour master",
        }


class NeverNullURLBlock(NeverNullMixin, blocks.URLBlock):
    """A web address."""

    class Meta:
        default = ""


class EmbedBlock(NeverNullURLBlock):
    """The address of something that another site shows, such as a film.

    Not Wagtail's own block: wagtail-localize cannot read one that is empty
    (https://github.com/wagtail/wagtail-localize/issues/875).
    """

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds `host`, the other site's name as readers know it; empty for an unusable address."""
        context = super().get_context(value, parent_context=parent_context)
        context["host"] = host_of(value)
        return context

    class Meta:
        icon = "media"
        label = _("Embed")
        description = _("A film or a post on another site, shown as a link.")
        default = ""
        template = "wagtail_newsroom/blocks/embed.html"
        preview_template = _PREVIEW_TEMPLATE
        preview_value = "https://video.example.org/watch/ferry"


class ItemListBlock(blocks.ListBlock):
    """A list of points."""

    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        if child_block is None:
            child_block = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("item"))
        super().__init__(child_block, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Returns the stored items, none for null."""
        return super().to_python(self._with_item_ids(value))

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Returns the stored items of several lists, none for null."""
        return super().bulk_to_python([self._with_item_ids(value) for value in values])

    def normalize(self, value: Any) -> Any:
        """Returns the items given by code, none for null."""
        return super().normalize([] if value is None else value)

    def _with_item_ids(self, items: Any) -> list[Any]:
        """Give each item of a plain list the form with an id, in place.

        In place, because wagtail-localize looks at the stored form to decide whether to read a
        list at all. An id is made from the item, so that it is the same at each reading.
        """
        if not isinstance(items, list):
            return []
        for index, item in enumerate(items):
            if not self._item_is_in_block_format(item):
                name = json.dumps([index, item], sort_keys=True, default=str)
                items[index] = {
                    "type": "item",
                    "value": item,
                    "id": str(uuid.uuid5(_ITEM_IDS, name)),
                }
        return items

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("A list of points.")
        template = "wagtail_newsroom/blocks/list.html"
        preview_template = _PREVIEW_TEMPLATE
        preview_value = ["<p>Two boats in winter</p>", "<p>Four in summer</p>"]


class LinkBlock(NeverNullStructBlock):
    """A web address and what it is called."""

    url = NeverNullURLBlock(label=_("address"))
    title = TextLineBlock(label=_("title"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A web address and what it is called.")


STYLES = [
    ("", _("As set for the language")),
    ("icon", _("Icons")),
    ("icon-label", _("Icons with labels")),
    ("label", _("Labels")),
]
"""How links look; empty for the site's choice."""

SIZES = [
    ("", _("As set for the language")),
    ("s", _("Small")),
    ("m", _("Medium")),
    ("l", _("Large")),
]
"""How large links are; empty for the site's choice."""


class SocialFollowBlock(NeverNullStructBlock):
    """Links to the newspaper's profiles in the page's language."""

    heading = TextLineBlock(label=_("heading"), required=False, max_length=120)
    style = blocks.ChoiceBlock(label=_("style"), choices=STYLES, required=False, default="")
    size = blocks.ChoiceBlock(label=_("size"), choices=SIZES, required=False, default="")

    class Meta:
        icon = "group"
        label = _("Follow us")
        group = _("Social")
        description = _("The newspaper’s profiles in the language of the page.")
        template = "wagtail_newsroom/blocks/social_follow.html"
        preview_template = "wagtail_newsroom/blocks/preview_social.html"
        preview_value = {"heading": "Follow us", "style": "icon-label", "size": ""}


class ShareBlock(NeverNullStructBlock):
    """Links that pass the page on."""

    heading = TextLineBlock(label=_("heading"), required=False, max_length=120)
    style = blocks.ChoiceBlock(label=_("style"), choices=STYLES, required=False, default="")
    size = blocks.ChoiceBlock(label=_("size"), choices=SIZES, required=False, default="")

    class Meta:
        icon = "resubmit"
        label = _("Share")
        group = _("Social")
        description = _("Links that pass the page on, in the language of the page.")
        template = "wagtail_newsroom/blocks/share.html"
        preview_template = "wagtail_newsroom/blocks/preview_social.html"
        preview_value = {"heading": "Share this", "style": "icon-label", "size": ""}


def host_of(address: str | None) -> str:
    """Return the name of the site that a web address points to, without `www.`.

    Empty for anything that is not an absolute `http` or `https` address.
    """
    try:
        parts = urlsplit(address or "")
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return host.removeprefix("www.")


ARTICLE_BLOCKS = [
    ("paragraph", ParagraphBlock()),
    ("heading", HeadingBlock()),
    ("image", ArticleImageBlock()),
    ("quote", QuoteBlock()),
    ("embed", EmbedBlock()),
    ("list", ItemListBlock()),
    ("social_follow", SocialFollowBlock()),
    ("share", ShareBlock()),
]
"""The blocks of our own article page; a site's page may take them, more or others."""


class ArticleBody(blocks.StreamBlock):
    """The blocks of a body; one that is stored as null is read as an empty one.

    A site gives its own choice as `StreamField(ArticleBody([*ARTICLE_BLOCKS, ...]))`.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(ARTICLE_BLOCKS if local_blocks is None else local_blocks, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Returns the stored blocks, with no null among them.

        wagtail-localize looks into the stored form too, which a block cannot mend by itself.
        """
        if isinstance(value, blocks.StreamValue):
            return value
        stream = super().to_python(value)
        for index, block in enumerate(stream.raw_data):
            if block.get("value") is None:
                stream.raw_data[index] = {**block, "value": self._empty_form(block["type"])}
        return stream

    def _empty_form(self, name: str) -> Any:
        child = self.child_blocks[name]
        return child.get_prep_value(child.normalize(None))
