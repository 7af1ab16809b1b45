"""What people do with rows of the list, one by one: assign, dismiss a change, publish both.

Each checks the permission, changes, and logs; none sees a request. `user=None` stands for the
site itself, and is always allowed.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from ..exceptions import Declined, NotAllowed
from . import actions, events, localize, permissions
from .gate import reasons_against
from .list_access import visible_rows
from .localize import Translation
from .outdated import change_since
from .pieces import piece_of, specific_of
from .state_models import Assignment, PieceState, State, Waiver

ASSIGNED = "wagtail_newsroom.assign_translation"
WAIVED = "wagtail_newsroom.waive_translation"

RETRIED = (State.FAILED, State.PARTIAL, State.WITHHELD)
"""The states after which another try makes sense."""


def request(row: PieceState, *, user: Any) -> Any:
    """Have the piece of a row translated; returns the job.

    Raises `NotAllowed` and `Declined` as `request_translation` does.
    """
    if row.source is None:
        raise Declined(gettext("The original was deleted."))
    return actions.request_translation(row.source, row.locale, user=user)


def retry(row: PieceState, *, user: Any) -> Any:
    """Have what is missing of a piece translated again; returns the job.

    Raises `Declined` where nothing failed, and as `request` does.
    """
    if row.state not in RETRIED:
        raise Declined(gettext("Nothing failed here."))
    return request(row, user=user)


def assign(row: PieceState, assignee: Any, *, user: Any) -> None:
    """Give a piece in a language to a person, or with None to nobody.

    Raises `NotAllowed` where the user may not see to the piece, `Declined` where the other may not.
    """
    if user is not None and not visible_rows(user).filter(pk=row.pk).exists():
        raise NotAllowed(gettext("You are not allowed to assign this piece."))
    if assignee is not None and not visible_rows(assignee).filter(pk=row.pk).exists():
        raise Declined(
            gettext("%(name)s may edit this piece in neither language.")
            % {"name": assignee.get_full_name() or assignee.get_username()}
        )
    of_piece = {"object_id": row.translation_key, "locale": row.locale}
    with transaction.atomic():
        if assignee is None:
            for assignment in Assignment.objects.filter(**of_piece):
                assignment.delete()
        else:
            Assignment.objects.update_or_create(
                **of_piece, defaults={"user": assignee, "assigned_by": user}
            )
        told = row.target or row.source
        if told is not None:
            log(
                instance=told,
                action=ASSIGNED,
                user=user,
                data={"to": assignee.get_username() if assignee is not None else ""},
            )
        if assignee is not None:
            events.tell(
                events.Kind.ASSIGNED,
                key=row.translation_key,
                locale_id=row.locale_id,
                user=user,
                to=assignee,
            )


def waive(translation: Translation, *, user: Any) -> None:
    """Say that a change of the original needs no translation, until it changes again.

    Raises `NotAllowed` without the permission to approve, `Declined` where nothing changed.
    """
    source, target = localize.source_of(translation), localize.target_of(translation)
    if source is None or target is None:
        raise Declined(gettext("There is no version in this language yet."))
    if user is not None and not permissions.can_approve(target, user):
        raise NotAllowed(gettext("You are not allowed to approve this translation."))
    mark = change_since(source, translation) if piece_of(target).is_live else None
    if mark is None:
        raise Declined(gettext("The original did not change since."))
    with transaction.atomic():
        Waiver.objects.get_or_create(
            translation=translation, mark=mark, defaults={"waived_by": user}
        )
        log(instance=target, action=WAIVED, user=user)


def publish_both(translation: Translation, *, user: Any) -> tuple[Any, Any]:
    """Publish the newest draft of the original and its translation, or neither of them.

    Texts of the original that are newer than those that were translated keep both from readers.

    Raises `NotAllowed` without permission for one of them, `Declined` with the reasons of either.
    """
    source = localize.source_of(translation)
    if source is None:
        raise Declined(gettext("The original was deleted."))
    source = specific_of(source)
    piece = piece_of(source)
    if user is not None and not permissions.can_publish(source, user):
        raise NotAllowed(gettext("You are not allowed to publish the original."))
    with transaction.atomic():
        piece.lock_versions()
        if piece.has_drafts:
            _publish_source(source, user=user)
            source = type(source)._default_manager.get(pk=source.pk)
            # The same texts as before stay translated and approved; others are missing now.
            localize.refresh_source(source)
        translation = localize.get_translation(translation.pk)
        target = actions.publish(translation, user=user)
    return source, target


def _publish_source(source: Any, *, user: Any) -> None:
    piece = piece_of(source)
    if piece.is_locked or piece.is_locked_for(user):
        raise Declined(gettext("The original is locked; unlock it first."))
    draft_section = piece.unpublished_parent
    if draft_section is not None:
        raise Declined(
            gettext("The section “%(section)s” is not published yet.")
            % {"section": draft_section.get_admin_display_title()}
        )
    newest = piece.newest
    if newest.go_live_at and newest.go_live_at > timezone.now():
        raise Declined(gettext("The original is scheduled for later."))
    reasons = reasons_against(newest)
    if reasons:
        raise Declined(reasons)
    revision = source.get_latest_revision() or source.save_revision(user=user)
    try:
        revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise Declined(error.messages) from error
