"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern, path

from .publishing import tag_views
from .publishing.places import NAMESPACE

app_name = NAMESPACE

urlpatterns: list[URLPattern] = [
    path("tags/<str:slug>/", tag_views.tag, name="tag"),
]
