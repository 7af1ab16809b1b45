"""`manage.py newsroom_rebuild_states`: derives all rows of the desk's list anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...desk.state_rows import rebuild


class Command(BaseCommand):
    """Harmless at any time; needed where pieces changed without the site being told."""

    help = "Derives anew where each piece stands in each language, for the list of translations."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds the rows and says how many pieces they tell of."""
        count = rebuild()
        self.stdout.write(
            self.style.SUCCESS(
                ngettext(
                    "The list is up to date: %(count)d piece.",
                    "The list is up to date: %(count)d pieces.",
                    count,
                )
                % {"count": count}
            )
        )
