"""Authors of a site's own class."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel

from wagtail_newsroom.articles.authors import AbstractAuthor


class Columnist(AbstractAuthor):
    """The site's author, with the name of a column."""

    column = models.CharField(max_length=100, blank=True)

    panels = [*AbstractAuthor.panels, FieldPanel("column")]

    class Meta(AbstractAuthor.Meta):
        abstract = False
        ordering = ("name",)
