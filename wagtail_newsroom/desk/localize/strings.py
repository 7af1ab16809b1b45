"""Strings and their translations: read in one query, written in bulk, a person's never replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, router, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail_localize.fields import (
    SynchronizedField,
    TranslatableField,
    get_translatable_fields,
)
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL


@dataclass(frozen=True, slots=True)
class Segment:
    """One string of a piece at its place, with its translation if there is one."""

    pk: int
    string_id: int
    context_id: int
    path: str
    order: int
    source: str
    """The source as an HTML fragment, links as `<a id="a1">`."""
    attrs: str
    """JSON: the attributes that the fragment's ids stand for."""
    text: str
    """The translation as an HTML fragment, empty when missing."""
    kind: str
    """`manual`, `machine` or empty."""
    tool: str
    translated_by_id: int | None
    has_error: bool
    translated_by: str = ""
    """The name of the person who wrote it, or who asked the machine."""
    updated_at: datetime | None = None
    """When the translation was last written."""

    @property
    def is_missing(self) -> bool:
        """Whether no usable translation stands here."""
        return not self.text or self.has_error


@dataclass(frozen=True, slots=True)
class NewText:
    """A machine's text for one string at one place."""

    string_id: int
    context_id: int
    source: str
    text: str
    tool: str


_OF_SOURCE = ("pk", "string_id", "context_id", "context__path", "order", "string__data", "attrs")
_OF_TRANSLATION = {
    "data": "",
    "translation_type": "",
    "tool_name": "",
    "last_translated_by_id": None,
    "has_error": False,
}
"""The columns of a `Segment` in its order, with what stands for them where there is none."""


def segments(translation: Translation) -> list[Segment]:
    """Return all strings of a translation in reading order, in one query."""
    there = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        locale_id=translation.target_locale_id,
        context_id=OuterRef("context_id"),
    )
    columns = (
        *_OF_TRANSLATION,
        f"last_translated_by__{get_user_model().USERNAME_FIELD}",
        "updated_at",
    )
    rows = StringSegment.objects.filter(source_id=translation.source_id).order_by("order", "pk")
    nothing = (*_OF_TRANSLATION.values(), "", None)
    return [
        Segment(
            *row[: -len(nothing)],
            *(a or b for a, b in zip(row[-len(nothing) :], nothing, strict=True)),
        )
        for row in rows.values_list(
            *_OF_SOURCE, *(Subquery(there.values(column)[:1]) for column in columns)
        )
    ]


def segments_of_many(translations: Sequence[Translation]) -> dict[int, list[Segment]]:
    """Return the strings of many translations by the translation's key, in two queries."""
    sources = {translation.source_id for translation in translations}
    locales = {translation.target_locale_id for translation in translations}
    rows: dict[int, list[Any]] = {}
    of_sources = StringSegment.objects.filter(source_id__in=sources)
    for source_id, *row in of_sources.order_by("order", "pk").values_list("source_id", *_OF_SOURCE):
        rows.setdefault(source_id, []).append(row)
    there = {
        row[:3]: row[3:]
        for row in StringTranslation.objects.filter(
            locale_id__in=locales,
            translation_of_id__in=of_sources.values("string_id"),
            context_id__in=of_sources.values("context_id"),
        ).values_list("translation_of_id", "context_id", "locale_id", *_OF_TRANSLATION)
    }
    nothing = tuple(_OF_TRANSLATION.values())
    return {
        translation.pk: [
            Segment(*row, *there.get((row[1], row[2], translation.target_locale_id), nothing))
            for row in rows.get(translation.source_id, ())
        ]
        for translation in translations
    }


def can_be_stored(source: str, text: str) -> bool:
    """Return whether wagtail-localize accepts this translation's markup.

    It allows a few inline tags, no attributes but `id` on links, and no ids unknown to the source.
    """
    if not text:
        return False
    if "<" not in text and ">" not in text:
        return True
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except ValueError:
        return False
    return True


def store_machine_texts(texts: Iterable[NewText], *, locale: Locale, user: Any) -> None:
    """Store machine texts where no person's text stands, in a number of queries that is constant.

    Runs in the caller's transaction. Rows are written in one order by everybody, so that two jobs
    cannot lock each other out; whatever stands already wins, so a person's words are never
    overwritten. A machine's own text that turned out unusable is replaced.
    """
    now = timezone.now()
    rows = [
        StringTranslation(
            translation_of_id=new.string_id,
            context_id=new.context_id,
            locale=locale,
            data=new.text,
            translation_type=MACHINE,
            tool_name=new.tool[:255],
            last_translated_by=user,
            has_error=False,
        )
        for new in sorted(texts, key=lambda new: (new.string_id, new.context_id))
    ]
    if not rows:
        return
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)
    unusable = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            Q(has_error=True) | Q(data=""),
            locale=locale,
            translation_type=MACHINE,
            translation_of_id__in={row.translation_of_id for row in rows},
        ).order_by("translation_of_id", "context_id")
    }
    for new in rows:
        old = unusable.get((new.translation_of_id, new.context_id))
        if old is not None:
            # The filter stays in the WHERE: a person may be mending the row at this moment.
            StringTranslation.objects.filter(
                Q(has_error=True) | Q(data=""), pk=old.pk, translation_type=MACHINE, data=old.data
            ).update(
                data=new.data,
                tool_name=new.tool_name,
                last_translated_by=user,
                has_error=False,
                field_error="",
                updated_at=now,
            )


