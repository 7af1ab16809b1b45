"""The addresses that a site includes with one line."""

from django.urls import URLPattern

app_name = "wagtail_newsroom"

urlpatterns: list[URLPattern] = []
