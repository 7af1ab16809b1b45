"""The webhook: signed, in the background, again when it fails, silent about hidden titles."""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import formatdate
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from tests.docs.reading import DOCS, code_of, run_code
from wagtail_newsroom.checks import check_webhook
from wagtail_newsroom.desk import actions, localize, state_rows, webhook
from wagtail_newsroom.desk.events import Event
from wagtail_newsroom.models import ArticlePage, WebhookDelivery
from wagtail_newsroom.tasks import deliver_to_webhook

from .listener import Listener, listening

SECRET = "a secret of the newsroom and the chat"
SIGNED = ("X-Newsroom-Timestamp", "X-Newsroom-Signature")


@pytest.fixture
def hook(settings: Any) -> Iterator[Listener]:
    """A receiver that the site tells."""
    with listening() as listener:
        settings.WAGTAIL_NEWSROOM_WEBHOOK_URL = listener.url
        settings.WAGTAIL_NEWSROOM_WEBHOOK_SECRET = SECRET
        yield listener


@pytest.fixture
def drafted(article: ArticlePage, paper: SimpleNamespace, translator: User, run_jobs: Any) -> Any:
    """The Persian translation of an article that the translator asked for."""
    actions.request_translation(article, paper.persian, user=translator)
    run_jobs()
    state_rows.refresh([article.translation_key])
    return localize.translations_of(article).get()


@pytest.fixture
def delivery(hook: Listener, drafted: Any, article: ArticlePage, editor: User) -> WebhookDelivery:
    """An approval that is still to be told."""
    event = Event(
        "approved",
        str(article.translation_key),
        drafted.target_locale_id,
        "2030-01-01T10:00:00+00:00",
        person_id=str(editor.pk),
    )
    kept = webhook.keep(event)
    assert kept is not None
    return kept


