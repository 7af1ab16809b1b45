"""`manage.py newsroom_setup`: makes what a newsroom needs and the site does not have yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...setup import set_up


class Command(BaseCommand):
    """Prints a line for each thing that it made; a second run makes nothing."""

    help = "Makes languages, home pages, news sections and groups that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sets the newsroom up and says what was done."""
        report = set_up()
        for sentence in report.made:
            self.stdout.write(self.style.SUCCESS(sentence))
        for sentence in report.notes:
            self.stdout.write(self.style.WARNING(sentence))
        if not report.made:
            self.stdout.write(_("Nothing was missing; nothing was changed."))
