"""A site's own pages, built on the newsroom's mixins."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from wagtail_newsroom.models import ArticleMixin, NewsIndexMixin

from .snippets import Notice, Venue

__all__ = ["ElsewherePage", "Notice", "ReportIndexPage", "ReportPage", "Venue"]


class ReportIndexPage(NewsIndexMixin, Page):
    """A section of the site's own."""

    template = "wagtail_newsroom/news_index_page.html"


class ReportPage(ArticleMixin, Page):
    """An article of the site's own, with one more field for people to read."""

    verdict = models.CharField(max_length=120, blank=True)

    template = "wagtail_newsroom/article_page.html"
    content_panels = [*ArticleMixin.content_panels, FieldPanel("verdict")]


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
