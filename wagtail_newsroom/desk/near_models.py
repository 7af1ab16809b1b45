"""What near matches of the memory are found by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections, models, router
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from ..segments.shingles import compared, kept_keys
from .models import MemoryEntry


class MemoryShingle(models.Model):
    """Two neighboring words of one text of a memory entry, as a number.

    `segments.shingles` makes the numbers, which hold the pair of languages too. Each side of an
    entry has a handful.
    """

    entry = models.ForeignKey(MemoryEntry, on_delete=models.CASCADE, related_name="shingles")
    key = models.BigIntegerField()
    length = models.PositiveIntegerField()
    """Characters of the text as it is compared."""

    class Meta:
        verbose_name = _("memory shingle")
        verbose_name_plural = _("memory shingles")
        default_permissions = ()
        indexes = [
            # Holds all that a search reads, so that the table itself is not touched.
            models.Index(fields=["key", "length", "entry"], name="newsroom_near_matches")
        ]

    def __str__(self) -> str:
        return f"MemoryShingle {self.pk}"


def index_entries(entries: Iterable[MemoryEntry]) -> None:
    """Make entries that were just stored findable as near matches; one statement for all."""
    rows = [
        (key, length, entry.pk)
        for entry in entries
        for key, length in {
            key: len(compared(text))
            for text, language, other in (
                (entry.source_text, entry.source_language, entry.target_language),
                (entry.target_text, entry.target_language, entry.source_language),
            )
            for key in kept_keys(text, language=language, other=other)
        }.items()
    ]
    if not rows:
        return
    connection = connections[router.db_for_write(MemoryShingle)]
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, ("key", "length", "entry_id")))
    # An import stores a million of these, too many to make objects of.
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(MemoryShingle._meta.db_table)} ({columns}) VALUES (%s, %s, %s)",  # noqa: S608 - quoted names of our own
            rows,
        )


@receiver(post_save, sender=MemoryEntry)
def _index_saved(instance: MemoryEntry, created: bool, raw: bool, **kwargs: Any) -> None:
    """Keeps the index true when a person writes or edits an entry; a fixture brings its own."""
    if raw:
        return
    if not created:
        instance.shingles.all().delete()  # type: ignore[attr-defined]
    index_entries([instance])
