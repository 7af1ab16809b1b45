"""What the original said at the last approval, beside what it says now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from ..segments.keys import fingerprint, visible_text
from . import localize
from .localize import Segment, Translation

ALIKE = 0.4
"""From this share of common words on, one text is taken for an earlier form of another."""


def approved_before(
    translation: Translation, segments: Sequence[Segment], *, approved: Collection[str]
) -> dict[int, tuple[str, str]]:
    """Return source and approved translation before the source changed, by the segment's key.

    wagtail-localize keeps the texts that a place had before; `approved` has the fingerprints of
    those that were approved. Only segments whose own text is not approved yet have an entry. One
    query, where there is any.
    """
    waiting = [one for one in segments if fingerprint(one.text) not in approved]
    if not (approved and waiting):
        return {}
    former: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for context_id, source, text in localize.former_texts(translation, segments):
        if fingerprint(text) in approved:
            former[context_id].append((source, text))
    pairs = sorted(
        (
            (likeness, segment.pk, number)
            for segment in waiting
            for number, (source, _text) in enumerate(former.get(segment.context_id, ()))
            if (likeness := _likeness(source, segment.source)) >= ALIKE
        ),
        reverse=True,
    )
    contexts = {segment.pk: segment.context_id for segment in waiting}
    found: dict[int, tuple[str, str]] = {}
    taken: set[tuple[int, int]] = set()
    for _likeness_of_pair, pk, number in pairs:
        key = (contexts[pk], number)
        if pk not in found and key not in taken:
            taken.add(key)
            found[pk] = former[contexts[pk]][number]
    return found


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(
        None, visible_text(old).split(), visible_text(new).split(), autojunk=False
    ).ratio()
