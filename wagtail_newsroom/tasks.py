"""Background work: the task that a worker runs, and the call that wakes it.

Celery finds tasks only in a module of this name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from .articles import pictures
from .conf import conf
from .desk import actions, calls, deeds, jobs, notices, onpublish, probes, suggestions, webhook
from .desk.events import Event
from .desk.models import TranslationJob
from .desk.state_rows import refresh_trusted_below
from .publishing import indexnow

try:
    from django.tasks import task
except ImportError:  # Django < 6.0; Wagtail always installs the backport.
    from django_tasks import task  # type: ignore[no-redef]

LONGEST_WAIT = timedelta(hours=1)


def _declare(function: Any) -> Any:
    """Declare a task on the configured queue.

    A queue that does not exist would stop the site here; a system check tells instead.
    """
    try:
        return task(backend=conf.task_backend, queue_name=conf.task_queue)(function)
    except Exception:  # noqa: BLE001 - each backend raises its own kind
        return task()(function)


@_declare
def run_translation_job(job_id: int) -> None:
    """Work on a translation job until it ends."""
    actions.resume_jobs()
    webhook.resume()
    deeds.resume()
    jobs.run(job_id)
    onpublish.publish_finished()


@_declare
def translate_published(app_label: str, model_name: str, pk: str) -> int:
    """Have a piece that was published translated as its section says; returns the jobs."""
    piece = apps.get_model(app_label, model_name)._default_manager.filter(pk=pk).first()
    return len(onpublish.translate_published(piece)) if piece is not None else 0


@_declare
def refresh_trusted(page_id: int) -> int:
    """Derive the states of the trusted pieces of a section anew; returns how many there are."""
    section = Page.objects.filter(pk=page_id).first()
    return refresh_trusted_below(section) if section is not None else 0


@_declare
def make_suggestions(translation_id: int) -> int:
    """Ask engines for the suggestions of a translation that wait."""
    return suggestions.make(translation_id)


@_declare
def probe_engines(token: str, source: str, target: str) -> list[dict[str, Any]]:
    """Send each engine a tiny text, for the admin page that asked."""
    return probes.run(token, source, target)


@_declare
def tell_indexnow(urls: list[str]) -> None:
    """Tell search engines which addresses changed."""
    indexnow.submit(urls)


@_declare
def notify_people(*events: dict[str, Any]) -> int:
    """Send the e-mails of what one deed at the desk set off."""
    return notices.notify(*[Event.from_dict(event) for event in events])


@_declare
def deliver_to_webhook(delivery_id: int) -> None:
    """Tell the site's webhook of an event; what does not arrive is tried again later."""
    again = webhook.deliver(delivery_id)
    if again is not None and getattr(deliver_to_webhook.get_backend(), "supports_defer", False):
        deliver_to_webhook.using(run_after=again).enqueue(delivery_id)


def tell_people(events: Iterable[Event]) -> None:
    """Have people told of events by one task."""
    notify_people.enqueue(*[event.as_dict() for event in events])


def tell_webhook(event: Event) -> None:
    """Have the webhook told of an event by a task of its own."""
    delivery = webhook.keep(event)
    if delivery is not None:
        deliver_to_webhook.enqueue(delivery.pk)


@_declare
def make_renditions(page_id: int) -> int:
    """Make the sizes of a published piece's pictures, so that no reader waits for them."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    return pictures.make_renditions(page.specific) if page is not None else 0


class TaskQueue:
    """Calls for jobs in the queue that the site's `TASKS` setting names."""

    def wake(self, job_id: int) -> None:
        """Puts a call for a job in the queue."""
        of_job = TranslationJob.objects.filter(pk=job_id)
        of_job.update(woken_at=timezone.now())
        result = run_translation_job.enqueue(job_id)
        of_job.update(task_id=result.id)

    def translate(self, instance: Any) -> None:
        """Puts a call for the translations of a published piece in the queue."""
        options = instance._meta
        translate_published.enqueue(options.app_label, options.model_name, str(instance.pk))

    def is_waiting(self, job: TranslationJob) -> bool:
        """Returns whether the queue says that a job's last call still waits.

        Not every queue can tell, and one that lost a call never will, so after an hour the
        answer is no.
        """
        if not job.task_id or not job.woken_at or timezone.now() - job.woken_at > LONGEST_WAIT:
            return False
        try:
            result = run_translation_job.get_result(job.task_id)
        except Exception:  # noqa: BLE001 - each backend raises its own kind, or cannot tell
            return False
        return str(getattr(result.status, "name", result.status)) == "READY"


class ProbeTasks:
    """Tests of engines, in the same queue as jobs."""

    def ask(self, token: str, source: str, target: str) -> str:
        """Puts a test in the queue."""
        return str(probe_engines.enqueue(token, source, target).id)

    def answer(self, call: str) -> list[dict[str, Any]] | None:
        """Returns what a test returned, where the queue keeps it."""
        try:
            result = probe_engines.get_result(call)
            return result.return_value if result.is_finished else None
        except Exception:  # noqa: BLE001 - each backend raises its own kind
            return None


class SuggestionTasks:
    """Calls for suggestions, in the same queue as jobs."""

    def wake(self, translation_id: int) -> None:
        """Puts a call for a translation's suggestions in the queue."""
        make_suggestions.enqueue(translation_id)


calls.register(TaskQueue())
probes.register(ProbeTasks())
suggestions.register(SuggestionTasks())
webhook.register(deliver_to_webhook.enqueue)
