"""`manage.py newsroom_export_record FILE`: writes the record of human review to a CSV file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...desk.record_csv import write_record


class Command(BaseCommand):
    """Exports who asked, translated, edited, approved and published; writes over no file."""

    help = "Writes the record of human review to a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file's path, a language and days."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", default="")
        parser.add_argument("--since", type=date.fromisoformat)
        parser.add_argument("--until", type=date.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file and says how much it holds."""
        try:
            with options["file"].open("xb") as file:
                count = write_record(
                    file,
                    language=options["language"],
                    since=options["since"],
                    until=options["until"],
                )
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(reason)s") % {"reason": error.strerror}
            ) from error
        self.stdout.write(
            self.style.SUCCESS(
                ngettext("%(count)d entry was written.", "%(count)d entries were written.", count)
                % {"count": count}
            )
        )
