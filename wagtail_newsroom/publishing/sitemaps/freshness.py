"""Whether a sitemap changed since it was written: a mark of the site's state, in two queries."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from .tree import Tree

VERSION_KEY = "wagtail_newsroom_sitemap_version"
NEWS_MINUTES = 5
"""How long a news sitemap may miss that a piece has become too old."""


def mark_of(tree: Tree) -> tuple[str, datetime | None]:
    """Return a mark that changes with the sitemap's content, and the time of the last change.

    Publishing, unpublishing, restricting and deleting show in the database; what does not, such as
    a move, is counted in the cache by signals.
    """
    pages = Page.objects.filter(tree.below_homes(), live=True).aggregate(
        count=Count("pk"),
        published=Max("last_published_at"),
        newest=Max("pk"),
        first=Max("first_published_at"),
        revised=Max("latest_revision_created_at"),
    )
    restrictions = PageViewRestriction.objects.aggregate(
        count=Count("pk"), newest=Max("pk"), oldest=Min("pk"), pages=Sum("page_id")
    )
    facts: list[Any] = [
        tree.site.pk,
        tree.site.root_url,
        tree.site.site_name,
        *((home.pk, home.title) for home in tree.homes),
        *pages.values(),
        *restrictions.values(),
        cache.get(VERSION_KEY, 0),
    ]
    mark = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return mark, pages["published"]


def news_mark(mark: str) -> str:
    """Return the mark of a news sitemap, from which pieces fall out as time goes by."""
    return f"{mark}-{int(timezone.now().timestamp() // (60 * NEWS_MINUTES))}"


def forget_sitemaps(**kwargs: Any) -> None:
    """Have all sitemaps written anew; also a receiver of signals."""
    try:
        cache.incr(VERSION_KEY)
    except ValueError:
        # Not a small number: one that was used before the cache lost it must not come again.
        cache.set(VERSION_KEY, int(timezone.now().timestamp() * 1000), None)
