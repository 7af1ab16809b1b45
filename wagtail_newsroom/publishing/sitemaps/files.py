"""The files themselves, written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from datetime import timezone as zones
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone
from wagtail.models import Page

from ...articles.article import ArticleMixin
from ...articles.queries import indexed, pieces_below, readable
from ..navigation import site_name_of
from .rows import Entry, groups
from .tree import Home, Part, Tree

NEWS_HOURS = 48
NEWS_AT_MOST = 1000
"""News sitemaps hold the pieces of two days, at most a thousand in a file.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

_CORE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def index(parts: Iterable[tuple[str, datetime | None]], *, stylesheet: str) -> Iterator[str]:
    """Yield the index: addresses of files with the time of their last change."""
    yield _opening(stylesheet) + f'<sitemapindex xmlns="{_CORE}">\n'
    for url, modified in parts:
        yield f"<sitemap><loc>{escape(url)}</loc>{_lastmod(modified)}</sitemap>\n"
    yield "</sitemapindex>\n"


def pages(
    tree: Tree, branch: UUID | None, part: Part, *, openings: dict[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield one branch in all its languages, as the locale and a piece of that language's file.

    All together, because each needs the others' addresses as alternates. `openings` holds the
    beginning of each file (`opening`).
    """
    yield from openings.items()
    tags, default = tree.tags, tree.default
    for group in groups(tree, branch, part):
        versions = [entry for entry in group if entry.is_page]
        links = ""
        if len(versions) > 1:
            links = "".join([_link(tags[entry.locale_id], entry.url) for entry in versions])
            for entry in versions:
                if entry.locale_id == default:
                    links += _link("x-default", entry.url)
        for entry in group:
            if tree.branch_of(entry.path, entry.locale_id) == branch:
                yield entry.locale_id, _write(entry, links)
    for locale_id in openings:
        yield locale_id, "</urlset>\n"


def opening(stylesheet: str) -> str:
    """Return the beginning of a file of pages."""
    return (
        _opening(stylesheet)
        + f'<urlset xmlns="{_CORE}" xmlns:xhtml="{_XHTML}" xmlns:image="{_IMAGE}">\n'
    )


def _write(entry: Entry, links: str) -> str:
    picture = ""
    if entry.picture:
        picture = f"<image:image><image:loc>{escape(entry.picture)}</image:loc></image:image>"
    return (
        f"<url><loc>{escape(entry.url)}</loc>{_lastmod(entry.lastmod)}"
        f"{links if entry.is_page else ''}{picture}</url>\n"
    )


def news(tree: Tree, home: Home, *, stylesheet: str) -> Iterator[str]:
    """Yield the pieces of the last two days in one language, the newest first.

    Three queries.
    """
    yield _opening(stylesheet) + f'<urlset xmlns="{_CORE}" xmlns:news="{_NEWS}">\n'
    page = Page.objects.select_related("locale").get(pk=home.pk)
    name = escape(_plain(site_name_of(page, tree.request)))
    language = escape(_news_language(home.language_code))
    now = timezone.now()
    # The home page itself may be private, which `pieces_below` does not ask.
    recent = indexed(readable(pieces_below(page, ArticleMixin))).filter(
        published__gt=now - timedelta(hours=NEWS_HOURS), published__lte=now
    )
    for title, url_path, published in recent.values_list("title", "url_path", "published")[
        :NEWS_AT_MOST
    ]:
        url = tree.addresses.of(url_path)
        if url:
            yield (
                f"<url><loc>{escape(url)}</loc><news:news><news:publication>"
                f"<news:name>{name}</news:name><news:language>{language}</news:language>"
                "</news:publication>"
                f"<news:publication_date>{w3c(published)}</news:publication_date>"
                f"<news:title>{escape(_plain(title))}</news:title></news:news></url>\n"
            )
    yield "</urlset>\n"


def _news_language(code: str) -> str:
    # Chinese is the one language that is told with its region.
    regions = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}
    return regions.get(code.lower(), code.split("-")[0].lower())


def _plain(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(ch for ch in text if ch in "\t\n\r" or ch >= " " and ch not in "\ufffe\uffff")


def _opening(stylesheet: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<?xml-stylesheet type="text/css" href={quoteattr(stylesheet)}?>\n'
    )


def _link(hreflang: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{hreflang}" href={quoteattr(url)}/>'


def _lastmod(moment: Any) -> str:
    return f"<lastmod>{w3c(moment)}</lastmod>" if moment else ""


def w3c(moment: datetime) -> str:
    """Return a time in UTC as https://www.w3.org/TR/NOTE-datetime has it.

    A date without time and zone is a day off for half of the world.
    """
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    return aware.astimezone(zones.utc).isoformat(timespec="seconds")
