"""The pieces beside a piece: those that editors chose, then those with the same tags."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site

from .queries import models_of, publication_of, readable
from .tags import TaggedPiece
from .whole import as_own_class, with_own_fields

CANDIDATES = 60
"""How many pieces with a page's tags are looked at: those that share most, then the newest."""


def related_to(
    page: Any, kind: type[Model], *, at_most: int, without: Collection[UUID] = ()
) -> list[Any]:
    """Return the pieces to show beside a piece, of their own classes, without bodies.

    Chosen pieces come first and in their order, in the language of the page; then those with most
    tags in common, the newest first. Only pieces of the same site that everybody may read, never
    one twice, never the page itself, nor those in `without`, which are translation keys of what
    the page shows elsewhere. One query, lead images included.
    """
    if page.pk is None or not at_most:
        return []
    chosen = [pk for pk in (block["value"] for block in page.related_pieces.raw_data) if pk]
    models = models_of(kind)
    tags = TaggedPiece.objects.filter(content_object_id=page.pk).values("tag_id")
    shared = TaggedPiece.objects.filter(tag_id__in=tags).order_by()
    in_common = (
        shared.filter(content_object_id=OuterRef("pk"))
        .values("content_object_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    choice = Page.objects.filter(pk__in=chosen, translation_key=OuterRef("translation_key"))
    rows = (
        readable(Page.objects.type(*models))
        .filter(
            _of_the_same_site(page),
            pk__in=_candidates(page, chosen, shared),
            locale_id=page.locale_id,
        )
        .exclude(translation_key__in=[page.translation_key, *without])
        .annotate(
            choice=Subquery(choice.order_by("pk").values("pk")[:1]),
            in_common=Coalesce(Subquery(in_common), Value(0)),
            published=publication_of(models),
        )
        .order_by(*_place_among(chosen), "-in_common", F("published").desc(nulls_last=True), "-pk")
    )
    return [as_own_class(row) for row in with_own_fields(rows, models, "lead_image")[:at_most]]


def _candidates(page: Any, chosen: list[int], shared: QuerySet[TaggedPiece]) -> QuerySet[Page]:
    """Return the keys of the pages to choose from, so few that sorting them costs nothing."""
    pages = Page.objects.order_by()
    keys = pages.filter(pk__in=chosen).values("translation_key")
    most = (
        shared.exclude(content_object_id=page.pk)
        .values("content_object_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "-content_object_id")
        .values("content_object_id")[:CANDIDATES]
    )
    in_this_language = pages.filter(translation_key__in=keys, locale_id=page.locale_id)
    return in_this_language.values("pk").union(pages.filter(pk__in=most).values("pk"))


def _place_among(chosen: list[int]) -> list[Any]:
    places = [When(choice=pk, then=Value(place)) for place, pk in enumerate(chosen)]
    if not places:
        # A bare number would be read as the place of a column.
        return []
    return [Case(*places, default=Value(len(chosen)), output_field=IntegerField())]


def _of_the_same_site(page: Any) -> Q:
    roots = (root.root_path for root in Site.get_site_root_paths())
    own = [root for root in roots if page.url_path.startswith(root)]
    # Where sites are nested, the nearest.
    return Q(url_path__startswith=max(own, key=len)) if own else Q()
