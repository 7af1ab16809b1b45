"""The languages that a person may write or approve, because of the groups that the person is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .language_models import GroupLanguagePermission

WRITE = f"wagtail_newsroom.{GroupLanguagePermission.WRITE}"
APPROVE = f"wagtail_newsroom.{GroupLanguagePermission.APPROVE}"

_REMEMBERED = "_newsroom_language_rights"


@dataclass(frozen=True)
class Languages:
    """The languages whose pieces are open to somebody at the desk, by the keys of their locales."""

    written: frozenset[int] = frozenset()
    approved: frozenset[int] = frozenset()
    """Without those that the permission to approve in every language adds."""
    every: bool = False
    """Whether all languages are open, because of the permission to write into every one."""

    def __bool__(self) -> bool:
        return self.every or bool(self.written or self.approved)

    def __contains__(self, locale_id: int) -> bool:
        return self.every or locale_id in self.written or locale_id in self.approved


def languages_of(user: Any) -> Languages:
    """Return the languages that are open to a user, whoever may edit the pages themselves.

    One query at most for a user object, which remembers the answer as it does its permissions.
    """
    if not (user.is_active and user.is_authenticated):
        return Languages()
    if user.is_superuser:
        return Languages(every=True)
    remembered = remembered_languages(user)
    if remembered is None:
        rights = set(
            GroupLanguagePermission.objects.filter(group__user=user).values_list(
                "permission__codename", "locale_id"
            )
        )
        remembered = Languages(
            written=frozenset(key for name, key in rights if name == GroupLanguagePermission.WRITE),
            approved=frozenset(
                key for name, key in rights if name == GroupLanguagePermission.APPROVE
            ),
            every=user.has_perm(WRITE),
        )
        setattr(user, _REMEMBERED, remembered)
    return remembered


def remembered_languages(user: Any) -> Languages | None:
    """Return what was asked of a user before, None where nothing was; no query."""
    remembered: Languages | None = getattr(user, _REMEMBERED, None)
    return remembered


def may_write(user: Any, locale_id: int) -> bool:
    """Return whether the user may write the translations into a language, on any page."""
    languages = languages_of(user)
    return languages.every or locale_id in languages.written


def may_approve_any(user: Any) -> bool:
    """Return whether the user has the right to approve in any language."""
    return bool(user.is_active and (user.has_perm(APPROVE) or languages_of(user).approved))


def may_approve(user: Any, locale_id: int) -> bool:
    """Return whether the user has the right to approve in a language, or in every one."""
    return bool(user.has_perm(APPROVE)) or locale_id in languages_of(user).approved
