"""Events told to an address of the site's choice, signed; in the background, again if need be.

The body is JSON, so that chat tools that read `text` can be told directly. It is signed with
HMAC-SHA256 over the time of sending, a full stop and the body, so that a receiver can tell ours
from another's, and a fresh message from one that was sent before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from django.db import models
from django.utils import timezone
from django.utils.translation import override

from ..conf import conf
from .event_words import Told, told
from .events import Event
from .notice_models import WebhookDelivery

logger = logging.getLogger("wagtail_newsroom")

TIMEOUT = (5, 15)
"""Seconds to connect, and to answer."""
WAITS = (30, 120, 600, 3600, 6 * 3600)
"""Seconds before each further attempt; after the last the event is given up."""
LONGEST_WAIT = 24 * 3600
"""The most seconds that a receiver may ask us to wait."""
SHORTEST_SECRET = 16
"""Characters that a secret has at least."""
LEASE = timedelta(minutes=2)
"""How long a worker has an event to itself."""
KEPT = timedelta(days=90)
"""How long it is kept what came of an event."""
LATE = timedelta(minutes=1)
"""After this time an event that is due gets another call."""
_PASSING = frozenset({408, 425, 429})
"""Refusals that may pass; any other below 500 will be the same the next time."""
_registered: list[Callable[[int], object]] = []
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def is_on() -> bool:
    """Return whether the site has an address that is told, and a secret to sign with."""
    return bool(conf.webhook_url and conf.webhook_secret)


def is_sound() -> bool:
    """Return whether the settings of the webhook can be used, or name none."""
    if not conf.webhook_url:
        return True
    try:
        parts = urlsplit(conf.webhook_url)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and len(conf.webhook_secret) >= SHORTEST_SECRET


def keep(event: Event) -> WebhookDelivery | None:
    """Store an event that is to be told; None where nobody is told anything."""
    return WebhookDelivery.objects.create(event=event.as_dict()) if is_on() else None


def signature_of(body: bytes, *, timestamp: str, secret: str) -> str:
    """Return the signature of a body, as it stands in the header `X-Newsroom-Signature`."""
    signed = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def deliver(pk: int) -> datetime | None:
    """Send one event that is due; returns when to try again, None when there is nothing more to do.

    Of several workers one sends it. What keeps it from arriving is stored and logged.
    """
    now = timezone.now()
    due = WebhookDelivery.objects.filter(pk=pk, next_try_at__lte=now)
    if not due.update(next_try_at=now + LEASE, attempts=models.F("attempts") + 1):
        return None
    delivery = WebhookDelivery.objects.get(pk=pk)
    if delivery.attempts > len(WAITS) + 1:
        # Its worker died each time.
        _end(delivery, "given up")
        return None
    news = told(Event.from_dict(delivery.event))
    if news is None or not is_on():
        _end(delivery, "gone" if news is None else "switched off")
        return None
    status, outcome, pause = _post(delivery, body_of(delivery, news))
    if 200 <= status < 300:
        _end(delivery, outcome, is_delivered=True)
        return None
    is_passing = not status or status >= 500 or status in _PASSING
    if not is_passing or delivery.attempts > len(WAITS):
        logger.error(
            "The webhook was not told of %s %s (%s), and will not be: attempt %s, %s",
            delivery.event["kind"],
            delivery.uuid,
            # Chat tools have their secret in the path.
            urlsplit(conf.webhook_url).hostname,
            delivery.attempts,
            outcome,
        )
        _end(delivery, outcome)
        return None
    again = timezone.now() + timedelta(seconds=max(WAITS[delivery.attempts - 1], pause))
    WebhookDelivery.objects.filter(pk=pk).update(next_try_at=again, outcome=outcome)
    logger.warning(
        "The webhook was not told of %s %s: attempt %s, %s; the next at %s",
        delivery.event["kind"],
        delivery.uuid,
        delivery.attempts,
        outcome,
        again.isoformat(timespec="seconds"),
    )
    return again


def body_of(delivery: WebhookDelivery, news: Told) -> bytes:
    """Return the JSON that tells an event, in the site's own language.

    No text of the article but its title, and not that where readers may not see it yet.
    """
    event, row, job = news.event, news.row, news.job
    with override(conf.language_code):
        words = news.words()
        person = {"name": news.values()["person"]} if news.person is not None else None
        to = {"name": news.values()["to"]} if news.to is not None else None
    body: dict[str, Any] = {
        "id": str(delivery.uuid),
        "event": event.kind,
        "at": event.at,
        "text": f"{words.sentence} {words.url}".translate(_ESCAPES),
        "is_urgent": news.is_urgent,
        "piece": {
            "key": event.key,
            "title": None if news.is_withheld else row.source_title,
            "translated_title": None if news.is_withheld else row.title or None,
            "from": row.source_locale.language_code,
            "into": row.locale.language_code,
            "state": row.state,
            "url": words.url,
        },
        "person": person,
        "to": to,
        "job": None
        if job is None
        else {"id": job.pk, "status": job.status, "passages": job.total, "failed": job.failed},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def register(wake: Callable[[int], object]) -> None:
    """Set what puts an event in the queue; it stands above the desk."""
    _registered[:] = [wake]


def resume(*, at_most: int = 20) -> int:
    """Call again for events whose call got lost, each once a minute at most; returns how many."""
    now = timezone.now()
    late = WebhookDelivery.objects.filter(next_try_at__lt=now - LATE)
    keys = list(late.order_by("next_try_at").values_list("pk", flat=True)[:at_most])
    WebhookDelivery.objects.filter(pk__in=keys, next_try_at__lt=now - LATE).update(next_try_at=now)
    for wake in _registered:
        for key in keys:
            wake(key)
    return len(keys)


def _end(delivery: WebhookDelivery, outcome: str, *, is_delivered: bool = False) -> None:
    WebhookDelivery.objects.filter(next_try_at=None, created_at__lt=timezone.now() - KEPT).delete()
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        next_try_at=None,
        outcome=outcome,
        delivered_at=timezone.now() if is_delivered else None,
    )


def _post(delivery: WebhookDelivery, body: bytes) -> tuple[int, str, int]:
    """Return the answer's status, 0 if none came, what came in words, and the pause it asks for."""
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "wagtail-newsroom",
        "X-Newsroom-Event": delivery.event["kind"],
        "X-Newsroom-Delivery": str(delivery.uuid),
        "X-Newsroom-Timestamp": timestamp,
        "X-Newsroom-Signature": signature_of(body, timestamp=timestamp, secret=conf.webhook_secret),
    }
    try:
        # The answer's body is of no interest, and a redirect would take the signature elsewhere.
        with requests.post(
            conf.webhook_url,
            data=body,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return (
                answer.status_code,
                f"HTTP {answer.status_code}",
                _pause(answer.headers.get("Retry-After", "")),
            )
    except requests.RequestException as error:
        return 0, type(error).__name__[:64], 0


def _pause(asked: str) -> int:
    """Return the seconds that a `Retry-After` asks for, within bounds."""
    asked = asked.strip()
    if asked.isascii() and asked.isdigit():
        return min(int(asked[:9]), LONGEST_WAIT)
    try:
        seconds = parsedate_to_datetime(asked).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return 0
    return int(min(max(seconds, 0), LONGEST_WAIT))
