"""What happens at the desk, told to whoever listens: notifications, the webhook, a site's own code.

Actions and jobs call `tell`; when their transaction ends, the signal `happened` is sent with the
event. A site may listen too:

    from django.dispatch import receiver
    from wagtail_newsroom.desk.events import Kind, happened

    @receiver(happened)
    def congratulate(sender, event, **kwargs):
        if event.kind == Kind.APPROVED:
            ...

Receivers run after the commit, perhaps in an editor's request; what takes long belongs in a task.
An error in one is logged and stops neither the action nor the others.

What happens within `together` is one deed: people are told of it at once, by the signal `gathered`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.dispatch import Signal
from django.utils import timezone

from .models import TranslationJob
from .state_models import PieceState

happened = Signal()
"""Sent with `event`, an `Event`, after the commit."""

gathered = Signal()
"""Sent with `events`, all of one deed, after the commit; one alone where nothing holds them together."""

_held: ContextVar[list[Event] | None] = ContextVar("newsroom_events", default=None)
"""The events of the deed that is under way, None where there is none."""


class Kind(TextChoices):
    """What can happen; each is also a field of `NotificationPreferences`."""

    JOB_DONE = "job_done"
    JOB_FAILED = "job_failed"
    ASSIGNED = "assigned"
    SOURCE_CHANGED = "source_changed"
    APPROVED = "approved"


@dataclass(frozen=True)
class Event:
    """One event, in plain values that can be put in a queue."""

    kind: str
    key: str
    """The `translation_key` of the piece."""
    locale_id: int
    """The language that it is about."""
    at: str
    """When it happened, in ISO 8601."""
    person_id: str = ""
    """The key of who did it; empty for a machine or the site itself."""
    to_id: str = ""
    """The key of who it was assigned to."""
    job_id: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Returns the event for a queue."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Event:
        """Returns the event that a queue held."""
        return cls(**values)

    def row(self) -> PieceState | None:
        """Returns the row of the piece in the list, with what is told of it; None if it is gone."""
        return rows_of([self]).get((self.key, self.locale_id))

    def job(self) -> TranslationJob | None:
        """Returns the job that it is about, if there is one still."""
        if self.job_id is None:
            return None
        jobs = TranslationJob.objects.select_related("requested_by")
        return jobs.filter(pk=self.job_id).first()


def rows_of(events: Iterable[Event]) -> dict[tuple[str, int], PieceState]:
    """Return the rows of the pieces in the list, by key and language, in one query."""
    wanted = {(event.key, event.locale_id) for event in events}
    rows = PieceState.objects.filter(
        translation_key__in={key for key, _locale in wanted},
        locale__in={locale for _key, locale in wanted},
    )
    found = rows.select_related("locale", "source_locale", "assigned_to")
    return {(str(row.translation_key), row.locale_id): row for row in found}


def tell(
    kind: Kind,
    *,
    key: Any,
    locale_id: int,
    user: Any = None,
    to: Any = None,
    job_id: int | None = None,
) -> None:
    """Have the signals sent when the transaction ends, if it does not fail."""
    event = Event(
        kind=kind.value,
        key=str(key),
        locale_id=locale_id,
        at=timezone.now().isoformat(timespec="seconds"),
        person_id=str(user.pk) if user is not None else "",
        to_id=str(to.pk) if to is not None else "",
        job_id=job_id,
    )
    transaction.on_commit(partial(_spread, event, _held.get()), robust=True)


@contextmanager
def together() -> Iterator[None]:
    """Have people told at once of all that happens within, whatever ends it.

    What was rolled back is not told of. Within another it makes no difference.
    """
    if _held.get() is not None:
        yield
        return
    events: list[Event] = []
    token = _held.set(events)
    try:
        yield
    finally:
        _held.reset(token)
        # Where all of it is in one transaction, its events are told when that ends, in this order.
        transaction.on_commit(partial(_hand_over, events), robust=True)


def _spread(event: Event, held: list[Event] | None) -> None:
    happened.send_robust(sender=Event, event=event)
    if held is None:
        _hand_over([event])
    else:
        held.append(event)


def _hand_over(events: Sequence[Event]) -> None:
    if events:
        gathered.send_robust(sender=Event, events=tuple(events))


def tell_of_job(job_id: int) -> None:
    """Tell how a job ended."""
    job = (
        TranslationJob.objects.filter(pk=job_id)
        .values("status", "translation__source__object_id", "translation__target_locale_id")
        .first()
    )
    if job is None:
        return
    is_done = job["status"] == TranslationJob.Status.DONE
    tell(
        Kind.JOB_DONE if is_done else Kind.JOB_FAILED,
        key=job["translation__source__object_id"],
        locale_id=job["translation__target_locale_id"],
        job_id=job_id,
    )
