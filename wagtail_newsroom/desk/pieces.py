"""What the desk asks of a piece in one language, whether it is a page or a snippet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PreviewableMixin,
    Site,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.base import BasePermissionPolicy


def piece_of(instance: Any) -> Piece:
    """Return what the desk may ask about a page or a snippet, stored or not yet."""
    return PagePiece(instance) if isinstance(instance, Page) else SnippetPiece(instance)


def specific_of(instance: Any) -> Any:
    """Return a page as its own class; a snippet as it is."""
    return instance.specific if isinstance(instance, Page) else instance


def has_drafts(model: type[models.Model]) -> bool:
    """Return whether a model keeps drafts beside what readers see."""
    return issubclass(model, DraftStateMixin)


def can_be_piece(model: type[models.Model]) -> bool:
    """Return whether rows of a model are translated by themselves.

    Children of a page or of a snippet are translated with it.
    """
    return issubclass(model, TranslatableMixin) and not any(
        isinstance(field, ParentalKey) for field in model._meta.get_fields()
    )


def has_slug(model: type[models.Model]) -> bool:
    """Return whether a model has a slug."""
    try:
        return bool(model._meta.get_field("slug"))
    except FieldDoesNotExist:
        return False


def snippet_policy(model: type[models.Model]) -> BasePermissionPolicy:
    """Return what decides who may do what with snippets of a class."""
    viewset = getattr(model, "snippet_viewset", None)
    return viewset.permission_policy if viewset is not None else ModelPermissionPolicy(model)


def _hold_versions(rows: models.QuerySet[Any], key: Any) -> None:
    list(rows.select_for_update().filter(translation_key=key).only("pk").order_by("pk"))


class Piece(ABC):
    """A page or a snippet as the desk sees it: one language of a piece."""

    gate_name: ClassVar[str]
    """The mixin that puts the gate before pieces of this kind."""
    _suffix: ClassVar[str]

    def __init__(self, instance: Any) -> None:
        self.instance = instance

    @property
    def title(self) -> str:
        """What people call it, in its latest draft."""
        return str(self.latest)

    @property
    def has_drafts(self) -> bool:
        """Whether a draft can be kept beside what readers see."""
        return has_drafts(type(self.instance))

    @property
    def is_live(self) -> bool:
        """Whether readers can see it; what has no drafts is live once it is stored."""
        return self.instance.pk is not None and bool(getattr(self.instance, "live", True))

    @property
    def is_locked(self) -> bool:
        """Whether somebody locked it."""
        return bool(getattr(self.instance, "locked", False))

    @property
    def workflow_task(self) -> Any:
        """The task of a workflow that it waits at; None where it is in none."""
        return getattr(self.instance, "current_workflow_task", None)

    @property
    def workflow_state(self) -> Any:
        """The workflow that it is in, also one that waits for changes; None for none."""
        if self.instance.pk is None or not isinstance(self.instance, WorkflowMixin):
            return None
        return self.instance.current_workflow_state

    @property
    def in_workflow(self) -> bool:
        """Whether it is in a workflow: waits at a task, or was sent back by one."""
        return self.workflow_state is not None

    def is_locked_for(self, user: Any) -> bool:
        """Returns whether a lock, by hand or by a workflow, keeps the user from changing it.

        With None, for the site itself, every lock counts. Wagtail's lock of what is scheduled does
        not: the desk has what is approved last go live then.
        """
        lock = self._lock()
        if lock is None or user is None:
            return lock is not None
        return bool(lock.for_user(user))

    def _lock(self) -> Any:
        # Without the mixin, Wagtail's own models for drafts and workflows fail when they are asked.
        if isinstance(self.instance, LockableMixin):
            lock = self.instance.get_lock()
            if not isinstance(lock, ScheduledForPublishLock):
                return lock
        if self.is_locked:
            return BasicLock(self.instance)
        task = self.workflow_task
        return task.lock_class(self.instance, task) if task is not None else None

    @property
    def is_alias(self) -> bool:
        """Whether it mirrors another page."""
        return getattr(self.instance, "alias_of_id", None) is not None

    @property
    def is_root(self) -> bool:
        """Whether it is the root of the page tree, which is no piece."""
        return False

    @property
    def latest(self) -> Any:
        """The latest draft, or the instance itself where there is none."""
        if not self.has_drafts or self.instance.pk is None:
            return self.instance
        return self.instance.get_latest_revision_as_object()

    @property
    def newest(self) -> Any:
        """What would be published: the newest revision, or the instance itself."""
        revision = self.instance.get_latest_revision() if self.has_drafts else None
        return revision.as_object() if revision is not None else self.instance

    @property
    def content(self) -> Any:
        """What is translated: what readers see, or before that the latest draft."""
        return self.instance if self.is_live else self.latest

    @property
    def edit_url(self) -> str | None:
        """Where the admin edits it; None for a model that has no place in the admin."""
        if self.instance.pk is None:
            return None
        url: str | None = AdminURLFinder().get_edit_url(self.instance)
        return url

    @property
    def is_previewable(self) -> bool:
        """Whether it can be shown as it will look."""
        return (
            isinstance(self.instance, PreviewableMixin)
            and self.instance.pk is not None
            and bool(self.instance.is_previewable())
        )

    def versions(self) -> models.QuerySet[Any]:
        """Returns the other languages of the piece, without pages that mirror another."""
        versions: models.QuerySet[Any] = self.instance.get_translations()
        return versions

    def version_in(self, locale: Locale) -> Any:
        """Returns the piece in another language, None if there is none."""
        return self.instance.get_translation_or_none(locale)

    @property
    @abstractmethod
    def parent(self) -> Page | None:
        """The page above; None for a snippet, and for a page at the top."""

    @property
    @abstractmethod
    def unpublished_parent(self) -> Page | None:
        """The topmost page above that readers cannot see yet, if there is one."""

    @property
    @abstractmethod
    def site(self) -> Site | None:
        """The site that it belongs to; None for a snippet, which belongs to all."""

    @property
    def site_id(self) -> int | None:
        """The key of that site; without a query where Wagtail remembers the sites."""
        return None

    @property
    @abstractmethod
    def is_private(self) -> bool:
        """Whether only some readers may see it."""

    @property
    @abstractmethod
    def place(self) -> tuple[str | None, str]:
        """The address and the name of the list in the admin that it stands in."""

    @property
    @abstractmethod
    def address_parts(self) -> dict[str, Any]:
        """What names the piece in addresses of the desk."""

    def address(self, name: str) -> str:
        """Returns the address of one of the desk's views of this piece: `translate` or `panel`."""
        return reverse(f"wagtail_newsroom_{name}{self._suffix}", kwargs=self.address_parts)

    @abstractmethod
    def lock(self) -> None:
        """Holds the row until the transaction ends, so that two people at it wait in turn."""

    @abstractmethod
    def lock_versions(self) -> None:
        """Holds all languages of the piece, for what changes several of them.

        In the order of their keys and before anything else, so that two people never wait for each
        other crosswise.
        """

    @abstractmethod
    def can_edit(self, user: Any) -> bool:
        """Returns whether the user may edit it, or make it where it is not stored yet."""

    @abstractmethod
    def can_publish(self, user: Any) -> bool:
        """Returns whether the user may show it to readers."""

    @abstractmethod
    def can_add_version(self, locale: Locale, user: Any) -> bool:
        """Returns whether the user may make this piece in a language that it is not in yet."""

    @abstractmethod
    def log_entries(self, action: str) -> models.QuerySet[Any]:
        """Returns the entries of its history with one action, the newest first."""


