"""`manage.py newsroom_roles`: makes the groups of writers, translators, editors, engine managers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ...setup import Report, make_roles


class Command(BaseCommand):
    """Prints a line for each thing that it made; a second run makes nothing."""

    help = "Makes the groups of a newsroom's roles that are missing, with their rights."

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes languages, and whether editors are parted by them."""
        parser.add_argument(
            "--languages",
            nargs="+",
            metavar="CODE",
            help="The languages that get a group of translators; all by default.",
        )
        parser.add_argument(
            "--editors-by-language",
            action="store_true",
            help="Make a group of editors for each of these languages too.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the groups and says what was done."""
        codes = options["languages"]
        known = set(Locale.objects.values_list("language_code", flat=True))
        unknown = sorted(set(codes or ()) - known)
        if unknown:
            raise CommandError(
                _("The site has no such language: %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        report = Report()
        with transaction.atomic():
            make_roles(report, languages=codes, editors_by_language=options["editors_by_language"])
        for sentence in report.made:
            self.stdout.write(self.style.SUCCESS(sentence))
        if not report.made:
            self.stdout.write(_("Nothing was missing; nothing was changed."))
