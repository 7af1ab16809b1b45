"""Events in words, in the active language: for e-mails, and for chat tools behind the webhook."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.utils import get_admin_base_url

from .events import Event, Kind, rows_of
from .explain import summarize
from .list_columns import desk_url
from .models import TranslationJob
from .pieces import piece_of
from .rows import engine_labels
from .state_models import PieceState
from .work import is_embargoed


@dataclass(frozen=True)
class Words:
    """What is told of an event."""

    subject: str
    sentence: str
    details: list[str]
    """More sentences, such as why passages failed; never article text."""
    url: str
    """Where the piece is seen to, in the admin."""


@dataclass(frozen=True)
class Told:
    """An event with the rows that it is told from."""

    event: Event
    row: PieceState
    job: TranslationJob | None
    person: Any
    """Who did it; None for a machine or the site itself."""
    to: Any
    """Who it was assigned to."""

    @cached_property
    def is_withheld(self) -> bool:
        """Whether the title may not leave the site, because readers may not see the piece yet."""
        return _is_withheld(self.row)

    @property
    def is_urgent(self) -> bool:
        """Whether a correction is missing."""
        return self.event.kind == Kind.SOURCE_CHANGED and self.row.is_urgent

    @property
    def title(self) -> str:
        """The original's title, or what stands in its place."""
        return gettext("[title withheld]") if self.is_withheld else self.row.source_title

    def url(self) -> str:
        """Returns where it is seen to, with the admin's host."""
        if self.job is not None:
            path = reverse("wagtail_newsroom_job", args=[self.job.pk])
        else:
            path = desk_url(self.row)
        return f"{get_admin_base_url() or ''}{path}"

    def words(self) -> Words:
        """Returns the event in the active language."""
        subject, sentence = _SENTENCES[Kind(self.event.kind)](self)
        return Words(subject, sentence, self._details(), self.url())

    def _details(self) -> list[str]:
        if self.job is None or self.event.kind != Kind.JOB_FAILED:
            return []
        trouble = [str(self.job.get_trouble_display())] if self.job.trouble else []
        return [*trouble, *summarize(self.job.failures, engine_labels())]

    def values(self) -> dict[str, str]:
        """Returns what the sentences name."""
        return {
            "title": self.title,
            "language": self.row.language,
            "person": name_of_person(self.person),
            "to": name_of_person(self.to),
        }


def told(event: Event) -> Told | None:
    """Return an event with its rows; None where the piece is gone."""
    return next(iter(told_of_many([event])), None)


def told_of_many(events: Sequence[Event]) -> list[Told]:
    """Return events with their rows, without those whose piece is gone; in three queries."""
    rows = rows_of(events)
    jobs: dict[Any, TranslationJob] = TranslationJob.objects.select_related("requested_by").in_bulk(
        {event.job_id for event in events if event.job_id is not None}
    )
    people = users({key for event in events for key in (event.person_id, event.to_id) if key})
    return [
        Told(
            event=event,
            row=row,
            job=jobs.get(event.job_id),
            person=people.get(event.person_id),
            to=people.get(event.to_id),
        )
        for event in events
        if (row := rows.get((event.key, event.locale_id))) is not None
    ]


def users(keys: Collection[Any]) -> dict[str, Any]:
    """Return people by their keys as texts, without those who are gone."""
    if not keys:
        return {}
    found = get_user_model()._default_manager.filter(pk__in=keys)
    return {str(user.pk): user for user in found}


def name_of_person(user: Any) -> str:
    """Return a person's name, or what stands for the site itself."""
    if user is None:
        return gettext("The site")
    return str(user.get_full_name() or user.get_username())


def _is_withheld(row: PieceState) -> bool:
    """Return whether an engine that is not private would not be shown the piece either."""
    source = row.source
    if source is None:
        return True
    versions = (source, row.target)
    return any(piece_of(one).is_private or is_embargoed(one) for one in versions if one is not None)


def _job_done(told: Told) -> tuple[str, str]:
    return (
        gettext("“%(title)s” is translated into %(language)s") % told.values(),
        gettext("The machine draft of “%(title)s” in %(language)s is there to be checked.")
        % told.values(),
    )


def _job_failed(told: Told) -> tuple[str, str]:
    job = told.job
    if job is not None and job.status == TranslationJob.Status.PARTIAL:
        return (
            gettext("“%(title)s” is only partly translated into %(language)s") % told.values(),
            gettext(
                "The translation of “%(title)s” into %(language)s has %(done)s of %(total)s passages."
            )
            % {**told.values(), "done": job.done, "total": job.total},
        )
    return (
        gettext("“%(title)s” could not be translated into %(language)s") % told.values(),
        gettext("The translation of “%(title)s” into %(language)s failed.") % told.values(),
    )


def _assigned(told: Told) -> tuple[str, str]:
    return (
        gettext("“%(title)s” in %(language)s is assigned to %(to)s") % told.values(),
        gettext("%(person)s assigned “%(title)s” in %(language)s to %(to)s.") % told.values(),
    )


def _source_changed(told: Told) -> tuple[str, str]:
    if told.is_urgent:
        return (
            gettext("Urgent: “%(title)s” was corrected; the %(language)s version is not")
            % told.values(),
            gettext(
                "The original of “%(title)s” has a correction that readers of the %(language)s "
                "version do not see yet."
            )
            % told.values(),
        )
    return (
        gettext("The original of “%(title)s” changed") % told.values(),
        gettext(
            "The original of “%(title)s” was published with other texts than those that the "
            "%(language)s version was made from."
        )
        % told.values(),
    )


def _approved(told: Told) -> tuple[str, str]:
    return (
        gettext("“%(title)s” is approved in %(language)s") % told.values(),
        gettext("%(person)s approved “%(title)s” in %(language)s.") % told.values(),
    )


_SENTENCES = {
    Kind.JOB_DONE: _job_done,
    Kind.JOB_FAILED: _job_failed,
    Kind.ASSIGNED: _assigned,
    Kind.SOURCE_CHANGED: _source_changed,
    Kind.APPROVED: _approved,
}
