"""The field `tags` of a piece: only tags of the piece's own language, whatever is put into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from modelcluster.queryset import FakeQuerySet
from taggit.managers import _TaggableManager
from taggit.utils import require_instance_manager

from .tag_forms import PieceTagsFormField
from .tag_keys import key_of, names_in
from .tag_rows import resolve
from .tags import TaggedPiece, with_tags


class PieceTags(_ClusterTaggableManager):
    """The tags of one piece.

    Reading gives what readers may see: tags of the piece's language that have a name in it.
    Writing takes names in that language, and tags of any language.
    """

    def get_queryset(self, extra_filters: dict[str, Any] | None = None) -> Any:
        """Returns the named tags in the piece's language, as `all()`, search and the API see them."""
        if self.instance is not None and (self.is_in_memory or self.instance.pk is None):
            return FakeQuerySet(
                self.through.tag_model(),
                [tag for tag in self.everything() if not tag.needs_name],
            )
        # Past modelcluster's manager, which has no more to add, to taggit's.
        return _TaggableManager.get_queryset(
            self,
            {
                **(extra_filters or {}),
                "needs_name": False,
                f"{self.through.tag_relname()}__content_object__locale": F("locale"),
            },
        )

    @property
    def is_in_memory(self) -> bool:
        """Whether the piece holds tags that differ from the database's, as a revision does."""
        return bool(self.get_tagged_item_manager().is_deferring)

    @require_instance_manager
    def everything(self) -> list[Any]:
        """Returns all tags in the piece's language, those that wait for a name too."""
        return [item.tag for item in self._items() if item.tag.locale_id == self.instance.locale_id]

    def _items(self) -> list[TaggedPiece]:
        """Returns the rows that tie tags to the piece, each with its tag, in two queries at most."""
        items = self.get_tagged_item_manager().all()
        if not self.is_in_memory and self.instance.pk is not None:
            items = items.select_related("tag").order_by("pk")
        return with_tags(items)

    @require_instance_manager
    def add(self, *tags: Any, **kwargs: Any) -> None:
        """Adds tags or names; the database learns of it when the piece is saved."""
        self.set([*self.everything(), *tags])

    @require_instance_manager
    def set(self, tags: Iterable[Any], **kwargs: Any) -> None:
        """Makes these the piece's tags; rows that stay keep their keys."""
        self._remove_prefetched_objects()
        items = self._items()
        rows = {item.tag_id: item for item in items}
        # What is there stays in its order; new tags follow.
        places = {tag_id: place for place, tag_id in enumerate(rows)}
        wanted = sorted(
            self._to_tag_model_instances(tags, {}),
            key=lambda tag: places.get(tag.pk, len(places)),
        )
        if [tag.pk for tag in wanted] != list(rows) or len(rows) != len(items):
            self.get_tagged_item_manager().set(
                [rows.get(tag.pk) or self.through(tag=tag) for tag in wanted]
            )

    @require_instance_manager
    def remove(self, *tags: Any) -> None:
        """Takes tags away, by name in any spelling or by the tag of any language."""
        keys = {key_of(name) for tag in tags if isinstance(tag, str) for name in names_in(tag)}
        groups = {tag.translation_key for tag in tags if not isinstance(tag, str)}
        self.set(
            tag
            for tag in self.everything()
            if key_of(tag.name) not in keys and tag.translation_key not in groups
        )

    @require_instance_manager
    def clear(self) -> None:
        """Takes all tags away."""
        self.set([])

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: Any) -> list[Any]:
        if self.instance.locale_id is None:
            raise ValueError("Give the page its locale before its tags, which are of one language.")
        return resolve(tags, self.instance.locale_id, attached=self.everything())


class PieceTagsField(ClusterTaggableManager):
    """The field for tags of a page that stands in one language."""

    def __get__(self, instance: Any, model: Any = None) -> PieceTags:
        # modelcluster names its manager in this method.
        return PieceTags(
            through=self.through,
            model=model,
            instance=instance,
            prefetch_cache_name=self.name,
        )

    def __set__(self, instance: Any, value: Any) -> None:
        # wagtail-localize hands over the source's manager, which would stay on this page.
        if isinstance(value, PieceTags):
            value = value.everything() if value.instance is not None else []
        elif isinstance(value, _TaggableManager):
            value = list(value.all())
        self.__get__(instance, type(instance)).set(value or [])

    def value_from_object(self, instance: Any) -> list[Any]:
        """Returns all tags for a form, those that wait for a name too."""
        return self.__get__(instance, type(instance)).everything()

    def formfield(self, form_class: Any = None, **kwargs: Any) -> Any:
        """Returns our own form field, whatever class Wagtail proposes."""
        return super().formfield(form_class=PieceTagsFormField, **kwargs)

    def get_path_info(self, filtered_relation: Any = None) -> list[Any]:
        """Leads queries from the page class to the tags, by way of Wagtail's page.

        The rows between belong to the base page, and taggit expects those of the class itself.
        """
        way = self.model._meta.get_path_to_parent(self._base())
        return [*way, *super().get_path_info(filtered_relation)]

    def get_reverse_path_info(self, filtered_relation: Any = None) -> list[Any]:
        """Leads queries from the tags to the page class."""
        way = self.model._meta.get_path_from_parent(self._base())
        return [*super().get_reverse_path_info(filtered_relation), *way]

    def _base(self) -> Any:
        return self.through._meta.get_field("content_object").remote_field.model

    def deconstruct(self) -> Any:
        """Names the classes for migrations as foreign keys do."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["to"] = kwargs["to"].lower()
        return name, path, args, kwargs
