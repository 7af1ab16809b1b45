"""What people do with translations: request, approve, publish.

Each action checks the permission, changes, and logs; none sees a request. `user=None` stands for
the site itself, as in a command, and is always allowed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log
from wagtail.models import Locale, RevisionMixin

from ..exceptions import Declined, NotAllowed
from ..segments.keys import fingerprint
from . import calls, deeds, events, localize, memory, permissions, record
from .adoption import adopt
from .drafts import build, build_draft
from .editing import check_enabled
from .findings import open_errors
from .gate import has_gate, judge, pass_on, reasons_against
from .jobs import overdue
from .languages import name_of
from .localize import Translation
from .models import Approval, MemoryEntry, Provenance, TranslationJob
from .pieces import Piece, can_be_piece, piece_of, specific_of
from .review_task import settle
from .texts import digest
from .timetable import set_time, take_over

REQUESTED = "wagtail_newsroom.request_translation"
REPEATED = "wagtail_newsroom.repeat_translation"
APPROVED = "wagtail_newsroom.approve_translation"


def request_translation(instance: Any, locale: Locale, *, user: Any) -> TranslationJob:
    """Have a page or snippet drafted in another language, in the background; makes nothing live.

    The source is read anew, the target made as a draft if there is none, and a job queued when
    the transaction ends. Asking again while a job runs gives the same job. A snippet whose model
    keeps no drafts gets no target before it is published.

    Raises `NotAllowed` without permission, `Declined` where there is nothing to be done.
    """
    instance = specific_of(instance)
    if user is not None and not permissions.can_request(instance, locale, user):
        raise NotAllowed(gettext("You are not allowed to have this piece translated."))
    piece = piece_of(instance)
    _check_request(piece, locale, user)
    with transaction.atomic():
        # One request at a time for a piece: reading the source twice at once would collide.
        piece.lock()
        _ensure_parent(piece, locale, user=user)
        source = localize.refresh_source(piece.content)
        written = _written_by_hand(piece, locale)
        translation = localize.get_or_create_translation(source, locale)
        if written is not None:
            adopt(translation, written, user=user)
        try:
            target = localize.ensure_target(translation, instance, user=user)
        except ValidationError as error:
            raise Declined(error.messages) from error
        job, created = _get_or_create_job(translation, user)
        if created:
            others = TranslationJob.objects.filter(translation=translation).exclude(pk=job.pk)
            log(
                instance=target if target is not None else instance,
                action=REPEATED if others.exists() else REQUESTED,
                user=user,
                data={"job": job.pk, "from": instance.locale.language_code},
            )
            record.note(record.Action.REQUESTED, translation, target=target, user=user)
        if created:
            # robust: a queue that is down must not undo the request; `resume_jobs` calls again.
            transaction.on_commit(partial(calls.wake, job.pk), robust=True)
    resume_jobs()
    return job


def _check_request(piece: Piece, locale: Locale, user: Any) -> None:
    language = name_of(locale)
    instance = piece.instance
    if instance.locale_id == locale.pk:
        raise Declined(gettext("This piece is in %(language)s already.") % {"language": language})
    if piece.is_root:
        raise Declined(gettext("The root of the page tree cannot be translated."))
    if not can_be_piece(type(instance)):
        raise Declined(gettext("This is translated together with what it belongs to."))
    if not has_gate(instance):
        raise Declined(
            gettext(
                "Pieces of this kind cannot be translated at the desk; their model needs %(mixin)s."
            )
            % {"mixin": piece.gate_name}
        )
    if not getattr(instance, "is_translated_at_desk", True):
        by_hand = gettext(
            "This page is edited by hand in each language. Open the %(language)s page in the page "
            "tree and edit it there; if there is none yet, “newsroom_setup” makes it."
        )
        raise Declined(by_hand % {"language": language})
    if piece.is_alias:
        raise Declined(gettext("This page is an alias; translate the page that it mirrors."))
    origin = localize.find_translation_to(instance)
    if origin is not None and origin.enabled:
        raise Declined(
            gettext("This piece is itself translated from %(language)s; start there.")
            % {"language": name_of(origin.source.locale)}
        )
    target = piece.version_in(locale)
    other = localize.find_translation_to(target) if target is not None else None
    if other is not None and other.enabled and other.source.locale_id != instance.locale_id:
        raise Declined(
            gettext("The %(language)s version is translated from %(origin)s; start there.")
            % {"language": language, "origin": name_of(other.source.locale)}
        )
    if target is not None and (piece_of(target).is_locked or piece_of(target).is_locked_for(user)):
        raise Declined(
            gettext("The %(language)s version is locked; unlock it first.") % {"language": language}
        )


def _written_by_hand(piece: Piece, locale: Locale) -> Any:
    """Return the piece in that language if people edit it as an ordinary page or snippet."""
    target = piece.version_in(locale)
    if target is None or piece_of(target).is_alias:
        return None
    translation = localize.find_translation_to(target)
    is_ours = translation is not None and translation.enabled
    return None if is_ours else specific_of(target)


def _ensure_parent(piece: Piece, locale: Locale, *, user: Any) -> None:
    """Have missing sections above a page translated too, as drafts."""
    parent = piece.parent
    if parent is None or parent.has_translation(locale):
        return
    try:
        request_translation(parent, locale, user=user)
    except NotAllowed as error:
        raise NotAllowed(
            gettext(
                "The section “%(section)s” has no %(language)s version yet, "
                "and you are not allowed to have it translated."
            )
            % {"section": parent.title, "language": name_of(locale)}
        ) from error


def _get_or_create_job(translation: Translation, user: Any) -> tuple[TranslationJob, bool]:
    active = TranslationJob.objects.filter(
        translation=translation, status__in=TranslationJob.ACTIVE
    )
    job = active.first()
    if job is not None:
        return job, False
    try:
        with transaction.atomic():
            job = TranslationJob.objects.create(
                translation=translation, requested_by=user, deed=deeds.key_for_job()
            )
            return job, True
    except IntegrityError:
        # Somebody asked at the same moment.
        return active.get(), False


def approve(
    translation: Translation, *, user: Any, seen: str | None = None, settles: bool = True
) -> Approval:
    """Approve all texts of a translation as they stand: they may go live, and are remembered.

    `seen` is the digest of the texts that the person looked at; if they changed since, nothing
    is approved. The draft is built anew from the approved texts. A translation review that waits
    in a workflow is done with it, unless `settles` is off.

    Raises `NotAllowed` without permission, `Declined` while texts are missing or changing.
    """
    target = _target(translation)
    if user is not None and not permissions.can_approve(target, user):
        raise NotAllowed(gettext("You are not allowed to approve this translation."))
    with transaction.atomic():
        # Two people approving, or a job storing its last texts, wait for each other here.
        piece_of(target).lock()
        check_enabled(translation)
        if piece_of(target).is_locked_for(user):
            raise Declined(gettext("This piece is locked; unlock it first."))
        check_no_job(translation)
        segments = localize.segments(translation)
        check_complete(segments)
        errors = open_errors(translation, segments)
        if errors:
            raise Declined(
                ngettext(
                    "%(count)d error is neither mended nor dismissed.",
                    "%(count)d errors are neither mended nor dismissed.",
                    errors,
                )
                % {"count": errors}
            )
        approved_digest = digest(segments)
        if seen is not None and seen != approved_digest:
            raise Declined(
                gettext("The texts changed since you opened this page. Please look at them again.")
            )
        try:
            revision = build_draft(translation, user=user)
        except ValidationError as error:
            raise Declined(error.messages) from error
        drafted = localize.texts_of(revision.as_object() if revision else build(translation))
        _approve_texts(
            translation, {segment.text for segment in segments} | set(drafted), user=user
        )
        take_over(target, revision)
        memory.remember(
            [(segment.source, segment.text) for segment in segments],
            source_language=translation.source.locale.language_code,
            target_language=translation.target_locale.language_code,
            origin=MemoryEntry.Origin.APPROVED,
            user=user,
        )
        approval = Approval.objects.create(
            translation=translation,
            approved_by=user,
            digest=approved_digest,
            source_updated_at=translation.source.last_updated_at,
            revision=revision,
        )
        told = target if target.pk is not None else localize.source_of(translation)
        log(instance=told, action=APPROVED, user=user, revision=revision)
        record.note_approval(approval, target=target, segments=segments, user=user)
        events.tell(
            events.Kind.APPROVED,
            key=translation.source.object_id,
            locale_id=translation.target_locale_id,
            user=user,
        )
        if settles:
            settle(target, revision, user=user)
    return approval


def check_complete(segments: list[localize.Segment]) -> None:
    """Raise `Declined` while passages have no translation."""
    missing = sum(segment.is_missing for segment in segments)
    if missing:
        raise Declined(
            ngettext(
                "%(count)d passage has no translation yet.",
                "%(count)d passages have no translation yet.",
                missing,
            )
            % {"count": missing}
        )


def _approve_texts(translation: Translation, texts: set[str], *, user: Any) -> None:
    marks = {fingerprint(text) for text in texts}
    of_piece = Provenance.objects.filter(
        object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    now = timezone.now()
    Provenance.objects.bulk_create(
        [
            Provenance(
                object_id=translation.source.object_id,
                locale_id=translation.target_locale_id,
                fingerprint=mark,
                origin=Provenance.Origin.PERSON,
            )
            for mark in sorted(marks - set(of_piece.values_list("fingerprint", flat=True)))
        ],
        ignore_conflicts=True,
    )
    waiting = of_piece.filter(approved_at=None).values_list("pk", "fingerprint")
    of_piece.filter(pk__in=[pk for pk, mark in waiting if mark in marks]).update(
        approved_by=user, approved_at=now
    )


def publish(translation: Translation, *, user: Any) -> Any:
    """Publish the translation with its texts as they stand; returns the live page or snippet.

    A snippet whose model keeps no drafts is written now, and stored if it was not.

    Raises `NotAllowed` without permission, `Declined` with the gate's reasons.
    """
    target = _target(translation)
    if user is not None and not permissions.can_publish(target, user):
        raise NotAllowed(gettext("You are not allowed to publish this piece."))
    piece = piece_of(target)
    with transaction.atomic():
        piece.lock()
        check_enabled(translation)
        check_no_job(translation)
        if piece.is_locked or piece.is_locked_for(user):
            raise Declined(gettext("This piece is locked; unlock it first."))
        draft_section = piece.unpublished_parent
        if draft_section is not None:
            raise Declined(
                gettext("The section “%(section)s” is not published in this language yet.")
                % {"section": draft_section.get_admin_display_title()}
            )
        try:
            if not piece.has_drafts:
                return _write(translation, user=user)
            revision = revision_to_publish(translation, target, user=user)
        except ValidationError as error:
            raise Declined(error.messages) from error
        # A time that was set, or copied from the original, would only schedule it.
        set_time(revision, None)
        reasons = reasons_against(revision.as_object())
        if reasons:
            raise Declined(reasons)
        revision.publish(user=user, skip_permission_checks=True)
    return type(target)._default_manager.get(pk=target.pk)


def revision_to_publish(translation: Translation, target: Any, *, user: Any) -> Any:
    """Return the approved draft if it is still the latest word, else a new one."""
    approval = translation.newsroom_approvals.select_related("revision").first()
    if (
        approval is not None
        and approval.revision_id is not None
        and approval.revision_id == target.latest_revision_id
        and approval.digest == digest(localize.segments(translation))
    ):
        return approval.revision
    return build_draft(translation, user=user)


def _write(translation: Translation, *, user: Any) -> Any:
    """Write the approved texts into a snippet that keeps no drafts, so that readers see them."""
    instance = build(translation)
    verdict = judge(instance)
    if verdict.reasons:
        raise Declined(list(verdict.reasons))
    action = "wagtail.create" if instance.pk is None else "wagtail.edit"
    instance.full_clean()
    # A model without the gate writes no record of its own.
    pass_on(instance, verdict)
    instance.save()
    if isinstance(instance, RevisionMixin):
        instance.save_revision(user=user, clean=False)
    log(instance=instance, action=action, user=user, content_changed=True)
    return instance


def resume_jobs(*, at_most: int = 20) -> int:
    """Call again for jobs that nobody works on, the oldest first; returns how many.

    Harmless to repeat: a job that a worker holds is not taken from it, and a call that still
    waits in the queue is not doubled.
    """
    forgotten = [job for job in overdue()[:at_most] if not calls.is_waiting(job)]
    for job in forgotten:
        transaction.on_commit(partial(calls.wake, job.pk), robust=True)
    return len(forgotten)


def _target(translation: Translation) -> Any:
    target = localize.target_to_be(translation)
    if target is None:
        raise Declined(gettext("There is no version in this language yet."))
    return target


def check_no_job(translation: Translation) -> None:
    """Raise `Declined` while a machine is at work."""
    if TranslationJob.objects.filter(
        translation=translation, status__in=TranslationJob.ACTIVE
    ).exists():
        raise Declined(gettext("The machine is still translating this piece."))
