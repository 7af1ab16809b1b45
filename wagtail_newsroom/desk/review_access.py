"""Which pieces in a workflow wait for a person's translation review."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import WorkflowState

from .list_access import approvable, visible_rows


def reviewable(user: Any) -> QuerySet[WorkflowState]:
    """Return the workflows of translations that the user sees in the list and may approve.

    Decided by the database, for any number of them.
    """
    rows = visible_rows(user).filter(
        approvable(user),
        content_type=OuterRef("content_type"),
        target_id=OuterRef("object_id"),
        translation__enabled=True,
    )
    return WorkflowState.objects.filter(Exists(rows), status=WorkflowState.STATUS_IN_PROGRESS)
