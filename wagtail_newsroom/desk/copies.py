"""Copies of drafts: what nobody approved in a piece is approved in no copy of it either."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from ..segments.keys import fingerprint, visible_text
from . import localize
from .models import Provenance
from .texts import live_texts

LONG = 40
"""From so many characters on, a text that equals another is taken for a copy of it."""


def remember_copy(instance: Any, key: Any, locale_id: Any) -> None:
    """Keep with a copy which texts nobody approved in the piece that it is a copy of.

    `key` and `locale_id` name that piece in its language. All of them, since versions are copied
    with a page and may hold others than it shows. One query, two where there are such texts.
    """
    if instance.translation_key == key:
        # A version in another language, and no copy.
        return
    waiting = Provenance.objects.filter(object_id=key, locale_id=locale_id, approved_at=None)
    Provenance.objects.bulk_create(
        [
            Provenance(
                object_id=instance.translation_key,
                locale_id=instance.locale_id,
                fingerprint=mark,
                origin=origin,
                engine=engine,
                copied_from=first,
            )
            for mark, origin, engine, first in waiting.values_list(
                "fingerprint", "origin", "engine", Coalesce("copied_from", F("object_id"))
            )
        ],
        ignore_conflicts=True,
    )


def approved_where_copied(instance: Any, marks: set[str]) -> set[str]:
    """Return the marks of those texts that came with a copy and are approved where they come from.

    One query, none without marks.
    """
    if not marks:
        return set()
    there = Provenance.objects.filter(
        object_id=OuterRef("copied_from"),
        locale_id=OuterRef("locale_id"),
        fingerprint=OuterRef("fingerprint"),
        approved_at__isnull=False,
    )
    rows = Provenance.objects.filter(
        Exists(there.order_by()),
        object_id=instance.translation_key,
        locale_id=instance.locale_id,
        fingerprint__in=marks,
    )
    return set(rows.values_list("fingerprint", flat=True))


def came_with_a_copy(instance: Any, marks: set[str]) -> int:
    """Return how many of those texts came with a copy; one query, none without marks."""
    if not marks:
        return 0
    rows = Provenance.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id, fingerprint__in=marks
    )
    return rows.filter(copied_from__isnull=False).count()


def copied_from_drafts(instance: Any) -> int:
    """Return how many texts of a page are unapproved drafts of other pieces, as in a copy.

    Told by the texts alone, so only long ones count. What a draft has from the memory is no
    machine's word but one that people use again and again, such as a credit, and what readers see
    in the page itself was there before. One query, two while drafts wait in the page's language;
    some more only where a text is found.
    """
    waiting = Provenance.objects.filter(locale_id=instance.locale_id, approved_at=None).exclude(
        origin=Provenance.Origin.MEMORY
    )
    if not waiting.exists():
        return 0
    marks = {
        fingerprint(text) for text in localize.texts_of(instance) if len(visible_text(text)) >= LONG
    }
    rows = Provenance.objects.filter(locale_id=instance.locale_id, fingerprint__in=marks)
    found = list(rows.values_list("fingerprint", "approved_at", "origin"))
    approved = {mark for mark, approved_at, _origin in found if approved_at}
    drafted = {mark for mark, _at, origin in found if origin != Provenance.Origin.MEMORY} - approved
    return len(drafted - {fingerprint(text) for text in live_texts(instance)}) if drafted else 0
