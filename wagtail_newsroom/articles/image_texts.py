"""An image's words by language, without a second copy of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model, get_image_model_string
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin

from ..desk.gate import GatedSnippetMixin
from .image_licences import shown_address

_ON_IMAGE = "newsroom_words"
_COLUMNS = {
    "alt": "{text}__alt",
    "caption": "{text}__caption",
    "credit": "{text}__credit",
    "licence": "{image}newsroom_licence__name",
    "licence_url": "{image}newsroom_licence__url",
}
# Not to be mixed up with fields of a site's own images.
_NAMED = "newsroom_words_{}"


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
    licence: str = ""
    """The name of the licence under which the image may be used, the same in all languages."""
    licence_url: str = ""
    """Where it can be read; empty without a licence."""


def with_texts(renditions: models.QuerySet[Any], locale_id: int) -> models.QuerySet[Any]:
    """Return renditions with their images' texts in a language and licences: one query for all."""
    return _annotated(renditions, "image__", locale_id)


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
        _keep(image, vars(rendition))
    read_image_texts(unseen, locale_id)


def read_image_texts(images: Iterable[AbstractImage | None], locale_id: int | None) -> None:
    """Read these images' texts in a language and licences, in one query; none without images."""
    found = [image for image in images if image is not None]
    if not found or locale_id is None:
        return
    stored = get_image_model().objects.filter(pk__in={image.pk for image in found})
    rows = _annotated(stored, "", locale_id).values("pk", *map(_NAMED.format, _COLUMNS))
    texts = {row["pk"]: row for row in rows}
    for image in found:
        _keep(image, texts.get(image.pk, {}))


def _annotated(rows: models.QuerySet[Any], image: str, locale_id: int) -> models.QuerySet[Any]:
    texts = f"{image}newsroom_texts"
    return rows.annotate(
        _text=models.FilteredRelation(
            texts, condition=models.Q(**{f"{texts}__locale_id": locale_id})
        ),
        **{
            _NAMED.format(name): models.F(column.format(text="_text", image=image))
            for name, column in _COLUMNS.items()
        },
    )


def _keep(image: AbstractImage, row: Mapping[str, Any]) -> None:
    words = {name: row.get(_NAMED.format(name)) or "" for name in _COLUMNS}
    words["licence_url"] = shown_address(words["licence_url"])
    setattr(image, _ON_IMAGE, PictureWords(**words))


def words_of(
    image: AbstractImage | None,
    *,
    alt: Any = "",
    caption: Any = "",
    credit: Any = "",
    is_decorative: bool = False,
) -> PictureWords:
    """Return a picture's own words, for those that it leaves empty the image's texts, and its licence.

    No query: the texts are there if `pictures.prefetch_renditions` was asked for them.
    """
    text = getattr(image, _ON_IMAGE, None)
    return PictureWords(
        alt="" if is_decorative else alt or getattr(text, "alt", ""),
        caption=caption or getattr(text, "caption", ""),
        credit=credit or getattr(text, "credit", ""),
        licence=getattr(text, "licence", ""),
        licence_url=getattr(text, "licence_url", ""),
    )
