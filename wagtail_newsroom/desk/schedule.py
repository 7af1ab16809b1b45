"""What people say about when a translation goes live, and what happens when its time comes.

Each action checks the permission, changes, and logs; none sees a request. `user=None` stands for
the site itself, and is always allowed.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from ..exceptions import Declined, NotAllowed
from . import actions, localize, permissions
from .editing import check_enabled
from .gate import check_as_approved
from .localize import Translation
from .pieces import piece_of, specific_of
from .schedule_models import Following
from .timetable import scheduled_revision, set_time

logger = logging.getLogger("wagtail_newsroom")

FOLLOWS = "wagtail_newsroom.follow_original"
UNSCHEDULED = "wagtail_newsroom.unschedule_translation"
HELD = "wagtail_newsroom.hold_translation"

FARTHEST = timedelta(days=3660)
"""How far ahead a translation may be scheduled."""


def schedule(translation: Translation, *, at: datetime | None, user: Any) -> None:
    """Have a translation go live at a time of its own, or with None when its original does.

    It need not be approved yet: if it is not when its time comes, it is held, its history tells
    why, and it goes live once it is approved. The newest approved draft goes live, also one that
    is approved after this. Scheduling again replaces what was said before.

    Raises `NotAllowed` without the permission to publish, `Declined` where there is nothing to
    wait for; nothing is changed then.
    """
    target = _target_for(translation, user)
    with transaction.atomic():
        piece_of(target).lock()
        check_enabled(translation)
        _check_open(target, user)
        if at is None:
            _check_original(translation)
            _cancel_time(target, user=user)
            Following.objects.update_or_create(
                translation=translation, defaults={"asked_by": user, "held_at": None}
            )
            log(instance=target, action=FOLLOWS, user=user)
            return
        _check_time(at)
        actions.check_no_job(translation)
        Following.objects.filter(translation=translation).delete()
        try:
            revision = actions.revision_to_publish(translation, target, user=user)
        except ValidationError as error:
            raise Declined(error.messages) from error
        if target.live and target.live_revision_id == revision.pk:
            raise Declined(gettext("Readers have these texts already."))
        set_time(revision, at)
        revision.publish(user=user, skip_permission_checks=True)


def unschedule(translation: Translation, *, user: Any) -> None:
    """Take back what was said about when a translation goes live; what is live stays.

    Raises `NotAllowed` without the permission to publish, `Declined` where it is not scheduled.
    """
    target = _target_for(translation, user)
    with transaction.atomic():
        piece_of(target).lock()
        gone, _by_model = Following.objects.filter(translation=translation).delete()
        if gone:
            log(instance=target, action=UNSCHEDULED, user=user)
        elif not _cancel_time(target, user=user):
            raise Declined(gettext("The translation is not scheduled."))


def follow(keys: Iterable[int]) -> None:
    """Publish translations whose original went live, or hold those that are declined.

    `keys` name rows of `Following`; one that is gone or whose original is not live is left out.
    """
    for following in Following.objects.filter(pk__in=list(keys)).order_by("pk"):
        translation = localize.get_translation(following.translation_id)
        source = specific_of(localize.source_of(translation))
        if source is None or not piece_of(source).is_live:
            continue
        try:
            with transaction.atomic():
                piece_of(source).lock_versions()
                if not Following.objects.filter(pk=following.pk).exists():
                    # Somebody took it back while we waited for the rows.
                    continue
                # The same texts as before stay translated and approved; others are missing now.
                localize.refresh_source(source)
                translation = localize.get_translation(translation.pk)
                check_as_approved(translation)
                _check_no_workflow(localize.target_of(translation))
                # That it is live ends the wait, see `schedule_signals`.
                actions.publish(translation, user=None)
        except Declined as declined:
            _hold(following, translation, declined.reasons)
        except Exception as error:  # noqa: BLE001 - the other languages go on, and it is told
            # Its message may hold text of the piece, so only its place is logged.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("Following failed with %s\n%s", type(error).__name__, where)
            reason = gettext("Something unexpected went wrong; nothing was changed.")
            _hold(following, translation, [reason])


def _hold(following: Following, translation: Translation, reasons: list[str]) -> None:
    target = localize.target_of(translation)
    held = Following.objects.filter(pk=following.pk, held_at=None)
    # Told once: it is tried again with each approval.
    if held.update(held_at=timezone.now()) and target is not None:
        log(instance=target, action=HELD, user=None, data={"reasons": reasons})


def _target_for(translation: Translation, user: Any) -> Any:
    target = localize.target_to_be(translation)
    if target is None:
        raise Declined(gettext("There is no version in this language yet."))
    target = specific_of(target)
    if user is not None and not permissions.can_publish(target, user):
        raise NotAllowed(gettext("You are not allowed to publish this piece."))
    if not piece_of(target).has_drafts:
        raise Declined(
            gettext("What keeps no drafts cannot be scheduled; publish it when it is due.")
        )
    return target


def _check_open(target: Any, user: Any) -> None:
    if piece_of(target).is_locked_for(user):
        raise Declined(gettext("This piece is locked; unlock it first."))
    _check_no_workflow(target)


def _check_no_workflow(target: Any) -> None:
    if target is not None and piece_of(target).in_workflow:
        # Going live would cancel it, and skip the tasks that are left.
        raise Declined(gettext("This piece is in a workflow; finish or cancel that first."))


def _check_original(translation: Translation) -> None:
    source = localize.source_of(translation)
    if source is None:
        raise Declined(gettext("The original was deleted."))
    if piece_of(source).is_live and scheduled_revision(specific_of(source)) is None:
        raise Declined(
            gettext(
                "The original is live already; publish the translation, or give it a time of "
                "its own."
            )
        )


def _check_time(at: datetime) -> None:
    now = timezone.now()
    if at <= now:
        raise Declined(gettext("This time is in the past."))
    if at > now + FARTHEST:
        raise Declined(gettext("Choose a time within the next ten years."))


def _cancel_time(target: Any, *, user: Any) -> bool:
    """Take a translation's own time away; returns whether it had one."""
    scheduled = scheduled_revision(target)
    if scheduled is None:
        return False
    scheduled.approved_go_live_at = None
    # Wagtail writes this into the history by itself.
    scheduled.save(user=user, update_fields=["approved_go_live_at"])
    set_time(scheduled, None)
    rows = type(target)._base_manager.filter(pk=target.pk, live=False)
    rows.update(go_live_at=None)
    return True
