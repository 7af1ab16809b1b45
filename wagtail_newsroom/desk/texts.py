"""The texts of a piece as a whole: the digest that an approval names, and those that readers have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from . import localize
from .localize import Segment


def digest(segments: Iterable[Segment]) -> str:
    """Return a hash (64 hex digits) of sources and translations as they stand, with their places.

    `segments` are all of a translation, in their order. Their places are counted here, because
    what has no words, such as an address, takes numbers of wagtail-localize's order too.
    """
    lines = (
        f"{segment.path}\t{place}\t{segment.string_id}\t{segment.text!r}"
        for place, segment in enumerate(segments)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def live_texts(instance: Any) -> set[str]:
    """Return the texts that readers have of a page or snippet; none where it is not live."""
    stored = type(instance)._base_manager.filter(pk=instance.pk).first()
    if stored is None or not getattr(stored, "live", True):
        return set()
    return set(localize.texts_of(stored))
