"""What belongs to the objects of one answer of the API, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from ..desk.provenance import Facts, facts_of_pages
from .image_texts import read_image_texts
from .pictures import attach_pictures, images_of
from .queries import readable

__all__ = ["Results"]


class Results:
    """The objects that one answer of the API is about, with what belongs to them."""

    def __init__(self, objects: Iterable[Any], request: HttpRequest | None) -> None:
        self.objects = list(objects)
        self.request = request
        self.keys = [each.pk for each in self.objects]
        self.translation_keys = {each.translation_key for each in self.objects}
        self._pictures_read: set[str] = set()

    @cached_property
    def tags(self) -> dict[int, list[Any]]:
        """The tags that readers see, by the page's key."""
        found = defaultdict(list)
        rows = _rows("newsroom_tagged_items").filter(
            content_object_id__in=self.keys, tag__needs_name=False
        )
        for row in rows.select_related("tag").order_by("pk"):
            found[row.content_object_id].append(row.tag)
        return found

    @cached_property
    def bylines(self) -> dict[int, list[Any]]:
        """The bylines of authors that readers see, by the page's key."""
        found = defaultdict(list)
        rows = _rows("newsroom_bylines").filter(page_id__in=self.keys, author__live=True)
        for row in rows.select_related("author").order_by("sort_order", "pk"):
            found[row.page_id].append(row)
        return found

    @cached_property
    def corrections(self) -> dict[tuple[int, int], list[Any]]:
        """The corrections, by the keys of the page and of the language."""
        found = defaultdict(list)
        for row in (
            _rows("newsroom_corrections").filter(page_id__in=self.keys).order_by("sort_order", "pk")
        ):
            found[row.page_id, row.locale_id].append(row)
        return found

    @cached_property
    def translations(self) -> dict[Any, list[Page]]:
        """The readable pages in all languages, by translation key."""
        found = defaultdict(list)
        for page in self._pages(translation_key__in=self.translation_keys):
            found[page.translation_key].append(page)
        return found

    @cached_property
    def parents(self) -> dict[str, Page]:
        """The readable pages above, by their place in the tree."""
        return {
            page.path: page
            for page in self._pages(path__in={each.path[: -each.steplen] for each in self.objects})
        }

    @cached_property
    def chosen(self) -> dict[tuple[int, int], Page]:
        """The readable pages that the pieces point to: by the chosen key and the language's."""
        wanted = {key for each in self.objects for key in chosen_pages(each)}
        if not wanted:
            return {}
        keys = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
        twins = {
            (page.translation_key, page.locale_id): page
            for page in self._pages(translation_key__in=set(keys.values()))
        }
        return {
            (pk, locale): page
            for pk, key in keys.items()
            for (twin, locale), page in twins.items()
            if twin == key
        }

    @cached_property
    def provenance(self) -> dict[int, Facts]:
        """Where the words of the pages come from, by their keys."""
        return facts_of_pages(self.objects)

    @cached_property
    def twins(self) -> dict[Any, list[Any]]:
        """The live versions of authors in all languages, by translation key."""
        found = defaultdict(list)
        for model in {type(each) for each in self.objects}:
            rows = model.objects.filter(
                translation_key__in=self.translation_keys,
                live=True,
                locale__language_code__in=list(get_content_languages()),
            )
            for row in rows.select_related("locale").order_by("locale__language_code"):
                found[row.translation_key].append(row)
        return found

    def read_pictures(self, field: str) -> None:
        """Reads the pictures in a field of all objects, once."""
        if field not in self._pictures_read:
            self._pictures_read.add(field)
            attach_pictures(self.objects, field)

    def read_picture_words(self, field: str) -> None:
        """Reads what the images in a field's blocks say in each piece's language, once."""
        if field in self._pictures_read:
            return
        self._pictures_read.add(field)
        images: dict[int, list[Any]] = defaultdict(list)
        for each in self.objects:
            if not each.is_withdrawn:
                images[each.locale_id] += images_of(getattr(each, field))
        for locale_id, found in images.items():
            read_image_texts(found, locale_id)

    def address_of(self, page: Page) -> str | None:
        """Return a page's absolute address, in the page's own language."""
        with translation.override(page.locale.language_code):
            address: str | None = page.get_full_url(self.request)
        return address

    def _pages(self, **conditions: Any) -> Iterator[Page]:
        rows = readable(Page.objects.filter(**conditions)).select_related("locale")
        for row in rows.order_by("locale__language_code"):
            # Of its own class, which may decide where its pages live; no query for it.
            page = row.specific_deferred
            page.locale = row.locale
            yield page


def chosen_pages(piece: Any) -> list[int]:
    """Return the keys of the pages that a piece points to, without reading them."""
    related = getattr(piece, "related_pieces", None)
    keys = [item.get("value") for item in related.raw_data] if related is not None else []
    return [key for key in [*keys, getattr(piece, "kicker_page_id", None)] if isinstance(key, int)]


def _rows(relation: str) -> Any:
    """Return the rows that belong to pages by a relation."""
    # By the relation's name, since the models of these rows have fields of the API themselves.
    return Page._meta.get_field(relation).related_model.objects
