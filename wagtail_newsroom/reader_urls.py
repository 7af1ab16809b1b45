"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern, path

from .publishing import search_views
from .publishing.places import NAMESPACE

app_name = NAMESPACE

urlpatterns: list[URLPattern] = [
    path("search/", search_views.search, name="search"),
]
