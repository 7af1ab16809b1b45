"""The addresses that a site includes with one line."""

from django.urls import URLPattern, path

from .publishing import views

app_name = "wagtail_newsroom"

urlpatterns: list[URLPattern] = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
