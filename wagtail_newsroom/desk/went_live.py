"""The approval follows its texts: which revision of a page or snippet shows them to readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..segments.keys import fingerprint
from . import localize
from .localize import Segment, Translation
from .models import Approval
from .texts import digest


def shows(target: Any, segments: Sequence[Segment]) -> bool:
    """Return whether the live row of a page or snippet holds these texts."""
    shown = {fingerprint(text) for text in localize.texts_of(target)}
    # A slug is never taken from an engine, see `drafts.build`.
    return {fingerprint(segment.text) for segment in segments if segment.path != "slug"} <= shown


def follow(translation: Translation, target: Any) -> None:
    """Let the last approval name the revision that went live, if that shows the approved texts.

    A draft is built anew with texts that were approved before, as when a picture of the original
    changed, or when somebody publishes it in Wagtail's or wagtail-localize's editor.
    """
    live = getattr(target, "live_revision_id", None)
    approval = Approval.objects.filter(translation=translation).first()
    if live is None or approval is None or approval.revision_id == live:
        return
    segments = localize.segments(translation)
    if approval.digest == digest(segments) and shows(target, segments):
        Approval.objects.filter(pk=approval.pk).update(revision=live)
