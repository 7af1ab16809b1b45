"""What people want to be told by e-mail, and what is still to be told to the webhook."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationPreferences(models.Model):
    """Of which events at the desk a person is told by e-mail; without a row of all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="newsroom_notifications",
    )
    job_done = models.BooleanField(
        _("A translation is ready"),
        default=True,
        help_text=_("A machine translation that you asked for or have is there to be checked"),
    )
    job_failed = models.BooleanField(
        _("A translation failed"),
        default=True,
        help_text=_("A machine translation that you asked for or have failed, or is not complete"),
    )
    assigned = models.BooleanField(
        _("A piece is assigned to you"),
        default=True,
        help_text=_("Somebody gave you a translation to see to"),
    )
    source_changed = models.BooleanField(
        _("An original changed"),
        default=True,
        help_text=_("The original of a translation that you have, approved or asked for changed"),
    )
    approved = models.BooleanField(
        _("A translation is approved"),
        default=True,
        help_text=_("Somebody approved a translation that you asked for or have"),
    )

    class Meta:
        verbose_name = _("notification preferences")
        verbose_name_plural = _("notification preferences")
        default_permissions = ()

    def __str__(self) -> str:
        return f"NotificationPreferences {self.pk}"


class WebhookDelivery(models.Model):
    """One event on its way to the site's webhook; holds no title and no text."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.JSONField()
    """The event as `desk.events.Event` writes it."""
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, null=True)
    """When it is sent, or sent again; None when it arrived or was given up."""
    delivered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64, blank=True)
    """What came of the last attempt: the HTTP status, or the kind of error."""

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ("-created_at", "-pk")
        default_permissions = ()
        indexes = [models.Index(fields=["next_try_at"], name="newsroom_delivery_due")]

    def __str__(self) -> str:
        return f"WebhookDelivery {self.pk}"
