"""What waits beside a piece: its authors in the target language that are drafts still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from wagtail.models import Locale

from ..conf import conf
from .pieces import has_drafts, piece_of


@dataclass(frozen=True)
class Companion:
    """A draft that belongs to a piece and is approved by itself."""

    title: str
    kind: str
    """What it is, such as “author”."""
    url: str | None
    """Where it is edited or reviewed."""


def drafts_beside(source: Any, locale: Locale) -> list[Companion]:
    """Return the authors of a piece who are drafts in a language; at most one query."""
    model = apps.get_model(conf.author_model)
    if not hasattr(source, "newsroom_bylines") or not has_drafts(model):
        return []
    bylines = apps.get_model("wagtail_newsroom", "Byline")._default_manager.filter(page=source.pk)
    drafts = model._default_manager.filter(
        locale=locale, live=False, translation_key__in=bylines.values("author__translation_key")
    )
    return [
        Companion(str(draft), str(model._meta.verbose_name), piece_of(draft).edit_url)
        for draft in drafts
    ]
