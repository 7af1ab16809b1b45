"""Characters sent: counted for each engine and month, held against the site's caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale

from ..conf import conf
from ..segments.keys import visible_text
from . import localize, memory
from .models import EngineUsage
from .pieces import piece_of


@dataclass(frozen=True)
class Estimate:
    """What a translation will take, before anything is sent."""

    passages: int
    """Passages without a translation."""
    from_memory: int
    """How many of them the memory knows."""
    characters: int
    """Characters of the others, counted once where a text stands twice."""


def this_month() -> date:
    """Return the first day of the current month in the site's time zone."""
    return timezone.localdate().replace(day=1)


def count(engine: str, *, characters: int, requests: int) -> None:
    """Add to what an engine was sent this month; two queries, three the first time."""
    if not characters and not requests:
        return
    row, _ = EngineUsage.objects.get_or_create(engine=engine, month=this_month())
    EngineUsage.objects.filter(pk=row.pk).update(
        characters=F("characters") + characters, requests=F("requests") + requests
    )


def allowances(engines: Iterable[str]) -> dict[str, int]:
    """Return how many characters each engine may still be sent this month; no cap, no entry."""
    caps: Mapping[str, int] = conf.character_caps
    capped = [engine for engine in engines if engine in caps]
    if not capped:
        return {}
    sent = dict(
        EngineUsage.objects.filter(month=this_month(), engine__in=capped).values_list(
            "engine", "characters"
        )
    )
    return {engine: max(0, caps[engine] - sent.get(engine, 0)) for engine in capped}


def estimate(instance: Any, locale: Locale) -> Estimate:
    """Return what translating a piece as it stands into a language will take; sends nothing."""
    translation = localize.translations_of(instance).filter(target_locale=locale).first()
    content = piece_of(instance).content
    translated = (
        {segment.source for segment in localize.segments(translation) if not segment.is_missing}
        if translation is not None
        else set()
    )
    missing = [text for text in localize.texts_of(content) if text not in translated]
    known = memory.recall(
        set(missing),
        source_language=instance.locale.language_code,
        target_language=locale.language_code,
    )
    return Estimate(
        passages=len(missing),
        from_memory=sum(text in known for text in missing),
        characters=sum(len(visible_text(text)) for text in {*missing} - known.keys()),
    )
