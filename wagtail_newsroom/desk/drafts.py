"""Drafts: ordinary Wagtail revisions made of a translation's texts, what is live untouched."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Revision

from . import localize, related
from .localize import Translation
from .pieces import has_drafts, has_slug


def build_draft(
    translation: Translation, *, user: Any, is_only_new: bool = False
) -> Revision | None:
    """Make a draft of the target from the texts that there are; None where its model keeps none.

    Missing texts appear in the source's language, so the gate keeps such a draft from readers.
    Tags that the translation has of its own stay. The slug stays too; `desk.slugs` makes it while
    a page was never public. About forty queries for a page, the same at every size, and some for
    tags. With `is_only_new`, no draft is made of what readers have already: returns what is live.

    Raises `ValidationError` when the target does not accept the texts, `SourceDeletedError` when
    the source is gone, `DoesNotExist` when the target is.
    """
    with transaction.atomic():
        instance = build(translation)
        related.carry(translation, instance)
        if has_drafts(type(instance)):
            shown = _shown(instance) if is_only_new else None
            revision: Revision = shown or instance.save_revision(user=user, changed=True)
            return revision
    # Not `full_clean()`: there the gate says that the texts are not approved yet.
    instance.clean_fields()
    instance.validate_unique()
    instance.validate_constraints()
    return None


def _shown(instance: Any) -> Revision | None:
    """Return the revision that readers have, if it says the same and no newer draft waits."""
    rows = type(instance)._default_manager.filter(
        pk=instance.pk, live=True, has_unpublished_changes=False
    )
    row = rows.select_related("live_revision").first()
    if row is None or localize.content_of(row) != localize.content_of(instance):
        return None
    shown: Revision | None = row.live_revision
    return shown


def build(translation: Translation) -> Any:
    """Build the target with the texts that there are and its own slug, unsaved."""
    instance = localize.translated_instance(translation)
    if instance.pk is not None and has_slug(type(instance)):
        rows = type(instance)._base_manager.filter(pk=instance.pk)
        instance.slug = rows.values_list("slug", flat=True).get()
    return instance
