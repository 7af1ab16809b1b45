"""Translations, their sources and their targets: found, or made as drafts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Locale, LockableMixin
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation, TranslationContext, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from ..pieces import has_drafts, has_slug, piece_of


def find_translation_to(instance: models.Model) -> Translation | None:
    """Return the translation whose target is this page or snippet, if it has one.

    One query. An enabled translation wins over one that was stopped.
    """
    return find_translation(instance.translation_key, instance.locale_id)  # type: ignore[attr-defined]


def find_translation(key: UUID, locale_id: int) -> Translation | None:
    """Return the translation of a piece into a language, if it has one; one query."""
    return (
        Translation.objects.filter(source__object_id=key, target_locale_id=locale_id)
        .exclude(source__locale_id=locale_id)
        .select_related("source", "source__locale", "target_locale")
        .order_by("-enabled", "pk")
        .first()
    )


def translations_of(instance: models.Model) -> models.QuerySet[Translation]:
    """Return the translations whose source is this page or snippet."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key,  # type: ignore[attr-defined]
        source__locale_id=instance.locale_id,  # type: ignore[attr-defined]
    ).select_related("source", "source__locale", "target_locale")


def translations_of_many(
    keys: Collection[UUID], *, with_content: bool = False
) -> models.QuerySet[Translation]:
    """Return the enabled translations of many pieces, of each source the oldest first.

    The content of the sources, which may be large, comes along only where it is asked for.
    """
    found = (
        Translation.objects.filter(source__object_id__in=keys, enabled=True)
        .select_related("source", "source__locale", "target_locale")
        .order_by("pk")
    )
    return found if with_content else found.defer("source__content_json")


def keys_of_translations(keys: Collection[int]) -> set[UUID]:
    """Return the translation keys of the pieces of translations."""
    found = Translation.objects.filter(pk__in=keys)
    return set(found.values_list("source__object_id", flat=True))


def keys_of_contexts(keys: Collection[int]) -> set[UUID]:
    """Return the translation keys of the pieces in which contexts of texts stand."""
    found = TranslationContext.objects.filter(pk__in=keys)
    return set(found.values_list("object_id", flat=True))


def get_translation(pk: int) -> Translation:
    """Return a translation with its source and locales.

    Raises `Translation.DoesNotExist`.
    """
    return Translation.objects.select_related(
        "source", "source__locale", "source__specific_content_type", "target_locale"
    ).get(pk=pk)


def sides_of(
    translation: Translation,
    *,
    having: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] | None = None,
) -> tuple[Any, Any]:
    """Return source and target, the target stored or not yet, in one query; None for what is not.

    `source_of` and `target_to_be` give the same in two. `having` adds annotations to the query.
    """
    model = translation.source.specific_content_type.model_class()
    if model is None:
        return None, None
    found = model._default_manager.filter(
        translation_key=translation.source.object_id,
        locale_id__in=(translation.source.locale_id, translation.target_locale_id),
    ).select_related("locale")
    rows = {row.locale_id: row for row in (having(found) if having is not None else found)}
    source = rows.get(translation.source.locale_id)
    target = rows.get(translation.target_locale_id)
    if target is None and source is not None and not has_drafts(model):
        target = source.copy_for_translation(translation.target_locale)
    return source, target


def get_source(pk: int) -> TranslationSource:
    """Return a translation source.

    Raises `TranslationSource.DoesNotExist`.
    """
    return TranslationSource.objects.select_related("locale").get(pk=pk)


def source_of(translation: Translation) -> Any:
    """Return the page or snippet that a translation is made from; None if it is deleted."""
    try:
        return translation.source.get_source_instance()
    except models.ObjectDoesNotExist:
        return None


def target_of(translation: Translation) -> Any:
    """Return the stored page or snippet that a translation makes; None if there is none yet."""
    try:
        return translation.get_target_instance()
    except models.ObjectDoesNotExist:
        return None


def target_to_be(translation: Translation) -> Any:
    """Return the target, stored or not yet; None if there is none and none can be.

    What keeps no drafts is stored when it is published, so before that a copy of the source that
    is not stored stands for it.
    """
    target = target_of(translation)
    if target is not None or has_drafts(translation.source.specific_content_type.model_class()):
        return target
    source = source_of(translation)
    return source.copy_for_translation(translation.target_locale) if source is not None else None


def get_or_create_translation(source: TranslationSource, locale: Locale) -> Translation:
    """Return the enabled translation of a source into a language, made if need be."""
    translation, created = Translation.objects.get_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if not created and not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    return translation


def ensure_target(translation: Translation, source_instance: Any, *, user: Any) -> Any:
    """Return the target, made as a draft if need be; None where its model keeps no drafts.

    A page is put below the parent's translation by Wagtail's own copy, which keeps the slug and
    never goes live; an alias in its place becomes an ordinary page that is not live. What has no
    drafts would be live at once, in the wrong language, so it is made when it is published.

    Raises `ValidationError` when a snippet's copy cannot be stored beside the others.
    """
    target = target_of(translation)
    piece = piece_of(source_instance)
    if target is None:
        if not piece.has_drafts:
            return None
        target = source_instance.copy_for_translation(translation.target_locale)
        if target.pk is None:
            _store_draft(target)
    elif piece_of(target).is_alias:
        # An alias shows the source in the wrong language; the draft takes its place.
        target.alias_of = None
        target.live = False
        target.live_revision = None
        target.has_unpublished_changes = True
        target.save(clean=False)
        target.save_revision(user=user, clean=False)
    if piece.is_private and source_instance.view_restrictions.exists():
        # What is private in one language is private in the other.
        translation.source.sync_view_restrictions(source_instance, target)
    return target


def _store_draft(target: Any) -> None:
    """Store a copied snippet so that no reader sees it; Wagtail copies these fields as they are."""
    target.live = False
    target.has_unpublished_changes = True
    target.live_revision = None
    target.first_published_at = None
    target.last_published_at = None
    target.go_live_at = None
    target.expire_at = None
    target.expired = False
    if isinstance(target, LockableMixin):
        target.locked, target.locked_by, target.locked_at = False, None, None
    if has_slug(type(target)):
        target.slug = _free_slug(target)
    target.validate_unique()
    target.validate_constraints()
    target.save()


def _free_slug(target: Any) -> str:
    """Return the slug of a copy, with a number where another of its language has it."""
    rows = type(target)._default_manager.filter(locale=target.locale)
    limit = target._meta.get_field("slug").max_length or 255
    slug, number = str(target.slug), 1
    while slug and rows.filter(slug=slug).exists():
        number += 1
        slug = f"{target.slug[: limit - len(str(number)) - 1]}-{number}"
    return slug


def translated_instance(translation: Translation) -> Any:
    """Build the target with all texts that there are, unsaved; the source's where one is missing.

    What keeps no drafts and is not published yet is built from a copy of the source.

    Raises `SourceDeletedError`, and `DoesNotExist` when a target with drafts was deleted.
    """
    source, locale = translation.source, translation.target_locale
    model = source.specific_content_type.model_class()
    if has_drafts(model) or target_of(translation) is not None:
        return source.get_ephemeral_translated_instance(locale, fallback=True)
    original = source.as_instance()
    target = original.copy_for_translation(locale)
    slug = _free_slug(target) if has_slug(model) else None
    # What wagtail-localize does with a target that is stored.
    copy_synchronised_fields(original, target)
    ingest_segments(
        original,
        target,
        source.locale,
        locale,
        source._get_segments_for_translation(locale, fallback=True),
    )
    if slug is not None:
        # An engine's slug is none.
        target.slug = slug
    return target
