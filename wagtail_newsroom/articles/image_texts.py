"""An image's words by language, without a second copy of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin

from ..desk.gate import GatedSnippetMixin

_ON_IMAGE = "newsroom_words"
_WORDS = ("alt", "caption", "credit")


class ImageText(GatedSnippetMixin, TranslatableMixin, models.Model):
    """What an image of the library shows, and its caption and credit, in one language.

    A piece that says nothing of its own about the image shows these.
    """

    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("image"),
        on_delete=models.CASCADE,
        related_name="newsroom_texts",
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=160, blank=True)

    panels = [
        FieldPanel("image"),
        FieldPanel("alt"),
        FieldPanel("caption"),
        FieldPanel("credit"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("image text")
        verbose_name_plural = _("image texts")
        constraints = [
            models.UniqueConstraint(fields=["image", "locale"], name="newsroom_one_text_per_image")
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or str(self.image_id)


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The words of a picture in one place."""

    alt: str
    """Empty for a decorative picture, which screen readers pass over."""
    caption: str
    credit: str


def with_texts(renditions: models.QuerySet[Any], locale_id: int) -> models.QuerySet[Any]:
    """Return renditions with the texts of their images in a language: one query for both."""
    return renditions.annotate(
        _text=models.FilteredRelation(
            "image__newsroom_texts",
            condition=models.Q(image__newsroom_texts__locale_id=locale_id),
        ),
        **{f"newsroom_{name}": models.F(f"_text__{name}") for name in _WORDS},
    )


def keep_texts(images: Iterable[AbstractImage], locale_id: int) -> None:
    """Keep on each image what was read with its renditions, where `words_of` finds it.

    Images without renditions are looked up, in one query; none if there are no such images.
    """
    unseen = []
    for image in images:
        rendition = next(iter(image.prefetched_renditions), None)
        if rendition is None:
            unseen.append(image)
            continue
        words = {name: getattr(rendition, f"newsroom_{name}") or "" for name in _WORDS}
        setattr(image, _ON_IMAGE, PictureWords(**words))
    read_image_texts(unseen, locale_id)


def read_image_texts(images: Iterable[AbstractImage | None], locale_id: int | None) -> None:
    """Read the texts of these images in a language, in one query; none if there are no images."""
    found = [image for image in images if image is not None]
    if not found or locale_id is None:
        return
    rows = ImageText.objects.filter(image__in={image.pk for image in found}, locale_id=locale_id)
    texts = {text.image_id: text for text in rows}
    for image in found:
        text = texts.get(image.pk)
        words = {name: getattr(text, name, "") for name in _WORDS}
        setattr(image, _ON_IMAGE, PictureWords(**words))


def words_of(
    image: AbstractImage | None,
    *,
    alt: Any = "",
    caption: Any = "",
    credit: Any = "",
    is_decorative: bool = False,
) -> PictureWords:
    """Return a picture's own words, and for those that it leaves empty the image's texts.

    No query: the texts are there if `pictures.prefetch_renditions` was asked for them.
    """
    text = getattr(image, _ON_IMAGE, None)
    return PictureWords(
        alt="" if is_decorative else alt or getattr(text, "alt", ""),
        caption=caption or getattr(text, "caption", ""),
        credit=credit or getattr(text, "credit", ""),
    )