def due(delivery: WebhookDelivery) -> WebhookDelivery:
    """Let an event be due now."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now())
    delivery.refresh_from_db()
    return delivery


def test_an_event_is_put_in_the_queue_after_the_commit_and_sent_by_the_task(
    hook: Listener,
    drafted: Any,
    article: ArticlePage,
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        actions.approve(drafted, user=editor)
    assert not WebhookDelivery.objects.exists()
    for callback in callbacks:
        callback()
    # Neither the action nor the commit spoke to the network.
    assert hook.heard == []
    (task,) = DBTaskResult.objects.filter(task_path__endswith="deliver_to_webhook")
    deliver_to_webhook.func(*task.args_kwargs["args"])
    (body,) = hook.bodies
    delivery = WebhookDelivery.objects.get()
    assert delivery.delivered_at is not None
    assert delivery.outcome == "HTTP 204"
    url = f"http://testserver/admin/newsroom/translations/{drafted.pk}/"
    assert body == {
        "id": str(delivery.uuid),
        "event": "approved",
        "at": delivery.event["at"],
        "text": f"editor approved “The river rises” in Persian. {url}",
        "is_urgent": False,
        "piece": {
            "key": str(article.translation_key),
            "title": "The river rises",
            "translated_title": body["piece"]["translated_title"],
            "from": "en",
            "into": "fa",
            "state": body["piece"]["state"],
            "url": url,
        },
        "person": {"name": "editor"},
        "to": None,
        "job": None,
    }
    assert "3.5" not in str(body)


def test_signature_is_that_of_the_time_and_the_body(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    assert webhook.deliver(delivery.pk) is None
    ((headers, body),) = hook.heard
    timestamp = headers["x-newsroom-timestamp"]
    assert abs(time.time() - int(timestamp)) < 60
    wanted = hmac.new(SECRET.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["x-newsroom-signature"] == f"sha256={wanted}"
    assert headers["x-newsroom-event"] == "approved"
    assert headers["x-newsroom-delivery"] == str(delivery.uuid)
    assert headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 500}, "HTTP 500"),
        ({"status": 503}, "HTTP 503"),
        ({"cuts": True}, "ConnectionError"),
        ({"seconds": 1.5}, "ReadTimeout"),
    ],
)
def test_what_does_not_arrive_is_tried_again(
    fault: dict[str, Any],
    outcome: str,
    hook: Listener,
    delivery: WebhookDelivery,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT", (1, 0.5))
    for name, value in fault.items():
        setattr(hook, name, value)
    before = timezone.now()
    with caplog.at_level(logging.WARNING, logger="wagtail_newsroom"):
        again = webhook.deliver(delivery.pk)
    assert again is not None
    assert timedelta(seconds=29) < again - before < timedelta(seconds=40)
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.outcome, delivery.delivered_at) == (1, outcome, None)
    assert outcome in caplog.text
    for secret in ("river", "hidden", SECRET):
        assert secret not in caplog.text
    hook.status, hook.cuts, hook.seconds = 200, False, 0
    # Not before its time.
    assert webhook.deliver(delivery.pk) is None
    assert len(hook.heard) == 1
    assert webhook.deliver(due(delivery).pk) is None
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None
    assert [body["id"] for body in hook.bodies] == [str(delivery.uuid)] * 2


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ("600", 599, 605),
        ("5", 29, 35),
        ("999999999999", 86399, 86405),
        ("nonsense", 29, 35),
        ("date", 295, 305),
    ],
)
def test_a_pause_that_the_receiver_asks_for_is_kept(
    asked: str, low: int, high: int, hook: Listener, delivery: WebhookDelivery
) -> None:
    hook.status = 429
    hook.headers = {
        "Retry-After": formatdate(time.time() + 300, usegmt=True) if asked == "date" else asked
    }
    before = timezone.now()
    again = webhook.deliver(delivery.pk)
    assert again is not None
    assert low <= (again - before).total_seconds() <= high


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410])
def test_a_refusal_that_will_not_pass_is_not_repeated(
    status: int, hook: Listener, delivery: WebhookDelivery, caplog: pytest.LogCaptureFixture
) -> None:
    hook.status = status
    hook.headers = {"Location": hook.url}
    with caplog.at_level(logging.ERROR, logger="wagtail_newsroom"):
        assert webhook.deliver(delivery.pk) is None
    delivery.refresh_from_db()
    assert (delivery.next_try_at, delivery.delivered_at) == (None, None)
    assert len(hook.heard) == 1
    assert f"HTTP {status}" in caplog.text
    assert "127.0.0.1" in caplog.text
    assert "hidden" not in caplog.text


def test_an_event_is_given_up_after_the_last_attempt(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    hook.status = 502
    for _attempt in webhook.WAITS:
        assert webhook.deliver(due(delivery).pk) is not None
    assert webhook.deliver(due(delivery).pk) is None
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.next_try_at) == (len(webhook.WAITS) + 1, None)
    assert webhook.deliver(delivery.pk) is None
    assert len(hook.heard) == len(webhook.WAITS) + 1


def test_an_event_whose_worker_died_each_time_is_given_up(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    WebhookDelivery.objects.update(attempts=len(webhook.WAITS) + 1)
    assert webhook.deliver(delivery.pk) is None
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.next_try_at) == ("given up", None)
    assert hook.heard == []


def test_a_retry_is_put_in_the_queue_for_its_time(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    DBTaskResult.objects.all().delete()
    hook.status = 500
    deliver_to_webhook.func(delivery.pk)
    (task,) = DBTaskResult.objects.filter(task_path__endswith="deliver_to_webhook")
    delivery.refresh_from_db()
    assert task.run_after == delivery.next_try_at


def test_an_event_whose_call_got_lost_is_called_again_once_a_minute(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    def waiting() -> int:
        return DBTaskResult.objects.filter(task_path__endswith="deliver_to_webhook").count()

    assert webhook.resume() == 0
    WebhookDelivery.objects.update(next_try_at=timezone.now() - timedelta(minutes=5))
    call_command("newsroom_resume")
    assert waiting() == 1
    assert webhook.resume() == 0
    assert webhook.deliver(delivery.pk) is None
    assert len(hook.heard) == 1


@pytest.mark.parametrize("how", ["embargoed", "private", "private translation"])
def test_titles_of_what_readers_may_not_see_are_left_out(
    how: str, hook: Listener, delivery: WebhookDelivery, article: ArticlePage, drafted: Any
) -> None:
    target = localize.target_of(drafted)
    match how:
        case "embargoed":
            ArticlePage.objects.filter(pk=article.pk).update(
                embargoed_until=timezone.now() + timedelta(days=1)
            )
        case "private":
            PageViewRestriction.objects.create(page=article, restriction_type="login")
        case _:
            PageViewRestriction.objects.create(page=target, restriction_type="login")
    webhook.deliver(delivery.pk)
    ((_headers, body),) = hook.heard
    (told,) = hook.bodies
    assert (told["piece"]["title"], told["piece"]["translated_title"]) == (None, None)
    assert "[title withheld]" in told["text"]
    assert "river" not in body.decode()


def test_signs_of_chat_tools_in_a_title_are_harmless(
    hook: Listener, delivery: WebhookDelivery, article: ArticlePage
) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(draft_title="<!channel> & more")
    state_rows.refresh([article.translation_key])
    webhook.deliver(delivery.pk)
    (told,) = hook.bodies
    assert "&lt;!channel&gt; &amp; more" in told["text"]
    assert told["piece"]["title"] == "<!channel> & more"


@pytest.mark.parametrize("missing", ["URL", "SECRET"])
def test_without_an_address_or_a_secret_nothing_is_kept(
    missing: str, hook: Listener, delivery: WebhookDelivery, settings: Any
) -> None:
    setattr(settings, f"WAGTAIL_NEWSROOM_WEBHOOK_{missing}", "")
    assert webhook.keep(Event.from_dict(delivery.event)) is None
    assert webhook.deliver(delivery.pk) is None
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.next_try_at) == ("switched off", None)
    assert hook.heard == []


@pytest.mark.parametrize(
    ("url", "secret", "is_sound"),
    [
        ("", "", True),
        ("https://chat.example.org/hook", SECRET, True),
        ("https://chat.example.org/hook", "short", False),
        ("chat.example.org/hook", SECRET, False),
        ("ftp://chat.example.org", SECRET, False),
        ("http://[broken", SECRET, False),
    ],
)
def test_settings_that_cannot_be_used_are_a_system_check(
    url: str, secret: str, is_sound: bool, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_WEBHOOK_URL = url
    settings.WAGTAIL_NEWSROOM_WEBHOOK_SECRET = secret
    found = [message.id for message in check_webhook()]
    assert found == ([] if is_sound else ["wagtail_newsroom.E035"])


def test_recipe_of_the_how_to_tells_ours_from_others(
    hook: Listener, delivery: WebhookDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = DOCS / "how-to" / "notifications.md"
    (number,) = (
        number
        for number, code in enumerate(code_of(page, "python"))
        if "def is_from_newsroom" in code.text
    )
    is_from_newsroom = run_code(page, number=number).is_from_newsroom
    webhook.deliver(delivery.pk)
    ((lowered, body),) = hook.heard
    headers = {name: lowered[name.lower()] for name in SIGNED}
    assert is_from_newsroom(headers, body, SECRET)
    assert not is_from_newsroom(headers, body + b" ", SECRET)
    assert not is_from_newsroom(headers, body, SECRET + "x")
    assert not is_from_newsroom({}, body, SECRET)
    assert not is_from_newsroom({**headers, "X-Newsroom-Signature": "sha256=é"}, body, SECRET)
    later = str(int(headers["X-Newsroom-Timestamp"]) + 1)
    assert not is_from_newsroom({**headers, "X-Newsroom-Timestamp": later}, body, SECRET)
    monkeypatch.setattr(time, "time", lambda: int(headers["X-Newsroom-Timestamp"]) + 301)
    assert not is_from_newsroom(headers, body, SECRET)


def test_what_came_of_events_is_forgotten_after_ninety_days_and_no_sooner(
    hook: Listener, delivery: WebhookDelivery
) -> None:
    event = delivery.event
    old, waiting, newer = (WebhookDelivery.objects.create(event=event) for _number in range(3))
    long_ago = timezone.now() - timedelta(days=91)
    WebhookDelivery.objects.filter(pk=old.pk).update(created_at=long_ago, next_try_at=None)
    WebhookDelivery.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    WebhookDelivery.objects.filter(pk=newer.pk).update(next_try_at=None)
    webhook.deliver(delivery.pk)
    left = set(WebhookDelivery.objects.values_list("pk", flat=True))
    assert left == {delivery.pk, waiting.pk, newer.pk}
