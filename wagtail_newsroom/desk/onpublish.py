"""What the publication of an original sets off: translations, and those that go live by themselves.

The site acts here and no person, so nothing passes that the gate would decline.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from ..exceptions import Declined
from . import actions, calls, deeds, localize
from .gate import check_as_approved, judge
from .localize import Translation
from .models import Provenance, TranslationJob
from .pieces import Piece, piece_of, specific_of
from .policy import on_publish_for
from .policy_models import OnPublish, Policy
from .state_rows import is_listed
from .timetable import planned_for
from .unreviewed import is_unreviewed

logger = logging.getLogger("wagtail_newsroom")

AT_MOST = 20
"""Translations that one call publishes."""


def set_off_by(instance: Any) -> tuple[OnPublish, list[str]]:
    """Return what the publication of a piece sets off, and the codes of the languages, if any.

    Only an original sets off translations: a translation would set off its own original in turn.
    """
    model: Any = type(instance)
    nothing = OnPublish.NEVER, list[str]()
    if not is_listed(model) or getattr(instance, "is_withdrawn", False):
        return nothing
    if piece_of(instance).is_alias or not piece_of(instance).is_live:
        return nothing
    wanted, codes = on_publish_for(instance)
    codes = [code for code in codes if code != instance.locale.language_code]
    if wanted is OnPublish.NEVER or not codes or _is_translation(instance):
        return nothing
    return wanted, codes


@deeds.together()
def translate_published(instance: Any) -> list[TranslationJob]:
    """Have a published original translated into the languages of its section; returns the jobs.

    Harmless to repeat: what was asked for once is asked for again only when the original says
    something new. A version that people write by hand is left alone, and so is one that somebody
    deleted.
    """
    instance = specific_of(instance)
    piece = piece_of(instance)
    wanted, codes = set_off_by(instance)
    jobs = []
    for locale in Locale.objects.filter(language_code__in=codes).order_by("pk"):
        if not _is_due(piece, locale):
            continue
        try:
            with transaction.atomic():
                job = actions.request_translation(instance, locale, user=None)
                if wanted is OnPublish.LIVE:
                    TranslationJob.objects.filter(pk=job.pk).update(publishes=True)
        except Declined as declined:
            logger.info(
                "Not translated on publication: %s pk=%s, %s",
                instance._meta.label,
                instance.pk,
                type(declined).__name__,
            )
        else:
            jobs.append(job)
    return jobs


def publish_finished() -> int:
    """Publish what was translated to go live by itself, as far as the gate lets it.

    Returns how many went live. Each is tried once: what waits then, waits for a person. A worker
    that is killed here leaves the rest to the next call.
    """
    waiting = TranslationJob.objects.filter(publishes=True).exclude(
        status__in=TranslationJob.ACTIVE
    )
    published = 0
    for job in waiting.order_by("pk")[:AT_MOST]:
        try:
            with transaction.atomic():
                # First of all, so that of two workers one does it.
                if waiting.filter(pk=job.pk).update(publishes=False):
                    published += _publish(job)
        except Exception as error:  # noqa: BLE001 - one piece must not keep the others waiting
            logger.error("Translation of job %s: %s", job.pk, type(error).__name__)
            waiting.filter(pk=job.pk).update(publishes=False)
    return published


def _publish(job: TranslationJob) -> bool:
    translation = localize.get_translation(job.translation_id)
    source, target = localize.source_of(translation), localize.target_to_be(translation)
    if (
        job.status != TranslationJob.Status.DONE
        or source is None
        or target is None
        or not piece_of(source).is_live
        or _is_with_people(translation, target)
        or _would_label_reviewed(translation, target)
    ):
        return False
    try:
        with transaction.atomic():
            check_as_approved(translation)
            actions.publish(translation, user=None)
    except Declined:
        return False
    return True


def _is_with_people(translation: Translation, target: Any) -> bool:
    """Return whether a person said when it goes live, has it in a workflow, or took it away."""
    return (
        planned_for(translation, target) is not None
        or piece_of(target).in_workflow
        or (
            getattr(target, "first_published_at", None) is not None and not piece_of(target).is_live
        )
    )


def _would_label_reviewed(translation: Translation, target: Any) -> bool:
    """Return whether readers would get text with a label in the place of what a person approved."""
    if not piece_of(target).is_live or is_unreviewed(target):
        return False
    return judge(localize.translated_instance(translation)).policy is Policy.LABEL


def _is_due(piece: Piece, locale: Locale) -> bool:
    """Return whether the original says something that nobody asked to translate yet."""
    translation = localize.translations_of(piece.instance).filter(target_locale=locale).first()
    version = piece.version_in(locale)
    if translation is None:
        # Another version than an alias is one that people write; of one that somebody deleted, the
        # ledger knows still.
        return (version is None or piece_of(version).is_alias) and not _was_translated(
            piece, locale
        )
    if not translation.enabled:
        # Somebody stopped it, or deleted what it made.
        return False
    if not TranslationJob.objects.filter(translation=translation).exists():
        return True
    if version is None and piece.has_drafts:
        return False
    return localize.has_new_content(translation.source, piece.content)


def _was_translated(piece: Piece, locale: Locale) -> bool:
    return Provenance.objects.filter(
        object_id=piece.instance.translation_key, locale=locale
    ).exists()


def _is_translation(instance: Any) -> bool:
    translation = localize.find_translation_to(instance)
    return translation is not None and translation.enabled


def call_for_translations(instance: Any) -> None:
    """Put a call for the translations of a published piece in the queue, if it sets off any."""
    instance = specific_of(instance)
    _wanted, codes = set_off_by(instance)
    if codes:
        calls.translate(instance)
