"""Readers' addresses that a site includes in its `i18n_patterns`, above Wagtail's pages."""

from django.urls import URLPattern

from .publishing.places import NAMESPACE

app_name = NAMESPACE

urlpatterns: list[URLPattern] = []
