"""What the list of translations tells of schedules, asked within the query that reads the rows."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from .schedule_models import Following
from .state_models import PieceState, Schedule

ANY = "any"


CHOICES = [(ANY, _("Scheduled")), *Schedule.choices]
"""What the filter offers."""


def with_schedules(rows: QuerySet[PieceState]) -> QuerySet[PieceState]:
    """Return rows with how they go live by themselves, as `timetable.planned_for` tells of one.

    The name of a `Schedule` is in `schedule`, empty where nobody said anything, and a time of its
    own in `goes_live_at`.
    """
    following = Following.objects.filter(translation=OuterRef("translation_id"))
    drafts = Revision.objects.filter(
        content_type=OuterRef("content_type_id"),
        object_id=OuterRef("target_id"),
        approved_go_live_at__isnull=False,
    )
    times = drafts.order_by("approved_go_live_at").values("approved_go_live_at")
    goes_live_at = Case(
        When(~Exists(following), then=Subquery(times[:1])), output_field=DateTimeField()
    )
    schedule = Case(
        When(Exists(following.filter(held_at__isnull=False)), then=Value(Schedule.HELD)),
        When(Exists(following), then=Value(Schedule.ORIGINAL)),
        When(goes_live_at__lte=timezone.now(), then=Value(Schedule.HELD)),
        When(goes_live_at__isnull=False, then=Value(Schedule.TIME)),
        default=Value(""),
        output_field=CharField(),
    )
    columns: dict[str, Any] = {"goes_live_at": goes_live_at, "schedule": schedule}
    return rows.annotate(**columns)


def scheduled(rows: QuerySet[PieceState], kind: str) -> QuerySet[PieceState]:
    """Return the rows that go live by themselves: in one way, or in any."""
    found = with_schedules(rows)
    # By the key, so that what the rows carry already stays as it is.
    found = found.filter(~Q(schedule="") if kind == ANY else Q(schedule=kind))
    return rows.filter(pk__in=found.order_by().values("pk"))
