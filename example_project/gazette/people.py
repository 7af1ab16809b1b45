"""The newspaper's staff: who may do what, and the two accounts to try it with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Newsroom editors"
TRANSLATORS = "Newsroom translators"

# Group: (permissions in general, on pages, on images and documents), all as codenames.
RIGHTS = {
    EDITORS: (
        {
            "access_admin",
            "submit_translation",
            "approve_translation",
            "add_memoryentry",
            "change_memoryentry",
            "delete_memoryentry",
            "view_memoryentry",
        },
        {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
        {"add_image", "change_image", "choose_image", "add_document", "choose_document"},
    ),
    TRANSLATORS: (
        {"access_admin", "submit_translation"},
        {"add_page", "change_page"},
        {"choose_image", "choose_document"},
    ),
}

LOGINS = (("editor", "editor", EDITORS), ("translator", "translator", TRANSLATORS))
"""Name, password and group of each account."""


def make_groups() -> dict[str, Group]:
    """Make the groups with their rights on the whole tree; gives back what is missing only."""
    tree, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    groups = {}
    for name, (general, on_pages, on_media) in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(general))
        for permission in _permissions(on_pages):
            GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)
        for permission in _permissions(on_media):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
        groups[name] = group
    return groups


def make_users(groups: dict[str, Group]) -> dict[str, Any]:
    """Make the accounts that are missing; whoever is there keeps password and groups."""
    users = {}
    for name, password, group in LOGINS:
        user, created = get_user_model().objects.get_or_create(username=name)
        if created:
            user.set_password(password)
            user.save()
            user.groups.add(groups[group])
        users[name] = user
    return users


def _permissions(codenames: set[str]) -> list[Permission]:
    # Codenames such as `add_image` are unique only with their app's models.
    found = list(
        Permission.objects.filter(
            codename__in=codenames,
            content_type__app_label__in=[
                "wagtailadmin",
                "wagtailcore",
                "wagtailimages",
                "wagtaildocs",
                "wagtail_localize",
                "wagtail_newsroom",
            ],
        )
    )
    missing = codenames - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"no such permissions: {', '.join(sorted(missing))}; run migrate first")
    return found
