"""Approving single passages: the very text that stands there, by whoever may approve the piece."""

from __future__ import annotations

from collections.abc import Sequence
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
from .texts import digest

APPROVED = "wagtail_newsroom.approve_passages"


def approve_passage(translation: Translation, segment_pk: int, *, version: str, user: Any) -> bool:
    """Approve the text of one passage; return whether the whole piece is approved with it.

    `version` is `editing.version_of` the passage that the person read. The approval is for this
    text: when it changes, it is not approved any more. The last passage's makes the piece's.

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

    return _approve(translation, choose, user=user, is_strict=True)[1]


def approve_sound(translation: Translation, *, seen: str, user: Any) -> tuple[int, bool]:
    """Approve all passages that have a text and no open error.

    Returns how many were not approved before, and whether the whole piece is approved with them.
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
    translation: Translation, choose: Any, *, user: Any, is_strict: bool
) -> tuple[int, bool]:
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
            log(instance=told, action=APPROVED, user=user, data={"passages": count})
        return count, _approve_piece(translation, everything, user=user)


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
    marks = {fingerprint(segment.text) for segment in segments}
    new = sorted(mark for mark in marks if ledger.get(mark) is None)
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
    return len(new)


def _approve_piece(translation: Translation, everything: list[Segment], *, user: Any) -> bool:
    """Approve the whole piece once each of its passages is; return whether it is."""
    approved = set(
        _of_piece(translation)
        .filter(approved_at__isnull=False)
        .values_list("fingerprint", flat=True)
    )
    if any(
        segment.is_missing or fingerprint(segment.text) not in approved for segment in everything
    ):
        return False
    standing = translation.newsroom_approvals.first()
    now = digest(everything)
    if standing is not None and standing.digest == now and not standing.policy:
        return True
    try:
        with transaction.atomic():
            actions.approve(translation, user=user, seen=now)
    except Declined:
        # An error that is open elsewhere, or a draft that the page does not accept: the review's
        # own button says why.
        return False
    return True
