"""Pieces have tags of their own language, on every way in which they are saved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..conf import conf
from ..desk.localize import BaseTranslatableField, get_translatable_fields
from .tag_field import PieceTagsField
from .tag_rows import counterparts
from .tags import TaggedPiece, with_tags

TAGS_STAY = [
    BaseTranslatableField("tags"),
    BaseTranslatableField("newsroom_tagged_items"),
]
"""Keeps wagtail-localize from laying the source's tags over the translation's own."""


class TaggedMixin(models.Model):
    """Gives a page `tags`, and turns tags of another language into its own before each save.

    Copies, aliases and wagtail-localize bring the rows of the page that they come from.
    """

    tags = PieceTagsField(
        verbose_name=_("tags"),
        to=conf.tag_model,
        through="wagtail_newsroom.TaggedPiece",
        blank=True,
        help_text=_("Part them with commas. Readers find pieces with the same tags together."),
    )

    tags_of_source = models.JSONField(default=list, blank=True, editable=False)
    """Translation keys of the tags that the source had when ours were last made from them.

    What a person added here or took away since is told from what changed there.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the page, its tags in its own language."""
        if kwargs.get("update_fields") is None:
            align_tags(self)
        return super().save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Saves a revision, its tags in the page's own language."""
        align_tags(self)
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    save_revision.alters_data = True  # type: ignore[attr-defined]


def align_tags(page: Any) -> None:
    """Swap tags of other languages that a page holds for their counterparts; one query if none.

    What was swapped is what came along from a source, and `tags_of_source` remembers it.
    """
    manager = page.newsroom_tagged_items
    if page.locale_id is None:
        return
    if not manager.is_deferring and (
        page.pk is None
        or not TaggedPiece.objects.filter(content_object_id=page.pk)
        .exclude(tag__locale_id=page.locale_id)
        .exists()
    ):
        return
    held = list(manager.all())
    items = with_tags(held)
    foreign = [item.tag for item in items if item.tag.locale_id != page.locale_id]
    if not foreign:
        if len(items) < len(held):
            # A tag was deleted since this revision was made.
            manager.set(items)
        return
    own = counterparts(foreign, page.locale_id)
    there = {item.tag_id for item in items if item.tag.locale_id == page.locale_id}
    kept = []
    for item in items:
        if item.tag.locale_id != page.locale_id:
            tag = own[item.tag.translation_key]
            if tag.pk in there:
                continue
            there.add(tag.pk)
            item.tag = tag
        kept.append(item)
    manager.set(kept)
    page.tags._remove_prefetched_objects()
    page.tags_of_source = sorted(str(tag.translation_key) for tag in foreign)


def lost_fields(model: type[models.Model]) -> list[str]:
    """Return which of our fields wagtail-localize would synchronise on a page class after all."""
    ours = {field.field_name for field in TAGS_STAY}
    return sorted(
        field.field_name
        for field in get_translatable_fields(model)
        if field.field_name in ours and type(field) is not BaseTranslatableField
    )
