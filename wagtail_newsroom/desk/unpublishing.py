"""Taking translations away from readers: the draft stays, and can be published again.

Withdrawing is something else: it puts a notice in the place of a piece in all its languages.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Page

from ..exceptions import Declined, NotAllowed
from . import localize, permissions
from .localize import Translation
from .pieces import piece_of, specific_of


def unpublish(translation: Translation, *, user: Any) -> Any:
    """Take a translation away from readers; returns the page or snippet, which is a draft now.

    The original stays as it is.

    Raises `NotAllowed` without the permission to publish, `Declined` where nothing is live.
    """
    target = localize.target_of(translation)
    if target is None:
        raise Declined(gettext("There is no version in this language yet."))
    return unpublish_version(specific_of(target), user=user)


def unpublish_version(version: Any, *, user: Any) -> Any:
    """Take one language of a piece away from readers; see `unpublish`."""
    if user is not None and not permissions.can_publish(version, user):
        raise NotAllowed(gettext("You are not allowed to unpublish this piece."))
    piece = piece_of(version)
    if not piece.has_drafts:
        raise Declined(gettext("What keeps no drafts cannot be unpublished, only deleted."))
    with transaction.atomic():
        piece.lock()
        version = type(version)._default_manager.get(pk=version.pk)
        piece = piece_of(version)
        if not piece.is_live:
            raise Declined(gettext("This piece is not published."))
        if piece.is_locked or piece.is_locked_for(user):
            raise Declined(gettext("This piece is locked; unlock it first."))
        if isinstance(version, Page):
            version.unpublish(user=user)
        else:
            # Wagtail 7.4 asks snippets for permissions that only pages have there.
            UnpublishAction(version, user=user).execute(skip_permission_checks=True)
    return version


def live_versions(instance: Any) -> list[Any]:
    """Return the other languages of a piece that readers have, of their own classes."""
    versions = piece_of(instance).versions().select_related("locale").order_by("locale")
    return [specific_of(version) for version in versions if piece_of(version).is_live]
