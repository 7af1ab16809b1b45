"""What follows when an original is published again: those whose translation it is are told."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import models

from . import events, localize
from .pieces import piece_of, specific_of
from .state_models import PieceState, Waiver

ONCE_SECONDS = 7 * 24 * 3600
"""So long a change is told once, however often the original is published meanwhile."""


def tell_of_change(model: type[models.Model], pk: Any, *, user: Any) -> int:
    """Tell of an original whose published texts are others than its translations were made from.

    Returns in how many languages. Publishing the same texts again tells nothing, and neither does
    one more change before the first was translated or waived, unless it makes the piece urgent.
    """
    source = model._default_manager.filter(pk=pk).first()
    if source is None:
        return 0
    source = specific_of(source)
    of_source = localize.translations_of(source).filter(enabled=True)
    translations = list(of_source.exclude(target_locale=source.locale_id))
    if not translations or not piece_of(source).is_live:
        return 0
    if set(localize.texts_of(source)) == set(localize.source_texts(translations[0])):
        return 0
    urgent = set(
        PieceState.objects.filter(
            translation_key=source.translation_key, is_urgent=True
        ).values_list("locale_id", flat=True)
    )
    told = [one for one in translations if _is_news(one, one.target_locale_id in urgent)]
    for translation in told:
        events.tell(
            events.Kind.SOURCE_CHANGED,
            key=source.translation_key,
            locale_id=translation.target_locale_id,
            user=user,
        )
    return len(told)


def _is_news(translation: localize.Translation, is_urgent: bool) -> bool:
    read_at = translation.source.last_updated_at.timestamp()
    waived = Waiver.objects.filter(translation=translation).count()
    key = f"newsroom-source-changed-{translation.pk}-{read_at}-{waived}-{is_urgent}"
    return bool(cache.add(key, True, ONCE_SECONDS))
