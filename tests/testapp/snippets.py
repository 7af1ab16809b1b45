"""A site's own snippets: one with drafts and the gate, one without drafts."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.snippets.models import register_snippet

from wagtail_newsroom.desk.gate import GatedSnippetMixin
from wagtail_newsroom.desk.localize import SLUG_OF_THE_SOURCE
from wagtail_newsroom.desk.panels import TranslationsPanel


@register_snippet
class Venue(
    GatedSnippetMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """A place where things happen; goes through drafts, locks, previews and workflows."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=20, allow_unicode=True)
    description = models.TextField(blank=True)

    override_translatable_fields = [SLUG_OF_THE_SOURCE]

    panels = [
        TranslationsPanel(),
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
    ]

    class Meta(TranslatableMixin.Meta):
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="venue_one_slug")]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shows the venue in the bare test template."""
        return "testapp/venue.html"


@register_snippet
class Notice(TranslatableMixin, models.Model):
    """A short text that is live as soon as it is stored; knows nothing of the newsroom."""

    text = models.CharField(max_length=200)
    slug = models.SlugField(blank=True)
    details = models.TextField(blank=True)

    panels = [TranslationsPanel(), FieldPanel("text"), FieldPanel("slug"), FieldPanel("details")]

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self) -> str:
        return self.text
