"""Which rows of the list a person sees: pieces that they may edit on one side, or whose language
is theirs.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from . import permissions
from .language_models import GroupLanguagePermission
from .language_rights import languages_of
from .pieces import snippet_policy
from .state_models import PieceState
from .state_rows import listed_snippets


def visible_rows(user: Any) -> QuerySet[PieceState]:
    """Return the rows that the user may see; decided by the database, for any number of rows.

    A page counts where the user may edit the original or the translation, or may make the
    translation where there is none yet; a snippet where the user may change those of its class.
    Either counts where the user has a right in the language that it is translated into.
    """
    rows = PieceState.objects.all()
    if not user.is_active or not permissions.can_work_at_the_desk(user):
        return rows.none()
    if user.has_perm(permissions.WRITE):
        return rows
    return rows.filter(_languages(user) | _pages(user) | _snippets(user))


def _languages(user: Any) -> Q:
    rights = GroupLanguagePermission.objects.filter(group__user=user)
    return Q(locale__in=rights.values("locale"))


def approvable(user: Any) -> Q:
    """Return which rows have a translation that the user may approve, once there is one."""
    languages = languages_of(user)
    if user.has_perm(permissions.APPROVE):
        if languages.every:
            return Q()
        open_to_user = _editable(user, "target_page") | _snippets(user)
        return open_to_user | Q(locale__in=languages.written | languages.approved)
    return Q(locale__in=languages.approved)


def _editable(user: Any, side: str) -> Q:
    """Return the rows whose page on one side the user may edit."""
    wanted = Q(pk=None)
    for permission in page_permission_policy.get_cached_permissions_for_user(user):
        below = Q(**{f"{side}__path__startswith": permission.page.path})
        match permission.permission.codename:
            case "change_page":
                wanted |= below
            case "add_page":
                # Who may add pages may edit those of their own.
                wanted |= below & Q(**{f"{side}__owner": user.pk})
    return wanted


def _pages(user: Any) -> Q:
    held = page_permission_policy.get_cached_permissions_for_user(user)
    if not held:
        return Q(pk=None)
    wanted, places = _editable(user, "source_page") | _editable(user, "target_page"), Q(pk=None)
    for permission in held:
        if permission.permission.codename == "add_page":
            places |= Q(path__startswith=permission.page.path)
    above = Page.objects.filter(
        places,
        translation_key=OuterRef("section__translation_key"),
        locale=OuterRef("locale"),
        alias_of=None,
    )
    return wanted | Q(Exists(above), target_page=None, source_page__isnull=False)


def _snippets(user: Any) -> Q:
    allowed = [
        model
        for model in listed_snippets()
        if snippet_policy(model).user_has_permission(user, "change")
    ]
    kinds = ContentType.objects.get_for_models(*allowed).values() if allowed else ()
    return Q(content_type__in=[kind.pk for kind in kinds])
