"""The one door to wagtail-localize: its rows hold segments and strings, we read and fill them."""

from django.core.exceptions import ObjectDoesNotExist
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField
from wagtail_localize.models import SourceDeletedError, Translation, TranslationSource

from .lookups import (
    ensure_target,
    find_translation_to,
    get_or_create_translation,
    get_source,
    get_translation,
    source_page,
    target_page,
    translated_instance,
    translations_of,
)
from .refresh import refresh_source
from .stock import stock_machine_translate, stock_submit_page, stock_update_translations
from .strings import (
    MACHINE,
    MANUAL,
    NewText,
    Segment,
    can_be_stored,
    longest_allowed,
    persons_texts,
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
    "SynchronizedField",
    "Translation",
    "TranslationSource",
    "can_be_stored",
    "ensure_target",
    "find_translation_to",
    "get_or_create_translation",
    "get_source",
    "get_translation",
    "longest_allowed",
    "persons_texts",
    "refresh_source",
    "segments",
    "source_page",
    "source_texts",
    "stock_machine_translate",
    "stock_submit_page",
    "stock_update_translations",
    "store_machine_texts",
    "store_person_text",
    "stored_machine_texts",
    "target_page",
    "text_fields",
    "texts_by_path",
    "texts_of",
    "translated_instance",
    "translations_of",
]
