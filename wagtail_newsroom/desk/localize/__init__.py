"""The one door to wagtail-localize: its rows hold segments and strings, we read and fill them."""

from django.core.exceptions import ObjectDoesNotExist
from wagtail_localize.fields import (
    BaseTranslatableField,
    SynchronizedField,
    get_translatable_fields,
)
from wagtail_localize.models import SourceDeletedError, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue

from .lookups import (
    ensure_target,
    find_translation_to,
    get_or_create_translation,
    get_source,
    get_translation,
    sides_of,
    source_of,
    target_of,
    target_to_be,
    translated_instance,
    translations_of,
)
from .refresh import has_changed, refresh_source
from .stock import (
    stock_machine_translate,
    stock_submit_page,
    stock_submit_snippet,
    stock_update_translations,
)
from .strings import (
    MACHINE,
    MANUAL,
    NewText,
    Segment,
    can_be_stored,
    former_texts,
    is_carried_over,
    known_texts,
    longest_allowed,
    persons_texts,
    replace_text,
    segments,
    source_texts,
    store_machine_texts,
    store_person_text,
    stored_machine_texts,
    text_fields,
    texts_by_path,
    texts_of,
)

SLUG_OF_THE_SOURCE = BaseTranslatableField("slug")
"""Keeps the slug away from engines, and a copy's slug as it is; `desk.slugs` has the rest."""

__all__ = [
    "BaseTranslatableField",
    "MACHINE",
    "MANUAL",
    "SLUG_OF_THE_SOURCE",
    "NewText",
    "ObjectDoesNotExist",
    "Segment",
    "SourceDeletedError",
    "StringSegmentValue",
    "SynchronizedField",
    "Translation",
    "TranslationSource",
    "can_be_stored",
    "ensure_target",
    "find_translation_to",
    "former_texts",
    "get_or_create_translation",
    "get_source",
    "get_translatable_fields",
    "get_translation",
    "has_changed",
    "known_texts",
    "is_carried_over",
    "longest_allowed",
    "persons_texts",
    "refresh_source",
    "replace_text",
    "sides_of",
    "segments",
    "source_of",
    "source_texts",
    "stock_machine_translate",
    "stock_submit_page",
    "stock_submit_snippet",
    "stock_update_translations",
    "store_machine_texts",
    "store_person_text",
    "stored_machine_texts",
    "target_of",
    "target_to_be",
    "text_fields",
    "texts_by_path",
    "texts_of",
    "translated_instance",
    "translations_of",
]
