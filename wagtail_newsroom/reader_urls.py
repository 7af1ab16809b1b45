"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern, path

from .publishing import archive_views
from .publishing.places import NAMESPACE

app_name = NAMESPACE

urlpatterns: list[URLPattern] = [
    path("archive/", archive_views.archive, name="archive"),
    path("archive/<int:year>/", archive_views.archive_year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive_views.archive_month, name="archive_month"),
]
