"""`manage.py write_memory`: writes `content/memory.en-fa.tmx` anew from the articles' words."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...content import MEMORY
from ...memory import as_tmx, pairs_for_memory


class Command(BaseCommand):
    """Writes the translation memory."""

    help = "Writes the example's translation memory from the words in content/."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and tell how much it holds."""
        pairs = pairs_for_memory()
        MEMORY.write_text(as_tmx(pairs), encoding="utf-8")
        self.stdout.write(f"{MEMORY.name}: {len(pairs)} texts.")
