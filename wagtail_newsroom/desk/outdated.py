"""Whether an original says something else to readers than when it was read for translation.

Its time of publication says at once where nothing can have changed. Only where it cannot say, the
content is compared: an original that was published again as it was is nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wagtail.models import Revision

from . import localize
from .localize import Content, Translation
from .pieces import has_drafts

K = TypeVar("K")


@dataclass(frozen=True)
class Changes:
    """What many originals say to readers, beside what was read of them."""

    marks: dict[int, str] = field(default_factory=dict)
    """What names the content of an original, by the key of the translation."""
    changed: frozenset[int] = frozenset()
    """The translations whose original says something else."""

    def since(self, translation: Translation) -> str | None:
        """Returns what names the new content of an original; None where it says the same."""
        return self.marks[translation.pk] if translation.pk in self.changed else None


def may_be_outdated(original: Any, translation: Translation) -> bool:
    """Return whether an original was published again since it was read for translation.

    What keeps no drafts has no such time.
    """
    if not has_drafts(type(original)):
        return True
    published_at = original.last_published_at
    return bool(published_at and published_at > translation.source.last_updated_at)


def change_since(original: Any, translation: Translation) -> str | None:
    """Return what names the content of an original that says something else than when it was read.

    None where it says the same; one query where it was published again.
    """
    if not may_be_outdated(original, translation):
        return None
    return changes_since({translation.pk: (original, translation)}).since(translation)


def changes_since(asked: Mapping[int, tuple[Any, Translation]]) -> Changes:
    """Return what originals say, beside what was read of them; given by the translation's key.

    Two queries at most, and more only for what somebody published without a revision.
    """
    said = said_to_readers({pk: original for pk, (original, _translation) in asked.items()})
    read = localize.content_read([translation.source for _original, translation in asked.values()])
    return Changes(
        marks={pk: localize.mark_of(content) for pk, content in said.items()},
        changed=frozenset(
            pk
            for pk, (_original, translation) in asked.items()
            if said[pk] != read[translation.source_id]
        ),
    )


def said_to_readers(originals: Mapping[K, Any]) -> dict[K, Content]:
    """Return what readers see of pieces, by the same keys.

    The revision that is live has all of it in one row, for many pieces in one query; where there
    is none, the piece itself is read with its children.
    """
    live = {getattr(original, "live_revision_id", None) for original in originals.values()}
    live.discard(None)
    stored = (
        dict(Revision.objects.filter(pk__in=live).order_by().values_list("pk", "content"))
        if live
        else {}
    )
    return {
        key: localize.content_in(stored[original.live_revision_id], original)
        if getattr(original, "live_revision_id", None) in stored
        else localize.content_of(original)
        for key, original in originals.items()
    }
