"""Who may do what with a translation; actions ask here, views only to hide a button."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page

from . import localize
from .localize import Translation

SUBMIT = "wagtail_localize.submit_translation"
APPROVE = "wagtail_newsroom.approve_translation"


def can_request(page: Page, locale: Locale, user: Any) -> bool:
    """Return whether the user may have this page translated into this language.

    Needs the permission to submit, and a right to edit either side: the original, or the
    translated page, or the place where it will be made.
    """
    if not user.is_active or not user.has_perm(SUBMIT):
        return False
    if page.permissions_for_user(user).can_edit():
        return True
    target = page.get_translation_or_none(locale)
    if target is not None:
        return bool(target.permissions_for_user(user).can_edit())
    parent = page.get_parent()
    place = parent.get_translation_or_none(locale) if parent is not None else None
    return place is not None and bool(place.permissions_for_user(user).can_add_subpage())


def can_see(translation: Translation, user: Any) -> bool:
    """Return whether the user may see a translation's texts and jobs at the desk."""
    if not user.is_active:
        return False
    pages = (localize.target_page(translation), localize.source_page(translation))
    return any(page is not None and page.permissions_for_user(user).can_edit() for page in pages)


def can_approve(target: Page, user: Any) -> bool:
    """Return whether the user may approve texts on this translated page."""
    return bool(
        user.is_active and user.has_perm(APPROVE) and target.permissions_for_user(user).can_edit()
    )


def can_publish(target: Page, user: Any) -> bool:
    """Return whether the user may publish this translated page."""
    return bool(user.is_active and target.permissions_for_user(user).can_publish())
