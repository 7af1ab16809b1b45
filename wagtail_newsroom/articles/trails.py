"""The rows that every reader's page needs: a page and those above it in all languages, and the menu.

One query gives them. Where the newsroom finds the page by its address, that query does it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.models import Page

from ..desk.localize.origins import origin_of_row
from ..desk.provenance import ORIGIN
from .queries import is_indexed, is_readable, restrictions_of

_ON_REQUEST = "_newsroom_rows"


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that were read when a request's page was found."""

    page_id: int
    rows: tuple[Page, ...]
    """As `rows_of` gives them."""
    home_path: str


def rows_of(chain: Q, *, home_path: str, locale_id: int) -> QuerySet[Page]:
    """Return a chain of pages in all their languages, and the menu's pages below a home page.

    Annotated are `is_readable`, `is_indexed`, `is_restricted` and the language that each was translated from;
    with their locales, the higher ones first. The two parts are united by their keys: as alternatives in one condition, they would keep
    PostgreSQL from its indexes.
    """
    keys = Page.objects.filter(chain).values("translation_key")
    wanted = Page.objects.order_by().filter(translation_key__in=keys).values("pk")
    if home_path:
        menu = (
            Page.objects.order_by()
            .alias(language_of_row=Coalesce("locale_id", Value(0)))
            .filter(
                path__range=(home_path + "0" * Page.steplen, home_path + "Z" * Page.steplen),
                depth=len(home_path) // Page.steplen + 1,
                show_in_menus=True,
                # Not the bare column, by whose index SQLite would read every page of the language.
                language_of_row=locale_id,
            )
        )
        wanted = wanted.union(menu.values("pk"))
    return (
        Page.objects.filter(pk__in=wanted)
        .annotate(
            is_readable=ExpressionWrapper(is_readable(), output_field=BooleanField()),
            is_indexed=ExpressionWrapper(
                is_indexed() or Q(pk__isnull=False), output_field=BooleanField()
            ),
            is_restricted=Exists(restrictions_of()),
            **{ORIGIN: origin_of_row()},
        )
        .select_related("locale")
        .order_by("depth", "path")
    )


def keep(request: HttpRequest, page: Page, rows: Sequence[Page], home_path: str) -> None:
    """Keep the rows for the templates of the same request."""
    setattr(request, _ON_REQUEST, Kept(page.pk, tuple(rows), home_path))


def kept(request: HttpRequest | None, page: Page, home_path: str) -> tuple[Page, ...] | None:
    """Return the rows that were read when this page was found; None if others were, or none."""
    found: Kept | None = getattr(request, _ON_REQUEST, None)
    if found is None or (found.page_id, found.home_path) != (page.pk, home_path):
        return None
    return found.rows
