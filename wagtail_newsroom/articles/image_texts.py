"""An image's words by language, without a second copy of the file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin

from ..desk.gate import GatedSnippetMixin


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
    alt = models.CharField(_("alternative text"), max_length=255, blank=True)
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
