"""One page of a list of pieces, with everything that its cards show, in bounded queries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Page

from .pictures import attach_pictures


def paginate(pieces: QuerySet[Page], number: Any, *, per_page: int) -> ListPage[Page]:
    """Return one page of a list; the nearest one for a number that is none or out of range.

    Its pieces are what `with_cards` returns. Queries: one to count, one for the rows, and those of
    `with_cards`, whatever the number of pieces.
    """
    if isinstance(pieces, QuerySet):
        # Without the rest of the rows, which databases would carry through the sorting.
        pieces = pieces.only("pk", "content_type")
    page = Paginator(pieces, per_page).get_page(number)
    page.object_list = with_cards(list(page.object_list))
    return page


def numbers_around(page: ListPage[Any]) -> list[int | None]:
    """Return the numbers of a list's pages to offer: the first, the last and those around this one.

    None stands where some are left out.
    """
    paginator = page.paginator
    return [
        int(number) if isinstance(number, int) else None
        for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]


def with_cards(rows: list[Page]) -> list[Any]:
    """Return base pages as pieces of their own classes, in the same order, ready to be shown.

    Without bodies, with their parents, locales, lead images and these images' sizes. Queries: one
    for each class of pieces, one for the parents, and two for the images.
    """
    keys_by_class: defaultdict[type[Page], list[int]] = defaultdict(list)
    for row in rows:
        keys_by_class[row.specific_class].append(row.pk)
    pieces: dict[int, Any] = {}
    for model, keys in keys_by_class.items():
        pieces.update(model.objects.defer_streamfields().select_related("locale").in_bulk(keys))
    found = [pieces[row.pk] for row in rows if row.pk in pieces]
    _attach_parents(found)
    attach_pictures(found, "lead_image")
    return found


def _attach_parents(pieces: list[Any]) -> None:
    # `get_parent()` asks for each page by itself otherwise; treebeard keeps it here.
    paths = {piece.path[: -piece.steplen] for piece in pieces}
    if not paths:
        return
    parents = {parent.path: parent for parent in Page.objects.filter(path__in=paths)}
    for piece in pieces:
        parent = parents.get(piece.path[: -piece.steplen])
        if parent is not None:
            piece._cached_parent_obj = parent
