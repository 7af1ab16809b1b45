"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern, path

from .publishing import archive_views, author_views, search_views, short_addresses, tag_views
from .publishing.correction_views import corrections
from .publishing.feed_views import NewspaperFeed, SectionFeed
from .publishing.feeds import PieceFeed
from .publishing.places import NAMESPACE

app_name = NAMESPACE

_FORMATS = {"feed": "", "atom": "atom/", "json_feed": "json/"}


def _feeds(route: str, kind: str, view: type[PieceFeed]) -> list[URLPattern]:
    """Return the addresses of a feed in all formats."""
    return [
        path(route + end, view(name), name=f"{kind}_{name}" if kind else name)
        for name, end in _FORMATS.items()
    ]


urlpatterns: list[URLPattern] = [
    path("p/<slug:code>/", short_addresses.short_address, name="short"),
    path("authors/", author_views.authors, name="authors"),
    path("authors/<str:slug>/", author_views.author, name="author"),
    path("tags/<str:slug>/", tag_views.tag, name="tag"),
    path("corrections/", corrections, name="corrections"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/<int:year>/", archive_views.archive_year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive_views.archive_month, name="archive_month"),
    path("search/", search_views.search, name="search"),
    *_feeds("feed/", "", NewspaperFeed),
    *_feeds("feed/sections/<int:pk>/", "section", SectionFeed),
    *_feeds("tags/<str:slug>/feed/", "tag", tag_views.TagFeed),
    *_feeds("authors/<str:slug>/feed/", "author", author_views.AuthorFeed),
]
