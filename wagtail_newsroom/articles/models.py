"""Article and section pages: behavior on mixins, pages that only compose them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, Site
from wagtail.search import index

from ..desk.gate import GatedPageMixin
from ..desk.localize import SLUG_OF_THE_SOURCE
from ..desk.panels import TranslationsPanel
from .blocks import ArticleBody
from .listing import paginate
from .pictures import images_of, prefetch_renditions
from .queries import pieces_below


class NewsIndexMixin(GatedPageMixin, models.Model):
    """What a section page needs: an introduction and the pieces below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    override_translatable_fields = [SLUG_OF_THE_SOURCE]

    content_panels = [
        TranslationsPanel(),
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
    ]

    show_in_menus_default = True
    """A section stands in the navigation unless an editor says otherwise."""

    articles_per_page: ClassVar[int] = 20
    """How many pieces one page of the list shows."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `articles`, the page of the list that `?page=` asks for, newest first.

        A page of Django's paginator, whose pieces are of their own classes (see
        `articles.listing.paginate`). A number that is none, or out of range, gives the nearest.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["articles"] = paginate(
            pieces_below(self, ArticleMixin),
            request.GET.get("page"),
            per_page=self.articles_per_page,
        )
        return context


class ArticleMixin(GatedPageMixin, models.Model):
    """What an article needs: the fields above the body, the body and its dates."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A word or two above the headline.")
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("One or two sentences below the headline.")
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=160,
        blank=True,
        help_text=_("Where the story comes from, such as a city and an agency."),
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=500, blank=True)
    lead_image_credit = models.CharField(_("credit"), max_length=160, blank=True)
    published_at = models.DateTimeField(
        _("first published"),
        null=True,
        blank=True,
        help_text=_("Leave empty to use the time of the first publication on this site."),
    )
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Set this after a substantial change only; readers see it."),
    )
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)

    override_translatable_fields = [SLUG_OF_THE_SOURCE]

    content_panels = [
        TranslationsPanel(),
        FieldPanel("kicker"),
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("dateline"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_image_credit"),
            ],
            heading=_("Lead image"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("published_at"), FieldPanel("updated_at")], heading=_("Dates")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("kicker"),
        index.SearchField("standfirst", boost=2),
        index.SearchField("dateline"),
        index.SearchField("lead_image_caption"),
        index.SearchField("body"),
        index.FilterField("published_at"),
    ]

    class Meta:
        abstract = True

    @property
    def date(self) -> datetime | None:
        """When the piece was published: the date that it carries, or the first time on this site.

        None before that.
        """
        return self.published_at or self.first_published_at  # type: ignore[attr-defined]

    @property
    def section(self) -> Page | None:
        """The section page that the piece stands in, as a base page; None below a home page.

        One query, none where a list has read the parents already.
        """
        parent: Page | None = self.get_parent()  # type: ignore[attr-defined]
        # Not `is_site_root()`, which asks the database about each page; these stand in the cache.
        homes = {root.root_path for root in Site.get_site_root_paths()}
        if parent is None or parent.is_root() or parent.url_path in homes:
            return None
        return parent

    @property
    def shown_kicker(self) -> str:
        """The words above the headline: the piece's own, or the name of its section."""
        if self.kicker:
            return self.kicker
        section = self.section
        return section.title if section is not None else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Reads the sizes of all the piece's pictures, in one query."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        prefetch_renditions([self.lead_image, *images_of(self.body)])
        return context


class NewsIndexPage(NewsIndexMixin, Page):  # type: ignore[django-manager-missing]
    """A section: lists the articles below it."""

    template = "wagtail_newsroom/news_index_page.html"
    subpage_types = ["wagtail_newsroom.ArticlePage", "wagtail_newsroom.NewsIndexPage"]

    class Meta(NewsIndexMixin.Meta):
        abstract = False
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class ArticlePage(ArticleMixin, Page):  # type: ignore[django-manager-missing]
    """A piece of news."""

    template = "wagtail_newsroom/article_page.html"
    parent_page_types = ["wagtail_newsroom.NewsIndexPage"]
    subpage_types: list[Any] = []

    class Meta(ArticleMixin.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
