"""Drafts: ordinary Wagtail revisions made of a translation's texts, the live page untouched."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from . import localize
from .localize import Translation


def build_draft(translation: Translation, *, user: Any) -> Revision:
    """Make a draft of the target page from the texts that there are.

    Missing texts appear in the source's language, so the gate keeps such a draft from readers.
    The slug stays as it is; `desk.slugs` makes it while the page was never public. About forty
    queries, the same at every size.

    Raises `ValidationError` when the page does not accept the texts, `SourceDeletedError` when
    the source is gone, `Page.DoesNotExist` when the target is.
    """
    with transaction.atomic():
        instance = localize.translated_instance(translation)
        instance.slug = Page.objects.values_list("slug", flat=True).get(pk=instance.pk)
        return instance.save_revision(user=user, changed=True)
