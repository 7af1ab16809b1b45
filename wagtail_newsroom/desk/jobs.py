"""The life of a job: claimed by lease, worked on in chunks, ended with counts and reasons.

The row is the truth and the queue's message a wake-up call, so a worker may be killed at any
moment: what was stored stays, the next run asks only for what is missing.
"""

from __future__ import annotations

import logging
import traceback
import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..conf import conf
from ..engines.registry import load_chain
from . import deeds, localize, record
from .drafts import build_draft
from .models import TranslationJob
from .pieces import piece_of
from .state_rows import touch_job
from .unreviewed import trust
from .work import Work

logger = logging.getLogger("wagtail_newsroom")

Status = TranslationJob.Status
Trouble = TranslationJob.Trouble

LOST_CALL_SECONDS = 60
"""After this time a job that nobody works on gets another wake-up call."""


class LeaseLost(Exception):  # noqa: N818 - not a fault: another worker goes on
    """Another worker holds the job now; whatever this one has in hand is dropped."""


def run(job_id: int) -> None:
    """Work on a job until it ends; does nothing when another worker holds it."""
    job = claim(job_id)
    if job is None:
        return
    try:
        if _is_locked(job):
            _end(job, Status.FAILED, Trouble.LOCKED)
            return
        read_at = None
        # Whoever asks again while the job runs gets this job, so it looks for what is new.
        while read_at != (changed_at := _source_changed_at(job)):
            read_at = changed_at
            Work(job, engines=load_chain(conf.engines), extend=extend).do()
        finish(job)
    except LeaseLost:
        logger.info("Job %s went on in another worker", job.pk)
    except Exception as error:  # noqa: BLE001 - whatever it is, the editor must be told
        # The message of an unknown exception may hold article text, so only its place is logged.
        logger.error(
            "Job %s failed with %s\n%s",
            job.pk,
            type(error).__name__,
            "".join(traceback.format_tb(error.__traceback__)),
        )
        trouble, detail = _trouble_of(error)
        _end(job, Status.FAILED, trouble, detail)
    except BaseException:
        release(job)
        raise


def _source_changed_at(job: TranslationJob) -> Any:
    return localize.get_translation(job.translation_id).source.last_updated_at


def _is_locked(job: TranslationJob) -> bool:
    """Return whether a lock keeps who asked for a job from changing the piece."""
    target = localize.target_of(localize.get_translation(job.translation_id))
    return target is not None and piece_of(target).is_locked_for(job.requested_by)


def claim(job_id: int) -> TranslationJob | None:
    """Take a job that waits, or whose worker gave no sign of life; None when there is nothing to take."""
    now = timezone.now()
    waiting = models.Q(status=Status.QUEUED) | models.Q(status=Status.RUNNING, lease_until__lt=now)
    token = uuid.uuid4()
    taken = (
        TranslationJob.objects.filter(waiting, pk=job_id, attempts__lt=conf.job_attempts)
    ).update(
        status=Status.RUNNING,
        token=token,
        lease_until=_lease(now),
        attempts=models.F("attempts") + 1,
        started_at=Coalesce("started_at", models.Value(now)),
    )
    if not taken:
        _give_up(waiting, job_id)
        return None
    job = TranslationJob.objects.select_related("requested_by").get(pk=job_id)
    touch_job(job)
    return job


def _give_up(waiting: models.Q, job_id: int) -> None:
    """End a job that was interrupted too often."""
    given_up = TranslationJob.objects.filter(
        waiting, pk=job_id, attempts__gte=conf.job_attempts
    ).update(
        status=Status.FAILED,
        token=None,
        finished_at=timezone.now(),
        trouble=Trouble.INTERRUPTED,
    )
    if given_up:
        touch_job(job_id)
        _tell(job_id)


def extend(job: TranslationJob, **changes: Any) -> None:
    """Show a sign of life and save changes of the job in the same statement.

    Raises `LeaseLost` when another worker holds the job; inside a transaction this undoes what
    the worker was about to save.
    """
    held = TranslationJob.objects.filter(pk=job.pk, token=job.token, status=Status.RUNNING)
    if not held.update(lease_until=_lease(timezone.now()), **changes):
        raise LeaseLost


def release(job: TranslationJob) -> None:
    """Put a job back in the queue's state, so that the next wake-up call goes on with it."""
    TranslationJob.objects.filter(pk=job.pk, token=job.token, status=Status.RUNNING).update(
        status=Status.QUEUED, token=None, lease_until=None
    )
    touch_job(job)


def finish(job: TranslationJob) -> None:
    """End a job with a draft of the page as far as it goes."""
    status, trouble, detail = Status.DONE, "", ""
    if job.failures:
        status = Status.PARTIAL if job.done else Status.FAILED
    with transaction.atomic():
        # Holds the row, so that nobody takes the job over while the draft is made.
        extend(job)
        if job.done and _is_locked(job):
            # Locked while the engines were at work: what they said is kept, the draft stays.
            status, trouble = Status.PARTIAL, Trouble.LOCKED
        elif job.done:
            translation = localize.get_translation(job.translation_id)
            try:
                with transaction.atomic():
                    revision = build_draft(translation, user=job.requested_by, is_only_new=True)
                    trust(translation, revision)
            except ValidationError as error:
                status = Status.PARTIAL
                trouble, detail = _trouble_of(error)
        _end(job, status, trouble, detail)


def _end(job: TranslationJob, status: str, trouble: str = "", detail: str = "") -> None:
    of_job = TranslationJob.objects.filter(pk=job.pk, token=job.token, status=Status.RUNNING)
    ended = of_job.update(
        status=status,
        trouble=trouble,
        trouble_detail=detail,
        token=None,
        lease_until=None,
        finished_at=timezone.now(),
    )
    touch_job(job)
    if ended:
        _tell(job.pk)


def _tell(job_id: int) -> None:
    """Write down what the machine did, and have people told how the job ended."""
    record.note_machine(job_id)
    deeds.tell_of_job(job_id)


def overdue() -> models.QuerySet[TranslationJob]:
    """Return the jobs that seem forgotten, oldest call first.

    Their worker was killed, or their wake-up call got lost. Each turns up once a minute at most.
    """
    now = timezone.now()
    called_before = now - timedelta(seconds=LOST_CALL_SECONDS)
    return TranslationJob.objects.filter(
        models.Q(status=Status.QUEUED) | models.Q(status=Status.RUNNING, lease_until__lt=now),
        models.Q(woken_at__lt=called_before)
        | models.Q(woken_at=None, created_at__lt=called_before),
    ).order_by("woken_at", "pk")


def _lease(now: Any) -> Any:
    return now + timedelta(seconds=conf.job_lease_seconds)


def _trouble_of(error: Exception) -> tuple[str, str]:
    match error:
        case ValidationError():
            return Trouble.INVALID_DRAFT, " ".join(
                f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
            ) if hasattr(error, "error_dict") else " ".join(error.messages)
        case localize.SourceDeletedError():
            return Trouble.SOURCE_DELETED, ""
        case models.ObjectDoesNotExist():
            return Trouble.TARGET_DELETED, ""
        case _:
            return Trouble.UNEXPECTED, ""
