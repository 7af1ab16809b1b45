"""The addresses that a site includes with one line."""

from django.urls import URLPattern, path

from .publishing.sitemaps import views as sitemaps

app_name = "wagtail_newsroom"

urlpatterns: list[URLPattern] = [
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemaps/<slug:language>/news.xml", sitemaps.sitemap_news, name="sitemap_news"),
    path("sitemaps/<slug:language>/style.css", sitemaps.stylesheet, name="sitemap_style"),
    path(
        "sitemaps/<slug:language>/<slug:name>.xml",
        sitemaps.sitemap_pages,
        name="sitemap_pages",
    ),
    path("indexnow-key.txt", sitemaps.indexnow_key, name="indexnow_key"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
