"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern, path

from .publishing import archive_views, author_views, search_views, short_addresses, tag_views
from .publishing.correction_views import corrections
from .publishing.places import NAMESPACE

app_name = NAMESPACE

urlpatterns: list[URLPattern] = [
    path("p/<slug:code>/", short_addresses.short_address, name="short"),
    path("authors/", author_views.authors, name="authors"),
    path("authors/<str:slug>/", author_views.author, name="author"),
    path("authors/<str:slug>/feed/", author_views.AuthorFeed(), name="author_feed"),
    path("tags/<str:slug>/", tag_views.tag, name="tag"),
    path("corrections/", corrections, name="corrections"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/<int:year>/", archive_views.archive_year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive_views.archive_month, name="archive_month"),
    path("search/", search_views.search, name="search"),
]
