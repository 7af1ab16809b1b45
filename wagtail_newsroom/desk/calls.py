"""Wake-up calls for jobs; what puts them in a queue stands above the desk and registers here."""

from __future__ import annotations

from typing import Any, Protocol

from .models import TranslationJob


class Queue(Protocol):
    """What the desk needs of a queue."""

    def wake(self, job_id: int) -> None:
        """Puts a call for a job in the queue."""

    def is_waiting(self, job: TranslationJob) -> bool:
        """Returns whether a job's last call is known to wait still."""

    def translate(self, instance: Any) -> None:
        """Puts a call for the translations of a published piece in the queue."""


_registered: list[Queue] = []


def register(queue: Queue) -> None:
    """Set the queue that calls go to."""
    _registered[:] = [queue]


def wake(job_id: int) -> None:
    """Put a wake-up call for a job in the queue."""
    for queue in _registered:
        queue.wake(job_id)


def translate(instance: Any) -> None:
    """Put a call for the translations of a published piece in the queue."""
    for queue in _registered:
        queue.translate(instance)


def is_waiting(job: TranslationJob) -> bool:
    """Return whether a job's last call is known to wait in the queue still."""
    return any(queue.is_waiting(job) for queue in _registered)
