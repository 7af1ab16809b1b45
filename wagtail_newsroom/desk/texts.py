"""One digest for all texts of a piece, so that an approval names what was approved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

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
