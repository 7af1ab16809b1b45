"""Which language many pages were translated from, in one query."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from wagtail_localize.models import Translation


def languages_of_origin(keys: Collection[UUID]) -> dict[tuple[UUID, int], str]:
    """Return the code of the source's language, by translation key and id of the target's locale.

    What has no entry is not known to be a translation.
    """
    rows = (
        Translation.objects.filter(source__object_id__in=keys)
        .order_by("enabled", "-pk")
        .values_list("source__object_id", "target_locale_id", "source__locale__language_code")
    )
    return {(key, locale): code for key, locale, code in rows}
