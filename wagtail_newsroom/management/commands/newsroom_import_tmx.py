"""`manage.py newsroom_import_tmx FILE`: brings a TMX file into the translation memory."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...desk.memory import describe, import_tmx
from ...exceptions import BadFile


class Command(BaseCommand):
    """Imports all of the file or nothing of it."""

    help = "Brings a TMX file into the translation memory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file's path."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports the file and says what became of it."""
        try:
            with options["file"].open("rb") as file:
                result = import_tmx(file)
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(reason)s") % {"reason": error.strerror}
            ) from error
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(describe(result)))
