"""Who may do what with a translation; actions ask here, views only to hide a button.

A piece in a language is open to whoever may edit it in Wagtail, and to whoever has a right in that
language because of a group (`language_rights`). Approving takes the right to approve besides, and
publishing Wagtail's own, which no right in a language takes the place of.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from . import localize
from .language_rights import (
    APPROVE,
    WRITE,
    languages_of,
    may_approve,
    may_approve_any,
    may_write,
    remembered_languages,
)
from .localize import Translation
from .pieces import piece_of

__all__ = [
    "APPROVE",
    "SUBMIT",
    "WRITE",
    "can_approve",
    "can_edit_texts",
    "can_open",
    "can_publish",
    "can_request",
    "can_see",
    "can_work_at_the_desk",
    "can_work_on",
    "may_approve",
    "may_approve_any",
]

SUBMIT = "wagtail_localize.submit_translation"


def can_work_at_the_desk(user: Any) -> bool:
    """Return whether the user has anything to do with translations at all."""
    return bool(user.has_perm(SUBMIT) or user.has_perm(APPROVE) or languages_of(user))


def can_work_on(instance: Any, user: Any) -> bool:
    """Return whether this page or snippet, stored or not yet, is the user's to work on at the desk.

    That takes the right to edit it, or a right in its language.
    """
    if not user.is_active:
        return False
    # What is known of the user already is asked first, then what most people have.
    known = remembered_languages(user)
    return bool(
        (known is not None and instance.locale_id in known)
        or piece_of(instance).can_edit(user)
        or instance.locale_id in languages_of(user)
    )


def can_open(instance: Any, user: Any) -> bool:
    """Return whether the user may see where this piece stands in its languages.

    That takes the right to edit it, to have it translated, or a right in any language.
    """
    if not user.is_active:
        return False
    if piece_of(instance).can_edit(user) or languages_of(user):
        return True
    others = Locale.objects.exclude(pk=instance.locale_id)
    return any(can_request(instance, locale, user) for locale in others)


def can_request(instance: Any, locale: Locale, user: Any) -> bool:
    """Return whether the user may have this piece translated into this language.

    Needs the right to write that language; or the permission to submit, and a right to edit either
    side: the original, or the translation, or the place where it will be made.
    """
    return bool(
        user.is_active
        and (
            (user.has_perm(SUBMIT) and _can_edit_a_side(instance, locale, user))
            or may_write(user, locale.pk)
        )
    )


def _can_edit_a_side(instance: Any, locale: Locale, user: Any) -> bool:
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
    if any(version is not None and piece_of(version).can_edit(user) for version in versions):
        return True
    return translation.target_locale_id in languages_of(user)


def can_edit_texts(target: Any, user: Any) -> bool:
    """Return whether the user may write the texts of this page or snippet at the desk."""
    return can_work_on(target, user) and not piece_of(target).is_locked_for(user)


def can_approve(target: Any, user: Any) -> bool:
    """Return whether the user may approve the texts of this page or snippet."""
    return may_approve(user, target.locale_id) and can_work_on(target, user)


def can_publish(target: Any, user: Any) -> bool:
    """Return whether the user may publish this translated page or snippet at the desk.

    What keeps no drafts has no permission to publish, so there it takes the right to approve.
    """
    piece = piece_of(target)
    if not user.is_active or not (piece.has_drafts or may_approve(user, target.locale_id)):
        return False
    return piece.can_publish(user)
