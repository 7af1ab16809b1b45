"""One digest for all texts of a piece, so that an approval names what was approved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .localize import Segment


def digest(segments: Iterable[Segment]) -> str:
    """Return a hash (64 hex digits) of sources and translations as they stand, with their places."""
    lines = (
        f"{segment.path}\t{segment.order}\t{segment.string_id}\t{segment.text!r}"
        for segment in segments
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