def stored_machine_texts(
    texts: Sequence[NewText], *, locale: Locale
) -> set[tuple[int, int | None]]:
    """Return which of these texts stand in the rows now, as (string, context) keys, in one query."""
    wanted = {(new.string_id, new.context_id): new.text for new in texts}
    return {
        (string_id, context_id)
        for string_id, context_id, data in StringTranslation.objects.filter(
            locale=locale,
            translation_type=MACHINE,
            translation_of_id__in={new.string_id for new in texts},
        ).values_list("translation_of_id", "context_id", "data")
        if wanted.get((string_id, context_id)) == data
    }


def store_person_text(segment: Segment, text: str, *, locale: Locale, user: Any) -> None:
    """Store a person's words for one string at its place, over whatever stood there."""
    StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=locale,
        defaults={
            "data": text,
            "translation_type": MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )


def replace_text(segment: Segment, text: str, *, locale: Locale, user: Any, tool: str = "") -> bool:
    """Put a text in place of the one that was read; return False where it changed since.

    It is a person's words, or with a `tool` a machine's that a person chose.
    An empty text makes the segment missing again. Runs in a transaction. Of several who write at
    once exactly one gets True: the row is locked where the database can, and the text that was
    read is in the WHERE in any case. wagtail-localize's receivers are told as by a save.
    """
    kind = MACHINE if tool else MANUAL
    key = {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale": locale,
    }
    row = StringTranslation.objects.select_for_update().filter(**key).first()
    if row is None:
        if segment.text:
            return False
        if not text:
            return True
        try:
            with transaction.atomic():
                StringTranslation.objects.create(
                    **key,
                    data=text,
                    translation_type=kind,
                    tool_name=tool[:255],
                    last_translated_by=user,
                )
        except IntegrityError:
            return False
        return True
    if row.data != segment.text:
        return False
    old = StringTranslation.objects.filter(pk=row.pk, data=row.data)
    if not text:
        return bool(old.delete()[0])
    row.data, row.translation_type, row.tool_name = text, kind, tool[:255]
    row.last_translated_by = user
    if not old.update(
        data=text,
        translation_type=kind,
        tool_name=tool[:255],
        last_translated_by=user,
        has_error=False,
        field_error="",
        updated_at=timezone.now(),
    ):
        return False
    models.signals.post_save.send(
        sender=StringTranslation,
        instance=row,
        created=False,
        raw=False,
        using=router.db_for_write(StringTranslation),
        update_fields=frozenset({"data"}),
    )
    return True


def texts_by_path(instance: models.Model) -> dict[str, list[str]]:
    """Return all translatable strings that an instance holds now, as HTML fragments, by place."""
    texts: dict[str, list[str]] = {}
    if instance._state.adding:
        _name_blocks(instance)
    for value in extract_segments(instance):
        if isinstance(value, StringSegmentValue) and not value.is_empty():
            texts.setdefault(value.path, []).append(value.string.data)
    return texts


def _name_blocks(instance: models.Model) -> None:
    """Give blocks that were made in code their ids, as saving would; their paths are made of them."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, StreamField):
            field.get_prep_value(field.value_from_object(instance))


def texts_of(instance: models.Model) -> list[str]:
    """Return all translatable strings that an instance holds now, as HTML fragments."""
    return [text for texts in texts_by_path(instance).values() for text in texts]


@cache
def text_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of a model's fields that hold translatable content."""
    return frozenset(field.field_name for field in get_translatable_fields(model))


def is_carried_over(model: type[models.Model], name: str) -> bool:
    """Return whether a field of a model is translated, or copied to its other languages."""
    return any(
        field.field_name == name and isinstance(field, TranslatableField | SynchronizedField)
        for field in get_translatable_fields(model)
    )


def source_texts(translation: Translation) -> list[str]:
    """Return all strings of a translation's source, as HTML fragments, in one query."""
    return list(
        StringSegment.objects.filter(source_id=translation.source_id)
        .values_list("string__data", flat=True)
        .order_by()
    )


def known_texts(locale_id: int, texts: Iterable[str]) -> set[str]:
    """Return those of the texts that some source in this language has or once had, in one query.

    wagtail-localize keeps a source's strings after it changed.
    """
    marks = {String._get_data_hash(text): text for text in texts}
    found = String.objects.filter(locale_id=locale_id, data_hash__in=marks)
    return {marks[mark] for mark in found.values_list("data_hash", flat=True)}


def former_texts(
    translation: Translation, segments: Iterable[Segment]
) -> list[tuple[int, str, str]]:
    """Return the texts that places of a piece had before, in one query, the newest first.

    Each is the place's context, the source as it was, and its translation. wagtail-localize keeps
    them when the source changes.
    """
    present = {(segment.context_id, segment.string_id) for segment in segments}
    rows = (
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id,
            locale_id=translation.target_locale_id,
            has_error=False,
        )
        .order_by("-updated_at", "-pk")
        .values_list("context_id", "translation_of_id", "translation_of__data", "data")
    )
    return [
        (context_id, source, text)
        for context_id, string_id, source, text in rows
        if context_id is not None and text and (context_id, string_id) not in present
    ]


def persons_texts(translation: Translation) -> list[str]:
    """Return the texts of a translation that persons wrote, in one query."""
    return list(
        StringTranslation.objects.filter(
            Exists(
                StringSegment.objects.filter(
                    source_id=translation.source_id,
                    string_id=OuterRef("translation_of_id"),
                    context_id=OuterRef("context_id"),
                )
            ),
            locale_id=translation.target_locale_id,
            translation_type=MANUAL,
        ).values_list("data", flat=True)
    )


def longest_allowed(translation: Translation, path: str) -> int | None:
    """Return how many characters a string's field can hold; None where there is no limit."""
    model = translation.source.specific_content_type.model_class()
    if model is None or "." in path:
        return None
    try:
        field = model._meta.get_field(path)
    except FieldDoesNotExist:
        return None
    return getattr(field, "max_length", None)
