"""Tags that nothing names any more: left by previews, by chips taken away, by deleted pieces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from .tag_merging import tags_in_revisions
from .tags import TaggedPiece, get_tag_model


def find_orphans() -> list[Any]:
    """Return the tags that could be deleted without a loss, by language and name; four queries.

    Not those on a piece or in a revision, nor named counterparts of such tags, which are somebody's
    translation, nor tags with a description or a picture, nor their counterparts.
    """
    tags = list(
        get_tag_model()
        ._default_manager.select_related("locale")
        .order_by("locale__language_code", "name", "pk")
    )
    used = set(TaggedPiece.objects.values_list("tag_id", flat=True).distinct())
    used.update(tags_in_revisions())
    kept = {
        tag.translation_key
        for tag in tags
        if tag.pk in used or tag.description or tag.picture_id is not None
    }
    return [
        tag
        for tag in tags
        if tag.pk not in used
        and not tag.description
        and tag.picture_id is None
        and (tag.translation_key not in kept or tag.needs_name)
    ]


def delete_orphans(tags: Iterable[Any]) -> int:
    """Delete these tags, but for those that somebody gave to a piece meanwhile; returns how many."""
    deleted = 0
    for tag in tags:
        with transaction.atomic():
            row = type(tag)._default_manager.select_for_update().filter(pk=tag.pk)
            if row.exists() and not TaggedPiece.objects.filter(tag_id=tag.pk).exists():
                row.delete()
                deleted += 1
    return deleted
