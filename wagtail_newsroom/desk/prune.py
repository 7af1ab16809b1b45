"""Pruning the memory: what nobody approved or imported again for long is let go."""

from __future__ import annotations

from datetime import timedelta

from django.db import router, transaction
from django.utils import timezone

from .models import MemoryEntry

_BATCH = 1000


def prune(
    older_than: timedelta, *, origin: MemoryEntry.Origin | str | None, dry_run: bool = False
) -> int:
    """Delete the memory entries that were last updated longer ago, and return how many.

    An entry is updated when it is approved, imported or edited again. `origin` narrows it; None
    means all. A dry run counts and deletes nothing. Batch by batch, so that nobody waits long.
    """
    old = MemoryEntry.objects.filter(updated_at__lt=timezone.now() - older_than)
    if origin is not None:
        old = old.filter(origin=origin)
    if dry_run:
        return old.count()
    pruned = 0
    while batch := list(old.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic(using=router.db_for_write(MemoryEntry)):
            # Asked again: somebody may have approved one of these this very moment.
            _total, by_model = old.filter(pk__in=batch).delete()
        pruned += by_model.get(MemoryEntry._meta.label, 0)
    return pruned
