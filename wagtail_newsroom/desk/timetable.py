"""When translations are to go live: what is stored about it, read and kept in step.

A time of its own is Wagtail's own schedule of the translation's newest draft, so that Wagtail's
`publish_scheduled` runs it and Wagtail's pages tell of it. Following the original is a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from .localize import Translation
from .pieces import has_drafts
from .schedule_models import Following


@dataclass(frozen=True)
class Planned:
    """When a translation is to go live."""

    at: datetime | None = None
    """Its own time; None where it follows the original."""
    is_held: bool = False
    """Whether that time came and the translation was declined."""


def planned_for(translation: Translation, target: Any) -> Planned | None:
    """Return when a translation is to go live, None where nobody said; two queries at most."""
    following = Following.objects.filter(translation=translation).first()
    if following is not None:
        return Planned(is_held=following.held_at is not None)
    scheduled = scheduled_revision(target)
    if scheduled is None:
        return None
    at = scheduled.approved_go_live_at
    return Planned(at=at, is_held=at <= timezone.now())


def scheduled_revision(target: Any) -> Revision | None:
    """Return the draft that has a time to go live, None where none has."""
    if target is None or target.pk is None or not has_drafts(type(target)):
        return None
    found: Revision | None = target.scheduled_revision
    return found


def set_time(revision: Revision, at: datetime | None) -> None:
    """Write into a draft when it is to go live; with None, as soon as it is published.

    The draft stays the same one, so what was approved of it stays approved.
    """
    told = at.isoformat() if at is not None else None
    if revision.content.get("go_live_at") == told:
        return
    revision.content["go_live_at"] = told
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def take_over(target: Any, revision: Revision | None) -> None:
    """Have a newly approved draft go live at the time that an older one had.

    If that time has passed, the next run of `publish_scheduled` finds it.
    """
    scheduled = scheduled_revision(target)
    if revision is None or scheduled is None or scheduled.pk == revision.pk:
        return
    at = scheduled.approved_go_live_at
    set_time(revision, at)
    revision.approved_go_live_at = at
    of_target = Revision.objects.for_instance(target)
    of_target.exclude(pk=revision.pk).update(approved_go_live_at=None)
    of_target.filter(pk=revision.pk).update(approved_go_live_at=at)
