"""`newsroom_resume`: calls again for jobs that nobody works on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...desk import actions, deeds, onpublish, webhook


class Command(BaseCommand):
    """Queues jobs, and events for the webhook, whose worker was killed or whose call got lost."""

    help = _("Queues translation jobs again whose worker was killed.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queues them and says how many."""
        count = actions.resume_jobs(at_most=1000)
        webhook.resume(at_most=1000)
        deeds.resume(at_most=1000)
        # What a worker was killed over between a job's end and its publication.
        onpublish.publish_finished()
        self.stdout.write(
            ngettext("%(count)d job was queued again.", "%(count)d jobs were queued again.", count)
            % {"count": count}
        )
