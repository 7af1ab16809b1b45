"""What stands in the margin of a piece at the review: comments, suggestions, who is there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """What a person has to say about one passage of a piece in a language.

    It stands at the passage's place, so it stays when the original's words there change.
    """

    translation = models.ForeignKey(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="newsroom_comments"
    )
    context = models.ForeignKey(
        "wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+"
    )
    """The place, which may hold several passages."""
    string = models.ForeignKey(
        "wagtail_localize.String", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """The original's words as they were."""
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a passage")
        verbose_name_plural = _("comments on passages")
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class Suggestion(models.Model):
    """A text for one passage that is offered beside the one that stands there, never put in by itself.

    A worker asks the engine; a person takes the answer or leaves it.
    """

    class Status(models.TextChoices):
        """Where a suggestion stands."""

        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Translating")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    ACTIVE = (Status.QUEUED, Status.RUNNING)

    translation = models.ForeignKey(
        "wagtail_localize.Translation",
        on_delete=models.CASCADE,
        related_name="newsroom_suggestions",
    )
    string = models.ForeignKey(
        "wagtail_localize.String", on_delete=models.CASCADE, related_name="+"
    )
    context = models.ForeignKey(
        "wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+"
    )
    engine = models.CharField(max_length=100, blank=True)
    """The engine's name; empty for a person's words that gave way to a suggestion."""
    text = models.TextField(blank=True)
    """The translation as an HTML fragment, empty until there is one."""
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.QUEUED)
    reason = models.CharField(max_length=32, blank=True)
    """Why there is none, see `segments.reasons`."""
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    token = models.UUIDField(null=True, editable=False)
    """The worker that asks, until `lease_until`; another may take it over after that."""
    lease_until = models.DateTimeField(null=True, editable=False)
    woken_at = models.DateTimeField(null=True, editable=False)
    """When a worker was last called for it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "string", "context", "engine"],
                name="newsroom_one_suggestion",
            )
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk} ({self.status})"


class Presence(models.Model):
    """When a person's browser last said that it shows the review of a translation."""

    translation = models.ForeignKey(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["translation", "user"], name="newsroom_one_presence")
        ]

    def __str__(self) -> str:
        return f"Presence {self.pk}"
