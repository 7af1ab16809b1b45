"""Which translations lack a correction that readers of the original see."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from ..desk.urgency import Pair
from .corrections import Correction

URGENT = (Correction.Kind.CORRECTION, Correction.Kind.CLARIFICATION)
"""The notes that say that something was wrong; the others only add to a piece."""


def lacking_corrections(pairs: Collection[Pair]) -> set[Pair]:
    """Return the pairs whose translation lacks a correction of the original; one query."""
    pages = {key for pair in pairs for key in pair}
    of_page: dict[int, set[tuple[UUID, str]]] = {}
    for page, key, kind in Correction.objects.filter(page__in=pages).values_list(
        "page_id", "translation_key", "kind"
    ):
        of_page.setdefault(page, set()).add((key, kind))
    return {
        (source, target)
        for source, target in pairs
        if {key for key, kind in of_page.get(source, ()) if kind in URGENT}
        - {key for key, _kind in of_page.get(target, ())}
    }