class PagePiece(Piece):
    """A page."""

    gate_name = "GatedPageMixin"
    _suffix = ""

    @property
    def title(self) -> str:
        """The title of the latest draft."""
        return str(self.instance.get_admin_display_title())

    @property
    def is_root(self) -> bool:
        """Whether it is the root of the page tree."""
        return bool(self.instance.is_root())

    @property
    def parent(self) -> Page | None:
        """The page above; None at the top."""
        parent: Page | None = self.instance.get_parent()
        return None if parent is None or parent.is_root() else parent

    @property
    def unpublished_parent(self) -> Page | None:
        """The topmost page above that is not live."""
        return self.instance.get_ancestors().filter(live=False, depth__gt=1).first()  # type: ignore[no-any-return]

    @property
    def site(self) -> Site | None:
        """The site whose tree it stands in."""
        return self.instance.get_site()  # type: ignore[no-any-return]

    @property
    def site_id(self) -> int | None:
        """The key of the site whose tree it stands in."""
        parts = self.instance.get_url_parts()
        return parts[0] if parts else None

    @property
    def is_private(self) -> bool:
        """Whether it, or a page above it, has a view restriction."""
        return bool(self.instance.get_view_restrictions().exists())

    @property
    def place(self) -> tuple[str | None, str]:
        """The page above in the explorer."""
        parent = self.instance.get_parent()
        return (
            reverse("wagtailadmin_explore", args=[parent.pk]),
            parent.specific_deferred.get_admin_display_title(),
        )

    @property
    def address_parts(self) -> dict[str, Any]:
        """The page's number."""
        return {"page_id": self.instance.pk}

    def versions(self) -> models.QuerySet[Any]:
        """Returns the other languages of the page, without aliases."""
        return super().versions().filter(alias_of=None)

    def lock(self) -> None:
        """Holds the page's row."""
        Page.objects.select_for_update().only("pk").get(pk=self.instance.pk)

    def lock_versions(self) -> None:
        """Holds the rows of the page in all its languages."""
        _hold_versions(Page.objects.all(), self.instance.translation_key)

    def can_edit(self, user: Any) -> bool:
        """Returns whether the user may edit the page."""
        return bool(self.instance.permissions_for_user(user).can_edit())

    def can_publish(self, user: Any) -> bool:
        """Returns whether the user may publish the page."""
        return bool(self.instance.permissions_for_user(user).can_publish())

    def can_add_version(self, locale: Locale, user: Any) -> bool:
        """Returns whether the user may add pages below the parent's version in that language."""
        parent = self.instance.get_parent()
        place = parent.get_translation_or_none(locale) if parent is not None else None
        return place is not None and bool(place.permissions_for_user(user).can_add_subpage())

    def log_entries(self, action: str) -> models.QuerySet[Any]:
        """Returns entries of the page's history."""
        return PageLogEntry.objects.filter(page=self.instance.pk, action=action)  # type: ignore[no-any-return]


