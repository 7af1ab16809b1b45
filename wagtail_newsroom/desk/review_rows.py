"""What the review's screens read of a piece: its rows, with what the checks and people say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..segments.keys import visible_text
from . import mending
from .changes import approved_before
from .findings import Told, count_open_errors, findings_of, glossary_of
from .localize import Segment, Translation
from .margin import Margin, margin_of
from .places import places_of
from .rows import engine_labels
from .sheet import Row, Sheet


@dataclass(frozen=True)
class ReviewRows:
    """Rows of a piece, and what is known of all its passages."""

    rows: Sequence[Row]
    margin: Margin
    found: Mapping[int | None, list[Told]]
    """What the checks found in the passages that were checked; of the whole piece at None."""
    missing: int
    """How many passages of the piece have no translation."""

    @property
    def open_errors(self) -> int:
        """How many errors nobody has mended or dismissed."""
        return count_open_errors(self.found)


def review_rows(
    translation: Translation,
    target: Any,
    segments: Sequence[Segment],
    shown: Sequence[Segment],
    *,
    checks_all: bool = True,
    with_former: bool = True,
    near: str | None = None,
    is_open: str | None = None,
) -> ReviewRows:
    """Return the rows of the passages that are shown, of a piece with these segments.

    Without `checks_all` only those shown are checked, which is what takes long in a long piece;
    what shows only in the whole piece is told of them all the same. `near` and `is_open` are
    keys of the passage with its near matches, and of that with its forms. Three queries for the
    glossary and what people wrote, one more where something was approved and `with_former`.
    """
    glossary = glossary_of(translation, target)
    margin = margin_of(translation, segments)
    found = findings_of(
        translation,
        segments,
        glossary=glossary,
        dismissed=margin.dismissed,
        only=None if checks_all else {segment.pk for segment in shown},
    )
    before = approved_before(translation, segments, approved=margin.approved) if with_former else {}
    sheet = Sheet(
        language=translation.target_locale.language_code,
        places=places_of(translation),
        labels=engine_labels(),
        glossary=glossary,
    )
    rows = [
        sheet.row(
            segment,
            findings=found.get(segment.pk, []),
            near=_near_of(translation, segment) if str(segment.pk) == near else None,
            approved=before.get(segment.pk),
            beside=margin.by_segment[segment.pk],
            is_open=str(segment.pk) == is_open,
        )
        for segment in shown
    ]
    return ReviewRows(rows, margin, found, sum(segment.is_missing for segment in segments))


def _near_of(translation: Translation, segment: Segment) -> list[dict[str, Any]]:
    """Return what the memory knows of texts like a segment's, as templates show it."""
    return [
        {
            "source": visible_text(match.source),
            "target": visible_text(match.target),
            "score": match.score,
        }
        for match in mending.near_matches(translation, segment)
    ]
