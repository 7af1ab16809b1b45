"""The groups of a newsroom: writers, translators of each language, desk editors, engine managers.

They are ordinary groups. One that is missing is made with its rights; one that exists keeps what
it has, and is given its rights on home pages on and above which it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

from ..conf import conf
from .language_models import GroupLanguagePermission
from .language_rights import APPROVE, WRITE
from .languages import configured_name
from .permissions import SUBMIT

WRITERS = "Newsroom writers"
"""The group that writes drafts and has them translated."""
EDITORS = "Newsroom editors"
"""The group of the desk: it approves and publishes in every language."""
ENGINE_MANAGERS = "Newsroom engine managers"
"""The group that sees to the engines, the memory and the glossary."""


def translators(code: str) -> str:
    """Return the name of the group that writes the translations into a language."""
    return f"Newsroom translators ({code})"


def editors(code: str) -> str:
    """Return the name of the group that approves and publishes one language."""
    return f"Newsroom editors ({code})"


@dataclass(frozen=True)
class Role:
    """What the people of a group may do."""

    name: str
    permissions: tuple[str, ...]
    on_homes: tuple[str, ...] = ()
    on_images: tuple[str, ...] = ()
    locale: Locale | None = None
    """The one language that the rights on homes and those in languages are for."""
    in_language: tuple[str, ...] = ()


def roles_of(locales: Sequence[Locale], *, editors_by_language: bool = False) -> list[Role]:
    """Return the roles of a newsroom that translates into these languages."""
    admin = "wagtailadmin.access_admin"
    on_authors = _on(conf.author_model, "add", "change", "publish")
    memory = _on("wagtail_newsroom.MemoryEntry", *_ALL)
    glossary = _on("wagtail_newsroom.GlossaryTerm", *_ALL)
    image_texts = _on("wagtail_newsroom.ImageText", *_ALL)
    tags = _on(conf.tag_model, *_ALL)
    social = _on("wagtail_newsroom.SocialSettings", *_ALL)
    usage = "wagtail_newsroom.view_engineusage"
    review_record = "wagtail_newsroom.view_reviewrecord"
    editing = ("add_page", "change_page", "publish_page", "lock_page")
    pictures = ("add_image", "change_image", "choose_image")
    writer = Role(
        WRITERS,
        permissions=(admin, SUBMIT, *_on(conf.author_model, "add", "change")),
        on_homes=("add_page", "change_page"),
        on_images=("add_image", "choose_image"),
    )
    editor = Role(
        EDITORS,
        permissions=(
            admin,
            SUBMIT,
            WRITE,
            APPROVE,
            usage,
            review_record,
            *memory,
            *glossary,
            *tags,
            *social,
            *on_authors,
            *image_texts,
        ),
        on_homes=editing,
        on_images=pictures,
    )
    manager = Role(ENGINE_MANAGERS, permissions=(admin, usage, *memory, *glossary))
    found = [writer, editor, manager]
    for locale in locales:
        found.append(
            Role(
                translators(locale.language_code),
                permissions=(admin,),
                locale=locale,
                in_language=(WRITE,),
            )
        )
        if editors_by_language:
            found.append(
                Role(
                    editors(locale.language_code),
                    permissions=(admin, *on_authors),
                    on_homes=editing,
                    on_images=pictures,
                    locale=locale,
                    in_language=(WRITE, APPROVE),
                )
            )
    return found


def make_role(role: Role, homes: Iterable[Page]) -> list[str]:
    """Make a group if it is missing, and give it its rights on homes; return what was done.

    One sentence for each thing that was done, none where nothing was missing.
    """
    made = []
    group, is_new = Group.objects.get_or_create(name=role.name)
    if is_new:
        group.permissions.add(*_permissions(role.permissions))
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
            for permission in _permissions(f"wagtailimages.{name}" for name in role.on_images)
        )
        GroupLanguagePermission.objects.bulk_create(
            GroupLanguagePermission(group=group, locale=role.locale, permission=permission)
            for permission in _permissions(role.in_language)
        )
        made.append(_("Made the group “%(name)s”.") % {"name": role.name})
    for home in homes:
        is_elsewhere = role.locale is not None and home.locale_id != role.locale.pk
        if not role.on_homes or is_elsewhere or _has_rights_on(group, home):
            continue
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=home, permission=permission)
            for permission in _permissions(f"wagtailcore.{name}" for name in role.on_homes)
        )
        made.append(
            _("Gave the group “%(name)s” its rights below “%(home)s” (%(language)s).")
            % {"name": role.name, "home": home.title, "language": configured_name(home.locale)}
        )
    return made


_ALL = ("view", "add", "change", "delete")


def _on(model_name: str, *actions: str) -> tuple[str, ...]:
    """Return the names of a model's permissions."""
    options = apps.get_model(model_name)._meta
    return tuple(
        f"{options.app_label}.{get_permission_codename(action, options)}" for action in actions
    )


def _has_rights_on(group: Group, home: Page) -> bool:
    above = home.get_ancestors(inclusive=True)
    return GroupPagePermission.objects.filter(group=group, page__in=above).exists()


def _permissions(names: Iterable[str]) -> Iterator[Permission]:
    for name in names:
        app_label, codename = name.split(".")
        yield Permission.objects.get(content_type__app_label=app_label, codename=codename)
