"""When translations that follow their originals are looked at: what goes live, is taken away, or
is approved.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from wagtail.signals import published, unpublished

from .models import Approval
from .schedule import follow
from .schedule_models import Following


def connect() -> None:
    """Connect the receivers; harmless to repeat."""
    published.connect(_after_publication, dispatch_uid="newsroom_following")
    unpublished.connect(_after_unpublication, dispatch_uid="newsroom_following")
    post_save.connect(_after_approval, sender=Approval, dispatch_uid="newsroom_following")


def _after_publication(instance: Any, **kwargs: Any) -> None:
    """Has followers of a piece that went live follow; one that is live itself waits no more."""
    key = getattr(instance, "translation_key", None)
    if key is None or not instance.live:
        return
    concerned = Following.objects.filter(
        Q(translation__source__locale=instance.locale_id)
        | Q(translation__target_locale=instance.locale_id),
        translation__source__object_id=key,
    ).values_list("pk", "translation__target_locale")
    rows = list(concerned)
    done = [pk for pk, locale in rows if locale == instance.locale_id]
    if done:
        Following.objects.filter(pk__in=done).delete()
    _later([pk for pk, _locale in rows if pk not in done])


def _after_unpublication(instance: Any, **kwargs: Any) -> None:
    """Has a translation that was taken away wait no more: only a person puts it back."""
    key = getattr(instance, "translation_key", None)
    if key is None:
        return
    Following.objects.filter(
        translation__target_locale=instance.locale_id, translation__source__object_id=key
    ).delete()


def _after_approval(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Has a translation that was held for want of approval go live."""
    if created and not raw:
        held = Following.objects.filter(translation=instance.translation_id, held_at__isnull=False)
        _later(list(held.values_list("pk", flat=True)))


def _later(keys: list[int]) -> None:
    if keys:
        # robust: a translation that fails must not undo what made it due.
        transaction.on_commit(partial(follow, keys), robust=True)
