"""Who else has the review of a translation open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .localize import Translation
from .margin_models import Presence

GONE_AFTER = timedelta(seconds=45)
"""Whose browser is silent for so long has left; it tells every ten seconds or so."""
FORGOTTEN_AFTER = timedelta(days=1)


def tell(translation: Translation, *, user: Any) -> list[str]:
    """Note that a person has the review open; return the names of the others who have.

    Two queries, a few more the first time.
    """
    now = timezone.now()
    own = Presence.objects.filter(translation=translation, user=user)
    if not own.update(seen_at=now):
        Presence.objects.filter(translation=translation, seen_at__lt=now - FORGOTTEN_AFTER).delete()
        try:
            with transaction.atomic():
                Presence.objects.create(translation=translation, user=user, seen_at=now)
        except IntegrityError:
            # Another window of the same person was faster.
            own.update(seen_at=now)
    others = (
        Presence.objects.filter(translation=translation, seen_at__gt=now - GONE_AFTER)
        .exclude(user=user)
        .select_related("user")
        .order_by("pk")
    )
    return [str(one.user.get_full_name() or one.user.get_username()) for one in others]


def leave(translation: Translation, *, user: Any) -> None:
    """Note that a person has closed the review."""
    Presence.objects.filter(translation=translation, user=user).delete()
