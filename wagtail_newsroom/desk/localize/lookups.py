"""Translations, their sources and their pages: found, or made as drafts."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource


def find_translation_to(instance: models.Model) -> Translation | None:
    """Return the translation whose target is this page or snippet, if it has one.

    One query. An enabled translation wins over one that was stopped.
    """
    return (
        Translation.objects.filter(
            source__object_id=instance.translation_key,  # type: ignore[attr-defined]
            target_locale_id=instance.locale_id,  # type: ignore[attr-defined]
        )
        .exclude(source__locale_id=instance.locale_id)  # type: ignore[attr-defined]
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


def get_translation(pk: int) -> Translation:
    """Return a translation with its source and locales.

    Raises `Translation.DoesNotExist`.
    """
    return Translation.objects.select_related("source", "source__locale", "target_locale").get(
        pk=pk
    )


def get_source(pk: int) -> TranslationSource:
    """Return a translation source.

    Raises `TranslationSource.DoesNotExist`.
    """
    return TranslationSource.objects.select_related("locale").get(pk=pk)


def source_page(translation: Translation) -> Page | None:
    """Return the page that a translation is made from; None if it is deleted or no page."""
    try:
        instance = translation.source.get_source_instance()
    except models.ObjectDoesNotExist:
        return None
    return instance if isinstance(instance, Page) else None


def target_page(translation: Translation) -> Page | None:
    """Return the page that a translation makes; None if there is none yet."""
    try:
        instance = translation.get_target_instance()
    except models.ObjectDoesNotExist:
        return None
    return instance if isinstance(instance, Page) else None


def get_or_create_translation(source: TranslationSource, locale: Locale) -> Translation:
    """Return the enabled translation of a source into a language, made if need be."""
    translation, created = Translation.objects.get_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if not created and not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    return translation


def ensure_target(translation: Translation, source_instance: Page, *, user: Any) -> Page:
    """Return the target page, made as a draft below the parent's translation if need be.

    Wagtail's own copy is used, which keeps the slug and never goes live; an alias in its place
    becomes an ordinary page that is not live.
    """
    target = target_page(translation)
    if target is None:
        target = source_instance.copy_for_translation(translation.target_locale)
    elif target.alias_of_id:
        # An alias shows the source in the wrong language; the draft takes its place.
        target.alias_of = None
        target.live = False
        target.live_revision = None
        target.has_unpublished_changes = True
        target.save(clean=False)
        target.save_revision(user=user, clean=False)
    if source_instance.view_restrictions.exists():
        # What is private in one language is private in the other.
        translation.source.sync_view_restrictions(source_instance, target)
    return target


def translated_instance(translation: Translation) -> Any:
    """Build the target with all texts that there are, unsaved; the source's where one is missing.

    Raises `SourceDeletedError`.
    """
    return translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
