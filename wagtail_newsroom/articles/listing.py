"""One page of a list of pieces, with everything that its cards show, in bounded queries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Page

from .pictures import prefetch_renditions


def paginate(pieces: QuerySet[Page], number: Any, *, per_page: int) -> ListPage[Page]:
    """Return one page of a list; the nearest one for a number that is none or out of range.

    Its pieces are of their own classes, without bodies, with parents, lead images and these
    images' sizes and texts. Queries: one to count, one for the rows, one for the parents, at most
    two for each class of pieces, and one for the sizes and texts of their images.
    """
    page = Paginator(pieces, per_page).get_page(number)
    page.object_list = with_cards(list(page.object_list))
    return page


def with_cards(rows: list[Page]) -> list[Page]:
    """Return base pages as pieces of their own classes, in the same order, ready to be shown."""
    keys_by_class: defaultdict[type[Page], list[int]] = defaultdict(list)
    for row in rows:
        keys_by_class[row.specific_class].append(row.pk)
    pieces: dict[int, Any] = {}
    for model, keys in keys_by_class.items():
        pieces.update(
            model.objects.defer_streamfields().prefetch_related("lead_image").in_bulk(keys)
        )
    found = [pieces[row.pk] for row in rows if row.pk in pieces]
    _attach_parents(found)
    _read_pictures(found)
    return found


def _read_pictures(pieces: list[Any]) -> None:
    images: defaultdict[int, list[Any]] = defaultdict(list)
    for piece in pieces:
        images[piece.locale_id].append(getattr(piece, "lead_image", None))
    for locale_id, of_language in images.items():
        prefetch_renditions(of_language, locale_id)


def _attach_parents(pieces: list[Any]) -> None:
    # `get_parent()` asks for each page by itself otherwise; treebeard keeps it here.
    parents = {
        parent.path: parent
        for parent in Page.objects.filter(
            path__in={piece.path[: -piece.steplen] for piece in pieces}
        )
    }
    for piece in pieces:
        parent = parents.get(piece.path[: -piece.steplen])
        if parent is not None:
            piece._cached_parent_obj = parent
