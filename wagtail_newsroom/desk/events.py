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

What happens within `deeds.together` is one deed: people are told of it at once, by the signal
`gathered`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

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

    @classmethod
    def now(
        cls,
        kind: Kind,
        *,
        key: Any,
        locale_id: int,
        user: Any = None,
        to: Any = None,
        job_id: int | None = None,
    ) -> Event:
        """Returns what happens now; `user` is who does it, `to` who it is assigned to."""
        return cls(
            kind=kind.value,
            key=str(key),
            locale_id=locale_id,
            at=timezone.now().isoformat(timespec="seconds"),
            person_id=str(user.pk) if user is not None else "",
            to_id=str(to.pk) if to is not None else "",
            job_id=job_id,
        )

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


@dataclass
class Deed:
    """What somebody does to many pieces at once, while it is under way."""

    key: UUID = field(default_factory=uuid4)
    events: list[Event] = field(default_factory=list)
    """What people are to be told of, stored already."""
    has_jobs: bool = False
    """Whether it asked for translations."""


held: ContextVar[Deed | None] = ContextVar("newsroom_deed", default=None)
"""The deed that is under way, None where there is none."""


def tell(kind: Kind, *, to_people: bool = True, **news: Any) -> None:
    """Have the signals sent when the transaction ends, if it does not fail.

    `news` is what `Event.now` takes. `to_people` is off where people are told later.
    """
    event = Event.now(kind, **news)
    transaction.on_commit(
        partial(_spread, event, deed=held.get(), to_people=to_people), robust=True
    )


def hand_over(events: Sequence[Event]) -> None:
    """Have people told of events, if there are any."""
    if events:
        gathered.send_robust(sender=Event, events=tuple(events))


def _spread(event: Event, *, deed: Deed | None, to_people: bool) -> None:
    happened.send_robust(sender=Event, event=event)
    if not to_people:
        return
    if deed is None:
        hand_over([event])
    else:
        deed.events.append(event)
