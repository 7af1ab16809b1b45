"""One tag's place taken by another, wherever the first one stands: pieces, drafts, old versions.

A deleted tag drops out of every revision that names it, without a word, so these are rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.dispatch import Signal
from wagtail.models import Revision

from ..desk.localize import TranslationSource
from .tags import TaggedPiece, get_tag_model
from .tags_along import ITEMS

tag_absorbed = Signal()
"""Sent when a tag that readers knew has become another: `kept` is that one, `slug` the old one's."""


def absorb(keep: Any, drop: Any) -> None:
    """Put one tag wherever the other of its language stands, and delete that one.

    Counterparts in other languages stay; where the kept tag has none, it takes over the other's,
    and one that has no name of its own is absorbed as well.
    """
    # A piece that has both keeps its row; the other one goes with its tag.
    has_both = TaggedPiece.objects.filter(tag_id=keep.pk).values("content_object_id")
    TaggedPiece.objects.filter(tag_id=drop.pk).exclude(content_object_id__in=has_both).update(
        tag_id=keep.pk
    )
    _rewrite_revisions(keep.pk, drop.pk)
    _rewrite_sources(keep.pk, drop.pk)
    model = get_tag_model()
    siblings = list(
        model._default_manager.filter(translation_key=drop.translation_key)
        .exclude(pk__in=(drop.pk, keep.pk))
        .order_by("pk")
    )
    drop.delete()
    if not drop.needs_name:
        tag_absorbed.send(model, kept=keep, slug=drop.slug)
    for sibling in siblings:
        own = model._default_manager.filter(
            translation_key=keep.translation_key, locale_id=sibling.locale_id
        ).first()
        if own is None:
            sibling.translation_key = keep.translation_key
            sibling.save(update_fields=["translation_key"])
        elif own.pk != sibling.pk and sibling.needs_name:
            absorb(own, sibling)


def tags_in_revisions() -> Iterator[int]:
    """Yield the keys of the tags that revisions of pages name, in one query, some more than once."""
    rows = Revision.objects.page_revisions().values_list(f"content__{ITEMS}", flat=True)
    for items in rows.iterator(chunk_size=500):
        yield from (item["tag"] for item in items or () if isinstance(item.get("tag"), int))


def _rewrite_revisions(keep: int, drop: int) -> None:
    naming = (
        Revision.objects.page_revisions()
        .annotate(as_text=Cast("content", TextField()))
        .filter(_naming("as_text", drop))
    )
    for pk in list(naming.order_by("pk").values_list("pk", flat=True)):
        content = Revision.objects.values_list("content", flat=True).get(pk=pk)
        rows = _replaced(content.get(ITEMS) or (), keep, drop)
        if rows is not None:
            Revision.objects.filter(pk=pk).update(content={**content, ITEMS: rows})


def _rewrite_sources(keep: int, drop: int) -> None:
    naming = TranslationSource.objects.filter(_naming("content_json", drop))
    for pk in list(naming.order_by("pk").values_list("pk", flat=True)):
        content = json.loads(TranslationSource.objects.get(pk=pk).content_json)
        rows = _replaced(content.get(ITEMS) or (), keep, drop)
        if rows is not None:
            TranslationSource.objects.filter(pk=pk).update(
                content_json=json.dumps({**content, ITEMS: rows})
            )


def _naming(field: str, key: int) -> Q:
    """Return the condition that JSON as text may name a tag; databases differ in spaces."""
    return Q(**{f"{field}__contains": f'"tag": {key}'}) | Q(
        **{f"{field}__contains": f'"tag":{key}'}
    )


def _replaced(
    items: Iterable[dict[str, Any]], keep: int, drop: int
) -> Sequence[dict[str, Any]] | None:
    """Return a page's rows with one tag in the place of the other, each once; None if none changes."""
    rows = list(items)
    if all(row.get("tag") != drop for row in rows):
        return None
    has_both = any(row.get("tag") == keep for row in rows)
    return [
        {**row, "tag": keep} if row.get("tag") == drop else row
        for row in rows
        if not (has_both and row.get("tag") == drop)
    ]
