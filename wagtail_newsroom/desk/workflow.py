"""A translation in one of Wagtail's workflows: submitted, reviewed, sent back.

Each action checks the permission, changes, and logs; none sees a request. `user=None` stands for
the site itself, and is always allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import WorkflowMixin, WorkflowState

from ..conf import conf
from ..exceptions import Declined, NotAllowed
from . import actions, localize, permissions
from .drafts import build_draft
from .editing import check_enabled
from .localize import Translation
from .pieces import piece_of, specific_of
from .review_task import settle, task_state_of
from .timetable import planned_for


@dataclass(frozen=True)
class Passage:
    """Where a translation stands in its workflow, and what a user may do there."""

    workflow: str
    task: str = ""
    """The task that it waits at, empty where it waits at none."""
    is_ours: bool = False
    """Whether that is a translation review, which is done by approving at the desk."""
    sent_back: str = ""
    """The reason for which it was sent back."""
    sent_back_by: Any = None
    is_sent_back: bool = False
    can_submit: bool = False
    can_send_back: bool = False


def passage_of(translation: Translation, target: Any, user: Any) -> Passage | None:
    """Return where a translation stands in its workflow; None where none is meant for it."""
    if target is None or target.pk is None or not isinstance(target, WorkflowMixin):
        return None
    state = target.current_workflow_state
    if state is None:
        workflow = target.get_workflow()
        if workflow is None:
            return None
        return Passage(workflow.name, can_submit=_can_submit(target, user))
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        last = state.current_task_state
        return Passage(
            state.workflow.name,
            is_sent_back=True,
            sent_back=last.comment if last is not None else "",
            sent_back_by=last.finished_by if last is not None else None,
            can_submit=_can_submit(target, user),
        )
    task = state.current_task_state.task.specific
    ours = task_state_of(target) is not None
    return Passage(
        state.workflow.name,
        task=task.name,
        is_ours=ours,
        can_send_back=ours and permissions.can_approve(target, user),
    )


def submit(translation: Translation, *, user: Any) -> WorkflowState:
    """Submit a translation, as it stands, to the workflow of its place; makes nothing live.

    One that was sent back goes on with the task that sent it back.

    Raises `NotAllowed` where the user may not work on it, `Declined` where there is no workflow, it
    is in one already, or texts are missing.
    """
    target = specific_of(localize.target_of(translation))
    if target is None or not isinstance(target, WorkflowMixin):
        raise Declined(gettext("There is no workflow for this piece."))
    if user is not None and not permissions.can_work_on(target, user):
        raise NotAllowed(gettext("You are not allowed to edit this translation."))
    with transaction.atomic():
        piece_of(target).lock()
        check_enabled(translation)
        actions.check_no_job(translation)
        if target.workflow_in_progress:
            raise Declined(gettext("This piece is in a workflow already."))
        if planned_for(translation, target) is not None:
            # Its time would come while tasks are left.
            raise Declined(gettext("This piece is scheduled; take that back first."))
        if piece_of(target).is_locked_for(user):
            raise Declined(gettext("This piece is locked; unlock it first."))
        workflow = target.get_workflow()
        state = target.current_workflow_state
        if workflow is None and state is None:
            raise Declined(gettext("There is no workflow for this piece."))
        actions.check_complete(localize.segments(translation))
        try:
            build_draft(translation, user=user)
        except ValidationError as error:
            raise Declined(error.messages) from error
        target = type(target)._default_manager.get(pk=target.pk)
        if state is not None:
            state.resume(user)
            return state
        return workflow.start(target, user)


def send_back(translation: Translation, reason: str, *, user: Any) -> None:
    """Send a translation that waits for its review back, with the reason.

    Raises `NotAllowed` without the permission to approve, `Declined` where it does not wait or no
    reason is given.
    """
    target = localize.target_of(translation)
    if target is None:
        raise Declined(gettext("There is no version in this language yet."))
    if user is not None and not permissions.can_approve(target, user):
        raise NotAllowed(gettext("You are not allowed to approve this translation."))
    if not reason.strip():
        raise Declined(gettext("Say what is to be changed."))
    with transaction.atomic():
        piece_of(target).lock()
        state = task_state_of(target)
        if state is None:
            raise Declined(gettext("This piece does not wait for a translation review."))
        state.reject(user=user, comment=reason.strip())


def can_do_task(target: Any, user: Any) -> bool:
    """Return whether the user may do a translation review that a page or snippet waits for.

    What is no translation waits only for somebody who may publish it, see `TranslationReviewTask`.
    """
    if permissions.can_approve(target, user):
        return True
    translation = localize.find_translation_to(target)
    is_translation = translation is not None and translation.enabled
    return not is_translation and permissions.can_publish(target, user)


def approve_task(state: Any, *, user: Any, comment: str = "") -> None:
    """Approve the texts that were submitted, and with them the task.

    What the reviewer agreed to are the texts of the submission; if others stand at the desk by
    now, they are to be looked at there.

    Raises `NotAllowed` and `Declined` as `approve` does, with nothing changed.
    """
    target = specific_of(state.workflow_state.content_object)
    if user is not None and not can_do_task(target, user):
        raise NotAllowed(gettext("You are not allowed to approve this translation."))
    translation = localize.find_translation_to(target)
    if translation is None or not translation.enabled:
        # People write it by hand; there are no texts at the desk.
        try:
            state.approve(user=user, comment=comment)
        except PublishPermissionError as error:
            raise NotAllowed(gettext("You are not allowed to publish this piece.")) from error
        return
    with transaction.atomic():
        piece_of(target).lock()
        waiting = task_state_of(target)
        if waiting is None or waiting.pk != state.pk:
            raise Declined(gettext("This piece does not wait for a translation review."))
        submitted = localize.texts_of(state.revision.as_object())
        if submitted != localize.texts_of(localize.translated_instance(translation)):
            raise Declined(
                gettext("The texts changed since they were submitted. Please look at them again.")
            )
        approval = actions.approve(translation, user=user, settles=False)
        if conf.requires_reapproval:
            # The same texts: what others approved of them counts for the new draft too.
            state.workflow_state.copy_approved_task_states_to_revision(approval.revision)
        settle(target, approval.revision, user=user, comment=comment)


def _can_submit(target: Any, user: Any) -> bool:
    return permissions.can_edit_texts(target, user)
