"""Tags: one row for each language, joined by their translation key."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin

from ..conf import conf


class AbstractTag(TranslatableMixin, TagBase):
    """What a piece is about, in one language; a site's own tag is built on it."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)
    key = models.CharField(max_length=140, editable=False)
    """The name with everything folded that two spellings of one word may differ in."""
    needs_name = models.BooleanField(default=False, editable=False)
    """Whether the name is still another language's; readers do not see such a tag."""
    proposed_name = models.CharField(_("proposed name"), max_length=100, blank=True)
    """What memory, glossary or an engine proposes as the name."""
    proposed_by = models.CharField(max_length=100, blank=True, editable=False)
    """Where the proposal comes from: `memory`, `glossary` or `engine:<name>`."""
    description = models.TextField(
        _("description"), blank=True, help_text=_("Stands at the head of the tag's page.")
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    picture_alt = models.CharField(_("alternative text"), max_length=255, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="%(app_label)s_%(class)s_one_per_locale",
            ),
            models.UniqueConstraint(
                fields=["locale", "slug"], name="%(app_label)s_%(class)s_one_slug"
            ),
            models.UniqueConstraint(
                fields=["locale", "key"], name="%(app_label)s_%(class)s_one_spelling"
            ),
        ]


class Tag(AbstractTag):
    """What a piece is about, in one language."""

    class Meta(AbstractTag.Meta):
        abstract = False
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)


def get_tag_model() -> type[Any]:
    """Return the class of tags: `Tag`, or the site's own by `WAGTAIL_NEWSROOM_TAG_MODEL`."""
    return apps.get_model(conf.tag_model)


class TaggedPiece(ItemBase):
    """That a piece has a tag."""

    tag = models.ForeignKey(conf.tag_model, on_delete=models.CASCADE, related_name="tagged_pieces")
    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_tagged_items"
    )

    class Meta:
        verbose_name = _("tagged piece")
        verbose_name_plural = _("tagged pieces")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="newsroom_one_tagging")
        ]
