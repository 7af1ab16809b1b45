"""The task “translation review” of Wagtail's workflows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Task, TaskState

from ..exceptions import Declined, NotAllowed
from . import localize, permissions
from .pieces import specific_of
from .review_access import reviewable
from .review_task import is_unfinished
from .workflow import approve_task, can_do_task

APPROVAL_DECLINED = "wagtail_newsroom.decline_approval"


class TranslationReviewTask(Task):
    """A step at which somebody who may approve translations approves the texts at the desk.

    What is no translation passes it by itself; where the workflow ends with that and whoever
    brought it so far may not publish, it waits for somebody who may. Until it is done, only those
    who may do it can change the texts.
    """

    is_done_at_the_desk = True

    class Meta:
        verbose_name = _("Translation review")
        verbose_name_plural = _("Translation reviews")

    @classmethod
    def get_description(cls) -> str:
        """Returns what the task is for, as the list of kinds of tasks shows it."""
        return gettext(
            "Those who may approve translations and edit the page approve its texts at the desk"
        )

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Starts the task, or skips it for what is no translation."""
        target = specific_of(workflow_state.content_object)
        translation = localize.find_translation_to(target)
        is_translation = translation is not None and translation.enabled
        if is_translation or (
            user is not None
            and workflow_state.is_at_final_task
            and not permissions.can_publish(target, user)
        ):
            return super().start(workflow_state, user=user)
        skipped = TaskState(
            workflow_state=workflow_state,
            revision=target.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )
        skipped.save()
        return skipped

    def locked_for_user(self, obj: models.Model, user: Any) -> bool:
        """Returns whether the user may not change the texts: whoever may not do the task."""
        return not can_do_task(specific_of(obj), user)

    def get_actions(self, obj: models.Model, user: Any) -> list[tuple[str, Any, bool]]:
        """Returns what the user may do: approve, or send back with a reason."""
        if not can_do_task(specific_of(obj), user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Returns the states that wait for the user: to be approved or published by them."""
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__in=reviewable(user)
        )

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approves the very texts that were submitted, or sends them back.

        Returns the address of the review where the approval is declined or does not end the
        workflow, which tells why.
        """
        target = specific_of(task_state.workflow_state.content_object)
        if not can_do_task(target, user):
            raise NotAllowed(gettext("You are not allowed to approve this translation."))
        if action_name != "approve":
            return super().on_action(task_state, user, action_name, **kwargs)
        try:
            approve_task(task_state, user=user, comment=kwargs.get("comment", ""))
        except NotAllowed:
            raise
        except Declined as declined:
            log(
                instance=target,
                action=APPROVAL_DECLINED,
                user=user,
                data={"reasons": declined.reasons},
            )
            review = _review_of(target)
            if review:
                return f"{review}?declined=approval"
        else:
            if is_unfinished(task_state):
                return f"{_review_of(target)}?unfinished=approval"
        return None


def _review_of(target: Any) -> str:
    translation = localize.find_translation_to(target)
    return reverse("wagtail_newsroom_review", args=[translation.pk]) if translation else ""
