"""The task of a workflow that is done by approving at the desk: found, and done."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Revision, TaskState, WorkflowMixin

from .models import Approval


def task_state_of(target: Any) -> Any:
    """Return the state of the translation review that a piece waits for; None for none."""
    if target is None or target.pk is None or not isinstance(target, WorkflowMixin):
        return None
    state = target.current_workflow_task_state
    if state is None or not getattr(state.task.specific, "is_done_at_the_desk", False):
        return None
    return state


def settle(target: Any, revision: Revision | None, *, user: Any, comment: str = "") -> None:
    """Do the translation review that a piece waits for, now that its texts are approved.

    The task names the draft that was approved, and the workflow goes on; after its last task
    Wagtail publishes the newest draft, through the gate. Where the user may not publish, the task
    waits for somebody who may: see `is_unfinished`.
    """
    state = task_state_of(target)
    if state is None:
        return
    if revision is not None:
        state.revision = revision
    try:
        with transaction.atomic():
            state.approve(user=user, comment=comment)
    except PublishPermissionError:
        # The texts stay approved: that was the user's to say.
        TaskState.objects.filter(pk=state.pk).update(revision=state.revision)


def is_unfinished(state: Any) -> bool:
    """Return whether a translation review waits though the texts that it names are approved.

    Its workflow ends with it, and who approved them may not publish.
    """
    return TaskState.objects.filter(
        pk=state.pk,
        status=TaskState.STATUS_IN_PROGRESS,
        revision__in=Approval.objects.values("revision"),
    ).exists()


def unfinished_words(state: Any) -> str:
    """Return what to tell who approved the texts of a review that waits still; empty where none does.

    `state` is what the piece waited for before the approval, see `task_state_of`.
    """
    if state is None or not is_unfinished(state):
        return ""
    return gettext(
        "The texts are approved, but the workflow ends with publication: somebody who may approve "
        "and publish has to finish it."
    )
