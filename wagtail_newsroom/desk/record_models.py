"""The record of human review: who did what to which translation, kept for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReviewRecord(models.Model):
    """One thing that a person, or a machine, did to a piece in a language.

    Written when it happens and never derived anew. Names, titles and codes are kept as text, so
    that an entry still tells its story when the person or the piece is deleted.
    """

    class Action(models.TextChoices):
        """What was done."""

        REQUESTED = "requested", _("Asked for a translation")
        TRANSLATED = "translated", _("Translated by machine")
        EDITED = "edited", _("Edited")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")

    action = models.CharField(_("what was done"), max_length=16, choices=Action.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=255, blank=True)
    """The person's name as it was, or the names of the engines; empty for the site itself."""
    translation_key = models.UUIDField()
    """The piece, in all its languages."""
    source_language = models.CharField(_("from"), max_length=100)
    language = models.CharField(_("into"), max_length=100)
    model = models.CharField(_("kind"), max_length=200)
    """The piece's class, `app.model`."""
    source_title = models.CharField(_("title"), max_length=255)
    title = models.CharField(_("translated title"), max_length=255, blank=True)
    passages = models.PositiveIntegerField(_("passages"), null=True)
    """How many this was about."""
    by_person = models.PositiveIntegerField(_("of them written by people"), null=True)
    """At an approval: those whose text a person wrote; the others are a machine's or the memory's."""
    digest = models.CharField(_("digest of the texts"), max_length=64, blank=True)
    """At an approval and at the publication of approved texts, see `desk.texts.digest`."""
    details = models.JSONField(default=dict, blank=True)
    """`segments`: keys of the passages that were edited, and `log`: the entry in the history."""

    class Meta:
        verbose_name = _("entry in the record of review")
        verbose_name_plural = _("entries in the record of review")
        ordering = ("-at", "-pk")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "-id"], name="newsroom_record_at"),
            models.Index(
                fields=["translation_key", "language", "-at"], name="newsroom_record_piece"
            ),
        ]

    def __str__(self) -> str:
        return f"ReviewRecord {self.pk} ({self.action})"
