"""Signals behind the record and the news: what the history of a piece and its texts tell.

Wagtail publishes by many routes, and all of them end in an entry of the history, which alone
knows who it was.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from . import localize, record, went_live
from .pieces import has_drafts, specific_of
from .source_changes import tell_of_change
from .state_rows import is_listed

STOPPED = "wagtail_newsroom.stop_translation"
RESTARTED = "wagtail_newsroom.restart_translation"

_PUBLISHED = frozenset({"wagtail.publish", "wagtail.publish.scheduled"})
_SAVED = frozenset({"wagtail.create", "wagtail.edit"})
"""What publishes a snippet that keeps no drafts."""


def connect() -> None:
    """Connect all receivers; harmless to repeat."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(_logged, sender=model, dispatch_uid="newsroom_history")
    post_save.connect(
        _text_saved, sender=localize.StringTranslation, dispatch_uid="newsroom_history"
    )
    post_save.connect(
        _translation_saved, sender=localize.Translation, dispatch_uid="newsroom_history"
    )


def _logged(instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Hear of publications: of a translation for the record, of an original for the news."""
    piece = _published(instance) if created and not raw else None
    if piece is None:
        return
    user = instance.user
    translation = localize.find_translation_to(piece)
    if translation is not None and translation.enabled:
        went_live.follow(translation, piece)
        record.note_publication(translation, piece, user=user)
        return
    # robust: telling of a publication must not undo it.
    transaction.on_commit(partial(tell_of_change, type(piece), piece.pk, user=user), robust=True)


def _published(entry: Any) -> Any:
    """Return the piece that an entry says was shown to readers, None for any other entry."""
    if entry.action not in _PUBLISHED | _SAVED:
        return None
    if isinstance(entry, PageLogEntry):
        page = specific_of(entry.page) if entry.action in _PUBLISHED else None
        kind: Any = type(page)
        return page if page is not None and is_listed(kind) else None
    model: Any = entry.content_type.model_class() if entry.content_type is not None else None
    if model is None or not is_listed(model):
        return None
    if (entry.action in _PUBLISHED) != has_drafts(model):
        return None
    return model._default_manager.filter(pk=entry.object_id).first()


def _text_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Hear of texts that people write, at the desk or in wagtail-localize's editor."""
    if (
        raw
        or instance.translation_type != localize.MANUAL
        or instance.last_translated_by_id is None
        or instance.context_id is None
    ):
        return
    record.note_edit(instance)


def _translation_saved(
    instance: Any, created: bool = False, raw: bool = False, update_fields: Any = None, **kw: Any
) -> None:
    """Hear of translations that are stopped, and started again; who did it the request knows."""
    if raw or created or not update_fields or set(update_fields) != {"enabled"}:
        return
    told = localize.target_of(instance) or localize.source_of(instance)
    if told is not None:
        log(instance=told, action=RESTARTED if instance.enabled else STOPPED)
