"""Endpoints of Wagtail's API v2 for a site without templates of its own.

A site registers them in its router; see docs/how-to/headless.md.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.api.v2.filters import FieldsFilter, LocaleFilter, OrderingFilter, SearchFilter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from ..articles.models import get_author_model
from ..articles.queries import is_readable

__all__ = ["AuthorsAPIViewSet", "NewsroomPagesAPIViewSet"]


class NewsroomPagesAPIViewSet(PagesAPIViewSet):
    """Wagtail's pages endpoint, for pages that everybody may read in their own language.

    Aliases are left out: they show one language's text under another's address.
    """

    def get_base_queryset(self) -> QuerySet[Page]:
        """Returns the readable pages of the request's site, in all languages.

        A withdrawn piece is in no list, but answers by itself, with its notice and no body.
        """
        shown = is_readable(with_withdrawn=self.action == "detail_view")
        # In a condition of its own: Wagtail's search takes no other ones.
        return Page.objects.filter(pk__in=super().get_base_queryset().filter(shown).values("pk"))

    def get_queryset(self) -> QuerySet[Page]:
        """Returns the pages with what each of their addresses needs."""
        return super().get_queryset().select_related("locale")


class AuthorsAPIViewSet(BaseAPIViewSet):
    """The authors that readers see."""

    filter_backends = [FieldsFilter, LocaleFilter, OrderingFilter, SearchFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters.union(["locale"])
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "name", "slug", "language"]
    nested_default_fields = [*BaseAPIViewSet.nested_default_fields, "name", "slug"]
    name = "authors"
    model = get_author_model()

    def get_queryset(self) -> QuerySet[Any]:
        """Returns the live authors in the content languages."""
        authors = self.model.objects
        shown = authors.filter(live=True, locale__language_code__in=list(get_content_languages()))
        # In a condition of its own: Wagtail's search takes no other ones.
        return authors.filter(pk__in=shown.values("pk")).select_related("locale").order_by("id")
