"""Deeds: what somebody does to many pieces at once, of which people are told together.

Translations that a deed asked for end later, each in a worker. Their jobs hold the deed's key until
the last of them has ended; then people are told of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from .events import Deed, Event, Kind, hand_over, held, tell
from .models import TranslationJob

LONGEST = timedelta(hours=1)
"""After this time a deed that did not say that it is over was interrupted."""
_FACTS = ("pk", "status", "translation__source__object_id", "translation__target_locale_id")


@contextmanager
def together() -> Iterator[None]:
    """Have people told at once of all that happens within, whatever ends it.

    What was rolled back is not told of. Within another it makes no difference.
    """
    if held.get() is not None:
        yield
        return
    deed = Deed()
    token = held.set(deed)
    try:
        yield
    finally:
        held.reset(token)
        # Where all of it is in one transaction, its events are told when that ends, in this order.
        transaction.on_commit(partial(_end, deed), robust=True)


def key_for_job() -> UUID | None:
    """Return what a job holds that is asked for now; None where it is told of by itself."""
    deed = held.get()
    if deed is None:
        return None
    deed.has_jobs = True
    return deed.key


def tell_of_job(job_id: int) -> None:
    """Tell how a job ended; people only when all those are that it was asked for with."""
    job = TranslationJob.objects.filter(pk=job_id).values(*_FACTS, "deed").first()
    if job is None:
        return
    tell(**_news(job), to_people=job["deed"] is None)
    if job["deed"] is not None:
        transaction.on_commit(partial(conclude, job["deed"]), robust=True)


def conclude(key: UUID) -> int:
    """Have people told of jobs that were asked for together, once all have ended; returns how many.

    Of several workers that see the end one tells.
    """
    of_deed = TranslationJob.objects.filter(deed=key)
    with transaction.atomic():
        is_open = models.Q(status__in=TranslationJob.ACTIVE) | models.Q(deed_is_over=False)
        first = of_deed.order_by("pk").values_list("pk", flat=True).first()
        if first is None or of_deed.filter(is_open).exists():
            return 0
        jobs = list(of_deed.order_by("pk").values(*_FACTS))
        if not of_deed.filter(pk=first).update(deed=None):
            return 0
        of_deed.update(deed=None)
        events = [Event.now(**_news(job)) for job in jobs]
        transaction.on_commit(partial(hand_over, events), robust=True)
    return len(events)


def resume(*, at_most: int = 20) -> int:
    """Conclude deeds whose end nobody saw; returns how many.

    A worker was killed, the last piece was deleted, or the deed itself was interrupted.
    """
    waiting = TranslationJob.objects.filter(deed__isnull=False)
    at_work = waiting.filter(status__in=TranslationJob.ACTIVE)
    is_over = models.Q(deed_is_over=True) | models.Q(created_at__lt=timezone.now() - LONGEST)
    ended = waiting.filter(is_over).exclude(deed__in=at_work.values("deed"))
    keys = list(ended.order_by().values_list("deed", flat=True).distinct()[:at_most])
    if keys:
        waiting.filter(deed__in=keys).update(deed_is_over=True)
    return sum(conclude(key) > 0 for key in keys if key is not None)


def _end(deed: Deed) -> None:
    hand_over(deed.events)
    if deed.has_jobs:
        TranslationJob.objects.filter(deed=deed.key).update(deed_is_over=True)
        conclude(deed.key)


def _news(job: dict[str, Any]) -> dict[str, Any]:
    is_done = job["status"] == TranslationJob.Status.DONE
    return {
        "kind": Kind.JOB_DONE if is_done else Kind.JOB_FAILED,
        "key": job["translation__source__object_id"],
        "locale_id": job["translation__target_locale_id"],
        "job_id": job["pk"],
    }
