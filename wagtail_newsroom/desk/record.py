"""Entries of the record of human review, written when something happens and never after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from . import localize
from .localize import Segment, Translation
from .models import Approval, TranslationJob
from .record_models import ReviewRecord

EDITED = "wagtail_newsroom.edit_translation"

Action = ReviewRecord.Action

SITTING = timedelta(hours=1)
"""Edits of one person with no longer pause between them, and nobody's in between, are one entry."""


_is_unrecorded: ContextVar[bool] = ContextVar("newsroom_is_unrecorded", default=False)


def note(
    action: ReviewRecord.Action,
    translation: Translation,
    *,
    target: Any = None,
    user: Any = None,
    name: str = "",
    title: str | None = None,
    **facts: Any,
) -> ReviewRecord:
    """Write down what was done to a translation; `facts` are further fields of the entry.

    `title` is the translated title, that of the draft if it is left out.
    """
    source = translation.source
    kind = ContentType.objects.get_for_id(source.specific_content_type_id)
    return ReviewRecord.objects.create(
        action=action,
        user=user,
        name=(name or name_of_user(user))[:255],
        translation_key=source.object_id,
        source_language=source.locale.language_code,
        language=translation.target_locale.language_code,
        model=f"{kind.app_label}.{kind.model}",
        source_title=source.object_repr[:255],
        title=(_title(target) if title is None else title)[:255],
        **facts,
    )


def _title(target: Any) -> str:
    if target is None or target.pk is None:
        return ""
    return str(target.get_admin_display_title() if isinstance(target, Page) else target)


def name_of_user(user: Any) -> str:
    """Return the name that stays when a person's account is deleted; empty for the site itself."""
    if user is None:
        return ""
    username, full_name = str(user.get_username()), str(user.get_full_name())
    return f"{full_name} ({username})" if full_name else username


def note_approval(
    approval: Approval, *, target: Any, segments: Sequence[Segment], user: Any
) -> None:
    """Write down an approval: of how many passages, and how many of them people wrote."""
    note(
        Action.APPROVED,
        approval.translation,
        target=target,
        user=user,
        passages=len(segments),
        by_person=sum(segment.kind != localize.MACHINE for segment in segments),
        digest=approval.digest,
        # The draft that was approved is newer than the one that `target` was read with.
        title=approval.revision.object_str if approval.revision is not None else None,
    )


def note_machine(job_id: int) -> None:
    """Write down that a job ended with texts, and which engines they came from."""
    job = TranslationJob.objects.filter(pk=job_id).first()
    if job is None:
        return
    made = {name: count for name, count in job.counts.items() if name != "kept" and count}
    if not made:
        return
    translation = localize.get_translation(job.translation_id)
    names = sorted(name.removeprefix("engine:") for name in made)
    note(
        Action.TRANSLATED,
        translation,
        target=localize.target_of(translation),
        name=", ".join(names),
        passages=sum(made.values()),
    )


def note_publication(translation: Translation, target: Any, *, user: Any) -> None:
    """Write down that a translation went live, and whether with the texts that were approved."""
    # A policy's is no review by a person.
    approval = Approval.objects.filter(translation=translation, policy="").first()
    is_approved = approval is not None and approval.revision_id == getattr(
        target, "live_revision_id", approval.revision_id
    )
    note(
        Action.PUBLISHED,
        translation,
        target=target,
        user=user,
        digest=approval.digest if approval is not None and is_approved else "",
    )


@contextmanager
def unrecorded() -> Iterator[None]:
    """Let texts be stored that were written elsewhere, by nobody knows whom."""
    token = _is_unrecorded.set(True)
    try:
        yield
    finally:
        _is_unrecorded.reset(token)


def note_edit(string: localize.StringTranslation) -> None:
    """Write down that a person wrote a text, in the history of the piece too.

    What one person writes at a sitting becomes one entry, which counts the passages.
    """
    if _is_unrecorded.get():
        return
    user, key = string.last_translated_by, string.context.object_id
    now = timezone.now()
    last = ReviewRecord.objects.filter(
        translation_key=key, language=string.locale.language_code
    ).first()
    if (
        last is not None
        and last.action == Action.EDITED
        and last.user_id == user.pk
        and now - last.at < SITTING
    ):
        segments = last.details.get("segments", [])
        if string.translation_of_id not in segments:
            segments = [*segments, string.translation_of_id]
            entries = PageLogEntry if last.details.get("is_page") else ModelLogEntry
            entries.objects.filter(pk=last.details.get("log")).update(
                data={"passages": len(segments)}
            )
        last.at, last.passages = now, len(segments)
        last.details = {**last.details, "segments": segments}
        last.save(update_fields=["at", "passages", "details"])
        return
    translation = localize.find_translation(key, string.locale_id)
    if translation is None:
        return
    target = localize.target_of(translation)
    told = target if target is not None else localize.source_of(translation)
    if told is None:
        return
    entry = log(instance=told, action=EDITED, user=user, data={"passages": 1})
    note(
        Action.EDITED,
        translation,
        target=target,
        user=user,
        passages=1,
        details={
            "segments": [string.translation_of_id],
            "log": entry.pk if entry is not None else None,
            "is_page": isinstance(told, Page),
        },
    )
