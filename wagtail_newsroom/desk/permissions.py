"""Who may do what with a translation; actions ask here, views only to hide a button."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from . import localize
from .localize import Translation
from .pieces import piece_of

SUBMIT = "wagtail_localize.submit_translation"
APPROVE = "wagtail_newsroom.approve_translation"


def can_work_at_the_desk(user: Any) -> bool:
    """Return whether the user has anything to do with translations at all."""
    return bool(user.has_perm(SUBMIT) or user.has_perm(APPROVE))


def can_request(instance: Any, locale: Locale, user: Any) -> bool:
    """Return whether the user may have this piece translated into this language.

    Needs the permission to submit, and a right to edit either side: the original, or the
    translation, or the place where it will be made.
    """
    if not user.is_active or not user.has_perm(SUBMIT):
        return False
    piece = piece_of(instance)
    if piece.can_edit(user):
        return True
    target = piece.version_in(locale)
    if target is not None:
        return piece_of(target).can_edit(user)
    return piece.can_add_version(locale, user)


def can_see(translation: Translation, user: Any, *, sides: tuple[Any, ...] | None = None) -> bool:
    """Return whether the user may see a translation's texts and jobs at the desk.

    `sides` are its target and its source, where they are at hand.
    """
    if not user.is_active:
        return False
    versions = sides or (localize.target_to_be(translation), localize.source_of(translation))
    return any(version is not None and piece_of(version).can_edit(user) for version in versions)


def can_edit_texts(target: Any, user: Any) -> bool:
    """Return whether the user may write the texts of this page or snippet at the desk."""
    piece = piece_of(target)
    return bool(user.is_active and piece.can_edit(user) and not piece.is_locked_for(user))


def can_approve(target: Any, user: Any) -> bool:
    """Return whether the user may approve the texts of this page or snippet."""
    return bool(user.is_active and user.has_perm(APPROVE) and piece_of(target).can_edit(user))


def can_publish(target: Any, user: Any) -> bool:
    """Return whether the user may publish this translated page or snippet at the desk.

    What keeps no drafts has no permission to publish, so there it takes the one to approve.
    """
    piece = piece_of(target)
    if not user.is_active or not (piece.has_drafts or user.has_perm(APPROVE)):
        return False
    return piece.can_publish(user)