class SnippetPiece(Piece):
    """A snippet: any translatable model that is no page."""

    gate_name = "GatedSnippetMixin"
    _suffix = "_snippet"

    @property
    def parent(self) -> None:
        """None: a snippet stands below nothing."""
        return None

    @property
    def unpublished_parent(self) -> None:
        """None: a snippet stands below nothing."""
        return None

    @property
    def site(self) -> None:
        """None: a snippet belongs to all sites."""
        return None

    @property
    def is_private(self) -> bool:
        """False: Wagtail has no view restrictions for snippets."""
        return False

    @property
    def place(self) -> tuple[str | None, str]:
        """The list of its model, where the admin has one."""
        viewset = getattr(type(self.instance), "snippet_viewset", None)
        return (
            reverse(viewset.get_url_name("list")) if viewset is not None else None,
            capfirst(str(self.instance._meta.verbose_name_plural)),
        )

    @property
    def address_parts(self) -> dict[str, Any]:
        """The model and the key."""
        options = self.instance._meta
        return {
            "app_label": options.app_label,
            "model_name": options.model_name,
            "pk": quote(str(self.instance.pk)),
        }

    def lock(self) -> None:
        """Holds the row, or all languages of the piece where this one is not stored yet."""
        if self.instance.pk is None:
            self.lock_versions()
        else:
            rows = type(self.instance)._base_manager.select_for_update()
            rows.only("pk").get(pk=self.instance.pk)

    def lock_versions(self) -> None:
        """Holds the rows of the snippet in all its languages."""
        _hold_versions(type(self.instance)._base_manager.all(), self.instance.translation_key)

    @property
    def _policy(self) -> BasePermissionPolicy:
        return snippet_policy(type(self.instance))

    def can_edit(self, user: Any) -> bool:
        """Returns whether the user may change it, or add it where it is not stored yet."""
        if self.instance.pk is None:
            return bool(self._policy.user_has_permission(user, "add"))
        return bool(self._policy.user_has_permission_for_instance(user, "change", self.instance))

    def can_publish(self, user: Any) -> bool:
        """Returns whether the user may publish it.

        Without drafts there is no permission to publish: whoever may edit shows it to readers.
        """
        if not self.has_drafts:
            return self.can_edit(user)
        return bool(self._policy.user_has_permission_for_instance(user, "publish", self.instance))

    def can_add_version(self, locale: Locale, user: Any) -> bool:
        """Returns whether the user may add snippets of this model."""
        return bool(self._policy.user_has_permission(user, "add"))

    def log_entries(self, action: str) -> models.QuerySet[Any]:
        """Returns entries of the snippet's history."""
        return ModelLogEntry.objects.for_instance(self.instance).filter(action=action)  # type: ignore[no-any-return]
