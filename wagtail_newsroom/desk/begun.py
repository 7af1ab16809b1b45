"""Whether people took up a translation that holds no text of theirs yet."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowMixin, WorkflowState

from .localize import Translation
from .models import Approval, Provenance

M = TypeVar("M", bound=models.Model)

_HAS_BEGUN = "newsroom_has_begun"


def with_begun(versions: QuerySet[M]) -> QuerySet[M]:
    """Return versions of pieces with whether people took them up, in the query that reads them."""
    begun: Any = Exists(_approved(OuterRef("translation_key"), OuterRef("locale_id")))
    if issubclass(versions.model, WorkflowMixin):
        begun |= Exists(_workflows(versions.model))
    return versions.annotate(**{_HAS_BEGUN: begun})


def has_begun(translation: Translation, target: Any) -> bool:
    """Return whether a person approved a passage, or a workflow has the piece.

    Passages count that were approved since a person last approved the piece as a whole: what is
    new after a change of the original was looked at by nobody. No query where the target was
    read `with_begun`.
    """
    found = getattr(target, _HAS_BEGUN, None)
    if found is None:
        key, locale = translation.source.object_id, translation.target_locale_id
        # What keeps no drafts is in no workflow, and may not be stored yet.
        found = (
            with_begun(type(target)._base_manager.filter(pk=target.pk))
            .filter(**{_HAS_BEGUN: True})
            .exists()
            if target is not None
            else _approved(key, locale).exists()
        )
    return bool(found)


def _approved(key: Any, locale: Any) -> QuerySet[Provenance]:
    """Return the texts that were approved since a person last approved the whole piece."""
    whole = Approval.objects.filter(
        translation__source__object_id=OuterRef("object_id"),
        translation__target_locale_id=OuterRef("locale_id"),
        policy="",
        approved_at__gte=OuterRef("approved_at"),
    )
    return Provenance.objects.filter(
        ~Exists(whole.order_by()), object_id=key, locale_id=locale, approved_at__isnull=False
    )


def _workflows(model: type[models.Model]) -> QuerySet[WorkflowState]:
    """Return the workflows that a row is in, also one that waits for changes."""
    base = (model._meta.get_parent_list() or [model])[-1]
    active: QuerySet[WorkflowState] = WorkflowState.objects.active()
    return active.filter(
        base_content_type=ContentType.objects.get_for_model(base, for_concrete_model=False),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
