"""Words that a person wrote straight into a translated page, taken over as its translation.

Without this a machine's draft would be laid over them: a page may have been written before
anybody asked for its translation, or edited while its translation was stopped
(https://github.com/wagtail/wagtail-localize/issues/876).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import ngettext

from ..exceptions import Declined
from ..segments.keys import fingerprint
from . import localize
from .localize import Segment, Translation
from .pieces import piece_of
from .record import unrecorded


def adopt(translation: Translation, written: Any, *, user: Any) -> int:
    """Store what a person wrote into a page or snippet as the translation's texts; returns how many.

    A text belongs to the string at the same place. Texts in the source's language are left.

    Raises `Declined` when it holds texts that have no counterpart in the source: a draft
    built from the source would lose them. Nothing is stored then.
    """
    content = piece_of(written).latest
    places: dict[str, list[Segment]] = defaultdict(list)
    for segment in localize.segments(translation):
        places[segment.path].append(segment)
    sources = {fingerprint(text) for text in localize.source_texts(translation)}
    adopted: list[tuple[Segment, str]] = []
    homeless = 0
    for path, texts in localize.texts_by_path(content).items():
        segments = places.get(path, [])
        by_person = [text for text in texts if fingerprint(text) not in sources]
        if len(segments) != len(texts):
            homeless += len(by_person)
            continue
        for segment, text in zip(segments, texts, strict=True):
            mark = fingerprint(text)
            if mark in sources or mark == fingerprint(segment.text):
                continue
            if localize.can_be_stored(segment.source, text):
                adopted.append((segment, text))
            else:
                homeless += 1
    if homeless:
        raise Declined(
            ngettext(
                "The translation holds %(count)d passage that a person wrote and that has no "
                "counterpart in the original. A machine draft would lose it.",
                "The translation holds %(count)d passages that a person wrote and that have "
                "no counterpart in the original. A machine draft would lose them.",
                homeless,
            )
            % {"count": homeless}
        )
    # Who asks for the translation did not write these.
    with unrecorded():
        for segment, text in adopted:
            localize.store_person_text(segment, text, locale=translation.target_locale, user=user)
    return len(adopted)
