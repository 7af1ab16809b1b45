"""What a page was translated from, asked within the query that reads the page."""

from __future__ import annotations

from django.db.models import CharField, DateTimeField, OuterRef, QuerySet, Subquery
from wagtail_localize.models import Translation


def origin_of_row() -> Subquery:
    """Return, for an annotation, the code of the language that a row was translated from.

    NULL for what is not known to be a translation.
    """
    return Subquery(
        _translations_to_row().values("source__locale__language_code")[:1],
        output_field=CharField(),
    )


def source_read_at_of_row() -> Subquery:
    """Return, for an annotation, when the original's texts were last read for translation."""
    return Subquery(
        _translations_to_row().values("source__last_updated_at")[:1],
        output_field=DateTimeField(),
    )


def _translations_to_row() -> QuerySet[Translation]:
    return (
        Translation.objects.filter(
            source__object_id=OuterRef("translation_key"),
            target_locale_id=OuterRef("locale_id"),
        )
        .exclude(source__locale_id=OuterRef("locale_id"))
        .order_by("-enabled", "pk")
    )
