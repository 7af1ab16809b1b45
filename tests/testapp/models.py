"""A site's own pages, built on the newsroom's mixins."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from wagtail_newsroom.models import ArticleMixin, NewsIndexMixin


class ReportIndexPage(NewsIndexMixin, Page):
    """A section of the site's own."""

    template = "wagtail_newsroom/news_index_page.html"


class ReportPage(ArticleMixin, Page):
    """An article of the site's own, with one more field for people to read."""

    verdict = models.CharField(max_length=120, blank=True)

    template = "wagtail_newsroom/article_page.html"
    content_panels = [*ArticleMixin.content_panels, FieldPanel("verdict")]
