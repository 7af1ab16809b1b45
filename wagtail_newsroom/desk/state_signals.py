"""Which changes make the rows of the list be derived anew: signals of Django and Wagtail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, WorkflowState
from wagtail.signals import post_page_move

from . import localize
from .models import Approval, Dismissal, TranslationJob
from .policy_models import Unreviewed
from .state_models import Assignment, Waiver
from .state_rows import is_listed, touch


def connect() -> None:
    """Connect all receivers; harmless to repeat.

    Changes that send no signals, such as a job's end, call `touch` themselves.
    """
    post_page_move.connect(_piece_changed, dispatch_uid="newsroom_states_move")
    for signal in (post_save, post_delete):
        # Of any model: a site's own pages and snippets are pieces too.
        signal.connect(_piece_changed, dispatch_uid="newsroom_states_piece")
        for model in (Approval, TranslationJob, Waiver):
            signal.connect(_of_translation, sender=model, dispatch_uid="newsroom_states")
        for sender in (Assignment, Dismissal, Unreviewed, localize.TranslationSource):
            signal.connect(_of_piece, sender=sender, dispatch_uid="newsroom_states")
        signal.connect(
            _translation_changed, sender=localize.Translation, dispatch_uid="newsroom_states"
        )
        signal.connect(_workflow_changed, sender=WorkflowState, dispatch_uid="newsroom_states")
        signal.connect(
            _text_changed, sender=localize.StringTranslation, dispatch_uid="newsroom_states"
        )


def _piece_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    # A page may be held as a plain `Page`.
    model: Any = instance.specific_class if isinstance(instance, Page) else type(instance)
    if model is not None and is_listed(model):
        touch(keys=[instance.translation_key])


def _of_translation(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        touch(translations=[instance.translation_id])


def _of_piece(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        touch(keys=[instance.object_id])


def _workflow_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or instance.base_content_type.model_class() is None:
        return
    piece = instance.content_object
    if piece is not None:
        _piece_changed(piece)


def _translation_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    try:
        touch(keys=[instance.source.object_id])
    except ObjectDoesNotExist:
        # The source went before, and told of itself.
        return


def _text_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.context_id is not None:
        touch(contexts=[instance.context_id])
