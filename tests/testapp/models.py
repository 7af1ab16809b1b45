"""A site's own pages, built on the newsroom's mixins."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_newsroom.articles.blocks import (
    ARTICLE_BLOCKS,
    ArticleBody,
    NeverNullStructBlock,
    PlainTextBlock,
    TextLineBlock,
)
from wagtail_newsroom.models import ArticleMixin, FrontPageMixin, NewsIndexMixin

from .snippets import Notice, Venue

__all__ = [
    "ElsewherePage",
    "MatchPage",
    "Notice",
    "ReportIndexPage",
    "ReportPage",
    "SportFrontPage",
    "Venue",
]


class ReportIndexPage(NewsIndexMixin, Page):
    """A section of the site's own."""

    template = "wagtail_newsroom/news_index_page.html"


class ReportPage(ArticleMixin, Page):
    """An article of the site's own, with one more field for people to read."""

    verdict = models.CharField(max_length=120, blank=True)

    template = "wagtail_newsroom/article_page.html"
    content_panels = [*ArticleMixin.content_panels, FieldPanel("verdict")]


class ScoreBlock(NeverNullStructBlock):
    """The result of a match, with words that are translated."""

    result = TextLineBlock()
    comment = PlainTextBlock(required=False)

    class Meta:
        template = "testapp/score.html"


class MatchPage(ArticleMixin, Page):
    """An article with a block, a template and a field of the API of the site's own."""

    verdict = models.CharField(max_length=120, blank=True)
    body = StreamField(ArticleBody([*ARTICLE_BLOCKS, ("score", ScoreBlock())]), blank=True)

    template = "testapp/match_page.html"
    content_panels = [*ArticleMixin.content_panels, FieldPanel("verdict")]
    api_fields = [*ArticleMixin.api_fields, APIField("verdict")]


class SportFrontPage(FrontPageMixin, Page):
    """A front page with more pieces in each section, and a template of its own."""

    pieces_per_section = 6
    picks_shown = 1

    template = "testapp/sport_front_page.html"


class ElsewherePage(Page):
    """A page that decides its own address, and whether sitemaps name it."""

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Returns an address on another host, with the language at its end."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        code = self.locale.language_code
        return parts[0], "https://elsewhere.example.org", f"/{self.slug}-{code}/"

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Returns nothing for hidden pages."""
        return [] if self.slug == "hidden" else super().get_sitemap_urls(request)
