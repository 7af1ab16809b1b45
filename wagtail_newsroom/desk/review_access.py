"""Which pieces in a workflow wait for a person's translation review."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from .list_access import approvable, visible_rows
from .pieces import has_drafts, snippet_policy
from .state_models import PieceState
from .state_rows import listed_snippets


def reviewable(user: Any) -> QuerySet[WorkflowState]:
    """Return the workflows of pieces whose translation review the user may do.

    Of translations, those that the user sees in the list and may approve; of what is none, and
    waits at its end for somebody to publish it, those that the user may publish. Decided by the
    database, for any number of them.
    """
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not user.is_active:
        return waiting.none()
    mine = _translated(visible_rows(user).filter(approvable(user)))
    every = _translated(PieceState.objects.all())
    return waiting.filter(Q(Exists(mine)) | _publishable(user) & ~Q(Exists(every)))


def _translated(rows: QuerySet[PieceState]) -> QuerySet[PieceState]:
    """Return which rows are the translation that a workflow is about."""
    return rows.filter(
        content_type=OuterRef("content_type"),
        target_id=OuterRef("object_id"),
        translation__enabled=True,
    )


def _publishable(user: Any) -> Q:
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    # A workflow names what it is about as text.
    keys = pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
    kinds = [
        ContentType.objects.get_for_model(model).pk
        for model in listed_snippets()
        if has_drafts(model) and snippet_policy(model).user_has_permission(user, "publish")
    ]
    page = ContentType.objects.get_for_model(Page)
    return Q(base_content_type=page, object_id__in=keys) | Q(content_type__in=kinds)
