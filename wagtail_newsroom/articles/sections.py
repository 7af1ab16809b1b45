"""Sections: pages that list the pieces below them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..desk.gate import GatedPageMixin
from ..desk.localize import SLUG_OF_THE_SOURCE, BaseTranslatableField
from ..desk.panels import TranslationsPanel
from ..desk.policy_models import POLICY_FIELDS, POLICY_PANEL, SectionPolicyMixin
from ..search.fields import FoldedAutocompleteField, FoldedSearchField
from .api import SECTION_FIELDS
from .article import ArticleMixin
from .listing import paginate
from .queries import below, models_of, pieces_below, readable
from .routing import FoundFastMixin


class NewsIndexMixin(GatedPageMixin, FoundFastMixin, SectionPolicyMixin, models.Model):
    """What a section page needs: an introduction and the pieces below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    override_translatable_fields = [
        SLUG_OF_THE_SOURCE,
        *(BaseTranslatableField(name) for name in POLICY_FIELDS),
    ]

    content_panels = [
        TranslationsPanel(),
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    settings_panels = [POLICY_PANEL, *Page.settings_panels]
    search_fields = [
        *Page.search_fields,
        FoldedSearchField("title", boost=2),
        FoldedAutocompleteField("title"),
        FoldedSearchField("introduction"),
    ]
    api_fields = SECTION_FIELDS

    show_in_menus_default = True
    """A section stands in the navigation unless an editor says otherwise."""

    articles_per_page: ClassVar[int] = 20
    """How many pieces one page of the list shows."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `subsections`, the sections right below, and `articles`, newest first.

        The latter is what `?page=` asks for, a page of Django's paginator, whose pieces are of
        their own classes (see `articles.listing.paginate`). A number that is none, or out of range,
        gives the nearest.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, **self.get_lists(request)}

    def get_lists(self, request: HttpRequest) -> dict[str, Any]:
        """Returns what the page lists, for its template: `subsections` and `articles`."""
        return {
            "subsections": sections_of(self),
            "articles": paginate(
                pieces_below(self, ArticleMixin),
                request.GET.get("page"),
                per_page=self.articles_per_page,
            ),
        }


def sections_of(page: Page) -> list[Page]:
    """Return the readable sections right below a page, in their order in the tree; one query."""
    children = below(page).filter(depth=page.depth + 1).type(*models_of(NewsIndexMixin))
    # The language is compared here: by its index a database would read all pages of the language.
    return [
        section
        for section in readable(children, inside=page).order_by("path")
        if section.locale_id == page.locale_id
    ]


class NewsIndexPage(NewsIndexMixin, Page):  # type: ignore[django-manager-missing]
    """A section: lists the articles below it."""

    template = "wagtail_newsroom/news_index_page.html"
    subpage_types = ["wagtail_newsroom.ArticlePage", "wagtail_newsroom.NewsIndexPage"]

    class Meta(NewsIndexMixin.Meta):
        abstract = False
        verbose_name = _("section")
        verbose_name_plural = _("sections")
