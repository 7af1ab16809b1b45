"""Who is told of an event by e-mail, and the e-mails: in the manner of Wagtail's own."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import OpenedConnection
from wagtail.users.models import UserProfile

from ..conf import conf
from .deed_words import ToldTogether
from .event_words import Told, told_of_many, users
from .events import Event, Kind
from .list_access import visible_rows
from .models import Approval, TranslationJob
from .notice_models import NotificationPreferences

logger = logging.getLogger("wagtail_newsroom")

TEMPLATE = "wagtail_newsroom/notifications/event"
"""With `_subject.txt`, `.txt` and `.html`; override them as Wagtail's."""
TEMPLATE_OF_MANY = "wagtail_newsroom/notifications/events"
"""The same for many events that one person, or the site, set off together."""


def notify(*events: Event) -> int:
    """Send e-mails to the people whom events of one deed concern; returns how many were sent.

    Each person gets one for each kind of event. A mail server that fails is logged, without titles
    and addresses, and never raised.
    """
    letters = letters_for(told_of_many(events))
    if not letters:
        return 0
    sent = 0
    try:
        with OpenedConnection(_connection()) as connection:
            for person, news in letters:
                sent += _send(news, person, connection)
    except Exception as error:  # noqa: BLE001 - each mail backend raises its own kind
        kinds = ", ".join(sorted({event.kind for event in events}))
        logger.error("E-mails of the event %s were not sent: %s", kinds, type(error).__name__)
    return sent


def letters_for(news: Sequence[Told]) -> list[tuple[Any, list[Told]]]:
    """Return who is to be told of what in one e-mail, which is of one kind and one person's deed.

    Nobody is told of their own deed, of what they may not see, or of what they said no to.
    """
    people: dict[Any, Any] = {}
    concerns: dict[Any, dict[tuple[str, str], dict[int, Told]]] = {}
    involved = _Involved(news)
    for one in news:
        for person in involved.concerned(one):
            if person is not None and str(person.pk) != one.event.person_id and person.email:
                people[person.pk] = person
                of_deed = one.event.kind, one.event.person_id
                concerns.setdefault(person.pk, {}).setdefault(of_deed, {})[one.row.pk] = one
    wishes = {
        wish.user_id: wish for wish in NotificationPreferences.objects.filter(user__in=people)
    }
    letters = []
    for pk, person in people.items():
        wanted = [
            list(by_row.values())
            for (kind, _who), by_row in concerns[pk].items()
            if getattr(wishes.get(pk), kind, True)
        ]
        rows = {one.row.pk for letter in wanted for one in letter}
        seen = set(visible_rows(person).filter(pk__in=rows).values_list("pk", flat=True))
        visible = [[one for one in letter if one.row.pk in seen] for letter in wanted]
        letters += [(person, letter) for letter in visible if letter]
    return letters


class _Involved:
    """The people whose pieces some events are about, looked up for all of them at once."""

    def __init__(self, news: Sequence[Told]) -> None:
        asked = _translations(news, Kind.APPROVED, Kind.SOURCE_CHANGED)
        jobs = TranslationJob.objects.filter(requested_by__isnull=False)
        self._asked = _last(jobs, "requested_by", asked)
        changed = _translations(news, Kind.SOURCE_CHANGED)
        self._approved = _last(Approval.objects.filter(policy=""), "approved_by", changed)

    def concerned(self, news: Told) -> Iterator[Any]:
        """Yields the people whose piece it is, perhaps more than once."""
        row = news.row
        match news.event.kind:
            case Kind.ASSIGNED:
                yield news.to
            case Kind.JOB_DONE | Kind.JOB_FAILED:
                yield row.assigned_to
                yield news.job.requested_by if news.job is not None else None
            case Kind.APPROVED:
                yield row.assigned_to
                yield self._asked.get(row.translation_id)
            case Kind.SOURCE_CHANGED:
                yield row.assigned_to
                yield self._asked.get(row.translation_id)
                yield self._approved.get(row.translation_id)


def _translations(news: Sequence[Told], *kinds: Kind) -> set[int]:
    return {
        one.row.translation_id
        for one in news
        if one.event.kind in kinds and one.row.translation_id is not None
    }


def _last(rows: QuerySet[Any], field: str, translations: Collection[int]) -> dict[Any, Any]:
    """Return who did it last for each translation; rows come with the newest first."""
    if not translations:
        return {}
    keys: dict[int, Any] = {}
    of_these = rows.filter(translation__in=translations)
    for translation, person in of_these.values_list("translation_id", f"{field}_id"):
        keys.setdefault(translation, person)
    people = users({key for key in keys.values() if key is not None})
    return {translation: people.get(str(key)) for translation, key in keys.items()}


def _connection() -> Any:
    """Return the way to the site's mail server; since Django 6.1 there is another name for it."""
    mailers = getattr(mail, "mailers", None)
    return mailers.default if mailers is not None else mail.get_connection()


def _send(news: list[Told], person: Any, connection: Any) -> int:
    is_one = len(news) == 1
    told, template = (news[0], TEMPLATE) if is_one else (ToldTogether(news), TEMPLATE_OF_MANY)
    try:
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            context = {"user": person, "words": told.words()}
            subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
            text = render_to_string(f"{template}.txt", context).strip()
            html = render_to_string(f"{template}.html", context) if conf.sends_html_mail else None
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
            news[0].event.kind,
            person.pk,
            type(error).__name__,
        )
        return 0
