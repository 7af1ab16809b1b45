"""Pictures with their words: one, or several in a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .text import ItemListBlock
from .values import PICTURES, NeverNullStructBlock, TextLineBlock

WORDS_IN_CONTEXT = "newsroom_picture_words"
"""In the context of the API, what returns all words of a picture: its own, its image's and licence."""


class ArticleImageBlock(NeverNullStructBlock):
    """A picture with its words, which are this article's and not the image file's.

    Words that are left empty are taken from the image's texts in the page's language.
    """

    image = ImageChooserBlock(label=_("image"))
    alt = TextLineBlock(
        label=_("alternative text"),
        required=False,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = TextLineBlock(label=_("caption"), required=False)
    credit = TextLineBlock(label=_("credit"), required=False)
    decorative = blocks.BooleanBlock(
        label=_("decorative"),
        required=False,
        default=False,
        help_text=_("The picture says nothing that the text does not say; it is not read out."),
    )

    def get_api_representation(
        self, value: Any, context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Returns the block as Wagtail's API writes it, with all words that readers get to see."""
        shown: dict[str, Any] = super().get_api_representation(value, context=context)
        words_of = (context or {}).get(WORDS_IN_CONTEXT)
        return {**shown, **words_of(value)} if words_of is not None else shown

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with alternative text, caption and credit.")
        group = PICTURES
        template = "wagtail_newsroom/blocks/image.html"
        preview_template = "wagtail_newsroom/blocks/preview_image.html"
        preview_value = {
            "image": None,
            "alt": "A ferry at its pier in the evening",
            "caption": "The last ferry of the evening.",
            "credit": "Photo: A. Sample",
        }


class PictureListBlock(ItemListBlock):
    """The pictures of a gallery."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ArticleImageBlock(), **kwargs)

    class Meta:
        default: ClassVar[list[Any]] = []


class GalleryBlock(NeverNullStructBlock):
    """Several pictures that are shown together, each with its words."""

    images = PictureListBlock(label=_("pictures"))
    caption = TextLineBlock(label=_("caption of the gallery"), required=False)

    class Meta:
        icon = "newsroom-gallery"
        label = _("Gallery")
        description = _("Several pictures that are shown together.")
        group = PICTURES
        template = "wagtail_newsroom/blocks/gallery.html"
        preview_template = "wagtail_newsroom/blocks/preview_gallery.html"
        preview_value = {"images": [], "caption": "An evening at the pier, in three pictures."}
