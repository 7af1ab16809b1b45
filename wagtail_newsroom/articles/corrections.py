"""Corrections: what a newspaper says it got wrong, in the languages in which it said it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin


def today() -> object:
    """Return the day in the current time zone."""
    return timezone.localdate()


class Correction(TranslatableMixin, Orderable):
    """A note below or above a piece that says what was changed, and when.

    Its text is translated and approved with the piece.
    """

    class Kind(models.TextChoices):
        """What a note says."""

        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        EDITORS_NOTE = "editors-note", _("Editor’s note")

    class Position(models.TextChoices):
        """Where a note stands."""

        TOP = "top", _("Above the text")
        BOTTOM = "bottom", _("Below the text")

    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_corrections"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.CORRECTION)
    date = models.DateField(_("date"), default=today)
    text = models.TextField(_("text"))
    position = models.CharField(
        _("position"), max_length=8, choices=Position.choices, default=Position.BOTTOM
    )

    panels = [FieldPanel("kind"), FieldPanel("date"), FieldPanel("text"), FieldPanel("position")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["locale", "date"], name="newsroom_correction_date")]

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"
