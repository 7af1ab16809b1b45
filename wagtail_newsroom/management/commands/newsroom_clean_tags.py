"""Deletes tags that are on no piece, in no draft and in no older version."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...articles.tag_orphans import delete_orphans, find_orphans


class Command(BaseCommand):
    """`newsroom_clean_tags`: deletes tags that nothing names any more."""

    help = "Deletes tags that are on no piece, in no draft and in no older version."

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes `--dry-run` to list them only."""
        parser.add_argument("--dry-run", action="store_true", help="List them, delete none.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lists the tags and deletes them."""
        orphans = find_orphans()
        for tag in orphans:
            self.stdout.write(
                _("%(name)s (%(code)s)") % {"name": tag.name, "code": tag.locale.language_code}
            )
        if options["dry_run"]:
            number = len(orphans)
            self.stdout.write(
                ngettext(
                    "%(count)d tag would be deleted.", "%(count)d tags would be deleted.", number
                )
                % {"count": number}
            )
            return
        number = delete_orphans(orphans)
        self.stdout.write(
            ngettext("%(count)d tag deleted.", "%(count)d tags deleted.", number)
            % {"count": number}
        )
