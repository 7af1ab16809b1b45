"""What the original said at the last approval, beside what it says now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
    words: dict[int, list[list[str]]] = defaultdict(list)
    for context_id, source, text in localize.former_texts(translation, segments):
        if fingerprint(text) in approved:
            former[context_id].append((source, text))
            words[context_id].append(visible_text(source).split())
    pairs = sorted(
        (
            (likeness, segment.pk, number)
            for segment in waiting
            if segment.context_id in words
            for number, likeness in _alike(words[segment.context_id], segment.source)
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


def _alike(former: Sequence[list[str]], text: str) -> Iterator[tuple[int, float]]:
    """Yield place and likeness of those that a text may come from.

    A place that is one long text compares each of its passages with each: what is read of one
    is kept for the next, and most are told apart by what is cheap to count.
    """
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(visible_text(text).split())
    for number, words in enumerate(former):
        matcher.set_seq1(words)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            likeness = matcher.ratio()
            if likeness >= ALIKE:
                yield number, likeness
