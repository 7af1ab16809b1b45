"""Where each piece stands in each language, kept for lists, and what people decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .languages import name_of


class State(models.TextChoices):
    """The states of a piece in a language."""

    MISSING = "missing", _("Not translated")
    QUEUED = "queued", _("Waiting for the machine")
    TRANSLATING = "translating", _("Being translated")
    PARTIAL = "partial", _("Partly translated")
    FAILED = "failed", _("Translation failed")
    WITHHELD = "withheld", _("Withheld from the machine")
    DRAFT = "draft", _("Machine draft, to be checked")
    IN_REVIEW = "in_review", _("Being checked")
    APPROVED = "approved", _("Approved, not published yet")
    PUBLISHED = "published", _("Published")
    UNREVIEWED = "unreviewed", _("Published, not reviewed")
    OUTDATED = "outdated", _("The original changed since")


class Schedule(models.TextChoices):
    """How a translation goes live by itself."""

    TIME = "time", _("At a time of its own")
    ORIGINAL = "original", _("With its original")
    HELD = "held", _("Was due, and is held")


class Assignment(models.Model):
    """Who is to see to a piece in a language."""

    object_id = models.UUIDField()
    """The `translation_key` of the piece."""
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["object_id", "locale"], name="newsroom_one_assignment")
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class Waiver(models.Model):
    """A person's word that a change of the original needs no translation."""

    translation = models.ForeignKey(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="newsroom_waivers"
    )
    mark = models.CharField(max_length=64)
    """What names the content of the original, see `desk.outdated`."""
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    waived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(fields=["translation", "mark"], name="newsroom_one_waiver")
        ]

    def __str__(self) -> str:
        return f"Waiver {self.pk}"


class PieceState(models.Model):
    """One piece in one language that it is or could be translated into, as lists show it.

    Nothing here is a fact of its own: `desk.state_rows` derives each row from what is stored
    elsewhere, and `newsroom_rebuild_states` makes all of them anew.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("language"),
    )
    source_locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("language of the original"),
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, related_name="+"
    )
    """The original's own class."""
    source_id = models.CharField(max_length=64)
    """The original's key."""
    target_id = models.CharField(max_length=64, blank=True)
    """The key of the piece in this language, empty where it is not stored."""
    source_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """The original, if it is a page: whose path tells where it stands and who may edit it."""
    target_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    section = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("section"),
    )
    """The page above the original."""
    translation = models.ForeignKey(
        "wagtail_localize.Translation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    job = models.ForeignKey(
        "wagtail_newsroom.TranslationJob", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """The last job, whose progress the list shows."""
    state = models.CharField(_("state"), max_length=16, choices=State.choices)
    since = models.DateTimeField(_("since"), null=True)
    """Since when it is in this state, where what is stored tells."""
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    source_title = models.CharField(_("title"), max_length=255)
    title = models.CharField(_("translated title"), max_length=255, blank=True)
    words = models.TextField(blank=True)
    """Both titles, folded for the search."""
    is_live = models.BooleanField(_("live"), default=False)
    is_unreviewed = models.BooleanField(_("live without review"), default=False)
    """Whether what is live was let pass by a policy, and approved by no person."""
    is_urgent = models.BooleanField(_("urgent"), default=False)
    """Whether readers of this language lack a correction that the original has."""
    errors = models.PositiveIntegerField(_("open errors"), default=0)
    warnings = models.PositiveIntegerField(_("open warnings"), default=0)
    segments = models.PositiveIntegerField(_("passages"), default=0)
    missing = models.PositiveIntegerField(_("missing passages"), default=0)
    characters = models.PositiveIntegerField(_("characters"), null=True)
    """Characters of the original; None before it was read for translation."""
    machine_characters = models.PositiveIntegerField(default=0)
    """Those of them whose translation is a machine's."""

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="newsroom_one_state")
        ]
        indexes = [
            models.Index(fields=["-since", "-id"], name="newsroom_state_since"),
            models.Index(fields=["-is_urgent", "-since", "-id"], name="newsroom_state_urgent"),
            models.Index(fields=["state", "locale"], name="newsroom_state_state"),
            models.Index(fields=["assigned_to", "state"], name="newsroom_state_assigned"),
        ]

    def __str__(self) -> str:
        return self.title or self.source_title

    # How it goes live by itself; `desk.list_schedule` puts both here with the row.
    schedule = ""
    goes_live_at: datetime | None = None

    @property
    def schedule_words(self) -> str:
        """How it goes live by itself, in words; empty where nobody said anything."""
        return str(Schedule(self.schedule).label) if self.schedule else ""

    @property
    def machine_percent(self) -> int | None:
        """The share of the original whose translation is a machine's; None where nothing is."""
        if not self.characters:
            return None
        return round(100 * self.machine_characters / self.characters)

    @property
    def percent(self) -> int | None:
        """The progress of a job that is at work, 0 to 100; None where there is none."""
        if self.job is None or self.state not in (State.QUEUED, State.TRANSLATING):
            return None
        return int(self.job.percent)

    @property
    def section_title(self) -> str:
        """The section's name in the admin, empty for what stands in none."""
        return str(self.section.get_admin_display_title()) if self.section else ""

    @property
    def assigned_name(self) -> str:
        """The name of who has it, empty where nobody has."""
        return str(self.assigned_to.get_full_name() or self.assigned_to) if self.assigned_to else ""

    @property
    def source_language(self) -> str:
        """The name of the original's language."""
        return name_of(self.source_locale)

    @property
    def language(self) -> str:
        """The name of this language."""
        return name_of(self.locale)

    @cached_property
    def source(self) -> Any:
        """The original as its own class, None if it is gone."""
        return self._piece(self.source_id)

    @cached_property
    def target(self) -> Any:
        """The piece in this language, None if it is not stored."""
        return self._piece(self.target_id)

    def _piece(self, key: str) -> Any:
        model = self.content_type.model_class()
        if not key or model is None:
            return None
        return model._base_manager.filter(pk=key).first()
