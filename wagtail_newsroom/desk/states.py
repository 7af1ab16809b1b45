"""Where a piece stands in each language: derived from what is stored, by one function."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale

from ..segments.reasons import Reason
from . import localize
from .begun import has_begun, with_begun
from .languages import content_locales, name_of
from .localize import Segment, Translation
from .models import Approval, TranslationJob
from .outdated import change_since
from .pieces import piece_of
from .policy import policy_for
from .policy_models import Policy
from .state_models import State, Waiver
from .texts import digest
from .unreviewed import is_unreviewed
from .went_live import shows

__all__ = [
    "Facts",
    "Standing",
    "State",
    "derive",
    "facts_of",
    "standing_of",
    "standings",
]


@dataclass(frozen=True)
class Facts:
    """What the state of a piece in a language is derived from."""

    is_translation: bool = False
    """Whether it comes through the desk; what does not was written by a person from the start."""
    is_stored: bool = False
    is_live: bool = False
    job_status: str | None = None
    """The last job's."""
    is_withheld: bool = False
    """Whether that job was not allowed to show the piece to any engine."""
    is_outdated: bool = False
    """Whether the original changed since, and nobody said that this needs no translation."""
    segments: int = 0
    missing: int = 0
    by_machine: int = 0
    """Passages whose text is a machine's."""
    is_approved: bool = False
    """Whether a person approved the very texts that there are, or the policy `trust` in place of one."""
    is_shown: bool = False
    """Whether readers see the approved texts."""
    is_unreviewed: bool = False
    """Whether readers see texts that nobody approved; not asked where these are approved."""
    has_begun: bool = False
    """Whether people took up what a machine translated; not asked where anything else tells."""


def derive(facts: Facts) -> State:
    """Return the state that the facts make."""
    if not facts.is_translation:
        if facts.is_live:
            return State.PUBLISHED
        return State.IN_REVIEW if facts.is_stored else State.MISSING
    if facts.job_status == TranslationJob.Status.QUEUED:
        return State.QUEUED
    if facts.job_status == TranslationJob.Status.RUNNING:
        return State.TRANSLATING
    if facts.is_live and facts.is_outdated:
        return State.OUTDATED
    if facts.missing:
        if facts.is_withheld:
            return State.WITHHELD
        untouched = facts.missing == facts.segments
        return State.FAILED if untouched and facts.job_status is not None else State.PARTIAL
    if facts.is_approved:
        return State.PUBLISHED if facts.is_live and facts.is_shown else State.APPROVED
    if facts.is_live and facts.is_unreviewed:
        return State.UNREVIEWED
    untouched = facts.by_machine == facts.segments and not facts.has_begun
    return State.DRAFT if untouched else State.IN_REVIEW


def facts_of(
    target: Any,
    *,
    job: TranslationJob | None,
    approval: Approval | None,
    segments: list[Segment],
    change: Callable[[], str | None],
    waived: Callable[[], Container[str]],
    policy: Callable[[], Policy],
    unreviewed: Callable[[], bool],
    begun: Callable[[], bool],
) -> Facts:
    """Return the facts of one language of a piece from the rows that hold them.

    `change` is asked what names the new content of the original only where readers see an older
    one; `waived` for the marks of changes that need no translation only where there is one;
    `policy` only where a policy stands for a person's approval, which ends with that policy;
    `unreviewed` whether what is live was approved by nobody, and `begun` whether people took it up,
    only where nothing else tells.
    """
    if job is not None and job.is_active:
        return Facts(is_translation=True, job_status=job.status)
    is_live = target is not None and piece_of(target).is_live
    missing = sum(segment.is_missing for segment in segments)
    is_approved = (
        not missing
        and approval is not None
        and approval.digest == digest(segments)
        and (not approval.policy or approval.policy == policy())
    )
    by_machine = sum(segment.kind == localize.MACHINE for segment in segments)
    is_unreviewed = is_live and not is_approved and unreviewed()
    return Facts(
        is_translation=True,
        is_stored=target is not None,
        is_live=is_live,
        job_status=job.status if job is not None else None,
        is_withheld=job is not None
        and any(failure.get("reason") == Reason.WITHHELD for failure in job.failures),
        is_outdated=is_live and (mark := change()) is not None and mark not in waived(),
        segments=len(segments),
        missing=missing,
        by_machine=by_machine,
        is_approved=is_approved,
        is_shown=is_live
        and is_approved
        and approval is not None
        and _shows(target, segments, approval),
        is_unreviewed=is_unreviewed,
        has_begun=by_machine == len(segments)
        and not (missing or is_approved or is_unreviewed)
        and begun(),
    )


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

    Five queries and one more for each language that has a translation, and another one for each
    where the original was published again.
    """
    targets = {target.locale_id: target for target in with_begun(piece_of(instance).versions())}
    translations = {
        translation.target_locale_id: translation
        for translation in localize.translations_of(instance).filter(enabled=True)
    }
    return [
        standing_of(instance, locale, targets.get(locale.pk), translations.get(locale.pk))
        for locale in content_locales()
        if locale.pk != instance.locale_id
    ]


def standing_of(
    instance: Any, locale: Locale, target: Any, translation: Translation | None
) -> Standing:
    """Return where one language of a piece stands."""
    if translation is None or (target is None and piece_of(instance).has_drafts):
        # What has no translation was written by a person from the start.
        facts = Facts(
            is_stored=target is not None,
            is_live=target is not None and piece_of(target).is_live,
        )
        return Standing(locale, derive(facts), target, translation)
    job = TranslationJob.objects.filter(translation=translation).first()
    return standing_with(instance, target, translation, job, localize.segments(translation))


def standing_with(
    instance: Any,
    target: Any,
    translation: Translation,
    job: TranslationJob | None,
    segments: list[Segment],
) -> Standing:
    """Return where a translation stands whose latest job and segments are at hand.

    One query, and one more where the original was published again.
    """
    approval = (
        Approval.objects.filter(translation=translation).select_related("approved_by").first()
    )
    facts = facts_of(
        target,
        job=job,
        approval=approval,
        segments=[] if job is not None and job.is_active else segments,
        change=lambda: change_since(instance, translation),
        waived=lambda: set(
            Waiver.objects.filter(translation=translation).values_list("mark", flat=True)
        ),
        policy=lambda: policy_for(instance, translation.target_locale.language_code),
        unreviewed=lambda: is_unreviewed(target),
        begun=lambda: has_begun(translation, target),
    )
    return Standing(translation.target_locale, derive(facts), target, translation, job, approval)


def _shows(target: Any, segments: list[Segment], approval: Approval) -> bool:
    """Return whether readers see the approved texts."""
    if piece_of(target).has_drafts:
        # A newer draft may have what no text tells, such as another picture.
        return bool(
            target.live_revision_id == approval.revision_id and not target.has_unpublished_changes
        )
    return shows(target, segments)
