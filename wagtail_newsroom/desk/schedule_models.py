"""Translations that go live when their original does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Following(models.Model):
    """A person's word that a translation goes live when its original does.

    A time of its own is no row here: Wagtail keeps it with the revision that is to go live.
    """

    translation = models.OneToOneField(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="newsroom_following"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True)
    """Since when the original is live and the translation is not, because it was declined."""

    class Meta:
        verbose_name = _("translation that follows its original")
        verbose_name_plural = _("translations that follow their originals")

    def __str__(self) -> str:
        return f"Following {self.pk}"
