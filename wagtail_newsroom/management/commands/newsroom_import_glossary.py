"""`manage.py newsroom_import_glossary FILE`: brings a CSV file into the glossary."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...desk.glossary_import import describe, import_terms, plan_import
from ...exceptions import NewsroomError


class Command(BaseCommand):
    """Imports all of the file or nothing of it."""

    help = "Brings a CSV file into the glossary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file's path."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports the file, or only looks at it, and says what became of it."""
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(reason)s") % {"reason": error.strerror}
            ) from error
        try:
            if not options["dry_run"]:
                self.stdout.write(self.style.SUCCESS(describe(import_terms(data))))
                return
            plan = plan_import(data)
        except NewsroomError as error:
            raise CommandError(str(error)) from error
        for problem in plan.errors:
            self.stdout.write(
                _("Line %(line)d: %(message)s") % {"line": problem.line, "message": problem.message}
            )
        self.stdout.write(
            _("New terms: %(new)d, changed: %(changed)d, as before: %(same)d, errors: %(errors)d.")
            % {
                "new": len(plan.new),
                "changed": len(plan.changed),
                "same": plan.same,
                "errors": len(plan.errors),
            }
        )
        if plan.errors:
            raise CommandError(_("The file cannot be imported as it is."))
