"""Sources read anew in a number of queries that does not grow with the piece.

wagtail-localize asks about twenty queries a string. The rows written here are the same as its
own (a contract test compares them), and segments that only moved keep their keys. The setting
`WAGTAIL_NEWSROOM_FAST_REFRESH` turns back to wagtail-localize's way.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from ...conf import conf
from .content import content_json

CHUNK = 500
"""How many keys are looked up in one query."""


def refresh_source(instance: models.Model) -> TranslationSource:
    """Read the strings of a page or snippet into its source, which is made if need be.

    Does nothing when the content is the same as before.
    """
    if isinstance(instance, Page):
        instance = instance.specific
    if not conf.fast_refresh:
        return TranslationSource.update_or_create_from_instance(instance)[0]
    with transaction.atomic():
        return _refresh(instance)


def _refresh(instance: Any) -> TranslationSource:
    translatable, _ = TranslatableObject.objects.get_or_create_from_instance(instance)
    content = content_json(instance)
    # The lock lets two requests for one piece wait for each other.
    source = (
        TranslationSource.objects.select_for_update()
        .filter(object_id=translatable.pk, locale_id=instance.locale_id)
        .first()
    )
    if source is not None and json.loads(source.content_json) == json.loads(content):
        return source
    values = {
        "object_repr": str(instance)[:200],
        "content_json": content,
        "schema_version": get_schema_version(instance._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    if source is None:
        source = TranslationSource.objects.create(
            object=translatable,
            locale_id=instance.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(instance)),
            **values,
        )
    else:
        for name, value in values.items():
            setattr(source, name, value)
        source.save(update_fields=list(values))
    write_segments(source)
    return source


def write_segments(source: TranslationSource) -> None:
    """Make the source's segment rows those of its content, with as few changes as possible."""
    instance = source.as_instance()
    values = list(extract_segments(instance))
    contexts = _contexts(source, instance, {value.path for value in values})
    by_kind: dict[type[models.Model], list[Any]] = defaultdict(list)
    for value in values:
        match value:
            case TemplateSegmentValue():
                by_kind[TemplateSegment].append(value)
            case RelatedObjectSegmentValue():
                by_kind[RelatedObjectSegment].append(value)
            case OverridableSegmentValue():
                by_kind[OverridableSegment].append(value)
            case _:
                by_kind[StringSegment].append(value)

    texts = _strings(source, {value.string.data for value in by_kind[StringSegment]})
    templates = _templates(by_kind[TemplateSegment])
    _align(
        StringSegment,
        source,
        ("string_id", "attrs"),
        [
            (
                contexts[value.path],
                value.order,
                (texts[value.string.data], json.dumps(value.attrs, cls=DjangoJSONEncoder)),
            )
            for value in by_kind[StringSegment]
        ],
    )
    _align(
        TemplateSegment,
        source,
        ("template_id",),
        [
            (contexts[value.path], value.order, (templates[_template_uuid(value)],))
            for value in by_kind[TemplateSegment]
        ],
    )
    _align(
        RelatedObjectSegment,
        source,
        ("object_id",),
        [
            (contexts[value.path], value.order, (_related(value),))
            for value in by_kind[RelatedObjectSegment]
        ],
    )
    _align(
        OverridableSegment,
        source,
        ("data_json",),
        [
            (
                contexts[value.path],
                value.order,
                (json.dumps(value.data, cls=DjangoJSONEncoder),),
            )
            for value in by_kind[OverridableSegment]
        ],
    )


def _align(
    model: Any,
    source: TranslationSource,
    names: Sequence[str],
    wanted: Sequence[tuple[int, int, tuple[Hashable, ...]]],
) -> None:
    """Make one table's rows of a source the wanted ones: moved rows keep their keys.

    `wanted` holds (context, order, values of `names`) for each row.
    """
    there: dict[Hashable, list[Any]] = defaultdict(list)
    for row in model.objects.filter(source=source).order_by("-order", "-pk"):
        there[(row.context_id, *(getattr(row, name) for name in names))].append(row)
    new, moved, seen = [], [], set()
    for context, order, values in wanted:
        if (context, order, values) in seen:
            continue
        seen.add((context, order, values))
        rows = there.get((context, *values))
        if rows:
            row = rows.pop()
            if row.order != order:
                row.order = order
                moved.append(row)
        else:
            fields = dict(zip(names, values, strict=True))
            new.append(model(source=source, context_id=context, order=order, **fields))
    lost = [row.pk for rows in there.values() for row in rows]
    for chunk in _chunks(lost):
        model.objects.filter(pk__in=chunk).delete()
    if moved:
        model.objects.bulk_update(moved, ["order"], batch_size=CHUNK)
    if new:
        model.objects.bulk_create(new)


def _contexts(source: TranslationSource, instance: Any, paths: set[str]) -> dict[str, int]:
    """Return the keys of all contexts of these paths, made if need be, with their field paths."""

    def build(path: str) -> TranslationContext:
        context = TranslationContext(
            object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
        )
        _name_field(context, instance)
        return context

    wanted = {TranslationContext._get_path_id(path): path for path in paths}
    found = _get_or_create(
        TranslationContext,
        "path_id",
        wanted,
        lambda path_id: build(wanted[path_id]),
        object_id=source.object_id,
    )
    return {wanted[path_id]: pk for path_id, pk in found.items()}


def _name_field(context: TranslationContext, instance: Any) -> None:
    """Set a context's field path as wagtail-localize computes it, without its extra save."""
    context.save = lambda **kwargs: None
    try:
        context.get_field_path(instance)
    finally:
        del context.save


def _strings(source: TranslationSource, texts: set[str]) -> dict[str, int]:
    wanted = {String._get_data_hash(text): text for text in texts}
    found = _get_or_create(
        String,
        "data_hash",
        wanted,
        lambda mark: String(locale_id=source.locale_id, data_hash=mark, data=wanted[mark]),
        locale_id=source.locale_id,
    )
    return {wanted[mark]: pk for mark, pk in found.items()}


def _template_uuid(value: Any) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(values: Iterable[Any]) -> dict[uuid.UUID, int]:
    wanted = {_template_uuid(value): value for value in values}
    return _get_or_create(
        Template,
        "uuid",
        wanted,
        lambda mark: Template(
            uuid=mark,
            template=wanted[mark].template,
            template_format=wanted[mark].format,
            string_count=wanted[mark].string_count,
        ),
    )


def _related(value: Any) -> uuid.UUID:
    related, _ = TranslatableObject.objects.get_or_create(
        content_type=value.content_type, translation_key=value.translation_key
    )
    return related.pk


def _get_or_create(
    model: Any,
    field: str,
    wanted: Iterable[uuid.UUID],
    build: Callable[[uuid.UUID], models.Model],
    **scope: Any,
) -> dict[uuid.UUID, int]:
    """Return the primary keys of rows by a unique field, the missing ones made in bulk.

    New rows are written in one order by everybody, so that two writers cannot lock each other
    out; one that another writer made in the meantime is taken as it is.
    """
    keys = sorted(wanted)

    def look_up(missing: list[uuid.UUID]) -> dict[uuid.UUID, int]:
        return {
            key: pk
            for chunk in _chunks(missing)
            for key, pk in model.objects.filter(**scope, **{f"{field}__in": chunk}).values_list(
                field, "pk"
            )
        }

    found = look_up(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        model.objects.bulk_create([build(key) for key in missing], ignore_conflicts=True)
        found.update(look_up(missing))
    return found


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
