"""`manage.py newsroom_prune_memory --older-than DAYS`: lets old entries of the memory go."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...desk.models import MemoryEntry
from ...desk.prune import prune

_ALL = "all"


def _days(value: str) -> timedelta:
    try:
        days = int(value)
        if days < 1:
            raise ValueError
        return timedelta(days=days)
    except (ValueError, OverflowError) as error:
        raise ArgumentTypeError(f"{value!r} is not a number of days") from error


class Command(BaseCommand):
    """Deletes nothing that people approved unless it is asked to."""

    help = "Deletes old entries of the translation memory, imported ones unless told otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the age and the origin."""
        parser.add_argument(
            "--older-than",
            type=_days,
            required=True,
            metavar="DAYS",
            help="Entries that were neither approved nor imported nor edited for so many days.",
        )
        parser.add_argument(
            "--origin",
            choices=[*MemoryEntry.Origin.values, _ALL],
            default=MemoryEntry.Origin.IMPORTED.value,
            help="How the entries got into the memory (default: imported).",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Count the entries, and delete nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prunes the memory and says how much went."""
        origin = None if options["origin"] == _ALL else options["origin"]
        count = prune(options["older_than"], origin=origin, dry_run=options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(
                ngettext(
                    "%(count)d entry would be deleted.",
                    "%(count)d entries would be deleted.",
                    count,
                )
                % {"count": count}
            )
            return
        self.stdout.write(
            self.style.SUCCESS(
                ngettext("%(count)d entry was deleted.", "%(count)d entries were deleted.", count)
                % {"count": count}
            )
        )
