"""Where a piece stands in each language: derived from what is stored, never stored itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from ..segments.keys import fingerprint
from . import localize
from .languages import name_of
from .localize import Segment, Translation
from .models import Approval, TranslationJob
from .pieces import piece_of
from .texts import digest


class State(models.TextChoices):
    """The states of a piece in a language."""

    MISSING = "missing", _("Not translated")
    QUEUED = "queued", _("Waiting for the machine")
    TRANSLATING = "translating", _("Being translated")
    PARTIAL = "partial", _("Partly translated")
    FAILED = "failed", _("Translation failed")
    DRAFT = "draft", _("Machine draft, to be checked")
    IN_REVIEW = "in_review", _("Being checked")
    APPROVED = "approved", _("Approved, not published yet")
    PUBLISHED = "published", _("Published")
    OUTDATED = "outdated", _("The original changed since")


@dataclass(frozen=True)
class Standing:
    """One language of a piece: its state and the rows that it was derived from."""

    locale: Locale
    state: State
    target: Any = None
    """The page or snippet in that language, if it is stored."""
    translation: Translation | None = None
    job: TranslationJob | None = None
    approval: Approval | None = None

    @property
    def language(self) -> str:
        """The language's name in the editor's language."""
        return name_of(self.locale)

    @property
    def is_active(self) -> bool:
        """Whether a machine is or will be at work."""
        return self.job is not None and self.job.is_active


def standings(instance: Any) -> list[Standing]:
    """Return where a piece stands in each other content language, in their configured order.

    Five queries and one more for each language that has a translation.
    """
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    locales = sorted(
        Locale.objects.filter(language_code__in=codes).exclude(pk=instance.locale_id),
        key=lambda locale: codes.index(locale.language_code),
    )
    targets = {target.locale_id: target for target in piece_of(instance).versions()}
    translations = {
        translation.target_locale_id: translation
        for translation in localize.translations_of(instance).filter(enabled=True)
    }
    return [
        standing_of(instance, locale, targets.get(locale.pk), translations.get(locale.pk))
        for locale in locales
    ]


def standing_of(
    instance: Any, locale: Locale, target: Any, translation: Translation | None
) -> Standing:
    """Return where one language of a piece stands."""
    if translation is None or (target is None and piece_of(instance).has_drafts):
        # What has no translation was written by a person from the start.
        live = target is not None and piece_of(target).is_live
        draft = State.IN_REVIEW if target is not None else State.MISSING
        return Standing(locale, State.PUBLISHED if live else draft, target, translation)
    job = TranslationJob.objects.filter(translation=translation).first()
    return standing_with(instance, target, translation, job, localize.segments(translation))


def standing_with(
    instance: Any,
    target: Any,
    translation: Translation,
    job: TranslationJob | None,
    segments: list[Segment],
) -> Standing:
    """Return where a translation stands whose latest job and segments are at hand; one query."""
    approval = (
        Approval.objects.filter(translation=translation).select_related("approved_by").first()
    )
    state = _state(instance, target, translation, job, approval, segments)
    return Standing(translation.target_locale, state, target, translation, job, approval)


def _state(
    instance: Any,
    target: Any,
    translation: Translation,
    job: TranslationJob | None,
    approval: Approval | None,
    segments: list[Segment],
) -> State:
    if job is not None and job.is_active:
        return State.QUEUED if job.status == TranslationJob.Status.QUEUED else State.TRANSLATING
    is_live = target is not None and piece_of(target).is_live
    if is_live and is_outdated(instance, translation):
        return State.OUTDATED
    if any(segment.is_missing for segment in segments):
        untouched = all(segment.is_missing for segment in segments)
        return State.FAILED if untouched and job is not None else State.PARTIAL
    if approval is not None and approval.digest == digest(segments):
        shown = is_live and _shows(target, segments, approval)
        return State.PUBLISHED if shown else State.APPROVED
    by_machine = all(segment.kind == localize.MACHINE for segment in segments)
    return State.DRAFT if by_machine else State.IN_REVIEW


def _shows(target: Any, segments: list[Segment], approval: Approval) -> bool:
    """Return whether readers see the approved texts."""
    if piece_of(target).has_drafts:
        return bool(target.live_revision_id == approval.revision_id)
    shown = {fingerprint(text) for text in localize.texts_of(target)}
    # A slug is never taken from an engine, see `drafts.build`.
    texts = {fingerprint(segment.text) for segment in segments if segment.path != "slug"}
    return texts <= shown


def is_outdated(instance: Any, translation: Translation) -> bool:
    """Return whether the original was published again after its texts were read for translation.

    What keeps no drafts has no such time, so its content is compared.
    """
    if not piece_of(instance).has_drafts:
        return localize.has_changed(translation.source, instance)
    return bool(
        instance.last_published_at
        and instance.last_published_at > translation.source.last_updated_at
    )
