"""Rows of many pages, in groups of one piece in all languages, a few at a time in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import Any, NamedTuple
from urllib.parse import urljoin
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, get_page_models

from ...articles.article import ArticleMixin
from ...articles.pictures import SHARED_WIDTH
from ...articles.queries import is_indexed, is_restricted, paths_from_page
from ...articles.withdrawable import not_withdrawn
from ..addresses import has_own_sitemap_entries
from .tree import MODIFIED, Part, Tree

_CHUNK = 2000
"""Rows that are in memory at a time."""


# Tuples: there is one for each page, and a frozen dataclass takes several times as long to make.
class Row(NamedTuple):
    """What is read of a page."""

    pk: int
    key: str
    path: str
    url_path: str
    locale_id: int
    alias_of_id: int | None
    content_type_id: int
    modified: datetime | None
    picture: str | None
    """The file of the lead image in the size that is shared, else the image's own."""


class Entry(NamedTuple):
    """One address of a sitemap."""

    locale_id: int
    path: str
    """The page's place in the tree."""
    url: str
    lastmod: datetime | None
    is_page: bool
    """Whether this is the page's own address, which may be its translations' alternate."""
    picture: str = ""
    """The absolute address of the lead image; empty if there is none."""


def groups(tree: Tree, branch: UUID | None, part: Part) -> Iterator[list[Entry]]:
    """Yield the pieces that stand in a branch in any language, each with all its entries.

    Queries: a constant number, plus one for each 2,000 pages of classes that make their own
    entries (`get_sitemap_urls`) or addresses. Pages that Wagtail gives no address are left out.
    """
    pages = tree.pages_of(branch, part)
    restricted = set(PageViewRestriction.objects.values_list("page__path", flat=True))
    special = _special_types()
    rows = (
        Row(*values)
        for values in _with_pictures(
            Page.objects.filter(
                tree.below_homes(),
                not_withdrawn(),
                is_indexed(),
                live=True,
                locale_id__in=list(tree.locales),
                translation_key__in=pages.values("translation_key"),
            )
        )
        # As text, because making a UUID of each takes longer than reading the row.
        .annotate(modified=MODIFIED, key=Cast("translation_key", CharField()))
        .order_by("translation_key", "locale_id")
        .values_list(
            "pk",
            "key",
            "path",
            "url_path",
            "locale_id",
            # Left out below and not by the query, which would keep SQLite from the index that
            # gives the order.
            "alias_of_id",
            "content_type_id",
            "modified",
            "picture",
        )
        .iterator(chunk_size=_CHUNK)
    )
    open_rows = (
        row for row in rows if row.alias_of_id is None and not is_restricted(row.path, restricted)
    )
    storages = _Pictures(tree)
    pieces = (list(group) for _, group in groupby(open_rows, key=lambda row: row.key))
    while chunk := list(islice(pieces, _CHUNK)):
        own_entries = _own_entries(
            [row.pk for piece in chunk for row in piece if row.content_type_id in special],
            tree.request,
        )
        for piece in chunk:
            yield [entry for row in piece for entry in _entries(row, own_entries, tree, storages)]


def _with_pictures(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `picture`, the name of the file of an article's lead image."""
    leads = [F(path) for path in paths_from_page(ArticleMixin, "lead_image")]
    if not leads:
        return pages.annotate(picture=Value(None, output_field=CharField()))
    images = get_image_model()
    shared = images.get_rendition_model().objects.filter(
        image_id=OuterRef("lead"), filter_spec=f"width-{SHARED_WIDTH}"
    )
    lead = Coalesce(*leads) if len(leads) > 1 else leads[0]
    return pages.annotate(lead=lead).annotate(
        picture=Coalesce(
            Subquery(shared.order_by("pk").values("file")[:1], output_field=CharField()),
            Subquery(
                images.objects.filter(pk=OuterRef("lead")).values("file")[:1],
                output_field=CharField(),
            ),
        )
    )


class _Pictures:
    """Makes the addresses of image files."""

    def __init__(self, tree: Tree) -> None:
        images = get_image_model()
        self._storage = images._meta.get_field("file").storage
        self._base = tree.site.root_url

    def of(self, name: str | None) -> str:
        return urljoin(self._base, self._storage.url(name)) if name else ""


def _special_types() -> set[int]:
    models = [model for model in get_page_models() if has_own_sitemap_entries(model)]
    return {kind.pk for kind in ContentType.objects.get_for_models(*models).values()}


def _own_entries(keys: list[int], request: HttpRequest) -> dict[int, list[dict[str, Any]]]:
    if not keys:
        return {}
    pages = Page.objects.filter(pk__in=keys).defer_streamfields().specific()
    return {page.pk: page.get_sitemap_urls(request) for page in pages}


def _entries(
    row: Row, own_entries: dict[int, list[dict[str, Any]]], tree: Tree, pictures: _Pictures
) -> Iterator[Entry]:
    if row.pk in own_entries:
        for index, entry in enumerate(own_entries[row.pk]):
            if entry.get("location"):
                yield Entry(
                    row.locale_id, row.path, entry["location"], entry.get("lastmod"), index == 0
                )
        return
    url = tree.addresses.of(row.url_path)
    if url:
        yield Entry(
            row.locale_id,
            row.path,
            url,
            row.modified,
            is_page=True,
            picture=pictures.of(row.picture),
        )
