"""`manage.py load_example`: the newspaper's pages, pictures, people and memory."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wagtail_newsroom.exceptions import NewsroomError

from ...content import read_newspaper
from ...newspaper import load


class Command(BaseCommand):
    """Loads the example newspaper; harmless to run again."""

    help = "Loads the example newspaper. Running it again makes only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the newspaper and tell each step."""
        if not settings.DEBUG:
            raise CommandError(
                "The example brings accounts whose passwords everybody knows, "
                "so it is loaded only while DEBUG is on."
            )
        try:
            load(read_newspaper(), tell=self.stdout.write)
            self.index()
        except (LookupError, NewsroomError) as error:
            raise CommandError(f"The example could not be loaded: {error}") from error

    def index(self) -> None:
        """Write the search index now.

        Else some hundred of Wagtail's index tasks would stand before the first translation.
        """
        waiting = DBTaskResult.objects.filter(
            status=TaskResultStatus.READY, task_path__startswith="wagtail."
        ) | DBTaskResult.objects.filter(
            status=TaskResultStatus.READY, task_path__startswith="modelsearch."
        )
        if waiting.exists():
            call_command("update_index", verbosity=0)
            waiting.delete()
