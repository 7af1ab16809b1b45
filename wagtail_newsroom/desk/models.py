"""What the translation desk stores: jobs, where texts came from, approvals, the memory."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..segments.keys import memory_key


class TranslationJob(models.Model):
    """One machine translation of one piece into one language, from request to result.

    The row is the truth about the job; the queue's message is only a wake-up call.
    A worker holds the row by `token` until `lease_until`; another may take it over after that.
    """

    class Status(models.TextChoices):
        """Where a job stands."""

        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Translating")
        DONE = "done", _("Done")
        PARTIAL = "partial", _("Partly translated")
        FAILED = "failed", _("Failed")

    class Trouble(models.TextChoices):
        """What can go wrong with a job as a whole."""

        INTERRUPTED = (
            "interrupted",
            _("The translation was interrupted too often. What was translated is kept."),
        )
        SOURCE_DELETED = "source-deleted", _("The original was deleted.")
        TARGET_DELETED = "target-deleted", _("The translated page was deleted.")
        LOCKED = "locked", _("The piece in this language is locked, by hand or by a workflow.")
        INVALID_DRAFT = "invalid-draft", _("The page does not accept the draft.")
        UNEXPECTED = (
            "unexpected",
            _("Something unexpected went wrong. What was translated is kept."),
        )

    ACTIVE = (Status.QUEUED, Status.RUNNING)

    translation = models.ForeignKey(
        "wagtail_localize.Translation",
        on_delete=models.CASCADE,
        related_name="newsroom_jobs",
        verbose_name=_("translation"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.QUEUED
    )
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    woken_at = models.DateTimeField(null=True, editable=False)
    """When the last wake-up call was put in the queue."""
    task_id = models.CharField(max_length=64, blank=True, editable=False)
    """The queue's name for that call."""
    total = models.PositiveIntegerField(_("segments"), default=0)
    """Segments of the piece; the counts below add up to it when the job ends."""
    counts = models.JSONField(_("counts by origin"), default=dict, blank=True)
    """Segments by origin: `memory`, `kept` (a person's or an earlier text), `engine:<name>`."""
    failures = models.JSONField(_("failures"), default=list, blank=True)
    """`{"string": pk, "path": content path, "reason": code, "engine": name}` for each."""
    related = models.JSONField(_("what belongs to the piece"), default=list, blank=True)
    """`{"kind": what, "reason": code, "engine": name}` for each name that got no proposal."""
    publishes = models.BooleanField(default=False, editable=False)
    """Whether the site publishes the translation when the job has ended, if the gate lets it."""
    trouble = models.CharField(_("trouble"), max_length=32, choices=Trouble.choices, blank=True)
    """What went wrong with the job as a whole, if anything."""
    trouble_detail = models.TextField(blank=True)
    """What a validation said, in the worker's language; never a piece's text."""
    deed = models.UUIDField(null=True, editable=False, db_index=True)
    """What it was asked for with others by, until people are told of all of them together."""
    deed_is_over = models.BooleanField(default=False, editable=False)
    """Whether no more jobs are asked for with it."""
    created_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("translation job")
        verbose_name_plural = _("translation jobs")
        ordering = ("-created_at", "-pk")
        permissions = [("approve_translation", "Can approve translations")]
        constraints = [
            models.UniqueConstraint(
                fields=["translation"],
                condition=models.Q(status__in=["queued", "running"]),
                name="newsroom_one_active_job",
            )
        ]
        indexes = [models.Index(fields=["status", "woken_at"], name="newsroom_job_status")]

    def __str__(self) -> str:
        return f"TranslationJob {self.pk} ({self.status})"

    @property
    def is_active(self) -> bool:
        """Whether the job is still to be worked on."""
        return self.status in self.ACTIVE

    @property
    def from_memory(self) -> int:
        """Segments that the translation memory gave."""
        return int(self.counts.get("memory", 0))

    @property
    def kept(self) -> int:
        """Segments that already had a text, a person's or an earlier run's."""
        return int(self.counts.get("kept", 0))

    @property
    def by_engine(self) -> dict[str, int]:
        """Segments that each engine translated, by the engine's name."""
        return {
            key.removeprefix("engine:"): count
            for key, count in self.counts.items()
            if key.startswith("engine:")
        }

    @property
    def done(self) -> int:
        """Segments that have a text now."""
        return sum(self.counts.values())

    @property
    def failed(self) -> int:
        """Segments that no engine could translate."""
        return len(self.failures)

    @property
    def percent(self) -> int:
        """Progress, 0 to 100."""
        if not self.total:
            return 0 if self.is_active else 100
        return min(100, round(100 * (self.done + self.failed) / self.total))


