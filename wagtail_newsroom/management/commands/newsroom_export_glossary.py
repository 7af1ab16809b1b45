"""`manage.py newsroom_export_glossary FILE`: writes the glossary to a CSV file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...desk.glossary_csv import write_terms


class Command(BaseCommand):
    """Exports the whole glossary; a file that exists is not written over."""

    help = "Writes the glossary to a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file's path."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file and says how much it holds."""
        try:
            with options["file"].open("xb") as file:
                count = write_terms(file)
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(reason)s") % {"reason": error.strerror}
            ) from error
        self.stdout.write(
            self.style.SUCCESS(
                ngettext("%(count)d term was written.", "%(count)d terms were written.", count)
                % {"count": count}
            )
        )
