"""Who is told of an event by e-mail, and the e-mails: in the manner of Wagtail's own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import OpenedConnection
from wagtail.users.models import UserProfile

from ..conf import conf
from .event_words import Told, told
from .events import Event, Kind
from .list_access import visible_rows
from .models import Approval, TranslationJob
from .notice_models import NotificationPreferences

logger = logging.getLogger("wagtail_newsroom")

TEMPLATE = "wagtail_newsroom/notifications/event"
"""With `_subject.txt`, `.txt` and `.html`; override them as Wagtail's."""


def notify(event: Event) -> int:
    """Send an e-mail to each person whom an event concerns; returns how many were sent.

    A mail server that fails is logged, without titles and addresses, and never raised.
    """
    news = told(event)
    if news is None:
        return 0
    people = people_to_tell(news)
    if not people:
        return 0
    sent = 0
    try:
        with OpenedConnection(_connection()) as connection:
            for person in people:
                sent += _send(news, person, connection)
    except Exception as error:  # noqa: BLE001 - each mail backend raises its own kind
        logger.error("E-mails of the event %s were not sent: %s", event.kind, type(error).__name__)
    return sent


def people_to_tell(news: Told) -> list[Any]:
    """Return the people whom an event concerns, without who did it, who may not see it, or said no."""
    people = {person.pk: person for person in _concerned(news) if person is not None}
    people.pop(news.person.pk if news.person is not None else None, None)
    unwanted = set(
        NotificationPreferences.objects.filter(
            user__in=people, **{news.event.kind: False}
        ).values_list("user_id", flat=True)
    )
    return [
        person
        for key, person in people.items()
        if key not in unwanted
        and person.email
        and visible_rows(person).filter(pk=news.row.pk).exists()
    ]


def _concerned(news: Told) -> Iterator[Any]:
    """Yield the people whose piece it is, perhaps more than once."""
    row = news.row
    match news.event.kind:
        case Kind.ASSIGNED:
            yield news.to
        case Kind.JOB_DONE | Kind.JOB_FAILED:
            yield row.assigned_to
            yield news.job.requested_by if news.job is not None else None
        case Kind.APPROVED:
            yield row.assigned_to
            yield _asked(row.translation_id)
        case Kind.SOURCE_CHANGED:
            yield row.assigned_to
            yield _asked(row.translation_id)
            yield _approved(row.translation_id)


def _asked(translation: int | None) -> Any:
    jobs = TranslationJob.objects.filter(translation=translation, requested_by__isnull=False)
    job = jobs.select_related("requested_by").first()
    return job.requested_by if job is not None else None


def _approved(translation: int | None) -> Any:
    by_people = Approval.objects.filter(translation=translation, policy="")
    approvals = by_people.select_related("approved_by")
    approval = approvals.first()
    return approval.approved_by if approval is not None else None


def _connection() -> Any:
    """Return the way to the site's mail server; since Django 6.1 there is another name for it."""
    mailers = getattr(mail, "mailers", None)
    return mailers.default if mailers is not None else mail.get_connection()


def _send(news: Told, person: Any, connection: Any) -> int:
    try:
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            context = {"user": person, "words": news.words()}
            subject = " ".join(render_to_string(f"{TEMPLATE}_subject.txt", context).split())
            text = render_to_string(f"{TEMPLATE}.txt", context).strip()
            html = render_to_string(f"{TEMPLATE}.html", context) if conf.sends_html_mail else None
        # Sent as Wagtail sends its own; its `send_mail` takes connections in a way that is deprecated.
        letter = EmailMultiAlternatives(
            subject,
            text,
            from_email=conf.notification_from_email,
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        if html is not None:
            letter.attach_alternative(html, "text/html")
        return int(connection.send_messages([letter]) or 0)
    except Exception as error:  # noqa: BLE001 - each mail backend raises its own kind
        logger.error(
            "The e-mail of the event %s to user %s was not sent: %s",
            news.event.kind,
            person.pk,
            type(error).__name__,
        )
        return 0