class Provenance(models.Model):
    """Where one text of a translated piece came from, and who approved that very text.

    Texts are compared without their markup (`segments.keys.fingerprint`). A machine's text stays on
    record after it was replaced, so that an old draft that still holds it is recognized.
    """

    class Origin(models.TextChoices):
        """Who or what wrote the text."""

        MACHINE = "machine", _("Machine")
        MEMORY = "memory", _("Translation memory")
        PERSON = "person", _("Person")

    object_id = models.UUIDField()
    """The `translation_key` of the piece."""
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    engine = models.CharField(max_length=100, blank=True)
    job = models.ForeignKey(
        TranslationJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.UUIDField(null=True, blank=True)
    """The `translation_key` of the piece that a copy has the text from."""

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenance")
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "locale", "fingerprint"], name="newsroom_one_provenance"
            )
        ]

    def __str__(self) -> str:
        return f"Provenance {self.pk} ({self.origin})"


class Approval(models.Model):
    """One approval of a whole piece in a language: who, when, of which text."""

    translation = models.ForeignKey(
        "wagtail_localize.Translation",
        on_delete=models.CASCADE,
        related_name="newsroom_approvals",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(auto_now_add=True)
    policy = models.CharField(max_length=16, blank=True)
    """`trust` where no person but this policy approved it, else empty."""
    digest = models.CharField(max_length=64)
    """The digest of all texts as they were approved, see `desk.texts.digest`."""
    source_updated_at = models.DateTimeField()
    """The state of the source that the texts were checked against."""
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("-approved_at", "-pk")

    def __str__(self) -> str:
        return f"Approval {self.pk}"


class MemoryEntry(models.Model):
    """A pair of texts that somebody approved or imported, kept to be used again.

    Texts are HTML fragments as wagtail-localize stores them: plain text is escaped, inline tags
    are bare, links are `<a id="a1">`. Keys are hashes of the folded texts, so that a look-up in
    either direction is one indexed query (`segments.keys.memory_key`).
    """

    class Origin(models.TextChoices):
        """How the pair got here."""

        APPROVED = "approved", _("Approved")
        IMPORTED = "imported", _("Imported")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source_language = models.CharField(_("source language"), max_length=100)
    target_language = models.CharField(_("target language"), max_length=100)
    source_text = models.TextField(_("source text"))
    target_text = models.TextField(_("translation"))
    source_key = models.CharField(max_length=64, editable=False)
    target_key = models.CharField(max_length=64, editable=False)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin.choices)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("translation memory")
        ordering = ("-updated_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source_key", "target_key"],
                name="newsroom_one_memory_entry",
            )
        ]
        indexes = [
            models.Index(
                fields=["source_language", "target_language", "source_key"],
                name="newsroom_memory_forward",
            ),
            models.Index(
                fields=["target_language", "source_language", "target_key"],
                name="newsroom_memory_backward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_language} → {self.target_language}: {self.source_text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the pair with the keys of its texts."""
        self.source_key = memory_key(self.source_text)
        self.target_key = memory_key(self.target_text)
        super().save(*args, **kwargs)


class EngineUsage(models.Model):
    """Characters and requests that one engine was sent in one month."""

    engine = models.CharField(_("engine"), max_length=100)
    month = models.DateField(_("month"))
    """The month's first day, in the site's time zone."""
    characters = models.PositiveBigIntegerField(_("characters"), default=0)
    requests = models.PositiveBigIntegerField(_("requests"), default=0)

    class Meta:
        verbose_name = _("engine usage")
        verbose_name_plural = _("engine usage")
        ordering = ("-month", "engine")
        constraints = [
            models.UniqueConstraint(fields=["engine", "month"], name="newsroom_one_usage")
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.month:%Y-%m}: {self.characters}"


class Dismissal(models.Model):
    """A finding of a check that a person has looked at and left as it is.

    It holds for the very texts it was made for: when source or translation change, the check
    speaks again.
    """

    object_id = models.UUIDField()
    """The `translation_key` of the piece."""
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    check_id = models.CharField(max_length=64)
    source_fingerprint = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dismissed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "locale", "check_id", "source_fingerprint", "fingerprint"],
                name="newsroom_one_dismissal",
            )
        ]

    def __str__(self) -> str:
        return f"Dismissal {self.pk} ({self.check_id})"
