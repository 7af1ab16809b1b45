"""A tag model of a site's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wagtail_newsroom.articles.tags import AbstractTag


class Topic(AbstractTag):
    """The site's tag, with one more field."""

    wikidata = models.CharField(max_length=20, blank=True)

    admin_form_fields: ClassVar[tuple[str, ...]] = ("wikidata",)

    class Meta(AbstractTag.Meta):
        abstract = False
