"""The blocks of an article's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", "subscript"]


class ArticleImageBlock(blocks.StructBlock):
    """A picture with its words."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(label=_("alternative text"), required=False, default="")
    caption = blocks.CharBlock(label=_("caption"), required=False, default="")
    credit = blocks.CharBlock(label=_("credit"), required=False, default="")

    class Meta:
        icon = "image"
        label = _("Image")
        template = "wagtail_newsroom/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("quote"), default="")
    attribution = blocks.CharBlock(label=_("attribution"), required=False, default="")

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "wagtail_newsroom/blocks/quote.html"


class EmbedBlock(blocks.URLBlock):
    """The address of something that another site shows, such as a film.

    Not Wagtail's own block: wagtail-localize cannot read one that is empty
    (https://github.com/wagtail/wagtail-localize/issues/875).
    """

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "wagtail_newsroom/blocks/embed.html"


ARTICLE_BLOCKS = [
    (
        "paragraph",
        blocks.RichTextBlock(
            label=_("Paragraph"),
            features=INLINE_FEATURES,
            icon="pilcrow",
            template="wagtail_newsroom/blocks/paragraph.html",
        ),
    ),
    (
        "heading",
        blocks.CharBlock(
            label=_("Heading"),
            icon="title",
            default="",
            template="wagtail_newsroom/blocks/heading.html",
        ),
    ),
    ("image", ArticleImageBlock()),
    ("quote", QuoteBlock()),
    ("embed", EmbedBlock(default="")),
    (
        "list",
        blocks.ListBlock(
            blocks.RichTextBlock(features=INLINE_FEATURES, label=_("item")),
            label=_("List"),
            icon="list-ul",
            template="wagtail_newsroom/blocks/list.html",
        ),
    ),
]
