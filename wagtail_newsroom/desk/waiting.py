"""What waits for a person: for the panel on the admin's home, and the list that it leads to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from .list_access import approvable, visible_rows
from .state_models import PieceState, State


class Waiting(TextChoices):
    """Why a row waits for a person."""

    URGENT = "urgent", _("Urgent: a correction is missing")
    ASSIGNED = "assigned", _("Assigned to me")
    APPROVE = "approve", _("For me to approve")
    FAILED = "failed", _("Failed of what I asked for")


_AT_REST = (State.QUEUED, State.TRANSLATING, State.PUBLISHED)
"""The states in which an assigned piece asks nothing of a person."""


def waits(kind: str, user: Any) -> Q:
    """Return which of the rows that a user sees wait for them in one way."""
    match kind:
        case Waiting.URGENT:
            return Q(is_urgent=True)
        case Waiting.ASSIGNED:
            return Q(assigned_to=user.pk) & (~Q(state__in=_AT_REST) | Q(is_urgent=True))
        case Waiting.APPROVE:
            return approvable(user) & Q(state__in=(State.DRAFT, State.IN_REVIEW))
        case Waiting.FAILED:
            return Q(
                job__requested_by=user.pk,
                state__in=(State.FAILED, State.PARTIAL, State.WITHHELD),
            )
    return Q(pk=None)


def waiting_rows(kind: str, user: Any) -> QuerySet[PieceState]:
    """Return the rows that wait for a user in one way."""
    return visible_rows(user).filter(waits(kind, user))
