"""Where a piece stands in each language: derived from what is stored, never stored itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from . import localize
from .languages import name_of
from .localize import Translation
from .models import Approval, TranslationJob
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
    target: Page | None = None
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


def standings(page: Page) -> list[Standing]:
    """Return where a piece stands in each other content language, in their configured order.

    Five queries and one more for each language that has a translation.
    """
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    locales = sorted(
        Locale.objects.filter(language_code__in=codes).exclude(pk=page.locale_id),
        key=lambda locale: codes.index(locale.language_code),
    )
    targets = {target.locale_id: target for target in page.get_translations().filter(alias_of=None)}
    translations = {
        translation.target_locale_id: translation
        for translation in localize.translations_of(page).filter(enabled=True)
    }
    return [
        standing_of(page, locale, targets.get(locale.pk), translations.get(locale.pk))
        for locale in locales
    ]


def standing_of(
    page: Page, locale: Locale, target: Page | None, translation: Translation | None
) -> Standing:
    """Return where one language of a piece stands."""
    if target is None or translation is None:
        # A page without a translation was written by a person from the start.
        live = target is not None and target.live
        draft = State.IN_REVIEW if target is not None else State.MISSING
        return Standing(locale, State.PUBLISHED if live else draft, target, translation)
    job = TranslationJob.objects.filter(translation=translation).first()
    approval = (
        Approval.objects.filter(translation=translation).select_related("approved_by").first()
    )
    state = _state(page, target, translation, job, approval)
    return Standing(locale, state, target, translation, job, approval)


def _state(
    page: Page,
    target: Page,
    translation: Translation,
    job: TranslationJob | None,
    approval: Approval | None,
) -> State:
    if job is not None and job.is_active:
        return State.QUEUED if job.status == TranslationJob.Status.QUEUED else State.TRANSLATING
    segments = localize.segments(translation)
    if is_outdated(page, translation) and target.live:
        return State.OUTDATED
    if any(segment.is_missing for segment in segments):
        untouched = all(segment.is_missing for segment in segments)
        return State.FAILED if untouched and job is not None else State.PARTIAL
    if approval is not None and approval.digest == digest(segments):
        is_live = target.live and target.live_revision_id == approval.revision_id
        return State.PUBLISHED if is_live else State.APPROVED
    by_machine = all(segment.kind == localize.MACHINE for segment in segments)
    return State.DRAFT if by_machine else State.IN_REVIEW


def is_outdated(page: Page, translation: Translation) -> bool:
    """Return whether the original was published again after its texts were read for translation."""
    return bool(
        page.last_published_at and page.last_published_at > translation.source.last_updated_at
    )
