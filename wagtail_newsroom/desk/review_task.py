"""The task of a workflow that is done by approving at the desk: found, and done."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision, WorkflowMixin


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
    Wagtail publishes the newest draft, through the gate.
    """
    state = task_state_of(target)
    if state is None:
        return
    if revision is not None:
        state.revision = revision
    state.approve(user=user, comment=comment)
