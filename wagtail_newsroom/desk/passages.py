"""Approving single passages: the very text that stands there, by whoever may approve the piece."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from ..exceptions import Declined, NotAllowed
from ..segments.keys import fingerprint
from . import actions, editing, localize, memory, permissions
from .findings import findings_of
from .localize import Segment, Translation
from .models import MemoryEntry, Provenance
from .pieces import piece_of
from .review_task import task_state_of, unfinished_words
from .state_rows import touch
from .texts import digest

APPROVED = "wagtail_newsroom.approve_passages"


@dataclass(frozen=True)
class Approved:
    """What became of an approval of passages."""

    passages: int
    """How many were not approved before."""
    is_whole: bool = False
    """Whether the whole piece is approved with them."""
    reasons: Sequence[str] = ()
    """Why it is not, although each of its passages is."""
    unfinished: str = ""
    """What its workflow waits for still, in a sentence."""


def approve_passage(
    translation: Translation, segment_pk: int, *, version: str, user: Any
) -> Approved:
    """Approve the text of one passage, and with the last one the whole piece.

    `version` is `editing.version_of` the passage that the person read. The approval is for this
    text: when it changes, it is not approved any more.

    Raises `NotAllowed` without permission, `NotFound` for a passage that the piece does not have,
    `Conflict` when another text stands there, `Declined` where there is none or an error is open.
    """

    def choose(everything: list[Segment]) -> list[Segment]:
        for segment in everything:
            if segment.pk == segment_pk:
                if editing.version_of(segment) != version:
                    raise editing.Conflict(segment)
                return [segment]
        raise editing.NotFound(gettext("The original changed since you opened this page."))

    return _approve(translation, choose, user=user, is_strict=True)


def approve_sound(translation: Translation, *, seen: str, user: Any) -> Approved:
    """Approve all passages that have a text and no open error, and with the last one the piece.

    `seen` is the digest of the texts that the person looked at.

    Raises `NotAllowed` without permission, `Declined` when a text changed since, or none is sound.
    """

    def choose(everything: list[Segment]) -> list[Segment]:
        if digest(everything) != seen:
            raise Declined(
                gettext("The texts changed since you opened this page. Please look at them again.")
            )
        return everything

    return _approve(translation, choose, user=user, is_strict=False)


def _approve(
    translation: Translation,
    choose: Callable[[list[Segment]], list[Segment]],
    *,
    user: Any,
    is_strict: bool,
) -> Approved:
    target = localize.target_to_be(translation)
    if target is None:
        raise Declined(gettext("There is no version in this language yet."))
    if user is not None and not permissions.can_approve(target, user):
        raise NotAllowed(gettext("You are not allowed to approve this translation."))
    with transaction.atomic():
        # Whoever writes a text waits here, and we for them.
        piece_of(target).lock()
        editing.check_enabled(translation)
        if piece_of(target).is_locked_for(user):
            raise Declined(gettext("This piece is locked; unlock it first."))
        actions.check_no_job(translation)
        everything = localize.segments(translation)
        chosen = _sound(translation, choose(everything), everything, is_strict=is_strict)
        count = _record(translation, chosen, user=user)
        told = target if target.pk is not None else localize.source_of(translation)
        if count:
            touch(translations=[translation.pk])
            log(instance=told, action=APPROVED, user=user, data={"passages": count})
        if not _is_all_approved(translation, everything):
            return Approved(count)
        return _approve_piece(translation, everything, target=target, count=count, user=user)


def _sound(
    translation: Translation,
    chosen: Sequence[Segment],
    everything: Sequence[Segment],
    *,
    is_strict: bool,
) -> list[Segment]:
    """Return the passages without an open error; strictly, each must be one."""
    found = findings_of(translation, everything)
    sound = []
    for segment in chosen:
        if segment.is_missing:
            reason = gettext("This passage has no translation yet.")
        elif any(told.is_open and told.is_error for told in found.get(segment.pk, [])):
            reason = gettext("An error of this passage is neither mended nor dismissed.")
        else:
            sound.append(segment)
            continue
        if is_strict:
            raise Declined(reason)
    if not sound:
        raise Declined(gettext("No passage is without an open error."))
    return sound


def _mark(segment: Segment) -> str:
    return fingerprint(segment.text)


def _of_piece(translation: Translation) -> Any:
    return Provenance.objects.filter(
        object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )


def _record(translation: Translation, segments: Sequence[Segment], *, user: Any) -> int:
    """Write who approved the texts in the ledger, and remember them; return how many are new."""
    ledger = dict(_of_piece(translation).values_list("fingerprint", "approved_at"))
    if not ledger:
        # The first row would have the gate hold what people wrote before there was a machine.
        raise Declined(
            gettext("No machine took part in this translation. Approve the piece as a whole.")
        )
    waiting = [mark for mark in map(_mark, segments) if ledger.get(mark) is None]
    new = sorted(set(waiting))
    now = timezone.now()
    Provenance.objects.bulk_create(
        [
            Provenance(
                object_id=translation.source.object_id,
                locale_id=translation.target_locale_id,
                fingerprint=mark,
                origin=Provenance.Origin.PERSON,
            )
            for mark in new
            if mark not in ledger
        ],
        ignore_conflicts=True,
    )
    _of_piece(translation).filter(fingerprint__in=new, approved_at=None).update(
        approved_by=user, approved_at=now
    )
    memory.remember(
        [(segment.source, segment.text) for segment in segments],
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        origin=MemoryEntry.Origin.APPROVED,
        user=user,
    )
    return len(waiting)


def _is_all_approved(translation: Translation, everything: list[Segment]) -> bool:
    approved = set(
        _of_piece(translation)
        .filter(approved_at__isnull=False)
        .values_list("fingerprint", flat=True)
    )
    return all(not segment.is_missing and _mark(segment) in approved for segment in everything)


def _approve_piece(
    translation: Translation, everything: list[Segment], *, target: Any, count: int, user: Any
) -> Approved:
    """Approve the piece of which each passage is; the passages stay approved where it is declined."""
    standing = translation.newsroom_approvals.first()
    now = digest(everything)
    if standing is not None and standing.digest == now and not standing.policy:
        return Approved(count, is_whole=True)
    waited = task_state_of(target)
    try:
        with transaction.atomic():
            actions.approve(translation, user=user, seen=now)
    except Declined as declined:
        return Approved(count, reasons=declined.reasons)
    return Approved(count, is_whole=True, unfinished=unfinished_words(waited))
