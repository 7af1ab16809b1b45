"""Articles: the mixin with all that a piece of news needs, and the page that composes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock, StreamBlock
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, Site
from wagtail.search import index

from ..conf import conf
from ..desk.gate import GatedPageMixin
from ..desk.localize import SLUG_OF_THE_SOURCE, BaseTranslatableField, SynchronizedField
from ..desk.panels import TranslationsPanel
from ..search.fields import FoldedAutocompleteField, FoldedSearchField
from .api import ARTICLE_FIELDS
from .blocks import ArticleBody, LinkBlock
from .pictures import images_of, prefetch_renditions


def article_types() -> list[tuple[str, Any]]:
    """Return the types of a piece, as choices of a field."""
    return list(conf.article_types)


def default_article_type() -> str:
    """Return the code of the type that a new piece has."""
    return str(conf.article_types[0][0])


class ArticleMixin(GatedPageMixin, models.Model):
    """What an article needs: the fields above the body, the body and its dates."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A word or two above the headline.")
    )
    kicker_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the kicker"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the kicker leads; readers of another language get its page there."),
    )
    kicker_url = models.URLField(
        _("address of the kicker"), blank=True, help_text=_("Where the kicker leads elsewhere.")
    )
    short_title = models.CharField(
        _("short headline"),
        max_length=120,
        blank=True,
        help_text=_("For narrow places, such as lists on the front page."),
    )
    article_type = models.CharField(
        _("type"), max_length=32, choices=article_types, default=default_article_type
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
    dateline_date = models.DateField(
        _("date of the dateline"),
        null=True,
        blank=True,
        help_text=_("When it was written there; readers see it in their own calendar."),
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
    lead_video_url = models.URLField(
        _("lead video on another site"),
        blank=True,
        help_text=_("Loaded only after a reader’s click; the lead image stands before it."),
    )
    lead_video_file = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("lead video file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
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
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("Before this time the piece is neither published nor sent to an engine."),
    )
    breaking_until = models.DateTimeField(
        _("breaking until"),
        null=True,
        blank=True,
        help_text=_("Until this time the piece is marked as breaking news."),
    )
    withdrawn_at = models.DateTimeField(
        _("withdrawn at"),
        null=True,
        blank=True,
        help_text=_("From this time on readers see the notice in place of the piece."),
    )
    withdrawal_notice = models.TextField(
        _("notice of withdrawal"),
        blank=True,
        help_text=_("Why the piece was withdrawn, for readers."),
    )
    internal_note = models.TextField(
        _("note to editors"), blank=True, help_text=_("Never published and never translated.")
    )
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    sources = StreamField(
        StreamBlock([("link", LinkBlock())], required=False),
        verbose_name=_("sources and links"),
        blank=True,
    )
    related_pieces = StreamField(
        StreamBlock([("piece", PageChooserBlock(label=_("piece")))], required=False),
        verbose_name=_("related pieces"),
        blank=True,
        help_text=_("Pieces with the same tags follow by themselves."),
    )

    override_translatable_fields = [
        SLUG_OF_THE_SOURCE,
        BaseTranslatableField("internal_note"),
        SynchronizedField("related_pieces", overridable=False),
    ]

    content_panels = [
        TranslationsPanel(),
        MultiFieldPanel(
            [FieldPanel("kicker"), FieldPanel("kicker_page"), FieldPanel("kicker_url")],
            heading=_("Kicker"),
        ),
        *Page.content_panels,
        FieldPanel("short_title"),
        FieldPanel("standfirst"),
        FieldPanel("article_type"),
        InlinePanel("newsroom_bylines", heading=_("Bylines"), label=_("byline")),
        MultiFieldPanel(
            [FieldPanel("dateline"), FieldPanel("dateline_date")], heading=_("Dateline")
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_image_credit"),
            ],
            heading=_("Lead image"),
        ),
        MultiFieldPanel(
            [FieldPanel("lead_video_url"), FieldPanel("lead_video_file")], heading=_("Lead video")
        ),
        FieldPanel("body"),
        FieldPanel("related_pieces"),
        FieldPanel("sources"),
        InlinePanel("newsroom_corrections", heading=_("Corrections"), label=_("correction")),
        MultiFieldPanel(
            [
                FieldPanel("published_at"),
                FieldPanel("updated_at"),
                FieldPanel("breaking_until"),
                FieldPanel("embargoed_until"),
            ],
            heading=_("Dates"),
        ),
        MultiFieldPanel(
            [FieldPanel("withdrawn_at"), FieldPanel("withdrawal_notice")],
            heading=_("Withdrawal"),
        ),
        FieldPanel("internal_note"),
    ]
    search_fields = [
        *Page.search_fields,
        FoldedSearchField("title", boost=2),
        FoldedAutocompleteField("title"),
        FoldedSearchField("kicker"),
        FoldedSearchField("short_title"),
        FoldedSearchField("standfirst", boost=2),
        FoldedSearchField("dateline"),
        FoldedSearchField("lead_image_caption"),
        FoldedSearchField("body"),
        index.FilterField("published_at"),
    ]
    api_fields = ARTICLE_FIELDS

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


class ArticlePage(ArticleMixin, Page):  # type: ignore[django-manager-missing]
    """A piece of news."""

    template = "wagtail_newsroom/article_page.html"
    parent_page_types = ["wagtail_newsroom.NewsIndexPage"]
    subpage_types: list[Any] = []

    class Meta(ArticleMixin.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
