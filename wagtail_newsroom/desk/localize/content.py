"""What a piece says, without the bookkeeping beside it: compared, and named."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import (
    ClusterableModel,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin
from wagtail_localize.models import TranslationSource

from ..pieces import specific_of

Content = dict[str, Any]
"""What a piece says, as JSON holds it, by the names of its fields and child relations."""

_BOOKKEEPING: Mapping[type[models.Model], frozenset[str]] = {
    Page: frozenset(
        {
            "depth",
            "draft_title",
            "latest_revision_created_at",
            "numchild",
            "owner",
            "path",
            "slug",
            "url_path",
            "wagtail_admin_comments",
        }
    ),
    DraftStateMixin: frozenset(
        {
            "expire_at",
            "expired",
            "first_published_at",
            "go_live_at",
            "has_unpublished_changes",
            "last_published_at",
            "live",
            "live_revision",
        }
    ),
    RevisionMixin: frozenset({"latest_revision"}),
    LockableMixin: frozenset({"locked", "locked_at", "locked_by"}),
}
"""What a publication or a move changes by itself, by the class that brings it.

A site's own snippet may have an owner or a path that readers see.
"""


_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')
"""What the editor of rich text puts into each paragraph, also within the JSON of a body."""


def content_json(instance: Any) -> str:
    """Return all that an instance holds, as a source keeps it."""
    if isinstance(instance, ClusterableModel):
        return str(instance.to_json())
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def content_of(instance: Any) -> Content:
    """Return what an instance says now."""
    instance = specific_of(instance)
    return _said(json.loads(content_json(instance)), type(instance))


def content_in(data: Content, instance: Any) -> Content:
    """Return what a revision of an instance says, whose data is given."""
    model: Any = instance.specific_class if isinstance(instance, Page) else type(instance)
    # The class of a page may be gone from the site.
    return _said(data, model or Page)


def content_read(sources: Collection[TranslationSource]) -> dict[int, Content]:
    """Return what sources said when they were read, by their keys.

    One query where their content was not loaded.
    """
    held = {source.pk: source for source in sources}
    unread = [pk for pk, source in held.items() if "content_json" in source.get_deferred_fields()]
    stored = (
        dict(TranslationSource.objects.filter(pk__in=unread).values_list("pk", "content_json"))
        if unread
        else {}
    )
    read = {}
    for pk, source in held.items():
        model = ContentType.objects.get_for_id(source.specific_content_type_id).model_class()
        text = stored.get(pk) or source.content_json
        read[pk] = _said(json.loads(text), model or Page)
    return read


def has_new_content(source: TranslationSource, instance: Any) -> bool:
    """Return whether an instance says something else now than when its source was read.

    Not for what each publication changes by itself.
    """
    return content_read([source])[source.pk] != content_of(instance)


def mark_of(content: Content) -> str:
    """Return a hash (64 hex digits) that names a content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@cache
def _stream_fields(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.fields if isinstance(field, StreamField))


def _plain(value: Any, *, is_body: bool) -> Any:
    """Return a value without keys of paragraphs, and a body as what its JSON says.

    Databases may give the keys of a block in another order than they got them.
    """
    if not isinstance(value, str):
        return value
    text = _BLOCK_KEY.sub("", value)
    return json.loads(text) if is_body else text


def _said(data: Content, model: type[models.Model], *, beside: Collection[str] = ()) -> Content:
    """Return data of a model without its bookkeeping, and without the names `beside`.

    Without what is empty, too: a field that a site adds is not in what was read before.
    """
    bodies = _stream_fields(model)
    said: Content = {
        name: _plain(value, is_body=name in bodies)
        for name, value in data.items()
        if name not in _beside_the_content(model) and name not in beside and not _is_empty(value)
    }
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if said.get(name):
            # A child that was added to a draft gets its key when the draft is published.
            said[name] = [
                _said(child, relation.related_model, beside=("pk", relation.field.name))
                for child in said[name]
            ]
    return said


def _is_empty(value: Any) -> bool:
    return value is False or value in (None, "", "[]", [], {})


@cache
def _beside_the_content(model: type[models.Model]) -> frozenset[str]:
    """Return the fields of a model that are no content, such as those that hold when it was saved.

    A class names its own in `beside_the_content`: what belongs to the stored row and to no draft.
    """
    kept = (names for base, names in _BOOKKEEPING.items() if issubclass(model, base))
    stamps = (
        field.name
        for field in model._meta.fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    )
    return frozenset().union(*kept, stamps, getattr(model, "beside_the_content", ()))
